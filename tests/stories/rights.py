"""A table of rights: what is tapped, who may, and what it does; and what trying each cell means.

A tap by somebody who may not changes nothing that is kept and sends nothing to anybody else. One by
somebody who may changes something, or, where it only looks, brings a line that nobody else gets.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeAlias

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.base import Base, table_of
from db.tables import Handle, Outgoing, Person, Replica, Update
from tests.stories.groups_made import person, phone
from tests.world import Json, Phone, World, plain

# What the program keeps for itself, and where somebody stands in a talk: any tap may change these.
_OWN = {one.__tablename__ for one in (Handle, Outgoing, Replica, Update)}
_STANDS = {
    "people": {"expects", "revisiting", "seen_at", "came_for", "warned_at"},
    "members": {"question", "asked_at"},
}
_TABLES = [table for table in Base.metadata.sorted_tables if table.name not in _OWN]
# Of what is to be said, the lines of an announcement are kept: they say what became of it.
_lines = table_of(Outgoing)
_LEDGER = _lines.c.announcement_id.is_not(None)
_QUIET = ("getUpdates", "answerCallbackQuery", "setMyCommands", "getFile")
Row: TypeAlias = Mapping[str, Any]
Kept: TypeAlias = Mapping[str, Sequence[Row]]


class Cell(NamedTuple):
    """A row of the table: callback data, with people and codes by their names in braces; the names
    of those who may; and, where nothing changes, a line that they alone see.
    """

    data: str
    who: str = ""
    line: str = ""

    @property
    def verb(self) -> str:
        """What the button is called."""
        return self.data.partition(":")[0]


@dataclass
class Cast:
    """Everybody there is in a story, and what the names in the table stand for."""

    town: World
    phones: dict[str, Phone] = field(default_factory=dict[str, Phone])
    names: dict[str, object] = field(default_factory=dict[str, object])
    kept: Kept = field(default_factory=dict[str, Sequence[Row]])
    calls: int = 0  # as many were made until now

    async def add(self, **phones: Phone) -> None:
        """People by their names in the table, with the numbers of their rows."""
        self.phones |= phones
        numbers = {one.telegram_id: one.id for one in await self.town.rows(Person)}
        self.names |= {name: numbers[one.id] for name, one in phones.items() if one.id in numbers}

    async def begin(self) -> None:
        """All is as it shall be before each tap."""
        await self.town.settle()
        self.kept = await self.town.in_database(everything)
        await self.called()

    async def called(self) -> Sequence[Json]:
        """The calls that were made since this was asked last."""
        found = (await self.town.sim("calls", after=self.calls))["calls"]
        self.calls = found[-1]["n"] if found else self.calls
        return found


class Tapping(Protocol):
    """How somebody taps."""

    async def __call__(self, who: Phone, data: str, /) -> None:
        """Tap, and wait until all is said."""
        ...


def everything(session: Session) -> Kept:
    """All rows that a person could ask for, or that others see."""
    found = {table: select(table) for table in _TABLES} | {_lines: select(_lines).where(_LEDGER)}
    return {
        table.name: [
            dict(row)
            for row in session.execute(rows.order_by(*table.primary_key.columns)).mappings()
        ]
        for table, rows in found.items()
    }


def _put_back(session: Session, kept: Kept) -> None:
    session.execute(delete(_lines).where(_LEDGER))
    for table in reversed(_TABLES):
        session.execute(delete(table))
    for table in (*_TABLES, _lines):
        if kept[table.name]:
            session.execute(insert(table).values([dict(row) for row in kept[table.name]]))


async def _tapped(phone_: Phone, data: str) -> None:
    await phone_.taps_data(data)


async def try_all(
    cast: Cast, cells: Sequence[Cell], names: Sequence[str] = (), taps: Tapping = _tapped
) -> list[str]:
    """Everybody taps everything, each from the same beginning, or those who are named: what is not
    as the table says.
    """
    assert {name for cell in cells for name in cell.who.split()} <= {*cast.phones}
    wrong: list[str] = []
    for cell in cells:
        for name in names or cast.phones:
            found = await _wrong(cast, cell, name, taps)
            wrong += [f"{name}, {cell.data}: {found}"] if found else []
    return wrong


async def _wrong(cast: Cast, cell: Cell, name: str, taps: Tapping) -> str:
    """What is not as the table says."""
    town, who, may = cast.town, cast.phones[name], name in cell.who.split()
    await taps(who, cell.data.format(**cast.names))
    calls, now = await cast.called(), await town.in_database(everything)
    if now != cast.kept:
        await town.in_database(lambda session: _put_back(session, cast.kept))
    changed, others, said = _changed(cast.kept, now), _others(calls, who), _said(calls, who)
    acts = may and not cell.line
    if (changed or others) and not acts:
        return f"changes {changed}, sends something to {others}"
    if acts and not changed:
        return f"changes nothing, and hears {said}"
    return f"hears {said}" if cell.line and may != (cell.line in said) else ""


def _changed(before: Kept, now: Kept) -> list[str]:
    """Which tables are not as they were, but for where people stand in a talk."""
    return [
        name
        for name in now
        if [*map(_settled(name), now[name])] != [*map(_settled(name), before[name])]
    ]


def _settled(table: str) -> Callable[[Row], Row]:
    stands = _STANDS.get(table, ())
    return lambda row: {key: value for key, value in row.items() if key not in stands}


def _others(calls: Sequence[Json], who: Phone) -> set[str]:
    """In which other chats something was said, changed or deleted."""
    chats = {str(call["params"].get("chat_id")) for call in calls if call["method"] not in _QUIET}
    return chats - {str(who.id), "None"}


def _said(calls: Sequence[Json], who: Phone) -> list[str]:
    """The lines of what was sent to somebody, or drawn as it was."""
    own = [
        call
        for call in calls
        if str(call["params"].get("chat_id")) == str(who.id)
        and call["method"] != "editMessageReplyMarkup"  # an older screen loses its buttons
    ]
    sent = {call["result"]["message_id"] for call in own if isinstance(call.get("result"), dict)}
    spoken = sent | {int(call["params"].get("message_id", 0)) for call in own}
    found = [one for one in who.messages if one["message_id"] in spoken]
    return [line for one in found for line in plain(one.get("text", "")).splitlines()]


async def somebody(town: World, number: int, name: str) -> Phone:
    """Somebody who has read the notice and chose a name."""
    await town.in_database(lambda session: person(session, town, number, name, "en").id)
    return await phone(town, number, name, "en")


async def stranger(town: World) -> Phone:
    """Somebody who has not read the notice."""
    zoe = await town.person(1010, "Zoe")
    await zoe.says("/start")
    return zoe
