"""A word to somebody whose idea waits. It leads to the open question."""

from db.types import Json
from handlers import mutes
from handlers import question as screens
from handlers.buttons import Button, data
from handlers.turn import Turn
from school import interview, nudges
from school.outbox import Once, Row
from school.phrases import paragraphs, t

_SLOT = "nudge"


def message(turn: Turn, key: str) -> Row | None:
    """What says that the idea waits, unless that was said; None where no question is open."""
    question = interview.present(turn.person, turn.sheet)
    if question is None:
        return None
    where = screens.heading(turn, question) or turn.text(question.name)
    go_on: Button = (t("Continue my idea"), data("idea"))
    buttons: Json = [[list(go_on)], [list(mutes.button(nudges.IDEA))]]
    text = paragraphs(
        t("Your idea waits where you left it. I keep all your answers."),
        t("You can go on from: %(where)s.", where=where),
    )
    once = Once(key, nudges.deadline(turn.now, turn.school.quiet))
    return turn.once({"text": text, "buttons": buttons}, _SLOT, once)
