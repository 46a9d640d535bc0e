"""What a city sets without code: itself, its languages, its notice, its menu, its glossary."""

from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from school.questionnaire import Clause
from school.texts import Sentence, Table, Text, within


class Human(Table):
    """Where a person is, for whoever would rather not talk to a program."""

    phone: str
    name: Text
    place: Text
    hours: Text


class Settings(Table):
    """The school itself: school.toml."""

    zone: str
    languages: tuple[str, ...] = Field(min_length=1)
    least_age: int = Field(ge=0, le=99)
    currency: str = Field(min_length=3, max_length=3)
    name: Text
    human: Human
    who_reads: Sentence
    next_step: Sentence

    @field_validator("zone")
    @classmethod
    def known_zone(cls, zone: str) -> str:
        """Refuse a zone that the time zone database lacks."""
        try:
            return ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f'no zone is called {zone!r}; write one like "Europe/Rome"') from error


class Notice(Table):
    """notice.toml: the privacy notice, by version."""

    version: str
    sample: bool = False
    short: Annotated[Text, within(300)]
    text: Annotated[Text, within(3000)]


class Command(Table):
    """A command by its names; `shown` puts it into the menu."""

    aliases: tuple[str, ...] = ()
    shown: bool
    menu: Text
    description: Annotated[Text, within(60)]


class Menu(Table):
    """menu.toml: commands and what Telegram shows of the bot."""

    commands: dict[str, Command]
    description: Annotated[Text, within(512)]
    short_description: Annotated[Text, within(120)]

    def names(self) -> dict[str, str]:
        """Every name of a command, of all languages, with the command that it calls."""
        return {
            name: key
            for key, command in self.commands.items()
            for name in (key, *command.aliases, *command.menu.values())
        }


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

    terms: dict[str, Text]
