"""Who may do what with a group: its buttons, by whoever leads it, whoever else is in it, the people
of another group, and everybody else; on the own group and on another's, forged or late.
"""

from sqlalchemy.orm import Session

from db.groups import Group, Member
from db.tables import Idea
from school import bubbles, group_links, people, together
from school.group_links import ALL, ONCE
from tests.stories.cards import NOON
from tests.stories.groups_made import COORDINATOR, given, person, phone, tutor
from tests.stories.rights import Cast, Cell, somebody, stranger, try_all
from tests.stories.steps import VALUES
from tests.world import World

MEMBERS, LEADS = "ada bea carlo dora", "ada carlo"
NOBODYS = "eve bruno carla"  # who is in no group
INVITES, LINKS = "Whom do you invite?", "Links into your group"
# Ada leads the group of Bea, Carlo the one of Dora. Bea's text waits beside an answer of Ada's, and
# once and open are links into Ada's group.
TABLE = (
    Cell("usemine:need", "bea"),
    Cell("addmine:need", "bea"),
    Cell("theirs:need", "bea"),
    Cell("usemine:sentence"),
    Cell("addmine:pope"),
    Cell("theirs:pope"),
    Cell("group", MEMBERS, line="All of you see the same sheet, and who wrote what."),
    Cell("gnew", NOBODYS, line="What is your group called?"),
    Cell("grename", LEADS, line="What is your group called?"),
    Cell("gname", MEMBERS, line="Which name shall others see?"),
    Cell("ginvite", MEMBERS, line=INVITES),
    Cell("glink:once", MEMBERS),
    Cell("glink:group", "carlo dora"),  # Ada's group has such a link
    Cell("glink:pope"),
    Cell("glinks", "ada bea", line=LINKS),
    Cell(
        "gshow:{once}",
        "ada bea",
        line="Pass the message above on to one person. The link works once.",
    ),
    Cell("gshow:pope"),
    Cell("gpicture:{open}", "ada bea", line="The picture comes in a moment: pass it on."),
    Cell("gpicture:pope"),
    Cell("grevoke:{once}", "ada bea"),
    Cell("grevoke:pope"),
    Cell("gjoin:{once}", NOBODYS),
    Cell("gcome:{open}", NOBODYS),
    Cell("gjoin:pope"),
    Cell("gcome:pope"),
    Cell("gmembers", "ada bea", line="Bea, since 23 Nov"),
    Cell("gleaving", "ada bea", line="Leave the group Repair café?"),
    Cell("gleave", MEMBERS),
    Cell("gremove", LEADS, line="Who is to leave the group?"),
    Cell("gremoving:{bea}", "ada", line="Shall Bea leave the group?"),
    Cell("gremoving:pope"),
    Cell("gremoved:{bea}", "ada"),
    Cell("gremoved:{dora}", "carlo"),
    Cell("gremoved:{ada}"),
    Cell("gremoved:{eve}"),
    Cell("gremoved:pope"),
    Cell("ghand", LEADS, line="Who is to lead the group?"),
    Cell("ghanding:{bea}", "ada", line="Shall Bea lead the group?"),
    Cell("ghanding:pope"),
    Cell("ghanded:{bea}", "ada"),
    Cell("ghanded:{dora}", "carlo"),
    Cell("ghanded:{ada}"),
    Cell("ghanded:{eve}"),
    Cell("ghanded:pope"),
)


def _groups(session: Session, town: World) -> dict[str, object]:
    now = town.app.clock.now()
    for name, pair in (
        ("Repair café", {1001: "Ada", 1002: "Bea"}),
        ("The choir", {1004: "Carlo", 1005: "Dora"}),
    ):
        those = [person(session, town, number, called, "en") for number, called in pair.items()]
        made = Group(name=name, lead_id=those[0].id, created_at=now)
        session.add(made)
        session.flush()
        for one in those:
            session.add(Member(person_id=one.id, group_id=made.id, joined_at=now))
        idea = Idea(group_id=made.id, created_at=now)
        session.add(idea)
        session.flush()
        given(session, idea, {key: VALUES[key] for key in ("sentence", "where", "need")}, now)
    group = session.get_one(Group, 1)
    links = {kind: group_links.make(session, group, kind, now) for kind in (ONCE, ALL)}
    return {kind: link.code for kind, link in links.items() if link is not None}


def _waits(session: Session, town: World) -> None:
    """Bea has seen an answer of Ada's as it is, and a text of hers waits beside it."""
    bea, ada = people.find(session, 1002), people.find(session, 1001)
    assert bea is not None
    assert ada is not None
    idea, now = people.idea_of(session, bea), town.app.clock.now()
    assert idea is not None
    together.shown(session, bea.id, "need", now)
    bubble = bubbles.Bubble(bea.id, 1, "Chairs too", now)
    bubbles.assign(session, bubble, idea, together.beside("need"))


async def people_of(town: World) -> Cast:
    """All of them, on the 23rd of November."""
    town.app.clock.set_to(NOON)
    cast = Cast(town)
    links = await town.in_database(lambda session: _groups(session, town))
    cast.names = {"once": links[ONCE], "open": links[ALL]}
    for number, name in ((1001, "Ada"), (1002, "Bea"), (1004, "Carlo"), (1005, "Dora")):
        await cast.add(**{name.lower(): await phone(town, number, name, "en")})
    await cast.add(
        eve=await somebody(town, 1009, "Eve"),
        bruno=await tutor(town),
        carla=await tutor(town, COORDINATOR, "Carla", "coordinator"),
        zoe=await stranger(town),
    )
    await town.in_database(lambda session: _waits(session, town))
    await cast.begin()
    return cast


async def test_everybody_taps_all_that_there_is_of_groups(town: World) -> None:
    assert await try_all(await people_of(town), TABLE) == []
