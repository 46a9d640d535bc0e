"""Who may do what with what is written to many people: each button of a draft, of one that waits
for approval or for its time, and of one that goes or went; by who wrote it, who coordinates too, a
tutor and everybody else. And what those who got one may do with the buttons that are under it.
"""

import datetime as dt
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot import sweeps
from db.announcements import Announcement
from db.events import Mute
from db.tables import Outgoing
from handlers.routes_of_announcing import ANNOUNCING_TAPS
from school import audiences, confirming, correcting
from school.announcements import ASKED, DONE, PAUSED, PLANNED, SEND, SENDING
from school.outbox import ANNOUNCE, FAILED, QUEUED, SENT, UNCERTAIN
from tests.stories.announced import make, saying, text
from tests.stories.cards import NOON
from tests.stories.groups_made import COORDINATOR, tutor
from tests.stories.rights import Cast, Cell, somebody, stranger, try_all
from tests.stories.test_workshops import TITLE, announced
from tests.world import World, example_school, world

BOTH = "carla carl"  # who coordinates
KNOWN = f"{BOTH} bruno eve ada"
DRAFT, LIST, WHOM, WHO = "An announcement", "Announcements", "For whom is it?", "Who shall get it?"
LANGUAGES, BELOW = "In which language do you write it?", "Buttons under the message"
WENT, MEANWHILE = "It went already.", "It has changed meanwhile: look at it once more."
GOT, MISSED, OVER = (
    "1 person got it.",
    "Flo: Telegram did not take it",
    "It is done: nobody is left.",
)
ANEW, WHICH, WHEN = "Send me the message as it shall be.", "Which meeting?", "When shall it go?"
# All are Carla's. The draft is for everybody, and so for more than go without approval; small is
# for tutors alone. Done was sent to Eve, failed with Flo, is uncertain with Gino, and is to be
# corrected; what goes or is paused waits for Flo. Eve wants nothing about meetings.
TABLE = (
    Cell("anns", BOTH, line=LIST),
    Cell("annew", BOTH),
    Cell("ann:{draft}", BOTH, line=DRAFT),
    Cell("ann:{done}", BOTH, line=OVER),
    Cell("anndropping:{draft}", BOTH, line="Delete this announcement?"),
    Cell("anndrop:{draft}", BOTH),
    Cell("annevent:{event}", BOTH),
    Cell("annlook:{draft}", BOTH, line="This is how people get it."),
    Cell("annlookin:{draft}:it", BOTH, line="Language: Italiano"),
    Cell("annlangs:{draft}", BOTH, line=LANGUAGES),
    Cell("annsay:{draft}:fr", BOTH, line="Send me the message now."),
    Cell("annunlang:{draft}:it", BOTH),
    Cell("annbtns:{draft}", BOTH, line=BELOW),
    Cell("annunbtn:{draft}:1", BOTH),
    Cell("annlink:{draft}", BOTH, line="What is on the button?"),
    Cell("annalike:{draft}", BOTH, line=BELOW),  # no label was written yet
    Cell("annmeetings:{draft}", BOTH, line=WHICH),
    Cell("annmeeting:{small}:{event}", BOTH),
    Cell("annidea:{small}", BOTH),
    Cell("annwho:{draft}", BOTH, line=WHOM),
    Cell("annadd:{draft}:to", BOTH, line=WHO),
    Cell("annkind:{draft}:to:stage:0", BOTH, line=WHO),
    Cell("annpeople:{draft}:to:{event}", BOTH, line=WHO),
    Cell("annput:{draft}:not:tutors", BOTH),
    Cell("annless:{draft}", BOTH, line="Which one do you remove?"),
    Cell("annoff:{draft}:to:all", BOTH),
    Cell("annabout:{draft}", BOTH, line="What is it about?"),
    Cell("annsubject:{draft}:meetings", BOTH),
    Cell("annurgent:{small}:off", BOTH),
    Cell("annat:{draft}", BOTH, line=WHEN),
    Cell("annuntil:{draft}", BOTH, line="Until when is it of use?"),
    Cell("anntime:{draft}:at:{later}", BOTH),
    Cell("annanytime:{planned}:at", BOTH),
    Cell("annsend:{small}:{seen_small}", BOTH),
    Cell("annask:{draft}:{seen_draft}", BOTH),
    Cell("ann:{asked}", "carla", line="It waits for somebody else to approve it."),
    Cell("anncheck:{asked}", "carl", line="Approval is asked for by Carla."),
    Cell("annyes:{asked}:{seen_asked}", "carl"),
    Cell("annno:{asked}:{seen_asked}", "carl"),
    Cell("annundo:{asked}", "carla"),
    Cell("annundo:{planned}", BOTH),
    Cell("annpause:{going}", BOTH),
    Cell("anngoon:{paused}", BOTH),
    Cell("annstopping:{going}", BOTH, line="Shall it stop for good?"),
    Cell("annstop:{going}", BOTH),
    Cell("annreport:{done}", BOTH, line=GOT),
    Cell("annmissed:{done}:0", BOTH, line=MISSED),
    Cell("anntaps:{done}", BOTH, line="Taps on buttons:"),
    Cell("annfile:{done}", BOTH),  # it is noted who takes it
    Cell("annagaining:{done}:uncertain", BOTH, line="Send it once more?"),
    Cell("annagain:{done}:failed", BOTH),
    Cell("anncorrect:{done}", BOTH),  # anew: what it is to say is dropped
    Cell("annalso:{done}", BOTH, line=ANEW),
    Cell("anncorrectin:{done}:en", BOTH, line=ANEW),
    Cell("anncorrected:{done}:{seen_correction}", BOTH),
    Cell("annrecalling:{done}", BOTH, line="Delete it wherever it was sent?"),
    Cell("annrecall:{done}", BOTH),
    # Under it: whoever has a line of it; who writes it only looks.
    Cell("tap:{done}:c1", "eve"),
    Cell("tap:{done}:pope"),
    Cell("tap:{going}:c1"),
    Cell("tap:{draft}:1", BOTH, line=TITLE),
    Cell("tap:pope:c1"),
    Cell("fewer:{done}", "eve"),
    Cell("fewer:{going}"),
    Cell("fewer:9"),
    Cell("nosubject:school", KNOWN),
    Cell("nosubject:pope"),
    Cell("subject:meetings", "eve"),
    Cell("subject:pope"),
)
# What was not offered, by somebody who may: what is so is drawn, and nothing changes.
FORGED = (
    Cell("annlookin:{draft}:pope", "carl", line=DRAFT),
    Cell("annsay:{draft}:pope", "carl", line=LANGUAGES),
    Cell("annunlang:{draft}:pope", "carl", line=LANGUAGES),
    Cell("annunbtn:{draft}:pope", "carl", line=BELOW),
    Cell("annmeeting:{small}:9", "carl", line=WHICH),
    Cell("annadd:{draft}:pope", "carl", line=WHOM),
    Cell("annkind:{draft}:pope:stage:0", "carl", line=WHOM),
    Cell("annkind:{draft}:to:pope:pope", "carl", line=WHO),
    Cell("annpeople:{draft}:to:9", "carl", line=WHOM),
    Cell("annput:{draft}:to:pope", "carl", line=WHOM),
    Cell("annput:{draft}:not:all", "carl", line=WHOM),
    Cell("annoff:{draft}:pope:all", "carl", line=WHOM),
    Cell("annsubject:{draft}:own", "carl", line=DRAFT),
    Cell("annurgent:{draft}:on", "carl", line=DRAFT),
    Cell("anntime:{draft}:pope:{later}", "carl", line=DRAFT),
    Cell("anntime:{draft}:at:pope", "carl", line=WHEN),
    Cell("annanytime:{planned}:pope", "carl", line=DRAFT),
    Cell("annsend:{small}:{seen_draft}", "carl", line=MEANWHILE),
    Cell("annsend:{draft}:{seen_draft}", "carl", line=MEANWHILE),  # others must approve it
    Cell("annsend:{asked}:{seen_asked}", "carl", line="It is confirmed already."),
    Cell("annask:{small}:{seen_small}", "carl", line=MEANWHILE),  # nobody need approve it
    Cell("annyes:{asked}:{seen_draft}", "carl", line=MEANWHILE),
    Cell("annyes:{draft}:{seen_draft}", "carl", line=DRAFT),
    Cell("annno:{asked}:pope", "carl", line=MEANWHILE),
    Cell("annundo:{draft}", "carl", line=DRAFT),
    Cell("annpause:{done}", "carl", line=OVER),
    Cell("anngoon:{going}", "carl", line="It is on its way."),
    Cell("annstopping:{done}", "carl", line=OVER),
    Cell("annstop:{done}", "carl", line=OVER),
    Cell("annmissed:{done}:pope", "carl", line=MISSED),
    Cell("annagaining:{done}:sent", "carl", line=GOT),
    Cell("annagain:{done}:sent", "carl", line="This cannot be done now."),
    Cell("anncorrectin:{done}:pope", "carl", line=ANEW),
    Cell("anncorrected:{done}:pope", "carl", line=MEANWHILE),
)
# The first cell of each verb that says of which announcement, or event, it is.
FIRST = {cell.verb: cell.data for cell in reversed(TABLE) if cell.verb in ANNOUNCING_TAPS}
NUMBERED = [verb for verb, tap in ANNOUNCING_TAPS.items() if tap.takes]
LOOKS = ("ann", "anncheck", "annlook", "annlookin", "annevent")  # of whatever state it is
LATER = [verb for verb in NUMBERED if re.search("{(going|paused|done)}", FIRST[verb])]
WRITES = [verb for verb in NUMBERED if verb not in (*LOOKS, *LATER)]


@pytest.fixture
async def city(
    database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """Here more than one person are many, and nothing goes by itself between two taps."""
    monkeypatch.setattr(sweeps, "SWEEPS", ())
    school = example_school(folder / "city", school="[announcing]\napprove_above = 1")
    async with world(database_url, school=school) as made:
        yield made


async def people_of(city: World) -> Cast:
    """All of them."""
    city.app.clock.set_to(NOON)
    cast = Cast(city)
    await cast.add(
        carla=await tutor(city, COORDINATOR, "Carla", "coordinator"),
        carl=await tutor(city, 2004, "Carl", "coordinator"),
        bruno=await tutor(city),
        eve=await somebody(city, 1009, "Eve"),
        ada=await somebody(city, 1001, "Ada"),
        zoe=await stranger(city),
    )
    for number, name in ((1008, "Flo"), (1011, "Gino")):
        await somebody(city, number, name)
    event, eve = (await announced(city)).id, int(str(cast.names["eve"]))
    cast.names |= await city.in_database(lambda session: _made(session, event, eve))
    await cast.begin()
    return cast


def _made(session: Session, event: int, eve: int) -> dict[str, object]:
    later = NOON + dt.timedelta(hours=6)
    card: dict[str, Any] = {"label": {}, "kind": "event", "to": event, "key": "1"}
    vote: dict[str, Any] = {"label": {"en": "I come"}, "kind": "choice", "to": None, "key": "c1"}
    said = {**saying(text("Lamps"), it=[text("Lampade")]), "buttons": [card]}
    asks, other = ({**saying(text(words)), "buttons": [vote]} for words in ("Chairs", "Tables"))
    kinds: dict[str, dict[str, Any]] = {
        "draft": {},
        "small": {"audience": {"to": ["tutors"]}, "options": {"urgent": True}},
        "asked": {"state": ASKED},
        "planned": {"state": PLANNED, "starts_at": later},
        "going": {"state": SENDING, "starts_at": NOON},
        "paused": {"state": PAUSED, "starts_at": NOON},
        "done": {"state": DONE, "starts_at": NOON, "ended_at": NOON, "correction": other},
    }
    made = {
        name: make(session, said if name == "draft" else asks, subject="school", **more)
        for name, more in kinds.items()
    }
    for name, chat, state in (
        *(("going", 1008, QUEUED), ("paused", 1008, QUEUED)),
        *(("done", 1009, SENT), ("done", 1008, FAILED), ("done", 1011, UNCERTAIN)),
    ):
        line = Outgoing(chat_id=chat, lane=ANNOUNCE, state=state, method=SEND, body={})
        line.language, line.announcement_id, line.not_before = "en", made[name], later
        session.add(line)
    session.add(Mute(person_id=eve, kind=audiences.muting("meetings")))
    rows = {name: session.get_one(Announcement, number) for name, number in made.items()}
    seen = {f"seen_{name}": confirming.mark(one) for name, one in rows.items()}
    minutes = int((later + dt.timedelta(days=1)).timestamp()) // 60
    correction = {"seen_correction": correcting.mark(rows["done"])}
    return {**made, **seen, **correction, "later": minutes, "event": event}


def of(number: str, verbs: Sequence[str], line: str) -> list[Cell]:
    """The same of another one."""
    return [
        Cell(re.sub(r"{\w+}", number, FIRST[verb], count=1), "carl", line=line) for verb in verbs
    ]


async def test_everybody_taps_all_that_there_is_of_announcements(city: World) -> None:
    assert await try_all(await people_of(city), TABLE) == []


async def test_what_was_not_offered_changes_nothing(city: World) -> None:
    cells = [
        *FORGED,
        *of("{done}", WRITES, WENT),
        *of("{draft}", LATER, DRAFT),
        *of("pope", NUMBERED, LIST),
        *of("9", NUMBERED, LIST),
    ]
    assert await try_all(await people_of(city), cells, ["carl"]) == []
