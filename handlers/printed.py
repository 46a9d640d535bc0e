"""The sheet as a PDF: asked for on the review, it comes by itself, and nothing waits for it."""

from db.types import Json
from handlers import home, review
from handlers.turn import Turn
from school import outbox
from school.phrases import bold, lines, t

_METHOD = "sendDocument"


def get(turn: Turn) -> None:
    """Send the own sheet; while one is on its way no other is made."""
    if turn.idea is None or not turn.sheet.parts():
        home.home(turn)
        return
    document: dict[str, Json] = {"sheet": turn.idea.id}
    if not outbox.on_its_way(turn.session, turn.chat_id, document):
        title = bold(turn.idea.title or t("Your idea"))
        ours = t("This is your group's sheet with all answers.")
        what = ours if turn.shared else t("This is your sheet with your answers.")
        caption = lines(title, what)
        turn.send_beside(_METHOD, {"document": document, "caption": caption})
    review.overview(turn, [t("Your sheet will be here in a moment, as a PDF.")])
