"""A sheet that is with a tutor, while its people go on, delete it, or leave."""

from db.dossiers import Dossier, Version
from school.dossiers import TAKEN
from tests.stories.groups_made import OTHER, alone, dossier, group, handed_in, tutor
from tests.stories.test_changes_asked import documents, sends_all, taken
from tests.world import World


async def test_the_interview_goes_on_meanwhile(town: World) -> None:
    ada = await alone(town)
    await taken(town, ada)
    await ada.says("/idea")
    await ada.taps("I found nothing")
    assert ada.sees[1].startswith("Sustainable")
    (version,) = await town.rows(Version)
    assert "exists" not in version.content["answers"]


async def test_whose_sheet_it_was_deletes_it_and_the_card_says_so(town: World) -> None:
    olga = await tutor(town, OTHER, "Olga")
    ada = await alone(town)
    bruno = await sends_all(town, ada)
    await ada.says("/forget")
    await ada.taps("Delete my data")
    assert await town.rows(Dossier) == []
    for phone in (bruno, olga):
        await phone.look()
        assert "Its people have deleted this sheet." in phone.said
        assert "Broken lamps" not in "".join(phone.said)
        assert documents(phone) == []
    await bruno.taps_data("askchanges:1")
    assert bruno.toasts[-1]["text"] == "This sheet is not with the tutors any more."


async def test_of_who_had_written_to_the_tutor_nothing_is_left_and_that_is_told_once(
    town: World,
) -> None:
    bruno = await tutor(town)
    ada = await alone(town)
    await handed_in(ada)
    await bruno.taps_data("takeit:1")
    await ada.taps_data("tutor")
    await ada.says("Where is a room?")
    await ada.says("/forget")
    await ada.taps("Delete my data")
    await bruno.look()
    assert bruno.said[1:] == ["Its people have deleted this sheet."]


async def test_a_sheet_stays_while_somebody_of_the_group_is_there(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)
    bruno = await sends_all(town, ada, bea)
    await bea.says("/forget")
    await bea.taps("Delete my data")
    await bruno.look()
    assert "Its people have deleted this sheet." not in bruno.said
    await ada.taps("Send it again")
    assert (await dossier(town)).state == TAKEN


async def test_a_number_that_comes_again_does_not_bring_an_old_card_back(town: World) -> None:
    bruno = await tutor(town)
    ada = await alone(town)
    await handed_in(ada)
    await ada.says("/forget")
    await ada.taps("Delete my data")
    bea = (await group(town, 1002))[0]
    await handed_in(bea)
    await bruno.look()
    assert bruno.said.count("Its people have deleted this sheet.") == 1
    assert bruno.sees[0].splitlines()[0] == "Lamps for all"
