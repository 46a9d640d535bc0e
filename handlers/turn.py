"""One update is one turn: a session, a person, now, and what is said. No Telegram types in here.

`show` draws the one screen that has buttons: edited in place only while it is the newest message,
else sent anew, and the old buttons go. `say` adds a message that stays.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy.orm import Session

from db.events import Event
from db.tables import Handle, Idea, Person
from db.types import Json
from handlers.buttons import Keyboard, as_json
from school import events, links, outbox, people, staff
from school.loading import School
from school.phrases import Phrase, paragraphs
from school.sheet import Sheet, of_idea
from school.texts import Text, in_language

# What staff must be allowed who are asked something.
_ASKED_OF = {
    people.EVENT: "events",
    people.CODE: "today",
    people.MATERIALS: "materials",
    people.GUEST: "door",
    people.WRITES: "write",
}


@dataclass(slots=True)
class Screen:
    """A message with buttons; notes stand above its text."""

    text: Phrase
    keyboard: Keyboard = field(default_factory=Keyboard)


@dataclass(frozen=True, slots=True)
class Operator:
    """What the operator's settings say to people: in which chat a human answers, if in any, and
    for how many days copies of the database are kept.
    """

    chat: int | None = None
    copies_days: int = 1


@dataclass(frozen=True, slots=True)
class HelpDesk:
    """The chat where a human answers, spoken to in the school's first language."""

    session: Session
    school: School
    operator: Operator
    now: dt.datetime

    def send(self, method: str, body: dict[str, Json], slot: str | None = None) -> None:
        """Make a call there; none where there is no such chat. One that the bot was taken out of
        gets it when the bot is back.
        """
        chat, language = self.operator.chat, self.school.languages[0]
        if chat is not None:
            outbox.put(
                self.session,
                chat,
                method,
                {**body, "patient": True},
                language=language,
                now=self.now,
                lane=outbox.NOTICE,
                slot=slot,
            )


@dataclass
class Turn:
    """All that a conversation function needs. `first` takes the place of every screen until it was
    answered; `more` are buttons that this turn's screens have besides their own.
    """

    session: Session
    school: School
    person: Person
    now: dt.datetime
    tapped: int | None = None
    in_place: bool = False
    said: bool = False
    operator: Operator = Operator()
    bot_name: str = ""
    after_command: str = ""
    first: Screen | None = None
    more: Keyboard = field(default_factory=Keyboard)

    @property
    def chat_id(self) -> int:
        """The private chat: its id is the person's account. Raises ValueError without one."""
        if self.person.telegram_id is None:
            raise ValueError("nobody can be written to without Telegram")
        return self.person.telegram_id

    @property
    def desk(self) -> HelpDesk:
        """Where a human answers."""
        return HelpDesk(self.session, self.school, self.operator, self.now)

    @property
    def roles(self) -> Sequence[str]:
        """What the person is here besides a resident."""
        return staff.roles_of(self.session, self.person)

    def may(self, action: str) -> bool:
        """Whether the person's roles allow what staff do."""
        return staff.may(self.roles, action)

    @property
    def expecting(self) -> str:
        """Whose the next free text is; nobody's, where a role is gone that was asked something."""
        whose = self.person.expects.partition(":")[0]
        action = _ASKED_OF.get(whose)
        return whose if action is None or self.may(action) else people.NOBODY

    def of(self, person: Person) -> "Turn":
        """A turn of somebody else, who is told of something."""
        return Turn(self.session, self.school, person, self.now, bot_name=self.bot_name)

    def set_menu(self) -> None:
        """Telegram shows the commands that are the person's, in the person's language."""
        commands = self.school.menu.shown(self.roles, self.person.language)
        scope: Json = {"type": "chat", "chat_id": self.chat_id}
        self.do("setMyCommands", {"commands": commands, "scope": scope, "chat_id": None})

    def link(self, kind: str, code: str) -> str:
        """The address that opens the bot with something in hand."""
        return links.opens(self.bot_name, links.about(kind, code))

    @cached_property
    def coming(self) -> Sequence[Event]:
        """The school's next events, as they are when they are first asked for."""
        return events.upcoming(self.session, self.now)

    @cached_property
    def idea(self) -> Idea | None:
        """The person's idea."""
        return people.idea_of(self.session, self.person)

    @cached_property
    def sheet(self) -> Sheet:
        """The idea's sheet, as the database has it."""
        return of_idea(self.session, self.school.questionnaire, self.idea)

    def the_idea(self) -> Idea:
        """The person's idea, begun if there is none."""
        self.idea = self.idea or people.begin_idea(self.session, self.person, self.now)
        return self.idea

    def text(self, text: Text) -> str:
        """The school's words in the person's language."""
        return in_language(text, self.person.language)

    def say(self, phrase: Phrase) -> None:
        """Say something that stays in the chat, above the next screen."""
        self.send("sendMessage", {"text": phrase})

    def send(self, method: str, body: dict[str, Json]) -> None:
        """Send something else that stays in the chat."""
        self.said = True
        self.do(method, body)

    def send_beside(
        self,
        method: str,
        body: dict[str, Json],
        slot: str | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Send something that takes its time, not before a time: the screen does not wait for it,
        and is drawn below it the next time.
        """
        self._put(method, body, slot=slot, lane=outbox.NOTICE, at=at)

    def once(
        self,
        body: dict[str, Json],
        slot: str | None,
        once: outbox.Once,
        method: str = "sendMessage",
        at: dt.datetime | None = None,
    ) -> outbox.Row | None:
        """What is said once, before its deadline and not before a time, to be put with others; None
        for somebody without Telegram.
        """
        if self.person.telegram_id is None:
            return None
        return outbox.call_once(
            self.session,
            self.chat_id,
            method,
            body,
            language=self.person.language,
            now=at or self.now,
            slot=slot,
            once=once,
        )

    def farewell(self, phrase: Phrase, in_place: int | None = None) -> None:
        """The last word to somebody who was forgotten, in a message's place if there is one: no
        row of the chat outlives it.
        """
        body: dict[str, Json] = {"text": phrase, "farewell": True}
        if in_place is None:
            self.send("sendMessage", body)
        else:
            self.send("editMessageText", {**body, "message_id": in_place})

    def do(self, method: str, body: dict[str, Json]) -> None:
        """Make a call that adds no message to the chat."""
        self._put(method, body)

    def show(self, screen: Screen, notes: Sequence[Phrase] = (), lane: int = outbox.REPLY) -> None:
        """Draw the screen, with notes above it."""
        screen = self.first or screen
        more = [row for row in self.more if row not in screen.keyboard and not self.first]
        body: dict[str, Json] = {
            "text": paragraphs(*notes, screen.text),
            "buttons": as_json([*screen.keyboard, *more]),
            "in_place": self._may_edit(),
        }
        self._put("sendMessage", body, slot=outbox.SCREEN, lane=lane)

    @property
    def taps_screen(self) -> bool:
        """Whether the tapped message is the one that stands as the screen."""
        return self.tapped is not None and self.standing() == self.tapped

    def standing(self, slot: str = outbox.SCREEN) -> int | None:
        """The message that stands in a slot of the chat; none for whoever has no Telegram."""
        if self.person.telegram_id is None:
            return None
        handle = self.session.get(Handle, (self.chat_id, slot))
        return handle.message_id if handle else None

    def _may_edit(self) -> bool:
        if self.said or not (self.tapped or self.in_place):
            return False
        standing, below = self.standing(), self.standing(outbox.BELOW)
        if standing is None or (below is not None and below > standing):
            return False
        return self.in_place or standing == self.tapped

    def _put(
        self,
        method: str,
        body: dict[str, Json],
        slot: str | None = None,
        lane: int = outbox.REPLY,
        at: dt.datetime | None = None,
    ) -> None:
        """Nobody without Telegram hears anything: who works at the school tells them."""
        if self.person.telegram_id is None:
            return
        outbox.put(
            self.session,
            self.chat_id,
            method,
            body,
            language=self.person.language,
            now=at or self.now,
            lane=lane,
            slot=slot,
        )
