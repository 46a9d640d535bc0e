"""Who may do what while people look for company: each button, by those with a card, who was asked,
who has none, who is in a group, and those who work here; on the own card and on another's.
"""

import datetime as dt

from sqlalchemy.orm import Session

from db.groups import Card, Introduction
from db.tables import Person
from school import bubbles, groups, people
from school.introductions import ASKED, REPORTED
from tests.stories.cards import NOON, WORDS
from tests.stories.groups_made import COORDINATOR, tutor
from tests.stories.rights import Cast, Cell, somebody, stranger, try_all
from tests.world import World

CARDS = "lena omar sam"
WITHOUT = "eve bruno carla"  # who has no card, and is in no group
PLACE = "In which neighbourhood do you look for company?"
# Lena has asked Omar. Eve makes a card, and Sam a new one, which is whole; Sam's was reported. Ada
# is in a group.
TABLE = (
    Cell("company", CARDS, line="Your card"),
    Cell(
        "company",
        WITHOUT,
        line="An idea belongs to two people at least. Here you can find somebody.",
    ),
    Cell("card", f"{CARDS} {WITHOUT}", line=PLACE),
    Cell("cardplace:79", "eve", line="What do you want to do together?"),
    Cell("cardplace:pope", "eve", line=PLACE),
    Cell("cardfield:environment", "eve", line=PLACE),
    Cell("cardfield:environment", "sam", line="This is your card. Shall others see it?"),
    Cell("cardshow", "sam"),
    Cell("cardaway", "sam"),
    Cell("cardkeep", CARDS),
    Cell("carddown", CARDS),
    Cell("cardname", f"{CARDS} {WITHOUT} ada", line="Which name shall others see?"),
    Cell("cards:0", CARDS, line="Card 1 of 2"),
    Cell("cards:pope", CARDS, line="Card 1 of 2"),
    Cell("meet:{omar}", "lena sam", line="Do you want to get to know this person?"),
    Cell("meet:{eve}"),
    Cell("meet:pope"),
    Cell("meetask:{omar}", "sam"),  # Lena has asked already
    Cell("meetask:{lena}", "omar sam"),
    Cell("meetask:{eve}"),
    Cell("meetask:{ada}"),
    Cell("meetask:pope"),
    Cell("meetyes:{lena}", "omar"),
    Cell("meetyes:{omar}"),
    Cell("meetyes:{sam}"),
    Cell("meetyes:pope"),
    Cell("meetno:{lena}", "omar"),
    Cell("meetno:{omar}"),
    Cell("meetno:pope"),
    Cell("never:{lena}", "omar sam"),
    Cell("never:{eve}"),
    Cell("never:pope"),
    Cell("reporting:{lena}", "omar sam", line="Report this card?"),
    Cell("reporting:pope"),
    Cell("report:{lena}", "omar sam"),
    Cell("report:{eve}"),
    Cell("report:pope"),
    Cell("reported:{sam}", "carla", line="A card was reported."),
    Cell("reported:{lena}", line="A card was reported."),
    Cell("unlist:{sam}", "carla"),
    Cell("unlist:{lena}"),
    Cell("unlist:pope"),
    Cell("leavecard:{sam}", "carla"),
    Cell("leavecard:{lena}"),
    Cell("leavecard:pope"),
)


async def people_of(town: World) -> Cast:
    """All of them, at noon: in the night nobody is written to."""
    town.app.clock.set_to(NOON)
    cast = Cast(town)
    for number, name in enumerate(("lena", "omar", "sam", "eve", "ada"), start=1001):
        await cast.add(**{name: await somebody(town, number, name.capitalize())})
    await cast.add(
        bruno=await tutor(town),
        carla=await tutor(town, COORDINATOR, "Carla", "coordinator"),
        zoe=await stranger(town),
    )
    await town.in_database(lambda session: _cards(session, town, cast))
    await cast.begin()
    return cast


def _cards(session: Session, town: World, cast: Cast) -> None:
    now = town.app.clock.now()
    lena, omar, sam, eve, ada = (
        session.get_one(Person, cast.names[name]) for name in ("lena", "omar", "sam", "eve", "ada")
    )
    for one in (lena, omar, sam):
        card = Card(person_id=one.id, place="79", field="environment", words=WORDS)
        card.at = now - dt.timedelta(days=1)
        session.add(card)
    for asking, other, state in ((lena, omar, ASKED), (eve, sam, REPORTED)):
        row = Introduction(person_id=asking.id, other_id=other.id, state=state)
        row.at = now
        session.add(row)
    groups.found(session, ada, "Sewing", now)
    bubble = bubbles.Bubble(sam.id, 1, "I can paint.", now, question=people.CARD)
    bubbles.save(session, bubble)
    eve.expects, sam.expects = f"{people.CARD}:::", f"{people.CARD}:79:environment:1"


async def test_everybody_taps_all_that_there_is_of_company(town: World) -> None:
    assert await try_all(await people_of(town), TABLE) == []
