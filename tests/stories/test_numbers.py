"""Numbers as people write them; what can be two things is asked back."""

import pytest

from tests.stories.steps import asked_in, at_question, kept
from tests.world import World


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2000 euro", "2000"),
        ("€ 2000", "2000"),
        ("2.000,50", "2000.5"),
        ("2,000.50", "2000.5"),
        ("1.234.567", "1234567"),
        ("2 000 €", "2000"),
        ("2'000", "2000"),
        ("12,5", "12.5"),
        ("٢٠٠٠", "2000"),
        ("۲۰۰۰", "2000"),
        ("٢٬٠٠٠٫٥٠", "2000.5"),
        ("२०००", "2000"),
        ("２０００", "2000"),
        ("两千", "2000"),
        ("2 mila", "2000"),
        ("about 3k a year", "3000"),
        ("0", "0"),
    ],
)
async def test_money_is_read_as_people_write_it(town: World, typed: str, value: str) -> None:
    ada = await at_question(town, "costs")
    await ada.says(typed)
    assert (await kept(town))["costs"] == {"number": value}
    assert asked_in(ada) == "income"


async def test_what_can_be_two_numbers_is_asked_back(town: World) -> None:
    ada = await at_question(town, "costs")
    await ada.says("2.000")
    assert ada.sees == ["Which number do you mean?\nTap it, or write it again."]
    assert ada.rows == [["€2,000"], ["€2"], ["Back to the question"]]
    assert "costs" not in await kept(town)
    await ada.taps("€2,000")
    assert (await kept(town))["costs"] == {"number": "2000"}
    assert asked_in(ada) == "income"


async def test_a_doubt_can_be_answered_by_typing_it_again(town: World) -> None:
    ada = await at_question(town, "costs")
    await ada.says("3 or 4 thousand")
    assert ada.rows == [["€3"], ["€4,000"], ["Back to the question"]]
    await ada.says("3500")
    assert (await kept(town))["costs"] == {"number": "3500"}


async def test_a_doubt_is_no_doubt_where_only_one_number_is_possible(town: World) -> None:
    ada = await at_question(town, "people")
    await ada.says("1.001")
    assert ada.sees[0] == "I read 1,001. I need a number from 1 to 1,000."
    assert asked_in(ada) == "people"


async def test_what_is_no_number_is_said_with_an_example(town: World) -> None:
    ada = await at_question(town, "costs")
    await ada.says("a lot")
    assert ada.sees[0] == "I read “a lot”. Here I need a number, for example 12."
    assert asked_in(ada) == "costs"


@pytest.mark.parametrize(
    ("key", "typed", "note"),
    [
        ("costs", "-5", "I read -€5. I need a number from €0 to €10,000,000."),
        ("public_share", "140", "I read 140%. I need a number from 0% to 100%."),
        ("people", "0", "I read 0. I need a number from 1 to 1,000."),
    ],
)
async def test_a_number_that_cannot_be_is_said_with_its_bounds(
    town: World, key: str, typed: str, note: str
) -> None:
    ada = await at_question(town, key)
    await ada.says(typed)
    assert ada.sees[0] == note
    assert asked_in(ada) == key
    assert key not in await kept(town)


async def test_quick_numbers_are_one_tap(town: World) -> None:
    ada = await at_question(town, "people")
    assert ada.rows[0] == ["1", "2", "3", "4", "5", "6", "7+"]
    await ada.taps("7+")
    assert (await kept(town))["people"] == {"number": "7"}


async def test_a_share_can_be_typed_with_its_sign(town: World) -> None:
    ada = await at_question(town, "public_share")
    await ada.says("30 %")
    assert (await kept(town))["public_share"] == {"number": "30"}


async def test_a_text_that_is_too_long_says_why_and_loses_nothing(town: World) -> None:
    ada = await at_question(town, "sentence")
    words = ("lamp " * 60).strip()
    message = await ada.says(words)
    assert ada.sees == [
        (
            "Your text has 299 characters, and 250 fit here.\n"
            "Edit your message, write a shorter one, or use its beginning."
        )
    ]
    assert ada.buttons == ["Use the beginning", "Back to the question"]
    await ada.edits(message, "A workshop for lamps")
    assert (await kept(town))["sentence"] == {"text": "A workshop for lamps", "voices": []}
    assert asked_in(ada) == "where"


async def test_its_beginning_can_be_used_whole_words_only(town: World) -> None:
    ada = await at_question(town, "sentence")
    await ada.says("lamp " * 60)
    await ada.taps("Use the beginning")
    assert (await kept(town))["sentence"] == {"text": ("lamp " * 50).strip(), "voices": []}


async def test_a_text_that_is_too_long_leaves_the_answer_there_was(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.taps("Back")
    before = await kept(town)
    await ada.says("x" * 251)
    await ada.taps("Back to the question")
    await ada.taps("Keep my answer")
    assert await kept(town) == before
    assert asked_in(ada) == "where"


async def test_own_words_that_are_too_long_say_why_and_can_be_cut(town: World) -> None:
    ada = await at_question(town, "for_whom")
    await ada.taps("Children")
    await ada.says("neighbour " * 11)
    assert ada.sees[0].splitlines()[0] == "Your text has 109 characters, and 100 fit here."
    await ada.taps("Use the beginning")
    assert (await kept(town))["for_whom"] == {
        "choices": ["children"],
        "other": ("neighbour " * 10).strip(),
    }


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("stage", "I have a rough idea", {"choice": "intuition"}),
        ("stage", "ho una prima idea!", {"choice": "intuition"}),
        ("field", "sport", {"choice": "sport"}),
        ("field", "رياضة", {"choice": "sport"}),
        ("field", "beekeeping", {"other": "beekeeping"}),
        ("evidence", "I asked people, i found figures", {"choices": ["asked", "figures"]}),
        ("exists", "i found nothing", {"ready": "nothing"}),
    ],
)
async def test_a_choice_may_be_typed_in_any_language(
    town: World, key: str, typed: str, value: dict[str, object]
) -> None:
    if key == "stage":
        ada = await town.resident()
        await ada.says("/idea")
    else:
        ada = await at_question(town, key)
    await ada.says(typed)
    got = (await kept(town))[key]
    assert {name: got[name] for name in value} == value
