"""Reads the school's content once, at start, and refuses it whole with file, key and mend.

A city's folder is laid over the default one: a table of its TOML adds to the same table, a value
takes the place of the value, a CSV file takes the place of the file.
"""

import tomllib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from school import checking, own_data
from school.neighbourhoods import Neighbourhood, read_neighbourhoods
from school.questionnaire import Questionnaire
from school.quiet import Quiet
from school.settings import (
    Events,
    Feedback,
    Glossary,
    Menu,
    Notice,
    OwnData,
    Rule,
    SelfCheck,
    Settings,
)
from school.working import Working

DEFAULT = Path(__file__).parent / "content"
_PLACES = "neighbourhoods.csv"
_SUFFIXES = (".toml", ".csv")
M = TypeVar("M", bound=BaseModel)
Toml = dict[str, Any]


class ContentError(Exception):
    """The school's content cannot be used; the message says file, key and mend."""


@dataclass(frozen=True, slots=True)
class School:
    """Everything that the school itself says and sets."""

    settings: Settings
    questionnaire: Questionnaire
    selfcheck: tuple[Rule, ...]
    notice: Notice
    own_data: OwnData
    menu: Menu
    glossary: Glossary
    events: Events
    feedback: Feedback
    neighbourhoods: tuple[Neighbourhood, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its wall clocks."""
        return ZoneInfo(self.settings.zone)

    @property
    def quiet(self) -> Quiet:
        """When nobody is to be disturbed."""
        return Quiet(self.zone, self.events.night.begins, self.events.night.ends)

    @property
    def working(self) -> Working:
        """When somebody works at the school."""
        tutoring = self.settings.tutoring
        hours = tutoring.hours
        return Working(
            self.zone,
            frozenset(hours.days),
            hours.begins,
            hours.ends,
            frozenset(tutoring.holidays),
        )

    @property
    def languages(self) -> list[str]:
        """Its languages, the default one first."""
        return list(self.settings.languages)


def load(folder: Path | None = None) -> School:
    """The default content, which is read once, or that with a city's folder over it. Raises
    ContentError.
    """
    return _read_all([DEFAULT, _known_names(folder)]) if folder else _default()


@cache
def _default() -> School:
    return _read_all([DEFAULT])


def _read_all(folders: list[Path]) -> School:
    school = School(
        settings=_read("school.toml", folders, Settings),
        questionnaire=_read("questionnaire.toml", folders, Questionnaire),
        selfcheck=_read("selfcheck.toml", folders, SelfCheck).rules,
        notice=_read("notice.toml", folders, Notice),
        own_data=_read("data.toml", folders, OwnData),
        menu=_read("menu.toml", folders, Menu),
        glossary=_read("glossary.toml", folders, Glossary),
        events=_read("events.toml", folders, Events),
        feedback=_read("feedback.toml", folders, Feedback),
        neighbourhoods=_read_places(folders),
    )
    commands = _parse(DEFAULT / "menu.toml")["commands"]
    with _of("questionnaire.toml"):
        checking.check_questionnaire(school.questionnaire)
    with _of("selfcheck.toml"):
        checking.check_rules(school.selfcheck, school.questionnaire)
    with _of("data.toml"):
        checking.check_own_data(school.own_data, own_data.TABLES, own_data.BY_DAYS)
    with _of("menu.toml"):
        checking.check_menu(school.menu, commands)
    with _of(_PLACES):
        checking.check_places(school.neighbourhoods, school.questionnaire)
    return school


@contextmanager
def _of(name: str) -> Generator[None]:
    """Whatever is wrong in here is wrong with this file."""
    try:
        yield
    except ValueError as error:
        raise ContentError(f"{name}: {error}") from error


def _known_names(folder: Path) -> Path:
    """Refuse a file that nobody would read: a misspelt name would be a silence."""
    if not folder.is_dir():
        raise ContentError(f"{folder} is no folder; give the folder of your school's content")
    known = sorted(path.name for path in DEFAULT.iterdir() if path.suffix in _SUFFIXES)
    for path in sorted(folder.iterdir()):
        if path.suffix in _SUFFIXES and path.name not in known:
            raise ContentError(
                f"{path.name}: nobody reads it; call it one of {', '.join(known)} or take it out"
            )
    return folder


def _read_places(folders: list[Path]) -> tuple[Neighbourhood, ...]:
    path = next(folder / _PLACES for folder in reversed(folders) if (folder / _PLACES).exists())
    text = _text(path)
    with _of(_PLACES):
        return read_neighbourhoods(text)


def _read(name: str, folders: list[Path], model: type[M]) -> M:
    table: Toml = {}
    for folder in folders:
        if (folder / name).exists():
            table = _laid_over(table, _parse(folder / name))
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise ContentError(f"{name}: {_first(error)}") from error


def _parse(path: Path) -> Toml:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path.name}: not TOML: {error}; mend that line") from error


def _text(path: Path) -> str:
    """A file's text; some editors put a mark of its encoding before it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        why = f"byte {error.start} is not UTF-8; save it as UTF-8"
        raise ContentError(f"{path.name}: {why}") from error
    except OSError as error:
        why = f"it cannot be read ({error.strerror}); let the bot's user read it"
        raise ContentError(f"{path.name}: {why}") from error


def _laid_over(below: Toml, above: Toml) -> Toml:
    result = dict(below)
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = _laid_over(result[key], cast("Toml", value))
        else:
            result[key] = value
    return result


_MENDS = {
    "missing": "is missing; add it",
    "extra_forbidden": "is a key that nobody reads; take it out or mend its spelling",
}


def _first(error: ValidationError) -> str:
    """The first mistake, in one line: the key, and what to do."""
    found = error.errors()[0]
    # pydantic marks a key that is wrong itself by "[key]" after it.
    key = ".".join(str(step) for step in found["loc"] if step != "[key]")
    said = found["msg"].removeprefix("Value error, ")
    mend = _MENDS.get(found["type"], said if ";" in said else f"{said}; mend the value")
    return f"{key}: {mend}" if key else mend
