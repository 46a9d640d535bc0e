"""What a person sent, as the conversation sees it: no Telegram, nothing that is not used."""

from collections.abc import Sequence
from dataclasses import dataclass

from school.editing import Part


@dataclass(frozen=True, slots=True)
class File:
    """A file that Telegram keeps; `file_id` sends it again."""

    kind: str
    file_id: str
    name: str | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message of a person, new or edited; `text` is a caption too. `part` is how it can be sent
    to others, where it was asked for that; a poll's `choices` are then beside it.
    """

    message_id: int
    text: str = ""
    file: File | None = None
    album: str | None = None
    position: tuple[float, float] | None = None
    part: Part | None = None
    choices: Sequence[str] = ()
