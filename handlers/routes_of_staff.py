"""The part of THE table (routes.py) that is for those who work at the school: each with the action
that a role must allow (school/staff.py).
"""

from collections.abc import Mapping

from handlers import attendance, changes, event, feedback_shown, materials, name, roll, staff, today
from handlers.buttons import Tap

STAFFS_TAPS: Mapping[str, Tap] = {
    "staff": Tap(staff.home, 0, "home"),
    "today": Tap(today.page, 1, "today"),
    "day": Tap(today.day, 1, "today"),
    "list": Tap(attendance.show, 2, "today"),
    "here": Tap(attendance.here, 3, "today"),
    "gone": Tap(attendance.gone, 3, "today"),
    "feedback": Tap(feedback_shown.show, 1, "feedback"),
    "fbwords": Tap(feedback_shown.words, 2, "feedback"),
    "evfiles": Tap(materials.show, 1, "materials"),
    "evfile": Tap(materials.look, 2, "materials"),
    "evunfile": Tap(materials.remove, 2, "materials"),
    "people": Tap(roll.show, 2, "roll"),
    "peoplefile": Tap(roll.file, 1, "roll"),
    "events": Tap(event.start, 0, "events"),
    "newevent": Tap(event.new, 0, "events"),
    "copies": Tap(event.copies, 0, "events"),
    "copyof": Tap(event.copy, 1, "events"),
    "event": Tap(event.go_on, 1, "events"),
    "evkind": Tap(event.kind, 2, "events"),
    "evplace": Tap(event.place, 2, "events"),
    "evseats": Tap(event.seats, 2, "events"),
    "evdate": Tap(event.date, 2, "events"),
    "evchange": Tap(event.change, 2, "events"),
    "evmore": Tap(event.more, 1, "events"),
    "evpage": Tap(event.page, 2, "events"),
    "evset": Tap(event.put, 3, "events"),
    "evon": Tap(event.tick, 3, "events"),
    "evoff": Tap(event.untick, 3, "events"),
    "manage": Tap(changes.manage, 1, "events"),
    "alter": Tap(changes.alter, 2, "events"),
    "move": Tap(changes.move, 1, "events"),
    "dates": Tap(changes.dates, 1, "events"),
    "alterdate": Tap(changes.one_date, 1, "events"),
    "altered": Tap(changes.confirm, 2, "events"),
    "callingoff": Tap(changes.calling_off, 2, "events"),
    "calloff": Tap(changes.call_off, 3, "events"),
    "publish": Tap(event.publish, 1, "events"),
    "undraft": Tap(event.dropping, 1, "events"),
    "undrafted": Tap(event.drop, 1, "events"),
    "members": Tap(staff.members, 0, "staff"),
    "member": Tap(staff.member, 1, "staff"),
    "invite": Tap(staff.invite, 1, "staff"),
    "ending": Tap(staff.ending, 2, "staff"),
    "end": Tap(staff.end, 2, "staff"),
    "trail": Tap(staff.trail, 1, "trail"),
    "name": Tap(name.ask, 0, "home"),
    "nameless": Tap(name.without, 0, "home"),
}
# Commands of staff, with the action that a role must allow.
STAFFS_COMMANDS: Mapping[str, str] = {"event": "events", "today": "today"}
