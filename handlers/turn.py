"""One update is one turn: a session, a person, now, and what is said. No Telegram types in here.

`show` draws the one screen that has buttons: edited in place only while it is the newest message,
else sent anew, and the old buttons go. `say` adds a message that stays.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from sqlalchemy.orm import Session

from db.events import Event
from db.tables import Handle, Idea, Person
from db.types import Json
from handlers.buttons import Keyboard, as_json
from handlers.shown import Operator, Screen
from school import desk, events, links, outbox, people, relays, staff, together
from school.loading import School
from school.phrases import Phrase, paragraphs, t
from school.sheet import Sheet, of_idea
from school.texts import Text, in_language
from school.together import Author, Stand
from school.topics import TOPIC

# What staff must be allowed who are asked something.
_ASKED_OF = {
    people.EVENT: "events",
    people.CODE: "today",
    people.MATERIALS: "materials",
    people.GUEST: "door",
    people.WRITES: "write",
    people.ANNOUNCES: "announce",
    people.AWAY: "tutor",
    people.HELPS: "assist",
    people.MOVES: "assist",
}


class Speaker(Protocol):
    """What is needed to speak to others than the person of a turn. A Turn is one; where nobody
    began it, a HelpDesk.
    """

    @property
    def session(self) -> Session:
        """The transaction."""
        ...

    @property
    def school(self) -> School:
        """The school's content."""
        ...

    @property
    def now(self) -> dt.datetime:
        """The school's time."""
        ...

    @property
    def operator(self) -> Operator:
        """What the operator's settings say."""
        ...

    def of(self, person: Person) -> "Turn":
        """A turn of somebody, who is told of something."""
        ...


@dataclass(frozen=True, slots=True)
class HelpDesk:
    """Where a human answers, spoken to in the school's first language: in a topic of the tutors'
    supergroup, else in the operator's chat.
    """

    session: Session
    school: School
    operator: Operator
    now: dt.datetime
    bot_name: str = ""

    def of(self, person: Person) -> "Turn":
        """A turn of somebody, who is told of something."""
        told = Turn(self.session, self.school, person, self.now, bot_name=self.bot_name)
        told.operator = self.operator
        return told

    @property
    def answers(self) -> bool:
        """Whether a human answers anywhere."""
        return self.operator.chat is not None or desk.bound(self.session) is not None

    @property
    def places(self) -> Sequence[desk.Place]:
        """All places where a human answers; questions come to the first."""
        return desk.answering(self.session, self.operator.chat, self.school.languages[0])

    def send(
        self,
        method: str,
        body: dict[str, Json],
        slot: str | None = None,
        chat: int | None = None,
    ) -> None:
        """Make a call there, in silence where there are topics; none where nobody answers. In one
        of the chats if it is named. One that the bot was taken out of gets it when the bot is back.
        """
        found = self.places
        place = next((one for one in found if one.chat_id == chat), found[0] if found else None)
        if place is None:
            return
        topic: dict[str, Json] = {}
        if place.topic is not None:
            topic = {TOPIC: place.topic, "disable_notification": True}
        outbox.put(
            self.session,
            place.chat_id,
            method,
            {**body, **topic, "patient": True},
            language=place.language,
            now=self.now,
            lane=outbox.NOTICE,
            slot=slot,
        )


@dataclass
class Turn:
    """All that a conversation function needs. `first` takes the place of every screen until it was
    answered; `more` are buttons that this turn's screens have besides their own. `chat` is where it
    came from, if not from the private chat: the tutors' desk, where nothing is shown, see
    handlers/desk.py; `toasted` is what a tap is answered with.
    """

    session: Session
    school: School
    person: Person
    now: dt.datetime
    tapped: int | None = None
    in_place: bool = False
    said: bool = False
    operator: Operator = field(default_factory=Operator)
    bot_name: str = ""
    after_command: str = ""
    first: Screen | None = None
    more: Keyboard = field(default_factory=Keyboard)
    chat: int | None = None
    toasted: Phrase | None = None

    @property
    def chat_id(self) -> int:
        """The private chat: its id is the person's account. Raises ValueError without one."""
        if self.person.telegram_id is None:
            raise ValueError("nobody can be written to without Telegram")
        return self.person.telegram_id

    @property
    def desk(self) -> HelpDesk:
        """Where a human answers."""
        return HelpDesk(self.session, self.school, self.operator, self.now, self.bot_name)

    @property
    def roles(self) -> Sequence[str]:
        """What the person is here besides a resident."""
        return staff.roles_of(self.session, self.person)

    def may(self, action: str) -> bool:
        """Whether the person's roles allow what staff do."""
        return staff.may(self.roles, action)

    @property
    def expecting(self) -> str:
        """Whose the next free text is; nobody's, where a role is gone that was asked something, or
        the tutor who was written to.
        """
        whose = self.person.expects.partition(":")[0]
        if whose == people.TUTOR and relays.open_to(self.session, self.idea) is None:
            return people.NOBODY
        action = _ASKED_OF.get(whose)
        return whose if action is None or self.may(action) else people.NOBODY

    def of(self, person: Person) -> "Turn":
        """A turn of somebody else, who is told of something."""
        return self.desk.of(person)

    def set_menu(self) -> None:
        """Telegram shows the commands that are the person's, in the person's language."""
        commands = self.school.menu.shown(self.roles, self.person.language)
        scope: Json = {"type": "chat", "chat_id": self.chat_id}
        self.do("setMyCommands", {"commands": commands, "scope": scope, "chat_id": None})

    def link(self, kind: str, code: str) -> str:
        """The address that opens the bot with something in hand."""
        return links.opens(self.bot_name, links.about(kind, code))

    @property
    def helped(self) -> Person | None:
        """Whom the person writes for at present."""
        number = self.person.acting_for
        return self.session.get(Person, number) if number is not None else None

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

    @property
    def shared(self) -> bool:
        """Whether the sheet is a group's."""
        return self.idea is not None and self.idea.group_id is not None

    @property
    def in_group(self) -> bool:
        """Whether the person is in a group, as far as the sheet says: of somebody who is helped it
        says nothing of whoever helps.
        """
        return self.shared and self.person.acting_for is None

    @cached_property
    def stand(self) -> Stand:
        """Where the person stands in a shared sheet."""
        return together.stand(self.session, people.writer(self.person))

    @cached_property
    def authors(self) -> dict[str, Author]:
        """Who gave each answer of a shared sheet last."""
        return together.authors(self.session, self.idea) if self.idea is not None else {}

    def look_up(self) -> None:
        """Another sheet is in hand from now on, or none."""
        for name in ("idea", "sheet", "own_sheet", "stand", "authors"):
            vars(self).pop(name, None)

    @cached_property
    def own_sheet(self) -> Sheet:
        """The sheet of the person's own idea, also while the person writes for somebody else."""
        if self.person.acting_for is None:
            return self.sheet
        own = people.own_idea(self.session, self.person)
        return of_idea(self.session, self.school.questionnaire, own)

    def the_idea(self) -> Idea:
        """The person's idea, begun if there is none."""
        self.idea = self.idea or people.begin_idea(self.session, self.person, self.now)
        return self.idea

    def text(self, text: Text) -> str:
        """The school's words in the person's language."""
        return in_language(text, self.person.language)

    def toast(self, phrase: Phrase) -> None:
        """Answer the tap with words that the phone shows for a moment, 200 letters at most."""
        self.toasted = phrase

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
        screen, helped = self.first or screen, self.helped
        if helped is not None:
            notes = [t("You write for: %(name)s", name=helped.name or t("without a name")), *notes]
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
