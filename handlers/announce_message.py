"""What an announcement says: messages as they were sent to us, in one language or several."""

from collections.abc import Sequence

from db.announcements import Announcement
from handlers.buttons import Keyboard, data
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import people
from school.phrases import Phrase, bold, lines, t


def label(_turn: Turn, one: Announcement) -> Phrase:
    """By what one is known in a list."""
    return t("Announcement %(number)s", number=one.id)


def is_there(one: Announcement) -> bool:
    """Whether it says anything yet."""
    return bool(one.content)


def ask(turn: Turn, one: Announcement, notes: Sequence[Phrase] = ()) -> None:
    """Ask for the message."""
    turn.person.expects = f"{people.ANNOUNCES}:{one.id}:message"
    asked = lines(bold(t("Send me the message now.")), t("You see it once more before it goes."))
    turn.show(Screen(asked, [[(t("Back"), data("anns"))]]), notes)


def given(turn: Turn, message: Incoming) -> None:
    """A message is there."""
    raise NotImplementedError


def summary(turn: Turn, one: Announcement) -> Phrase:
    """What it says, in short."""
    return label(turn, one)


def doors(_turn: Turn, _one: Announcement) -> Keyboard:
    """Ways to change what it says."""
    return []
