"""Files: sent as an upload or by file_id, in albums, edited, and asked for."""

from functools import partial

from emulator.json_types import Json, as_object
from emulator.keyboards import read_inline, read_markup
from emulator.media import as_content, fresh_album, sent_file
from emulator.messages import speak
from emulator.methods.messages import CAPTIONED, change, own_message
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import World
from emulator.texts import message_caption

DOWNLOAD_BYTES = 20 * 1024 * 1024
ALBUM_AT_MOST = 10
KINDS = frozenset({"photo", "document", "audio", "video"})
UNMIXED = ("document", "audio")
"""Kinds that an album has only of their own."""


def send_file(kind: str, world: World, params: Params) -> Json:
    """One file with a caption: sendPhoto, sendDocument, sendVoice, sendAudio, sendVideo."""
    caption = message_caption(params)
    markup = read_markup(params)
    file = sent_file(world, params, kind, params.values.get(kind))
    return speak(world, params, as_content(file) | caption, markup)


def send_sticker(world: World, params: Params) -> Json:
    """SendSticker."""
    markup = read_markup(params)
    file = sent_file(world, params, "sticker", params.values.get("sticker"))
    return speak(world, params, as_content(file), markup)


def _item(world: World, params: Params, given: object) -> Json:
    """The content that one InputMedia of a call describes."""
    media = as_object(given) or {}
    kind = _kind(given)
    if kind not in KINDS:
        raise bad(f"can't parse InputMedia: the emulator knows {', '.join(sorted(KINDS))}")
    own = Params(media, params.files)
    return as_content(sent_file(world, params, kind, media.get("media"))) | message_caption(own)


def _kind(given: object) -> str:
    return str((as_object(given) or {}).get("type"))


def send_media_group(world: World, params: Params) -> list[Json]:
    """SendMediaGroup."""
    items = params.array("media")
    if not items:
        raise bad("media must be non-empty")
    if len(items) > ALBUM_AT_MOST:
        raise bad("too many messages to send as an album")
    kinds = {_kind(item) for item in items}
    for kind in UNMIXED:
        if kind in kinds and len(kinds) > 1:
            raise bad(f"{kind} can't be mixed with other media types")
    if len({(as_object(item) or {}).get("show_caption_above_media") is True for item in items}) > 1:
        raise bad("parameter show_caption_above_media must be the same for all messages")
    contents = [_item(world, params, item) for item in items]
    album = {"media_group_id": fresh_album()}
    return [speak(world, params, album | content, None) for content in contents]


def edit_message_media(world: World, params: Params) -> Json:
    """editMessageMedia: also gives a text message a file in its text's stead."""
    media = params.object("media")
    if media is None:
        raise bad("media must be non-empty")
    content = _item(world, params, media)
    markup = read_inline(params)
    chat, message = own_message(world, params)
    if not (CAPTIONED | {"text"}) & message.keys():
        raise bad("there is no media in the message to edit")
    return change(world, chat, message, content, markup)


def get_file(world: World, params: Params) -> Json:
    """GetFile."""
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if len(file.content) > DOWNLOAD_BYTES:
        raise bad("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


TABLE = {
    "sendPhoto": partial(send_file, "photo"),
    "sendDocument": partial(send_file, "document"),
    "sendVoice": partial(send_file, "voice"),
    "sendAudio": partial(send_file, "audio"),
    "sendVideo": partial(send_file, "video"),
    "sendSticker": send_sticker,
    "sendMediaGroup": send_media_group,
    "editMessageMedia": edit_message_media,
    "getFile": get_file,
}
