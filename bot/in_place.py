"""How a message is put in the place of one that stands there: the call that sends it, as one that
edits. A voice stays the same one: only what is written below it can change.
"""

from typing import Any

from school.editing import FILES

Parameters = dict[str, Any]
_KINDS = {**FILES, "sendVoice": "voice"}
_OF_MEDIA = ("caption", "parse_mode")


def as_edit(method: str, parameters: Parameters) -> tuple[str, Parameters]:
    """The method and the parameters that edit, but for the number of the message."""
    kind = _KINDS.get(method)
    if kind is None:
        return "editMessageText", parameters
    rest = {name: value for name, value in parameters.items() if name != kind}
    if kind == "voice":
        return "editMessageCaption", rest
    media = {name: rest.pop(name) for name in _OF_MEDIA if name in rest}
    return "editMessageMedia", {**rest, "media": {"type": kind, "media": parameters[kind], **media}}
