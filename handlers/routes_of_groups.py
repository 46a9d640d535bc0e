"""The part of THE table (routes.py) that is for people in a group: which one is not in the buttons,
it is the one that the person is in.
"""

from collections.abc import Mapping

from handlers import group_links, group_members, groups, meanwhile
from handlers.buttons import Tap

GROUPS_TAPS: Mapping[str, Tap] = {
    "usemine": Tap(meanwhile.mine, 1),
    "addmine": Tap(meanwhile.add, 1),
    "theirs": Tap(meanwhile.theirs, 1),
    "group": Tap(groups.start, 0),
    "gnew": Tap(groups.new, 0),
    "grename": Tap(groups.rename, 0),
    "gname": Tap(groups.my_name, 0),
    "ginvite": Tap(group_links.invite, 0),
    "glink": Tap(group_links.make, 1),
    "glinks": Tap(group_links.listed, 0),
    "gshow": Tap(group_links.show, 1),
    "gpicture": Tap(group_links.picture, 1),
    "grevoke": Tap(group_links.revoke, 1),
    "gjoin": Tap(group_links.join, 1),
    "gcome": Tap(group_links.come, 1),
    "gmembers": Tap(group_members.members, 0),
    "gleaving": Tap(group_members.leaving, 0),
    "gleave": Tap(group_members.leave, 0),
    "gremove": Tap(group_members.remove, 0),
    "gremoving": Tap(group_members.removing, 1),
    "gremoved": Tap(group_members.removed, 1),
    "ghand": Tap(group_members.hand, 0),
    "ghanding": Tap(group_members.handing, 1),
    "ghanded": Tap(group_members.handed, 1),
}
