"""The control API: tests, the page and other programs act through it, as people and as time."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

from emulator.sim import conditions, groups, people, views, writing
from emulator.state import World

Handler: TypeAlias = Callable[[World, web.Request], Awaitable[object]]

TABLE: dict[tuple[str, str], Handler] = {
    ("POST", "/sim/users"): people.users,
    ("GET", "/sim/people"): people.everybody,
    ("GET", "/sim/menu"): people.menu,
    ("POST", "/sim/block"): people.block,
    ("POST", "/sim/unblock"): people.unblock,
    ("POST", "/sim/deactivate"): people.deactivate,
    ("POST", "/sim/groups"): groups.groups,
    ("POST", "/sim/members"): groups.members,
    ("POST", "/sim/topics"): groups.topics,
    ("POST", "/sim/send"): writing.send,
    ("POST", "/sim/press"): writing.press,
    ("POST", "/sim/edit"): writing.edit,
    ("POST", "/sim/react"): writing.react,
    ("POST", "/sim/raw"): writing.raw,
    ("POST", "/sim/again"): writing.again,
    ("GET", "/sim/chats/{chat}"): views.chat,
    ("GET", "/sim/calls"): views.calls,
    ("GET", "/sim/files/{file}"): views.file,
    ("GET", "/sim/events"): views.events,
    ("GET", "/sim/idle"): conditions.idle,
    ("POST", "/sim/faults"): conditions.faults,
    ("POST", "/sim/limits"): conditions.limits,
    ("GET", "/sim/clock"): conditions.clock,
    ("POST", "/sim/clock"): conditions.move_clock,
    ("POST", "/sim/reset"): conditions.reset,
}
"""What each call does; a result that is no response is sent as JSON."""
