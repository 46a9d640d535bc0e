"""What an announcement says, put together from messages: one, or one album, in each language; the
first language is what everybody else reads. Below it are buttons, or the choices of a poll.

Content is data, and whatever changes it makes another one. Whoever changes what is asked for or
planned takes it back: nothing goes that was not confirmed as it is.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, cast
from urllib.parse import urlsplit

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from db.announcements import Announcement, Tapped
from db.tables import Outgoing, Person
from db.types import Json
from db.upsert import insert_new
from school import confirming
from school.announcements import ASKED, DRAFT, PLANNED, SEND
from school.editing import ALBUM, FILES, Part, languages
from school.outbox import ANNOUNCE
from school.phrases import Phrase, t

URL, EVENT, IDEA, CHOICE = "url", "event", "idea", "choice"  # kinds of buttons
MOST_BUTTONS, MOST_LABEL, MOST_ADDRESS = 3, 24, 1000
MOST_CAPTION, MOST_TEXT = 1024, 4096  # what a bot may send, in Telegram's count
LABELS: Mapping[str, Phrase] = {EVENT: t("See the meeting"), IDEA: t("Open my idea")}
_MOST_FILES = 10  # of an album
_BUTTONS, _MESSAGES, _ALBUM = "buttons", "messages", "album"
_HOST = 253
Content: TypeAlias = Mapping[str, Json]
Button: TypeAlias = Mapping[str, Any]


class Given(NamedTuple):
    """A message that was given: a part, the album that it is of, and a poll's choices."""

    part: Part
    album: str | None = None
    choices: Sequence[str] = ()


def can_change(one: Announcement) -> bool:
    """Whether it has not gone yet."""
    return one.state in (DRAFT, ASKED, PLANNED)


def change(one: Announcement, content: Content) -> None:
    """It says something else; whoever asked for it, approved or planned it does so again."""
    one.content = dict(content)
    confirming.changed(one)


def parts(content: Content, language: str) -> Sequence[Part]:
    """The messages in exactly this language."""
    said = cast("Mapping[str, Any]", content.get(language) or {})
    return cast("Sequence[Part]", said.get(_MESSAGES, ()))


def buttons(content: Content) -> Sequence[Button]:
    """All that is below it: choices, and what leads somewhere."""
    return cast("Sequence[Button]", content.get(_BUTTONS) or [])


def choices(content: Content) -> Sequence[Button]:
    """The choices of a poll."""
    return [one for one in buttons(content) if one["kind"] == CHOICE]


def links(content: Content) -> Sequence[Button]:
    """The buttons that lead somewhere."""
    return [one for one in buttons(content) if one["kind"] != CHOICE]


def is_of_album(content: Content, language: str, given: Given) -> bool:
    """Whether a message is one more of the album that is there."""
    said = cast("Mapping[str, Any]", content.get(language) or {})
    same = given.album is not None and said.get(_ALBUM) == given.album
    known = (ALBUM, *FILES)
    return same and all(one["method"] in known for one in (given.part, *said[_MESSAGES]))


def with_message(content: Content, language: str, given: Given) -> Content:
    """With a message in a language, in the place of what was said in it; one more of the same album
    joins it. Raises ValueError where a poll has another number of choices than in other languages.
    """
    part = given.part
    if is_of_album(content, language, given):
        part = _joined(parts(content, language)[0], part)
    said: dict[str, Json] = {_MESSAGES: [cast("Json", dict(part))]}
    if given.album is not None:
        said[_ALBUM] = given.album
    below = [*_chosen(content, language, given.choices), *links(content)]
    return _below({**content, language: said}, below)


def _joined(before: Part, part: Part) -> Part:
    """With one more file; one that is there already has other words now."""
    items = before["params"]["media"] if before["method"] == ALBUM else [_item(before)]
    found = {item["media"]: item for item in (*items, _item(part))}
    files = [*found.values()][:_MOST_FILES]
    if len(files) == 1:
        return part
    return {"method": ALBUM, "params": {"media": files}}


def _item(part: Part) -> Mapping[str, Json]:
    name, params = FILES[part["method"]], part["params"]
    rest = {key: value for key, value in params.items() if key != name}
    return {"type": name, "media": params[name], **rest}


def _chosen(content: Content, language: str, words: Sequence[str]) -> Sequence[Button]:
    """The choices, with their words in a language."""
    there = [_without(one, language) for one in choices(content)]
    before: list[Button] = [one for one in there if one["label"]]
    if not words:
        return before
    if not before:
        empty: Button = {"kind": CHOICE, "to": None, "label": {}}
        before = [empty] * len(words)
    if len(before) != len(words):
        raise ValueError(f"{len(before)} choices in other languages, {len(words)} in {language!r}")
    return [
        {**one, "label": {**one["label"], language: said}, "key": f"c{number}"}
        for number, (one, said) in enumerate(zip(before, words, strict=True), start=1)
    ]


def _without(button: Button, language: str) -> Button:
    labels = {code: words for code, words in button["label"].items() if code != language}
    return {**button, "label": labels}


def without_language(content: Content, language: str) -> Content:
    """Without what it says in a language, unless that is all that it says."""
    if language not in languages(content) or len(languages(content)) == 1:
        return content
    rest = {key: said for key, said in content.items() if key != language}
    return _below(rest, [*_chosen(content, language, ()), *links(content)])


def _below(content: Content, found: Sequence[Button]) -> Content:
    rest = {key: said for key, said in content.items() if key != _BUTTONS}
    return {**rest, _BUTTONS: cast("Json", [*found])} if found else rest


def with_button(content: Content, kind: str, to: Json, labels: Mapping[str, str]) -> Content:
    """With one more button, unless there is one like it, or no room."""
    found = links(content)
    same = any((one["kind"], one["to"]) == (kind, to) for one in found)
    if same or len(found) >= MOST_BUTTONS:
        return content
    taken = {one["key"] for one in found}
    key = next(key for key in map(str, range(1, MOST_BUTTONS + 1)) if key not in taken)
    made: dict[str, Json] = {"kind": kind, "to": to, "label": {**labels}, "key": key}
    return _below(content, [*buttons(content), made])


def without_button(content: Content, key: str) -> Content:
    """Without a button; choices stay as long as their poll does."""
    left = [one for one in buttons(content) if one["kind"] == CHOICE or one["key"] != key]
    return _below(content, left)


def button(content: Content, key: str) -> Button | None:
    """A button by its key."""
    return next((one for one in buttons(content) if one["key"] == key), None)


def address(words: str) -> str | None:
    """The address that somebody wrote, as a button can carry it; None for what is none."""
    words = words.strip()
    try:
        parsed = urlsplit(words)
        host, port = (parsed.hostname or "").encode("idna").decode(), parsed.port
    except ValueError:  # no port, no host, no name that the network has
        return None
    plain = parsed.username is None and port != 0 and len(words) <= MOST_ADDRESS
    if parsed.scheme != "https" or not plain or len(words.split()) != 1:
        return None
    return words if _is_host(host) else None


def _is_host(host: str) -> bool:
    """Whether it is a name such as example.org: neither a number nor a machine of one's own."""
    names = host.split(".")
    fits = all(name.replace("-", "a").isalnum() for name in names)
    own = any(name.startswith("-") or name.endswith("-") for name in names)
    last = names[-1]
    return fits and not own and len(names) > 1 and len(host) <= _HOST and not last.isdecimal()


def text_of(part: Part) -> str:
    """The words of a message."""
    params = part["params"]
    if part["method"] == ALBUM:
        found = (item.get("caption") for item in params["media"])
        return next((str(words) for words in found if words), "")
    return str(params.get("text") or params.get("caption") or params.get("title") or "")


def units(words: str) -> int:
    """How long Telegram takes words to be."""
    return len(words.encode("utf-16-le")) // 2


def about_event(session: Session, event: int, content: Content) -> Announcement | None:
    """A draft about an event that says exactly this."""
    drafts = (Announcement.event_id == event) & (Announcement.state == DRAFT)
    query = select(Announcement).where(drafts).order_by(Announcement.id.desc())
    return next((one for one in session.scalars(query) if one.content == content), None)


def drop(session: Session, one: Announcement) -> bool:
    """Delete one that did not go; False for any other."""
    if not can_change(one):
        return False
    session.delete(one)
    session.flush()
    return True


def got(session: Session, one: Announcement, person: Person) -> bool:
    """Whether somebody has a line of it."""
    own = (Outgoing.chat_id == person.telegram_id) & (Outgoing.lane == ANNOUNCE)
    its = (Outgoing.announcement_id == one.id) & (Outgoing.method == SEND)
    return bool(session.scalar(select(exists().where(own, its))))


def tapped(session: Session, one: Announcement, key: str) -> None:
    """A button was tapped once more; nobody is noted for it."""
    insert_new(session, Tapped, announcement_id=one.id, button=key, count=0)
    its = (Tapped.announcement_id == one.id) & (Tapped.button == key)
    session.execute(update(Tapped).where(its).values(count=Tapped.count + 1))


def taps(session: Session, one: Announcement) -> Mapping[str, int]:
    """How often each button was tapped, by its key."""
    query = select(Tapped).where(Tapped.announcement_id == one.id)
    return {row.button: row.count for row in session.scalars(query)}
