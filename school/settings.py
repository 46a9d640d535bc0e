"""What a city sets without code: itself, its languages, its notice, its menu, its glossary."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from db.types import Json
from school.questionnaire import Clause
from school.texts import (
    Key,
    Label,
    Language,
    Sentence,
    ShortKey,
    Table,
    Text,
    in_language,
    matching,
    within,
)


class Human(Table):
    """Where a person is, for whoever would rather not talk to a program."""

    phone: str
    name: Text
    place: Text
    hours: Text


Weekday = Annotated[int, Field(ge=0, le=6)]  # 0 is Monday


class OfficeHours(Table):
    """On which weekdays the school works, and from when to when, as clocks in its zone show it."""

    days: tuple[Weekday, ...] = Field(default=(0, 1, 2, 3, 4), min_length=1)
    begins: dt.time = dt.time(9)
    ends: dt.time = dt.time(18)

    @model_validator(mode="after")
    def some_time(self) -> Self:
        """Refuse a day without an hour: nothing would ever be due."""
        if self.begins >= self.ends:
            raise ValueError("hours.ends is not after hours.begins; make it later")
        return self


class Tutoring(Table):
    """How long a sheet may wait: so many working hours until a tutor takes it, and so many working
    days until a tutor answers; then somebody is told. After `consent_days` a group may send it
    without those who did not answer.
    """

    consent_days: int = Field(default=3, ge=1, le=60)
    claim_hours: int = Field(default=16, ge=1, le=200)
    answer_days: int = Field(default=7, ge=1, le=60)
    hours: OfficeHours = OfficeHours()
    holidays: tuple[dt.date, ...] = ()


class Subject(Table):
    """What announcements are about; people get those of a subject, or switch them off."""

    key: ShortKey
    name: Label


class Announcing(Table):
    """What can be announced. To more than `approve_above` people it goes once somebody else, who
    coordinates too, has approved exactly this version; 0 asks for that always.
    """

    approve_above: int = Field(default=200, ge=0)
    subjects: tuple[Subject, ...] = Field(min_length=1, max_length=6)

    @field_validator("subjects")
    @classmethod
    def once(cls, subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
        """Refuse a subject that is there twice."""
        if len({one.key for one in subjects}) < len(subjects):
            raise ValueError("a subject's key is there twice; change one")
        return subjects


class Settings(Table):
    """The school itself: school.toml."""

    zone: str
    languages: tuple[Language, ...] = Field(min_length=1)
    least_age: int = Field(ge=0, le=99)
    currency: Annotated[str, matching("[A-Z]{3}", 'three letters like "EUR"')]
    name: Text
    human: Human
    who_reads: Sentence
    tutors_read: Sentence
    next_step: Sentence
    tutoring: Tutoring = Tutoring()
    announcing: Announcing

    @field_validator("zone")
    @classmethod
    def known_zone(cls, zone: str) -> str:
        """Refuse a zone that the time zone database lacks."""
        try:
            return ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f'no zone is called {zone!r}; write one like "Europe/Rome"') from error

    @field_validator("languages")
    @classmethod
    def once(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse a language that is named twice."""
        if len(set(languages)) < len(languages):
            raise ValueError("a language is named twice; take one out")
        return languages


class Notice(Table):
    """notice.toml: the privacy notice, by version. `basis` is what the law allows it by: who is
    asked for consent agrees, all others have read.
    """

    basis: Literal["public_task", "consent"] = "public_task"
    version: Annotated[str, matching("[A-Za-z0-9._-]{1,32}", 'like "2" or "2026-11"')]
    sample: bool = False
    short: Annotated[Text, within(300)]
    text: Annotated[Text, within(3000)]


class Kept(Table):
    """A kind of record that is kept: its tables, and what people are told of it. `days` is how
    long at most; without it, as long as its person is there. `staff`: only those who work at the
    school have it, and only they are told.
    """

    tables: tuple[str, ...] = Field(min_length=1)
    on_forget: Literal["deleted", "anonymous", "kept"]
    days: int | None = Field(default=None, ge=1)
    staff: bool = False
    name: Label
    what: Annotated[Text, within(200)]
    why: Annotated[Text, within(120)]
    who: Annotated[Text, within(120)]
    because: Annotated[Text, within(80)] | None = None


class OwnData(Table):
    """data.toml: all that is kept of people."""

    untouched_days: int = Field(ge=2)
    warning_days: int = Field(ge=1)
    visitor_days: int = Field(ge=1)
    kinds: dict[Key, Kept]
    remains: Annotated[Text, within(200)]


Who = Literal["resident", "tutor", "coordinator"]
CommandName = Annotated[
    str, matching("[a-z0-9_]{1,32}", "1 to 32 of a to z, 0 to 9 and _, as Telegram has it")
]


class Command(Table):
    """A command by its names, in the menus of those that it is shown to."""

    aliases: tuple[CommandName, ...] = ()
    shown_to: tuple[Who, ...]
    menu: dict[Language, CommandName] = Field(min_length=1)
    description: Annotated[Text, within(60)]

    def names(self, key: str) -> tuple[str, ...]:
        """All that can be typed for it; `key` is its own name."""
        return (key, *self.aliases, *self.menu.values())


class Menu(Table):
    """menu.toml: commands and what Telegram shows of the bot; `order` is in which a role finds
    them, where it is not that of the file.
    """

    commands: dict[str, Command]
    order: dict[Who, tuple[str, ...]] = Field(default_factory=dict[Who, tuple[str, ...]])
    description: Annotated[Text, within(512)]
    short_description: Annotated[Text, within(120)]

    def names(self) -> dict[str, str]:
        """Every name of a command, of all languages, with the command that it calls."""
        return {name: key for key, command in self.commands.items() for name in command.names(key)}

    def shown(self, roles: Collection[str], language: str) -> list[Json]:
        """The commands of a menu as Telegram takes them; without a role one is a resident."""
        who = {*roles} or {"resident"}
        shown = [key for key, command in self.commands.items() if who & {*command.shown_to}]
        return [
            {
                "command": in_language(self.commands[key].menu, language),
                "description": in_language(self.commands[key].description, language),
            }
            for key in sorted(shown, key=self._place(who))
        ]

    def _place(self, who: Collection[str]) -> Callable[[str], int]:
        """Where a command stands; of several orders the last one counts."""
        listed = [key for role, keys in self.order.items() if role in who for key in keys]
        places = {key: place for place, key in enumerate(listed)}
        return lambda key: places.get(key, len(listed))


class EventKind(Table):
    """A kind of meeting: how long one is, and how many seats it has, where nobody says; whether one
    can join a series after its first meeting; how many seats one person can take; when those who
    have a seat are reminded; and how many hours before the seat of whoever did not answer goes on,
    if somebody waits: 0 is never.
    """

    name: Label
    minutes: int = Field(ge=15, le=1440)
    seats: int = Field(ge=1, le=10_000)
    late_joiners: bool = True
    party: int = Field(default=1, ge=1, le=10)
    reminders: tuple[Literal["week", "day", "hours"], ...] = ("week", "day", "hours")
    release_hours: int = Field(default=0, ge=0, le=12)


class Night(Table):
    """From when to when nobody is written to, as clocks in the school's zone show it."""

    begins: dt.time
    ends: dt.time


class Events(Table):
    """events.toml: the school's meetings. `unasked_a_day` is how many messages that answer nothing
    somebody gets on a day at most; that a meeting changed is said all the same. `hours_a_year` is
    how many hours are offered to everybody.
    """

    hours_a_year: int = Field(ge=1, le=8784)
    night: Night
    unasked_a_day: int = Field(default=1, ge=1, le=10)
    kinds: dict[Key, EventKind] = Field(min_length=1)


class Asked(Table):
    """A question about an event that is over: with options, or own words of so many characters."""

    ask: Annotated[Text, within(120)]
    options: dict[ShortKey, Label] = Field(default_factory=dict)
    most: int | None = Field(default=None, ge=20, le=400)

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Refuse a question that can be answered in no way, or in two."""
        if bool(self.options) == (self.most is not None):
            raise ValueError("give it either options, or most for an answer in own words")
        return self


class Feedback(Table):
    """feedback.toml: what is asked of those who came, in this order."""

    questions: dict[ShortKey, Asked] = Field(min_length=1, max_length=5)

    @model_validator(mode="after")
    def begins_with_a_tap(self) -> Self:
        """Refuse own words at first: what is typed then may belong to something else."""
        key, first = next(iter(self.questions.items()))
        if not first.options:
            raise ValueError(f"questions.{key} comes first and has no options; add some")
        return self


Sort = Literal["strong", "missing", "question", "example"]


class Rule(Table):
    """One line of the self-check, said where its clauses hold."""

    part: str
    sort: Sort
    when: tuple[Clause, ...] = ()
    text: Annotated[Text, within(110)]


class SelfCheck(Table):
    """The self-check's rules: selfcheck.toml."""

    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def some(self) -> Self:
        """Refuse an empty list."""
        if not self.rules:
            raise ValueError("no rules; add [[rules]]")
        return self


class Glossary(Table):
    """glossary.toml: one word for one thing, in all languages."""

    terms: dict[Key, Text]
