"""THE table of documents: what a row names instead of carrying it is made when the row is sent.

A body says {"document": {"sheet": 5}}: a name of this table and what it is about. Making has two
steps, so that nobody waits for it: the rows are read in a short transaction, then the file is made
in a thread, one at a time.
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from sqlalchemy.orm import Session

from bot import printing
from bot.clock import Clock
from db.session import Database
from db.types import Json
from locales.translator import Words
from school import printed
from school.loading import School
from school.phrases import t

SORRY = t("The document could not be made. Your answers are safe. Please try again later.")


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was made."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that a maker may know besides the rows."""

    school: School
    words: Words
    now: dt.datetime


# Reads what a document is about, and returns how it is made of that; None where that is gone.
Maker: TypeAlias = Callable[[Session, Wanted, Json], Callable[[], Document] | None]


def _sheet(session: Session, wanted: Wanted, about: Json) -> Callable[[], Document] | None:
    subject = printed.subject(session, wanted.school, cast("int", about))
    if subject is None:
        return None
    printer = printed.Printer(wanted.school, wanted.words)
    page, name = printer.page(subject, wanted.now), printer.file_name(wanted.now)

    def make() -> Document:
        words = wanted.words
        content = printing.pdf("sheet.typ", page, words.language, right_to_left=words.right_to_left)
        return Document(name, content)

    return make


MAKERS: Mapping[str, Maker] = {"sheet": _sheet}


class Documents:
    """Makes what rows name; `waiting` is how many rows wait for it now."""

    def __init__(self, database: Database, school: School, clock: Clock) -> None:
        self._database, self._school, self._clock = database, school, clock
        self._one = asyncio.Lock()
        self.waiting = 0

    async def make(self, named: Mapping[str, Json], words: Words) -> Document | None:
        """The document that a row names; None where what it is about is gone."""
        ((name, about),) = named.items()
        wanted = Wanted(self._school, words, self._clock.now())
        self.waiting += 1
        try:
            async with self._one:
                make = await self._database.run(
                    lambda session: MAKERS[name](session, wanted, about)
                )
                return await asyncio.to_thread(make) if make is not None else None
        finally:
            self.waiting -= 1
