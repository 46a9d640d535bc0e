"""How messages that were sent become what they are to say now. Telegram changes a text, a caption,
or a file for another; never a kind of message into another.

A part of an announcement's content names its method and parameters; here each gets, under `edit`,
what is to be done with the message that it became.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from db.types import Json

EDIT = "edit"
TEXT, CAPTION, MEDIA, NOTHING = "text", "caption", "media", "nothing"
ALBUM = "sendMediaGroup"
Part: TypeAlias = Mapping[str, Any]
# Whose files can be changed for others, with the parameter that names them.
FILES: Mapping[str, str] = {
    "sendPhoto": "photo",
    "sendVideo": "video",
    "sendAnimation": "animation",
    "sendDocument": "document",
    "sendAudio": "audio",
}
_CAPTIONED = (*FILES, "sendVoice")


def parts(content: Mapping[str, Json], language: str) -> Sequence[Part]:
    """The messages for somebody, in the own language or the first one that there is."""
    said = content.get(language) or content[languages(content)[0]]
    return cast("Sequence[Part]", cast("Mapping[str, Json]", said)["messages"])


def languages(content: Mapping[str, Json]) -> Sequence[str]:
    """The languages in which it says something, the one for everybody else first."""
    return [key for key, said in content.items() if isinstance(said, dict) and "messages" in said]


def marked(before: Mapping[str, Json], after: Mapping[str, Json]) -> dict[str, Json]:
    """The content to be, with what is to be done to each message. Raises ValueError where one would
    become another kind of message.
    """
    found = dict(after)
    for language in (*languages(before), *languages(after)):
        was, is_now = (
            [_shape(part) for part in parts(content, language)] for content in (before, after)
        )
        if was != is_now:
            raise ValueError(f"the messages in {language!r} are others than they were")
    for language in languages(after):
        both = zip(parts(before, language), parts(after, language), strict=True)
        edited = [{**part, EDIT: _edit(was, part)} for was, part in both]
        found[language] = {
            **cast("dict[str, Json]", after[language]),
            "messages": cast("Json", edited),
        }
    return found


def _shape(part: Part) -> tuple[str, ...]:
    """What a message stays."""
    if part["method"] == ALBUM:
        return (ALBUM, *(item["type"] for item in part["params"]["media"]))
    return (part["method"],)


def _edit(was: Part, part: Part) -> Json:
    if part["method"] == ALBUM:
        return MEDIA
    if part["method"] == "sendMessage":
        return TEXT
    name = FILES.get(part["method"])
    # A file that was changed once may not have arrived everywhere.
    if name and (was.get(EDIT) == MEDIA or was["params"][name] != part["params"][name]):
        return MEDIA
    return CAPTION if part["method"] in _CAPTIONED else NOTHING
