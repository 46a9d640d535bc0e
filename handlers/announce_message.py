"""What an announcement says, as who coordinates sees it: messages as they were sent to us, one in
each language, and what is below them.
"""

from collections.abc import Mapping, Sequence

from db.announcements import Announcement
from handlers import describe, events_shown
from handlers.buttons import Button, Keyboard, data
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import composing, editing, people
from school.announcements import DRAFT
from school.editing import ALBUM, Part
from school.phrases import Phrase, bold, joined, lines, t

MESSAGE = "message"  # what is asked
_SHOWN = 60  # letters of what it says
_LABEL = 16  # of a button, where several stand in a line
# What has no words of its own, or more than words.
_KINDS: Mapping[str, Phrase] = {
    ALBUM: t("An album"),
    "sendPhoto": t("A picture"),
    "sendVideo": t("A video"),
    "sendAnimation": t("A video"),
    "sendVideoNote": t("A video"),
    "sendDocument": t("A document"),
    "sendAudio": t("An audio file"),
    "sendVoice": t("A voice message"),
    "sendSticker": t("A sticker"),
    "sendLocation": t("A place"),
    "sendVenue": t("A place"),
}


def label(turn: Turn, one: Announcement) -> Phrase:
    """By what one is known in a list."""
    if not is_there(one):
        return t("Announcement %(number)s", number=one.id)
    return _words(_part(turn, one))


def _part(turn: Turn, one: Announcement) -> Part:
    """What it says to who looks at it."""
    spoken = editing.languages(one.content)
    own = turn.person.language
    return composing.parts(one.content, own if own in spoken else spoken[0])[0]


def _words(part: Part, most: int | None = None) -> Phrase:
    """A message in a few words."""
    words, kind = " ".join(composing.text_of(part).split()), _KINDS.get(part["method"])
    if not words:
        return kind or "…"
    short = cut(words, most) if most else cut(words)
    return short if kind is None or most is None else joined(": ", kind, short)


def is_there(one: Announcement) -> bool:
    """Whether it says anything yet."""
    return bool(editing.languages(one.content))


def ask(
    turn: Turn, one: Announcement, notes: Sequence[Phrase] = (), language: str | None = None
) -> None:
    """Ask for the message, in a language."""
    language, spoken = language or turn.person.language, editing.languages(one.content)
    turn.person.expects = f"{people.ANNOUNCES}:{one.id}:{MESSAGE}:{language}"
    replaces = t("It takes the place of the one that is there.") if language in spoken else None
    asked = lines(
        bold(t("Send me the message now.")),
        t("Language: %(language)s", language=describe.own_name(language)),
        t("A text, picture, album, document, voice, video, place or poll."),
        replaces or t("You see it once more before it goes."),
    )
    other: Button = (t("In another language"), data("annlangs", one.id))
    drops: Keyboard = []
    if language in spoken and len(spoken) > 1:
        drops = [[(t("Take it away"), data("annunlang", one.id, language))]]
    turn.show(Screen(asked, [[other], *drops, [back(one)]]), notes)


def back(one: Announcement) -> Button:
    """From a part of one to the whole of it."""
    return t("Back"), data("ann", one.id) if is_there(one) else data("anns")


def listed(turn: Turn, one: Announcement) -> str:
    """The languages in which it is, each written in itself."""
    names = [describe.own_name(code) for code in editing.languages(one.content)]
    return events_shown.listed(turn, names)


def button_label(turn: Turn, one: composing.Button) -> Phrase:
    """What is on a button."""
    labels: dict[str, str] = one["label"]
    return turn.text(labels) if labels else composing.LABELS[one["kind"]]


def summary(turn: Turn, one: Announcement) -> Phrase:
    """What it says, in short."""
    below = [button_label(turn, found) for found in composing.buttons(one.content)]
    shown = [cut(found, _LABEL) if isinstance(found, str) else found for found in below[:3]]
    more = ["…"] if len(below) > len(shown) else []
    buttons = joined(" · ", *shown, *more)
    return lines(
        t("It says: %(what)s", what=_words(_part(turn, one), _SHOWN)),
        t("Languages: %(languages)s", languages=listed(turn, one)),
        t("Buttons: %(buttons)s", buttons=buttons) if below else None,
    )


def doors(turn: Turn, one: Announcement) -> Keyboard:
    """Ways to look at it, and to change what it says; what was confirmed is withdrawn first."""
    look: Keyboard = [[(t("Look at it"), data("annlook", one.id))]]
    if one.state != DRAFT:
        return look
    spoken, own = editing.languages(one.content), turn.person.language
    said = own if own in spoken else spoken[0]
    return [
        *look,
        [(t("The message"), data("annsay", one.id, said)), (t("Languages"), _languages(one))],
        [(t("Buttons"), data("annbtns", one.id)), (t("Delete it"), data("anndropping", one.id))],
    ]


def _languages(one: Announcement) -> str:
    return data("annlangs", one.id)
