"""Who may do what with the sheets that wait: the list, handing on, mediating, taking a message
back, being away; by a sheet's tutor, who mediates, another tutor, who coordinates, its people and
everybody else; in private chats, and in the tutors' group where a button works there.
"""

import datetime as dt

from sqlalchemy.orm import Session

from db.dossiers import Dossier, Version
from db.tables import Person
from db.types import Json
from handlers.routes_of_desk import DESK_VERBS
from school import bubbles, people, profiles, relays
from school.dossiers import TAKEN, WAITING
from school.relays import GROUP, Source
from school.relays import TUTOR as TO_TUTOR
from tests.desk import at_desk
from tests.stories.cards import NOON
from tests.stories.groups_made import COORDINATOR, given, tutor
from tests.stories.rights import Cast, Cell, somebody, stranger, try_all
from tests.stories.steps import VALUES
from tests.world import Phone, World

TUTORS = "bruno mona olga"
STAFF = f"{TUTORS} carla"
CHARGE = "bruno mona carla"  # who may answer the people of sheet 1
TO_WHOM, MEDIATES = "To whom shall this sheet go?", "Who shall mediate?"
WAITS, AS_IT_IS = "No tutor has your sheet at present.", "All right, it stays as it is."
# Sheet 1 is Ada's: Bruno has it, Mona mediates. Sheet 2 is Flo's and waits. Eve has a sheet that is
# with nobody, and Carla coordinates. Mona is away. Told and heard are words of Bruno's to Ada, and
# of Ada's to Bruno; Ada's message 7 waits to be somebody's.
TABLE = (
    Cell("queue:0", STAFF, line="The sheets that wait"),
    Cell("queue:pope", STAFF, line="The sheets that wait"),
    Cell("sheetof:1", CHARGE, line="Lamps"),
    Cell("sheetof:2", STAFF, line="Songs"),
    Cell("sheetof:9", line="Lamps"),
    Cell("handon:1", "bruno carla", line=TO_WHOM),
    Cell("handon:2", "carla", line=TO_WHOM),
    Cell("handon:pope", line=TO_WHOM),
    Cell("handpage:1:0", "bruno carla", line=TO_WHOM),
    Cell("handto:1:{olga}:{bruno}", "bruno carla"),
    Cell("handto:1:0:{bruno}", "bruno carla"),
    Cell("handto:1:{olga}:{olga}"),  # it is with somebody else by now
    Cell("handto:1:{eve}:{bruno}"),
    Cell("handto:2:{olga}:0", "carla"),
    Cell("handto:pope:{olga}:0"),
    Cell("handno:1", STAFF, line=AS_IT_IS),
    Cell("handno:9", line=AS_IT_IS),
    Cell("mediator:1", "carla", line=MEDIATES),
    Cell("mediatorpage:1:0", "carla", line=MEDIATES),
    Cell("mediate:1:{olga}:{mona}", "carla"),
    Cell("mediate:1:0:{mona}", "carla"),
    Cell("mediate:1:{olga}:0"),  # somebody mediates by now
    Cell("mediate:1:{eve}:{mona}"),
    Cell("mediate:2:{olga}:0", "carla"),
    Cell("mediate:pope:{olga}:0"),
    Cell("unsend:{told}", "bruno carla"),
    Cell("unsend:{heard}"),
    Cell("unsend:pope"),
    Cell("away", "bruno olga", line="Until when are you away?"),
    Cell("away", "mona", line="You are away"),
    Cell("awaydays", TUTORS, line="Until when are you away?"),
    Cell("awayfor:week", TUTORS),
    Cell("awayfor:pope"),
    Cell("awayback", "mona"),
    Cell("mytutoring", TUTORS, line="My work as a tutor"),
    Cell("tutorpart:languages", TUTORS, line="Which languages do you speak?"),
    Cell("tutorpart:pope", TUTORS, line="My work as a tutor"),
    Cell("tutoron:languages:it", TUTORS),
    Cell("tutoron:pope:it"),
    Cell("tutoroff:languages:en", TUTORS),
    Cell("tutoroff:pope:it"),
    Cell("tutor", "ada flo", line="What would you like to write?"),
    Cell("totutor:7", "ada"),
    Cell("totutor:8"),
    Cell("totutor:pope"),
    Cell("way", "ada", line="It is with Bruno."),
    Cell("way", "flo", line="It waits for a tutor."),
    Cell("sendit", "eve", line="Send the sheet to a tutor?"),
    Cell("sheetlangs", "ada flo eve", line="In which languages are the answers?"),
    Cell("sheetlang:it:on", "ada flo eve"),
    Cell("sheetlang:pope:on"),
    Cell("sheetlang:it:pope"),
)
# In the tutors' group the same people may do the same.
DESK = [cell for cell in TABLE if cell.verb in DESK_VERBS]


async def people_of(town: World) -> Cast:
    """All of them."""
    town.app.clock.set_to(NOON)
    cast = Cast(town)
    await cast.add(
        bruno=await tutor(town),
        mona=await tutor(town, 2004, "Mona"),
        olga=await tutor(town, 2002, "Olga"),
        carla=await tutor(town, COORDINATOR, "Carla", "coordinator"),
        ada=await somebody(town, 1001, "Ada"),
        flo=await somebody(town, 1008, "Flo"),
        eve=await somebody(town, 1009, "Eve"),
        zoe=await stranger(town),
    )
    cast.names |= await town.in_database(lambda session: _sheets(session, town, cast))
    await cast.begin()
    return cast


def _sheets(session: Session, town: World, cast: Cast) -> dict[str, object]:
    now, answers = town.app.clock.now(), {key: VALUES[key] for key in ("sentence", "where", "need")}
    bruno, mona, ada, flo, eve = (
        session.get_one(Person, cast.names[name]) for name in ("bruno", "mona", "ada", "flo", "eve")
    )
    ideas = {one.name: people.begin_idea(session, one, now) for one in (ada, flo, eve)}
    for idea in ideas.values():
        given(session, idea, answers, now)
    for name, title, state in (("Ada", "Lamps", TAKEN), ("Flo", "Songs", WAITING)):
        row = Dossier(idea_id=ideas[name].id, state=state, round=1, since=now, handed_at=now)
        session.add(row)
        session.flush()
        content: dict[str, Json] = {"title": title, "answers": {}}
        session.add(Version(dossier_id=row.id, number=1, at=now, content=content))
    first = session.get_one(Dossier, 1)
    first.tutor_id, first.mediator_id, first.taken_at = bruno.id, mona.id, now
    today = NOON.date()
    days = profiles.until(today, today + dt.timedelta(days=30))
    assert days is not None
    profiles.go_away(session, town.app.school, mona, days)
    bubbles.save(session, bubbles.Bubble(ada.id, 7, "Which room?", now))
    told = relays.keep(session, first, bruno, Source(2001, 901), GROUP, now)
    heard = relays.keep(session, first, ada, Source(1001, 902), TO_TUTOR, now)
    return {"told": told.id, "heard": heard.id}


async def test_everybody_taps_all_that_there_is_of_tutors(town: World) -> None:
    assert await try_all(await people_of(town), TABLE) == []


async def test_in_the_tutors_group_the_same_people_may_do_the_same(town: World) -> None:
    cast = await people_of(town)
    phones = [one for name, one in cast.phones.items() if name not in ("flo", "zoe")]
    desk = await at_desk(town, *phones)
    card = (await town.app.api.call("sendMessage", chat_id=desk.id, text="A card"))["message_id"]

    async def taps(who: Phone, data: str, /) -> None:
        await desk.taps_data(who, data, card)

    await cast.begin()
    names = [name for name in cast.phones if name not in ("flo", "zoe")]
    assert await try_all(cast, DESK, names, taps) == []
