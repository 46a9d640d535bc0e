"""Reads the school's content once, at start, and refuses it whole with file, key and mend.

A city's folder is laid over the default one: a table of its TOML adds to the same table, a value
takes the place of the value, a CSV file takes the place of the file.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from school.neighbourhoods import Neighbourhood, read_neighbourhoods
from school.questionnaire import Questionnaire, check_clause
from school.settings import Glossary, Menu, Notice, Rule, SelfCheck, Settings

DEFAULT = Path(__file__).parent / "content"
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
    menu: Menu
    glossary: Glossary
    neighbourhoods: tuple[Neighbourhood, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its wall clocks."""
        return ZoneInfo(self.settings.zone)

    @property
    def languages(self) -> list[str]:
        """Its languages, the default one first."""
        return list(self.settings.languages)


def load(folder: Path | None = None) -> School:
    """The default content with a city's folder over it. Raises ContentError."""
    if folder is not None and not folder.is_dir():
        raise ContentError(f"{folder} is no folder; give the folder of your school's content")
    folders = [DEFAULT, *([folder] if folder else [])]
    questionnaire = _read("questionnaire.toml", folders, Questionnaire)
    school = School(
        settings=_read("school.toml", folders, Settings),
        questionnaire=questionnaire,
        selfcheck=_read("selfcheck.toml", folders, SelfCheck).rules,
        notice=_read("notice.toml", folders, Notice),
        menu=_read("menu.toml", folders, Menu),
        glossary=_read("glossary.toml", folders, Glossary),
        neighbourhoods=_read_places(folders),
    )
    _check_rules(school)
    return school


def _check_rules(school: School) -> None:
    parts = school.questionnaire.parts
    for number, rule in enumerate(school.selfcheck, start=1):
        where = f"rules[{number}]"
        if rule.part not in parts or not parts[rule.part].criterion:
            raise ContentError(f"selfcheck.toml: {where}.part: {rule.part!r} is no criterion")
        for clause in rule.when:
            try:
                check_clause(clause, school.questionnaire.questions, f"{where}.when")
            except ValueError as error:
                raise ContentError(f"selfcheck.toml: {error}") from error


def _read_places(folders: list[Path]) -> tuple[Neighbourhood, ...]:
    name = "neighbourhoods.csv"
    path = next(folder / name for folder in reversed(folders) if (folder / name).exists())
    try:
        return read_neighbourhoods(path)
    except (ValueError, OSError) as error:
        raise ContentError(f"{name}: {error}") from error


def _read(name: str, folders: list[Path], model: type[M]) -> M:
    table: Toml = {}
    for folder in folders:
        if (folder / name).exists():
            table = _laid_over(table, _parse(folder / name))
    for key, question in table.get("questions", {}).items():
        question["key"] = key
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise ContentError(f"{name}: {_first(error)}") from error


def _parse(path: Path) -> Toml:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path.name}: not TOML: {error}; mend that line") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path.name}: cannot be read as UTF-8 text: {error}") from error


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
    key = ".".join(str(step) for step in found["loc"])
    said = found["msg"].removeprefix("Value error, ")
    mend = _MENDS.get(found["type"], said if ";" in said else f"{said}; mend the value")
    return f"{key}: {mend}" if key else mend
