"""The five things that an event is asked for: how each is asked, and what is taken of a text."""

from collections.abc import Callable, Mapping, Sequence

from db.events import Event
from handlers import event_more, event_when, event_words
from handlers.buttons import Button, Keyboard, data, in_rows
from handlers.describe import too_long
from handlers.turn import Screen, Turn
from school import events, numbers
from school.events import KIND, SEATS, TITLE, WHEN, WHERE
from school.neighbourhoods import plain
from school.phrases import Phrase, bold, lines, t
from school.texts import capitalised

_QUICK = (10, 15, 20, 30, 50, 100)
_SHORT = 24  # letters of a button
_SHOWN = 40


def cut(words: str, most: int = _SHORT) -> str:
    """Words on a button."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _kind(turn: Turn, event: Event) -> tuple[Phrase, Keyboard]:
    kinds = turn.school.events.kinds
    rows = in_rows(
        [
            (capitalised(turn.text(kind.name)), data("evkind", event.id, key))
            for key, kind in kinds.items()
        ]
    )
    hint = t("Or write all in one message, a line each: kind, title, when, where, seats.")
    return lines(bold(t("What kind of event is it?")), hint), rows


def _title(turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    most = t("A few words, %(most)s characters at most.", most=events.MOST_TITLE)
    asked = bold(t("What is the event called?"))
    return lines(asked, event_words.in_other_words(turn), most), []


def _place(turn: Turn, event: Event) -> tuple[Phrase, Keyboard]:
    known = events.places(turn.session)
    rows: Keyboard = [[(cut(one.name), data("evplace", event.id, one.id))] for one in known]
    hint = t("Write the name, a comma and the address. A shared position sets the map.")
    return lines(bold(t("Where is it?")), hint), rows


def _seats(turn: Turn, event: Event) -> tuple[Phrase, Keyboard]:
    kind = turn.school.events.kinds.get(event.kind or "")
    quick = sorted({*_QUICK, *([kind.seats] if kind is not None else [])})
    row: list[Button] = [(str(count), data("evseats", event.id, count)) for count in quick]
    return lines(bold(t("How many seats are there?")), t("Tap or write a number.")), [
        row[:4],
        row[4:],
    ]


QUESTIONS: Mapping[str, Callable[[Turn, Event], tuple[Phrase, Keyboard]]] = {
    KIND: _kind,
    TITLE: _title,
    WHEN: event_when.question,
    WHERE: _place,
    SEATS: _seats,
    **event_more.QUESTIONS,
}


def _kind_named(turn: Turn, words: str) -> str | None:
    wanted = plain(words)
    kinds = turn.school.events.kinds.items()
    return next((key for key, kind in kinds if wanted in map(plain, kind.name.values())), None)


def _take_kind(turn: Turn, event: Event, words: str) -> Phrase | None:
    key = _kind_named(turn, words)
    if key is None:
        return t("I read “%(words)s”. Here I need one of the buttons below.", words=words[:_SHOWN])
    event.kind = key
    return None


def _take_place(turn: Turn, event: Event, words: str) -> Phrase | None:
    name = words.partition(",")[0].strip()
    if not name:
        return t("The name is missing: write it before the comma.")
    if len(name) > events.MOST_PLACE or len(words) > 3 * events.MOST_PLACE:
        return too_long(len(name), events.MOST_PLACE)
    event.place_id = events.place_named(turn.session, words).id
    return None


def _take_seats(_turn: Turn, event: Event, words: str) -> Phrase | None:
    found = [number for number in numbers.read(words) if number == number.to_integral_value()]
    if len(found) != 1 or not 1 <= found[0] <= events.MOST_SEATS:
        most = events.MOST_SEATS
        return t("I need a whole number from 1 to %(most)s, for example 20.", most=most)
    event.seats = int(found[0])
    return None


TAKING: Mapping[str, Callable[[Turn, Event, str], Phrase | Screen | None]] = {
    KIND: _take_kind,
    TITLE: event_words.take_title,
    WHEN: event_when.take,
    WHERE: _take_place,
    SEATS: _take_seats,
    **event_more.TAKING,
}


def lines_of(turn: Turn, rows: Sequence[str]) -> Mapping[str, str]:
    """Which line of one message says what; the first words that are neither kind, date nor number
    are the title, the next ones the place.
    """
    found: dict[str, str] = {}
    for row in rows:
        what = next((name for name, is_it in _SIGNS.items() if is_it(turn, row)), None)
        name = what or (TITLE if TITLE not in found else WHERE)
        found.setdefault(name, row)
    return found


def _is_count(_turn: Turn, row: str) -> bool:
    """Such as "20" or "20 seats"."""
    words = plain(row).split()
    return 0 < len(words) <= len(("20", "seats")) and words[0].isdecimal()


_SIGNS: Mapping[str, Callable[[Turn, str], bool]] = {
    KIND: lambda turn, row: _kind_named(turn, row) is not None,
    SEATS: _is_count,
    WHEN: event_when.is_date,
}
