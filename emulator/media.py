"""Files: kept once, named by file_id, and described as Telegram describes them."""

import hashlib
import mimetypes
import re
import struct
from collections.abc import Callable

from emulator.json_types import Json
from emulator.params import Params, Upload
from emulator.refusals import SimError, bad
from emulator.state import File, World, fresh_id

PHOTO_BYTES = 10 * 1024 * 1024
FILE_BYTES = 50 * 1024 * 1024
FOLDERS = {"photo": "photos", "voice": "voice", "sticker": "stickers"}
STICKER_SIDE = 512
OPUS_RATE = 48_000
_JPEG_SIZE = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(....)", re.DOTALL)

EMPTY_WEBP = (
    b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe"
    b"\x07\x00"
)


def keep(world: World, kind: str, upload: Upload) -> File:
    """Keeps an uploaded file and gives it its id."""
    guessed = mimetypes.guess_type(upload.name)[0] or upload.mime_type
    mime_type = guessed or "application/octet-stream"
    suffix = mimetypes.guess_extension(mime_type) or ".bin"
    file = File(
        id=f"{kind[:2].upper()}{fresh_id(24)}",
        unique_id=hashlib.sha256(upload.content).hexdigest()[:16],
        name=upload.name,
        mime_type=mime_type,
        path=f"{FOLDERS.get(kind, kind + 's')}/file_{len(world.files)}{suffix}",
        content=upload.content,
        fields={},
        kind=kind,
    )
    file.fields = _DESCRIBED.get(kind, _document)(file)
    world.files[file.id] = file
    world.paths[file.path] = file.id
    world.mark("file", file.id)
    return file


def _base(file: File) -> Json:
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
    }


def _document(file: File) -> Json:
    return {"file_name": file.name, "mime_type": file.mime_type, **_base(file)}


def _photo(file: File) -> Json:
    width, height = picture_size(file.content)
    return {**_base(file), "width": width, "height": height}


def _voice(file: File) -> Json:
    return {**_base(file), "duration": voice_seconds(file.content), "mime_type": "audio/ogg"}


def _audio(file: File) -> Json:
    return {**_document(file), "duration": voice_seconds(file.content)}


def _video(file: File) -> Json:
    """Its pictures are not read: a square of one second."""
    return {**_document(file), "width": 320, "height": 320, "duration": 1}


def _sticker(file: File) -> Json:
    return {
        **_base(file),
        "type": "regular",
        "width": STICKER_SIDE,
        "height": STICKER_SIDE,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    }


_DESCRIBED: dict[str, Callable[[File], Json]] = {
    "photo": _photo,
    "voice": _voice,
    "audio": _audio,
    "video": _video,
    "sticker": _sticker,
}


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; of anything else 1 by 1."""
    if content.startswith(b"\x89PNG") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    found = _JPEG_SIZE.search(content)
    if found:
        height, width = struct.unpack(">HH", found[1])
        return width, height
    return 1, 1


def voice_seconds(content: bytes) -> int:
    """Length of an Ogg Opus voice from its last page; of anything else 1."""
    page = content.rfind(b"OggS")
    if page < 0 or len(content) < page + 14:
        return 1
    samples = int.from_bytes(content[page + 6 : page + 14], "little", signed=True)
    return max(1, samples // OPUS_RATE)


def as_content(file: File) -> Json:
    """What a message carries for a file."""
    return {file.kind: [file.fields] if file.kind == "photo" else file.fields}


def fresh_album() -> str:
    """The id that the messages of an album share: digits, as Telegram's."""
    return str(int.from_bytes(fresh_id(6).encode()) >> 8)


def attach(world: World, kind: str, upload: Upload) -> Json:
    """The content of a person's message with a file."""
    if not upload.content:
        raise SimError(400, f"the {kind} is empty")
    return as_content(keep(world, kind, upload))


def sticker(world: World) -> Json:
    """The content of a person's message with the emulator's one sticker."""
    known = next((file for file in world.files.values() if file.kind == "sticker"), None)
    file = known or keep(world, "sticker", Upload("sticker.webp", "image/webp", EMPTY_WEBP))
    return as_content(file)


def sent_file(world: World, params: Params, kind: str, value: object) -> File:
    """The file that a call sends: uploaded, attached, or known by its id.

    Args:
        world: where files are kept.
        params: the call's.
        kind: photo, document, voice ...
        value: of the parameter, or of `media` in an InputMedia.

    Raises:
        Refused: 400, there is no such file, or it does not fit.
    """
    name = str(value or "")
    upload = params.files.get(name.removeprefix("attach://") if "://" in name else kind)
    if not name and upload is None:
        raise bad(f"there is no {kind} in the request")
    if upload is None or (name and not name.startswith("attach://")):
        return _known(world, kind, name)
    if not upload.content:
        raise bad("file must be non-empty")
    if len(upload.content) > (PHOTO_BYTES if kind == "photo" else FILE_BYTES):
        raise bad("file is too big")
    if kind == "photo" and picture_size(upload.content) == (1, 1) and not _picture(upload.content):
        raise bad("IMAGE_PROCESS_FAILED")
    return keep(world, kind, upload)


def _picture(content: bytes) -> bool:
    return content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8"))


def _known(world: World, kind: str, name: str) -> File:
    file = world.files.get(name)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file
