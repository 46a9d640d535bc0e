"""What an event may have besides the five things that are asked, and its words in more languages.
Nothing of it need be said.
"""

from collections.abc import Callable, Mapping

from babel import Locale

from db.events import Event
from db.types import Json
from handlers.buttons import Button, Keyboard, data, in_rows
from handlers.describe import own_name, too_long
from handlers.events_shown import title
from handlers.turn import Screen, Turn
from school import events
from school.events import ACCESS, LINE, SPOKEN, TEXT, TITLE
from school.phrases import Phrase, bold, lines, paragraphs, t

_MOST: Mapping[str, int] = {TEXT: 500, ACCESS: 200}


def show(turn: Turn, event: Event) -> None:
    """What is there, and what can be added."""
    waits = event.options.get(LINE) is not False
    line: Button = (t("No waiting list"), data("evline", event.id, "off"))
    if not waits:
        line = (t("With a waiting list"), data("evline", event.id, "on"))
    rows: Keyboard = [
        [(t("Text"), data("evchange", event.id, TEXT))],
        [(t("With a wheelchair"), data("evchange", event.id, ACCESS))],
        [(t("Which language"), data("evchange", event.id, SPOKEN))],
        [line],
        [(t("In another language"), data("evwords", event.id))],
        [(t("Back"), data("event", event.id))],
    ]
    wait = t("Who finds it full can wait.") if waits else t("Who finds it full cannot wait.")
    said = paragraphs(
        lines(bold(title(turn, event)), t("Nothing of this must be said.")),
        lines(wait, _written(turn, event)),
    )
    turn.show(Screen(said, rows))


def _written(turn: Turn, event: Event) -> Phrase:
    """In which languages it can be read."""
    names = [_language(turn, code) for code in events.title(event)]
    return t("Its title is written in: %(languages)s", languages=", ".join(names))


def _language(turn: Turn, code: str) -> str:
    return Locale.parse(code).get_language_name(turn.person.language) or code


def line(turn: Turn, event: Event, said: str) -> None:
    """People may wait for a seat, or not."""
    event.options = {**event.options, LINE: said != "off"}
    show(turn, event)


def languages(turn: Turn, event: Event) -> None:
    """In which language its words are added."""
    codes = turn.school.languages
    rows = in_rows(
        [(own_name(code), data("evchange", event.id, f"{TITLE}.{code}")) for code in codes]
    )
    asked = lines(
        bold(t("In which language?")),
        t("First its title, then its text. Whoever reads this language sees them."),
    )
    turn.show(Screen(asked, [*rows, [(t("Back"), data("evmore", event.id))]]))


def wanted(turn: Turn) -> str:
    """The language in which something is asked: named in what is asked, else the person's own."""
    return turn.person.expects.rpartition(":")[2].partition(".")[2] or turn.person.language


def in_other_words(turn: Turn) -> Phrase | None:
    """Says which language is asked for, where it is not the person's own."""
    code = wanted(turn)
    if code == turn.person.language:
        return None
    return t("Write it in: %(language)s", language=_language(turn, code))


def _text(turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    asked = bold(t("What happens there?"))
    most = t("Two or three sentences, %(most)s characters at most.", most=_MOST[TEXT])
    return lines(asked, in_other_words(turn), most), []


def _access(turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    asked = bold(t("How does one get in with a wheelchair?"))
    example = t("For example: a ramp in the courtyard, a lift, an accessible toilet.")
    return lines(asked, in_other_words(turn), example), []


def _spoken(turn: Turn, event: Event) -> tuple[Phrase, Keyboard]:
    codes = turn.school.languages
    rows = in_rows([(own_name(code), data("evspoken", event.id, code)) for code in codes])
    return bold(t("Which language is spoken there?")), rows


def take_title(turn: Turn, event: Event, words: str) -> Phrase | None:
    """The title in a language."""
    said = " ".join(words.split())
    if len(said) > events.MOST_TITLE:
        return too_long(len(said), events.MOST_TITLE)
    event.title = {**event.title, wanted(turn): said}
    return None


def _take(what: str) -> Callable[[Turn, Event, str], Phrase | None]:
    def take(turn: Turn, event: Event, words: str) -> Phrase | None:
        said = words.strip()
        if len(said) > _MOST[what]:
            return too_long(len(said), _MOST[what])
        texts: dict[str, Json] = {**events.texts(event, what), wanted(turn): said}
        event.options = {**event.options, what: texts}
        return None

    return take


def _take_spoken(turn: Turn, event: Event, words: str) -> Phrase | None:
    names = {own_name(code).casefold(): code for code in turn.school.languages}
    code = names.get(words.strip().casefold())
    if code is None:
        return t("I read “%(words)s”. Here I need one of the buttons below.", words=words[:40])
    spoken(turn, event, code)
    return None


def spoken(turn: Turn, event: Event, code: str) -> None:
    """A language was tapped."""
    if code in turn.school.languages:
        event.options = {**event.options, SPOKEN: code}


QUESTIONS: Mapping[str, Callable[[Turn, Event], tuple[Phrase, Keyboard]]] = {
    TEXT: _text,
    ACCESS: _access,
    SPOKEN: _spoken,
}
TAKING: Mapping[str, Callable[[Turn, Event, str], Phrase | Screen | None]] = {
    TEXT: _take(TEXT),
    ACCESS: _take(ACCESS),
    SPOKEN: _take_spoken,
}
