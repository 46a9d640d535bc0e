"""The words that an event may have besides its title, in several languages, and the language that
is spoken there: a page of "More".
"""

from babel import Locale

from db.events import Event
from db.types import Json
from handlers.buttons import Keyboard, data, in_rows
from handlers.describe import own_name, shortened, too_long
from handlers.event_options import Asks, Choice, Option, Takes, table
from handlers.turn import Turn
from school import events
from school.events import ACCESS, SPOKEN, TEXT, TITLE
from school.phrases import Phrase, bold, lines, t

_LANGUAGES = "languages"
_SHOWN = 60


def take_title(turn: Turn, event: Event, words: str) -> Phrase | None:
    """The title in a language."""
    said = " ".join(words.split())
    if len(said) > events.MOST_TITLE:
        return too_long(len(said), events.MOST_TITLE)
    event.title = {**event.title, _wanted(turn): said}
    return None


def in_other_words(turn: Turn) -> Phrase | None:
    """Says which language is asked for, where it is not the person's own."""
    code = _wanted(turn)
    if code == turn.person.language:
        return None
    return t("Write it in: %(language)s", language=_language(turn, code))


def _wanted(turn: Turn) -> str:
    """The language in which something is asked: named in what is asked, else the person's own."""
    return turn.person.expects.rpartition(":")[2].partition(".")[2] or turn.person.language


def _language(turn: Turn, code: str) -> str:
    return Locale.parse(code).get_language_name(turn.person.language) or code


def written(asked: Phrase, hint: Phrase) -> Asks:
    """Ask for words, in the language that is wanted."""

    def asks(turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
        return lines(bold(asked), in_other_words(turn), hint), []

    return asks


def takes(key: str, most: int) -> Takes:
    """Keep words of an option in the language that was wanted, if they fit."""

    def take(turn: Turn, event: Event, words: str) -> Phrase | None:
        said = words.strip()
        if len(said) > most:
            return too_long(len(said), most)
        texts: dict[str, Json] = {**events.texts(event, key), _wanted(turn): said}
        event.options = {**event.options, key: texts}
        return None

    return take


def in_short(turn: Turn, event: Event, key: str) -> Phrase | None:
    """How the words of an option begin, in the person's language."""
    said = events.texts(event, key)
    return shortened(" ".join(turn.text(said).split()), _SHOWN) if said else None


def _text(turn: Turn, event: Event) -> Phrase | None:
    said = in_short(turn, event, TEXT)
    return t("Text: %(words)s", words=said) if said else t("It has no text yet.")


def _access(turn: Turn, event: Event) -> Phrase | None:
    said = in_short(turn, event, ACCESS)
    return t("With a wheelchair: %(how)s", how=said) if said else None


def _spoken(turn: Turn, event: Event) -> Phrase | None:
    code = event.options.get(SPOKEN)
    return t("Language: %(language)s", language=_language(turn, str(code))) if code else None


def _which(_turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    return bold(t("Which language is spoken there?")), []


def _own_names(turn: Turn, _event: Event) -> list[Choice]:
    return [Choice(code, own_name(code), code) for code in turn.school.languages]


def _titles(turn: Turn, event: Event) -> Phrase:
    """In which languages it can be read."""
    names = [_language(turn, code) for code in events.title(event)]
    return t("Its title is written in: %(languages)s", languages=", ".join(names))


def _in_which(turn: Turn, event: Event) -> tuple[Phrase, Keyboard]:
    """In which language its words are added."""
    rows = in_rows(
        [
            (own_name(code), data("evchange", event.id, f"{TITLE}.{code}"))
            for code in turn.school.languages
        ]
    )
    hint = t("First its title, then its text. Whoever reads this language sees them.")
    return lines(bold(t("In which language?")), hint), rows


_MOST_TEXT, _MOST_ACCESS = 500, 200
OPTIONS = table(
    Option(
        TEXT,
        t("Text"),
        _text,
        written(
            t("What happens there?"),
            t("Two or three sentences, %(most)s characters at most.", most=_MOST_TEXT),
        ),
        takes(TEXT, _MOST_TEXT),
    ),
    Option(
        ACCESS,
        t("With a wheelchair"),
        _access,
        written(
            t("How does one get in with a wheelchair?"),
            t("For example: a ramp in the courtyard, a lift, an accessible toilet."),
        ),
        takes(ACCESS, _MOST_ACCESS),
    ),
    Option(SPOKEN, t("Which language"), _spoken, _which, choices=_own_names),
    Option(_LANGUAGES, t("In another language"), _titles, _in_which),
)
