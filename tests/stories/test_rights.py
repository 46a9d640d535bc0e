"""The tables of rights are whole: each button of groups, of tutors, of announcements and of whoever
helps somebody has a row in one of them. Here is what is left: where tutors work.
"""

from handlers.routes import TAPS
from handlers.routes_of_desk import DESK_VERBS
from school.staff import COORDINATOR as COORDINATES
from tests.desk import at_desk
from tests.stories import test_handoff_rights as of_sheets
from tests.stories import test_rights_in_groups as in_groups
from tests.stories import test_rights_of_announcements as of_announcements
from tests.stories import test_rights_of_company as of_company
from tests.stories import test_rights_of_help as of_help
from tests.stories import test_rights_of_tutors as of_tutors
from tests.stories.groups_made import COORDINATOR, tutor
from tests.stories.rights import Cast, Cell, somebody, stranger, try_all
from tests.world import Phone, World

TABLE = (
    Cell("desk", "carla", line="The tutors' desk"),
    Cell("undesk", "carla", line="Shall tutors work in the group Tutors no longer?"),
    Cell("undesked", "carla"),
)
# What speaks of a person, an idea and a meeting, where nobody has a part in what is somebody
# else's: the own row is looked up, and staff's actions have stories of their own.
BEFORE = {
    *("attendance", "by_name", "certificates", "changes", "coming", "event", "event_published"),
    *("feedback", "feedback_shown", "home", "hours", "inquiries", "interview", "materials"),
    *("meetings", "mutes", "name", "own_data", "ownership", "printed", "review", "roll", "share"),
    *("staff", "taps", "tickets", "title", "today", "typed", "welcome", "wishes"),
    *("without_telegram", "workshops", "writing"),
}


async def test_everybody_taps_all_that_there_is_of_where_tutors_work(town: World) -> None:
    cast = Cast(town)
    await cast.add(
        carla=await tutor(town, COORDINATOR, "Carla", COORDINATES),
        bruno=await tutor(town),
        eve=await somebody(town, 1009, "Eve"),
        zoe=await stranger(town),
    )
    await at_desk(town, cast.phones["carla"], cast.phones["bruno"])
    await cast.begin()
    assert await try_all(cast, TABLE) == []


def test_each_button_has_a_row() -> None:
    tables = (
        *(TABLE, in_groups.TABLE, of_announcements.TABLE, of_company.TABLE),
        *(of_help.TABLE, of_tutors.TABLE),
    )
    packed = [*of_sheets.DESK, *of_sheets.LOOKING, *of_sheets.PEOPLE, *of_sheets.THEIRS]
    rows = {cell.verb for table in tables for cell in table}
    rows |= {data.partition(":")[0] for data in packed}
    new = {
        verb
        for verb, tap in TAPS.items()
        if tap.call.__module__.removeprefix("handlers.") not in BEFORE
    }
    assert new - rows == set()
    assert rows - {*TAPS} == set()


async def test_in_the_tutors_group_only_buttons_of_sheets_do_anything(town: World) -> None:
    cast = Cast(town)
    await cast.add(carla=await tutor(town, COORDINATOR, "Carla", COORDINATES))
    desk = await at_desk(town, cast.phones["carla"])
    here = (await town.app.api.call("sendMessage", chat_id=desk.id, text="Here"))["message_id"]
    await cast.begin()

    async def taps(who: Phone, data: str, /) -> None:
        await desk.taps_data(who, data, here)
        assert desk.toasts[-1] == "This button does nothing here any more."

    others = [
        Cell(":".join([verb, *["1"] * tap.takes]))
        for verb, tap in TAPS.items()
        if verb not in DESK_VERBS
    ]
    assert await try_all(cast, others, taps=taps) == []
