"""Who may do what for people without Telegram and for lost accounts: each button, by those who
coordinate, tutors, residents and strangers; of people who are helped, and of those who are not.
"""

from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.tables import Person
from school import assisted, by_name, claims, dossiers, people
from tests.stories.cards import NOON
from tests.stories.groups_made import COORDINATOR, given, tutor
from tests.stories.rights import Cast, Cell, somebody, stranger, try_all
from tests.stories.steps import VALUES
from tests.world import World

BOTH = "carla cora"  # who coordinates
# Carla writes for Maria, who has no Telegram and has not agreed yet that tutors read her sheet, and
# has just written Maria's name anew; Cora looks for Flo, whose account is lost. The link is for
# whoever takes Maria's sheet over: Eve may, Flo has a sheet already.
TABLE = (
    Cell("helped:0", BOTH, line="Write for somebody"),
    Cell("helped:pope", BOTH, line="Write for somebody"),
    Cell("helping", BOTH, line="Whose idea do you write down?"),
    Cell("helpsame:{maria}", "carla", line="First give the notice to Maria."),
    Cell("helpsame:{flo}", line="First give the notice to Flo."),
    Cell("helpother", "carla", line="First give the notice to Maria."),
    Cell("noticegiven:0", "carla"),
    Cell("noticegiven:{maria}"),
    Cell("noticegiven:{flo}"),
    Cell("noticegiven:pope"),
    Cell("helpone:{maria}", BOTH, line="Maria"),
    Cell("helpone:{flo}", line="Flo"),
    Cell("helpwrite:{maria}", BOTH),
    Cell("helpwrite:{flo}"),
    Cell("helpwrite:pope"),
    Cell("helpstop", "carla"),
    Cell("helpsheet:{maria}", BOTH, line="The sheet comes in a moment, as a PDF."),
    Cell("helpsheet:{flo}", line="The sheet comes in a moment, as a PDF."),
    Cell("helpagrees:{maria}", BOTH, line="Has Maria agreed that tutors read the sheet?"),
    Cell("helpagrees:{flo}", line="Has Flo agreed that tutors read the sheet?"),
    Cell("helpagreed:{maria}", BOTH),
    Cell("helpagreed:{flo}"),
    Cell("helpagreed:pope"),
    Cell("helperasing:{maria}", BOTH, line="Delete Maria everywhere?"),
    Cell("helperasing:{flo}", line="Delete Flo everywhere?"),
    Cell("helperase:{maria}", BOTH),
    Cell("helperase:{flo}"),
    Cell("helperase:pope"),
    Cell("moving", BOTH, line="Whose account is lost?"),
    Cell("moveone:{flo}", "cora", line="Have you checked that this is Flo?"),
    Cell("moveone:{eve}", line="Have you checked that this is Eve?"),
    Cell("claimlink:{maria}", BOTH),
    Cell("claimlink:{flo}", "cora"),
    Cell("claimlink:{eve}"),
    Cell("claimlink:pope"),
    Cell("claimpicture:{link}", BOTH, line="It comes in a moment."),
    Cell("claimpicture:pope", line="It comes in a moment."),
    Cell("claimsheet:{link}", BOTH, line="It comes in a moment."),
    Cell("claimsheet:pope", line="It comes in a moment."),
    Cell("claiming:{link}", "eve", line="Shall all this be yours from now on?"),
    Cell("claiming:pope", line="Shall all this be yours from now on?"),
    Cell("claim:{link}", "eve"),
    Cell("claim:pope"),
)


async def people_of(town: World) -> Cast:
    """All of them."""
    town.app.clock.set_to(NOON)
    cast = Cast(town)
    await cast.add(
        carla=await tutor(town, COORDINATOR, "Carla", "coordinator"),
        cora=await tutor(town, COORDINATOR + 1, "Cora", "coordinator"),
        bruno=await tutor(town),
        eve=await somebody(town, 1009, "Eve"),
        flo=await somebody(town, 1008, "Flo"),
        zoe=await stranger(town),
    )
    cast.names |= await town.in_database(lambda session: _maria(session, town, cast))
    await cast.begin()
    return cast


def _maria(session: Session, town: World, cast: Cast) -> dict[str, object]:
    now = town.app.clock.now()
    carla, cora, flo = (
        session.get_one(Person, cast.names[name]) for name in ("carla", "cora", "flo")
    )
    maria = by_name.add(session, "Maria", "en", now)
    assisted.begin(session, carla, maria, town.app.school.notice.version, now)
    for one in (maria, flo):
        answers = {key: VALUES[key] for key in ("sentence", "where", "need")}
        given(session, people.begin_idea(session, one, now), answers, now)
    idea = people.own_idea(session, maria)
    assert idea is not None
    dossiers.begin(session, idea, now)
    assert session.get_one(Dossier, 1).state == dossiers.ASKING
    carla.expects, cora.expects = f"{people.HELPS}:0:Maria", f"{people.MOVES}:Flo"
    return {"maria": maria.id, "link": claims.make(session, maria, carla, now)}


async def test_everybody_taps_all_that_there_is_of_help(town: World) -> None:
    assert await try_all(await people_of(town), TABLE) == []
