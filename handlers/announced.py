"""What is under an announcement: the buttons that its writer gave it, and a way to get fewer of
these. What a button does is counted, and nobody is noted for it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from db.types import Json
from handlers.buttons import data
from school.announcements import URGENT
from school.ledger import Words
from school.phrases import Phrase, t

TAP, FEWER = "tap", "fewer"  # verbs
URL, EVENT, IDEA, CHOICE = "url", "event", "idea", "choice"  # kinds of buttons


def buttons(number: int, said: Words, language: str) -> Sequence[tuple[Phrase, dict[str, str]]]:
    """The buttons, one below the other: a label, and what Telegram is told it does. What is about
    one's own seat is no matter of a subject.
    """
    given = cast("Sequence[Mapping[str, Any]]", said.content.get("buttons") or [])
    found = [(_label(one["label"], language), _does(number, one)) for one in given]
    if said.subject is None or said.options.get(URGENT) is True:
        return found
    return [*found, (t("Fewer of these"), {"callback_data": data(FEWER, number)})]


def _label(labels: Mapping[str, str], language: str) -> Phrase:
    return labels.get(language) or next(iter(labels.values()))


def _does(number: int, given: Mapping[str, Json]) -> dict[str, str]:
    if given["kind"] == URL:
        return {"url": str(given["to"])}
    return {"callback_data": data(TAP, number, given["key"])}
