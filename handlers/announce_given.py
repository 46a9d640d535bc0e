"""The message that many people are to get is there, in a language. Another one takes its place; the
pictures of an album come one by one, and are one message.
"""

from db.announcements import Announcement
from handlers import announce, announce_message, describe
from handlers.announce_message import MESSAGE
from handlers.incoming import Incoming
from handlers.turn import Turn
from school import composing, editing, people
from school.composing import MOST_CAPTION, MOST_TEXT, Given
from school.phrases import Phrase, t

_CHOICES = t(
    "In another language this poll has another number of choices. Make them as many, or take "
    "the other language away."
)


def take(turn: Turn, one: Announcement, message: Incoming, language: str) -> None:
    """Take it, or say why not."""
    if not composing.can_change(one):
        announce.show(turn, one, [t("It went already.")])
        return
    language = language if language in turn.school.languages else turn.person.language
    given = _given(message)
    if isinstance(given, Given):
        _keep(turn, one, given, language)
    else:
        announce_message.ask(turn, one, [given], language)


def edited(turn: Turn, message: Incoming) -> bool:
    """Whether an edited message is the one that was given just now: it is taken as it is now."""
    _, number, what, language, *_ = [*turn.person.expects.split(":", 3), "", "", ""]
    if turn.expecting != people.ANNOUNCES or what != MESSAGE:
        return False
    one = announce.find(turn, number)
    if one is None or language not in editing.languages(one.content):
        return False
    take(turn, one, message, language)
    return True


def _given(message: Incoming) -> Given | Phrase:
    """What can be sent, or why it cannot."""
    if message.part is None:
        return t("I cannot send this to many people. A text or a picture, for example, goes.")
    method, words = message.part["method"], composing.text_of(message.part)
    most = MOST_TEXT if method == "sendMessage" else MOST_CAPTION
    if composing.units(words) > most:
        return describe.too_long(composing.units(words), most)
    return Given(message.part, message.album, message.choices)


def _keep(turn: Turn, one: Announcement, given: Given, language: str) -> None:
    """It says this in a language from now on."""
    before = one.content
    try:
        content = composing.with_message(before, language, given)
    except ValueError:
        announce_message.ask(turn, one, [_CHOICES], language)
        return
    # One screen answers all pictures of an album.
    turn.in_place = composing.is_of_album(before, language, given)
    replaces = language in editing.languages(before) and not turn.in_place
    composing.change(one, content)
    announce.show(turn, one, [t("It takes the place of the one before.")] if replaces else [])
    # More of an album may follow, or another message.
    turn.person.expects = f"{people.ANNOUNCES}:{one.id}:{MESSAGE}:{language}"
