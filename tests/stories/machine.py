"""A chat without a network: updates go through the handlers over a session, and what they put
into the outbox is delivered to a phone made of two dicts. Fast enough for thousands of steps.
"""

import datetime as dt
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import create_engine, delete, event, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool
from telegram import Update

from bot.rendering import render
from db.base import Base
from db.tables import Answer, Bubble, Handle, Outgoing, Person
from handlers.process import Context, process
from locales.translator import SOURCE, words
from school import people
from school.interview import present
from school.loading import load
from school.outbox import SCREEN
from school.sheet import CHOOSING, of_idea

SCHOOL = load()
WORDS = {code: words(code) for code in SCHOOL.languages}
START = dt.datetime(2026, 11, 2, 18, 0, tzinfo=dt.UTC)
Json = dict[str, Any]


def memory() -> Session:
    """A session over an empty SQLite database in memory."""
    engine = create_engine("sqlite://", poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    Base.metadata.create_all(engine)
    return Session(engine, expire_on_commit=False)


@dataclass
class Chat:
    """One person and the bot. `shown` is what stands on the phone: the bot's calls by message."""

    session: Session
    person_id: int
    shown: dict[int, Json] = field(default_factory=dict[int, Json])
    own: list[int] = field(default_factory=list[int])
    seen: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    last: Json = field(default_factory=dict[str, Any])
    _messages: "count[int]" = field(default_factory=lambda: count(1))
    _updates: "count[int]" = field(default_factory=lambda: count(1))

    def settle_in(self) -> None:
        """The person has read the notice and said the age."""
        person = people.add(self.session, self.person_id, SOURCE, START)
        person.notice_read, person.old_enough_at = SCHOOL.notice.version, START
        self.session.commit()

    @property
    def person(self) -> Person:
        """The person's row."""
        return self.session.scalars(
            select(Person).where(Person.telegram_id == self.person_id)
        ).one()

    @property
    def answers(self) -> dict[str, tuple[str, Json]]:
        """The finished answers."""
        idea = people.idea_of(self.session, self.person)
        query = select(Answer).where(Answer.idea_id == (idea.id if idea else -1))
        rows = self.session.scalars(query.where(Answer.status != CHOOSING))
        return {row.question: (row.status, dict(row.value)) for row in rows}

    @property
    def question(self) -> str | None:
        """The key of the present question."""
        idea = people.idea_of(self.session, self.person)
        found = present(self.person, of_idea(self.session, SCHOOL.questionnaire, idea))
        return found.key if found else None

    def bubble(self, message_id: int) -> Bubble | None:
        """One of the person's messages, as the database has it."""
        query = select(Bubble).where(
            Bubble.person_id == self.person.id, Bubble.message_id == message_id
        )
        return self.session.scalars(query).first()

    @property
    def screen(self) -> Json:
        """The newest message with buttons; fails where there is none."""
        with_buttons = [number for number, call in self.shown.items() if "reply_markup" in call]
        assert len(with_buttons) == 1, f"{len(with_buttons)} screens"
        return {"message_id": with_buttons[0], **self.shown[with_buttons[0]]}

    @property
    def buttons(self) -> list[str]:
        """What the buttons of the screen carry."""
        rows = self.screen["reply_markup"]["inline_keyboard"]
        return [button["callback_data"] for row in rows for button in row]

    def sends(self, **content: Any) -> int:
        """The person sends a message; its number."""
        number = next(self._messages)
        self.own.append(number)
        self._comes({"message": self._message(number, content)})
        return number

    def edits(self, number: int, text: str) -> None:
        """The person edits an own message."""
        self._comes({"edited_message": self._message(number, {"text": text})})

    def taps(self, packed: str, message_id: int | None = None) -> None:
        """The person taps a button, on the screen or on an older message."""
        number = message_id or self.screen["message_id"]
        message = {**self._message(number, {"text": "..."}), "from": {**_BOT}}
        query = {"id": "1", "from": self._user, "chat_instance": "1", "data": packed}
        self._comes({"callback_query": {**query, "message": message}})

    def again(self) -> None:
        """The last update comes once more."""
        self._done(self.last)

    @property
    def _user(self) -> Json:
        return {"id": self.person_id, "is_bot": False, "first_name": "Ada", "language_code": SOURCE}

    def _message(self, number: int, content: Json) -> Json:
        text = content.get("text", "")
        command = text.partition(" ")[0]
        entities = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        return {
            "message_id": number,
            "date": int(START.timestamp()),
            "chat": {"id": self.person_id, "type": "private", "first_name": "Ada"},
            "from": self._user,
            **({"entities": entities} if text.startswith("/") else {}),
            **content,
        }

    def _comes(self, update: Json) -> None:
        self.last = {"update_id": next(self._updates) + self.person_id * 10**6, **update}
        self._done(self.last)

    def _done(self, update: Json) -> None:
        parsed = Update.de_json(update, None)
        process(self.session, Context(SCHOOL, 42, START), parsed)
        self.session.commit()
        self.deliver()

    def deliver(self) -> None:
        """Make the chat's calls in the outbox, in their order."""
        own = Outgoing.chat_id == self.person_id
        for row in self.session.scalars(select(Outgoing).where(own).order_by(Outgoing.id)):
            self._call(row, render(row.body, WORDS[row.language]))
        self.session.execute(delete(Outgoing).where(own))
        self.session.commit()

    def _call(self, row: Outgoing, call: Json) -> None:
        """What a call does to the phone: a message, and no other has buttons besides the screen."""
        if row.method == "setMyCommands":
            return
        handle = self.session.get(Handle, (self.person_id, SCREEN)) if row.slot else None
        edits = handle is not None and row.body.get("in_place")
        number = handle.message_id if handle is not None and edits else next(self._messages)
        if handle is not None and not edits:
            self.shown[handle.message_id].pop("reply_markup", None)
        if row.slot:
            self.session.merge(Handle(chat_id=self.person_id, slot=SCREEN, message_id=number))
        self.shown[number] = {"method": row.method, **call}
        rows: list[list[Json]] = call.get("reply_markup", {}).get("inline_keyboard", [])
        self.seen += [(number, button["callback_data"]) for line in rows for button in line]


_BOT = {"id": 42, "is_bot": True, "first_name": "Quartieri"}
