"""What a tutor says of the own work: languages, topics, usual evenings, the hour of the daily list.
Each is a row of one table; where several can hold, each is ticked and unticked by itself.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from babel.dates import get_day_names

from db.types import Json
from handlers.buttons import Button, Keyboard, data, in_rows
from handlers.describe import own_name
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import interview, profiles, wording
from school.loading import School
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.profiles import EVENINGS, FIELDS, HOUR, LANGUAGES, Profile
from school.texts import capitalised
from school.tutors import FIELD

_TICK = "✓ "
_TICKED = 22  # letters beside it
_WEEK = 7


class Choice(NamedTuple):
    """One of the choices: what its button carries, says and sets."""

    key: str
    label: str
    value: str | int


class Part(NamedTuple):
    """One thing that a tutor says: its line, its question, its choices; `one` if only one holds."""

    label: Phrase
    says: Callable[[Turn, Profile], Phrase]
    asked: Phrase
    choices: Callable[[Turn], Sequence[Choice]]
    one: bool = False


def _languages(turn: Turn) -> Sequence[Choice]:
    return [Choice(code, own_name(code), code) for code in turn.school.languages]


def _fields(turn: Turn) -> Sequence[Choice]:
    question = turn.school.questionnaire.questions.get(FIELD)
    options = question.options if question is not None else {}
    return [Choice(key, turn.text(label), key) for key, label in options.items()]


def _evenings(turn: Turn) -> Sequence[Choice]:
    names = get_day_names("wide", "stand-alone", locale=wording.dates(turn.person.language))
    return [Choice(str(day), capitalised(names[day]), day) for day in range(_WEEK)]


def _hours(turn: Turn) -> Sequence[Choice]:
    """The hours in which people may be written to."""
    return [Choice(str(hour), f"{hour}:00", hour) for hour in hours(turn.school)]


def hours(school: School) -> Sequence[int]:
    """The full hours of a day that are not quiet."""
    begins, ends = school.quiet.begins, school.quiet.ends
    if begins == ends:
        return range(24)
    clocks = [dt.time(hour) for hour in range(24)]
    if ends < begins:
        return [clock.hour for clock in clocks if ends <= clock < begins]
    return [clock.hour for clock in clocks if clock >= ends or clock < begins]


def _named(turn: Turn, choices: Sequence[Choice], held: Sequence[str | int]) -> str:
    names = [choice.label for choice in choices if choice.value in held]
    return wording.listed(names, turn.person.language)


def _says_languages(turn: Turn, said: Profile) -> Phrase:
    return t("Languages: %(languages)s", languages=_named(turn, _languages(turn), said.languages))


def _says_fields(turn: Turn, said: Profile) -> Phrase:
    named = _named(turn, _fields(turn), said.fields)
    return t("Topics: %(topics)s", topics=named) if named else t("Topics: all")


def _says_evenings(turn: Turn, said: Profile) -> Phrase:
    named = _named(turn, _evenings(turn), said.evenings)
    return t("Evenings: %(days)s", days=named) if named else t("Evenings: none is fixed")


def _says_hour(_turn: Turn, said: Profile) -> Phrase:
    return t("The daily list comes at %(time)s", time=f"{said.hour}:00")


PARTS: Mapping[str, Part] = {
    LANGUAGES: Part(
        t("Languages"),
        _says_languages,
        t("Which languages do you speak?"),
        _languages,
    ),
    FIELDS: Part(
        t("Topics"),
        _says_fields,
        t("Which topics are yours? Without a tick it is all of them."),
        _fields,
    ),
    EVENINGS: Part(
        t("Evenings"),
        _says_evenings,
        t("On which evenings do you usually read and answer?"),
        _evenings,
    ),
    HOUR: Part(
        t("Daily list"),
        _says_hour,
        t("At what time shall the daily list come?"),
        _hours,
        one=True,
    ),
}


def start(turn: Turn) -> None:
    """All that was said."""
    interview.pause(turn.person)
    said = profiles.of(turn.session, turn.person)
    text = paragraphs(
        bold(t("My work as a tutor")),
        lines(*(part.says(turn, said) for part in PARTS.values())),
        t("By this I find sheets that fit you, and tell people when an answer can come."),
    )
    rows = in_rows([(part.label, data("tutorpart", key)) for key, part in PARTS.items()])
    doors: Keyboard = [[(t("Say when you are away"), data("away"))], [_back("staff")]]
    turn.show(Screen(text, [*rows, *doors]))


def _back(verb: str) -> Button:
    return t("Back"), data(verb)


def ask(turn: Turn, key: str) -> None:
    """One thing, with its choices."""
    part = PARTS.get(key)
    if part is None:
        start(turn)
        return
    held = profiles.of(turn.session, turn.person).held(key)
    rows = in_rows([_button(key, one, on=one.value in held) for one in part.choices(turn)])
    turn.show(Screen(bold(part.asked), [*rows, [_back("mytutoring")]]))


def _button(key: str, choice: Choice, *, on: bool) -> Button:
    """The button says what it does, so that a double tap does it once."""
    label = f"{_TICK}{cut(choice.label, _TICKED)}" if on else choice.label
    return label, data("tutoroff" if on else "tutoron", key, choice.key)


def tick(turn: Turn, key: str, choice_key: str) -> None:
    """Something holds from now on."""
    _put(turn, key, choice_key, on=True)


def untick(turn: Turn, key: str, choice_key: str) -> None:
    """Something does not hold any more."""
    _put(turn, key, choice_key, on=False)


def _put(turn: Turn, key: str, choice_key: str, *, on: bool) -> None:
    part = PARTS.get(key)
    choices = part.choices(turn) if part is not None else ()
    found = next((one for one in choices if one.key == choice_key), None)
    if part is not None and found is not None:
        if part.one:
            profiles.say(turn.session, turn.person, key, found.value)
        else:
            before = profiles.of(turn.session, turn.person).held(key)
            held = {*before, found.value} if on else {*before} - {found.value}
            kept: list[Json] = [one.value for one in choices if one.value in held]
            profiles.say(turn.session, turn.person, key, kept)
    ask(turn, key)
