"""What a typed text does to the answer of a question, and how to take exactly that back.

Options and neighbourhoods that were typed add to what is chosen; everything else is the answer.
"""

from collections.abc import Callable

from db.types import Json
from school import numbers
from school.neighbourhoods import Neighbourhood, plain
from school.questionnaire import Question
from school.reading import (
    Found,
    Read,
    Reading,
    TooLong,
    Unread,
    Value,
    find_places,
    match_option,
    match_options,
    read_number,
    read_text,
    toggled,
)
from school.sheet import chosen_of

ADDING = ("choices", "places")
Places = tuple[Neighbourhood, ...]


def read(question: Question, before: Value, text: str, places: Places) -> Reading:
    """The value of an answer after a text was typed; `before` is what was chosen until now."""
    return _READERS.get(question.kind, _number)(question, before, text, places)


def _text(question: Question, _before: Value, text: str, _places: Places) -> Reading:
    ready = match_option(question, text)
    return Read({"ready": ready}) if ready else read_text(question, text)


def _number(question: Question, _before: Value, text: str, _places: Places) -> Reading:
    return read_number(question, numbers.read(text))


def _choice(question: Question, _before: Value, text: str, _places: Places) -> Reading:
    key = match_option(question, text)
    if key:
        return Read({"choice": key})
    return _own_words(text) or Read({"other": text}) if question.other else Unread()


def _own_words(text: str) -> TooLong | None:
    return TooLong(len(text), OWN_WORDS) if len(text) > OWN_WORDS else None


def _choices(question: Question, before: Value, text: str, _places: Places) -> Reading:
    keys, rest = match_options(question, text)
    if rest and not question.other:
        return Unread()
    if too_long := _own_words(rest):
        return too_long
    chosen = [key for key in chosen_of(before) if key != "other"]
    for key in keys:
        chosen = toggled(question, chosen, key, on=True)
    own = _listed([*_pieces(before.get("other", "")), *_pieces(rest)])
    return Read({"choices": list[Json](chosen), "other": own})


def _pieces(own: Json) -> list[str]:
    return [piece for piece in str(own).split(", ") if piece]


def _listed(pieces: list[str]) -> str:
    return ", ".join(dict.fromkeys(pieces))


def _places(question: Question, before: Value, text: str, places: Places) -> Reading:
    option = match_option(question, text)
    found = find_places(places, text)
    named = [place.id for place in places if plain(text) in place.names]
    if option or len(named) == 1:
        return Read(with_option(question, before, option or named[0], on=True))
    return found if isinstance(found, Found) else Unread()


def _files(_question: Question, _before: Value, _text: str, _places: Places) -> Reading:
    return Unread()


_READERS: dict[str, Callable[[Question, Value, str, Places], Reading]] = {
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "places": _places,
    "files": _files,
}
OWN_WORDS = 100


def with_option(question: Question, before: Value, option: str, *, on: bool) -> Value:
    """An answer of several after one option was set or taken away."""
    own = str(before.get("other", ""))
    if option == "other":
        own = "" if not on else own
    chosen = [key for key in chosen_of(before) if key != "other"]
    if question.kind == "places":
        return {"places": list[Json](_place_toggled(question, chosen, option, on=on))}
    return {"choices": list[Json](toggled(question, chosen, option, on=on)), "other": own}


def _place_toggled(question: Question, chosen: list[str], option: str, *, on: bool) -> list[str]:
    """What is no neighbourhood stands alone: the whole city, elsewhere. Neighbourhoods add up."""
    alone = question.model_copy(update={"alone": tuple(question.options)})
    return toggled(alone, chosen, option, on=on)


def without(question: Question, before: Value, text: str, places: Places) -> Value:
    """An answer of several as if a text had not been typed."""
    alone = read(question, {}, text, places)
    added = alone.value if isinstance(alone, Read) else {}
    value = before
    for key in chosen_of(added):
        if key != "other":
            value = with_option(question, value, key, on=False)
    gone = _pieces(added.get("other", ""))
    if gone:
        kept = [piece for piece in _pieces(before.get("other", "")) if piece not in gone]
        value = {**value, "other": _listed(kept)}
    return value


def is_empty(value: Value) -> bool:
    """Whether nothing is chosen, and no file sent."""
    return not chosen_of(value) and not value.get("files")
