"""What an announcement that went is to say instead: put together from messages like those of a
draft, and nothing before it is confirmed as it was seen. Each message stays of its kind; to one
that has words below it, a text gives others.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from db.announcements import Announcement
from db.types import Json
from school import composing, editing
from school.composing import Content, Given
from school.editing import ALBUM, FILES, Part

TEXT, VOICE = "sendMessage", "sendVoice"
_BUTTONS = "buttons"
_MARK = 8


def can(one: Announcement, language: str) -> bool:
    """Whether Telegram can change what it says in a language."""
    known = (TEXT, ALBUM, VOICE, *FILES)
    return all(part["method"] in known for part in composing.parts(one.content, language))


def begin(one: Announcement) -> None:
    """Nothing was sent to us yet that it is to say."""
    one.correction = None


def content(one: Announcement) -> Content:
    """What it is to say, as far as that was sent to us."""
    return one.correction or one.content


def take(one: Announcement, language: str, given: Given) -> bool:
    """It is to say this in a language. Returns whether the message belongs to an album that is
    there. Raises ValueError where a poll would have another number of choices.
    """
    before = content(one)
    joins = composing.is_of_album(before, language, given)
    found = composing.with_message(before, language, _like(one, language, given))
    kept = {} if given.choices else {_BUTTONS: before.get(_BUTTONS) or []}
    one.correction = {**found, **kept}
    return joins


def _like(one: Announcement, language: str, given: Given) -> Given:
    """A text for a message that has words below it: that message, with these."""
    was = composing.parts(one.content, language)[-1]
    if given.part["method"] != TEXT or was["method"] == TEXT:
        return given
    said = given.part["params"]
    words = {"caption": said["text"], "caption_entities": said.get("entities", [])}
    return Given({"method": was["method"], "params": _captioned(was, words)})


def _captioned(was: Part, words: Mapping[str, Json]) -> Mapping[str, Any]:
    """The parameters of a message, with other words below it: of an album, below its first one."""
    params = cast("Mapping[str, Any]", was["params"])
    if was["method"] != ALBUM:
        return {**params, **words}
    first, *others = params["media"]
    return {**params, "media": [{**first, **words}, *others]}


def fits(one: Announcement) -> bool:
    """Whether it can become what it is to say."""
    if one.correction is None:
        return False
    try:
        editing.marked(one.content, one.correction)
    except ValueError:
        return False
    return True


def changed(one: Announcement) -> Sequence[str]:
    """The languages in which it is to say something else."""
    spoken = editing.languages(content(one))
    return [code for code in spoken if _said(content(one), code) != _said(one.content, code)]


def _said(said: Content, language: str) -> Sequence[tuple[str, Mapping[str, Json]]]:
    return [(part["method"], part["params"]) for part in composing.parts(said, language)]


def mark(one: Announcement) -> str:
    """What a button carries that confirms exactly this, once."""
    seen = json.dumps([one.revision, one.correction], sort_keys=True)
    return hashlib.sha256(seen.encode()).hexdigest()[:_MARK]
