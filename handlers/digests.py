"""What waits for a tutor, in one message a day; it leads to the list."""

from handlers import choosing, mutes
from handlers.buttons import as_json
from handlers.turn import Turn
from school import digests
from school.digests import DIGEST, Digest
from school.outbox import Row
from school.phrases import bold, lines, paragraphs, t, tn

_SLOT = "digest"


def message(turn: Turn, found: Digest) -> Row | None:
    """What says it, unless that was said today."""
    mine = tn(
        "%(count)s sheet waits for your answer.",
        "%(count)s sheets wait for your answer.",
        found.mine,
    )
    fitting = tn(
        "%(count)s sheet that fits you has no tutor yet.",
        "%(count)s sheets that fit you have no tutor yet.",
        found.fitting,
    )
    said = lines(mine if found.mine else None, fitting if found.fitting else None)
    text = paragraphs(bold(t("What waits for you")), said)
    rows = as_json([*choosing.list_door(), [mutes.button(DIGEST)]])
    once = digests.once(turn.person, turn.now, turn.school)
    return turn.once({"text": text, "buttons": rows}, _SLOT, once)
