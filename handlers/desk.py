"""Speaking to tutors about a sheet, wherever they meet it: see school/desk.py. The supergroup is
spoken to in the school's first language, a tutor in the own one.
"""

from collections.abc import Sequence

from db.dossiers import Dossier
from db.types import Json
from handlers.buttons import as_json
from handlers.turn import Screen, Speaker
from school import desk, outbox
from school.desk import Place
from school.phrases import Phrase

CARD = "card"
_ADDING = ("send", "copy", "forward")  # what methods begin with that add a message


def places(turn: Speaker, dossier: Dossier) -> Sequence[Place]:
    """Where a dossier is to be seen."""
    return desk.places(turn.session, dossier, turn.school.languages[0])


def tell(
    turn: Speaker,
    dossier: Dossier,
    method: str,
    body: dict[str, Json],
    *,
    what: str | None = None,
    rings: bool = False,
) -> None:
    """Make a call wherever a dossier is to be seen; `what` names what stands there from now on, and
    without `rings` nobody's phone makes a sound.
    """
    for place in places(turn, dossier):
        put(turn, dossier, place, method, body, what=what, rings=rings)


def put(
    turn: Speaker,
    dossier: Dossier,
    place: Place,
    method: str,
    body: dict[str, Json],
    *,
    what: str | None = None,
    rings: bool = False,
) -> None:
    """Make a call in one place; one that adds a message does so in the dossier's topic."""
    outbox.put(
        turn.session,
        place.chat_id,
        method,
        {**body, **(_where(place, rings=rings) if method.startswith(_ADDING) else {})},
        language=place.language,
        now=turn.now,
        lane=outbox.NOTICE,
        slot=desk.slot(dossier, what) if what is not None else None,
    )


def _where(place: Place, *, rings: bool) -> dict[str, Json]:
    where: dict[str, Json] = {"disable_notification": not rings}
    if place.topic is not None:
        where["topic"] = place.topic
    return {**where, "opening": True} if place.opening else where


def show(
    turn: Speaker, dossier: Dossier, what: str, screen: Screen, *, rings: bool = False
) -> None:
    """Draw something with buttons wherever a dossier is to be seen: in place where it stands."""
    body: dict[str, Json] = {"text": screen.text, "buttons": as_json(screen.keyboard)}
    tell(turn, dossier, "sendMessage", {**body, "in_place": True}, what=what, rings=rings)


def below(turn: Speaker, chat: int, message: int, phrase: Phrase, language: str) -> None:
    """Say something in a group below a message there, to whoever wrote it; in silence."""
    to: Json = {"message_id": message, "allow_sending_without_reply": True}
    body: dict[str, Json] = {"text": phrase, "reply_parameters": to, "disable_notification": True}
    outbox.put(
        turn.session,
        chat,
        "sendMessage",
        body,
        language=language,
        now=turn.now,
        lane=outbox.NOTICE,
    )
