"""Italian first, five languages beside it; the person chooses, at any time."""

import pytest

from db.tables import Person
from tests.stories.steps import VALUES, at_question, has_answered, kept
from tests.world import World

LANGUAGES = [
    ("Italiano", "it"),
    ("Español", "es"),
    ("Français", "fr"),
    ("العربية", "ar"),
    ("中文", "zh"),
]


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("it", "it"),
        ("en", "en"),
        ("en-US", "en"),
        ("ar", "ar"),
        ("ar-EG", "ar"),
        ("es-419", "es"),
        ("fr-ca", "fr"),
        ("zh", "zh"),
        ("zh-hans", "zh"),
        ("zh-hant", "zh"),
        ("de", "it"),
        ("", "it"),
    ],
)
async def test_the_language_is_guessed_from_telegram_s_else_italian(
    town: World, code: str, language: str
) -> None:
    ada = await town.person(1001, "Ada", code)
    await ada.says("/start")
    assert ada.sees[0].splitlines()[0] == town.app.school.settings.name[language]
    assert [person.language for person in await town.rows(Person)] == [language]


async def test_it_can_be_changed_before_the_notice_is_read(town: World) -> None:
    ada = await town.person(1001, "Ada", "de")
    await ada.says("/start")
    await ada.taps("English")
    assert ada.sees[0].splitlines()[0] == "The School of Neighbourhoods"
    assert ada.rows == [
        ["I have read, go on"],
        ["Read the whole notice"],
        ["Italiano", "Español"],
        ["Français", "العربية"],
        ["中文"],
    ]


async def test_each_language_is_offered_in_itself(town: World) -> None:
    ada = await town.resident()
    await ada.says("/language")
    assert ada.sees == ["Which language do you prefer?"]
    assert ada.rows == [["Italiano", "English"], ["Español", "Français"], ["العربية", "中文"]]


@pytest.mark.parametrize(("label", "code"), LANGUAGES)
async def test_a_change_of_language_asks_the_same_question_in_it(
    town: World, label: str, code: str
) -> None:
    ada = await at_question(town, "need")
    answers = await kept(town)
    await ada.says("/language")
    await ada.taps(label)
    question = town.app.school.questionnaire.questions["need"]
    assert ada.sees[1].splitlines()[1] == question.ask[code]
    assert await kept(town) == answers


async def test_the_same_language_again_leads_back_too(town: World) -> None:
    ada = await at_question(town, "need")
    before = ada.screen
    await ada.says("/language")
    await ada.taps("English")
    assert ada.sees[0] == "We speak English now."
    assert "\n\n".join(ada.sees[1:]) == before


async def test_the_menu_of_the_chat_follows(town: World) -> None:
    ada = await town.resident()
    await ada.says("/language")
    await ada.taps("Italiano")
    menu = (await town.calls("setMyCommands"))[-1]["params"]
    assert menu["scope"] == {"type": "chat", "chat_id": 1001}
    commands = [item["command"] for item in menu["commands"]]
    assert commands == ["idea", "incontri", "gruppo", "percorso", "aiuto", "lingua"]


async def test_what_somebody_wrote_is_never_translated(town: World) -> None:
    ada = await has_answered(town, {"sentence": VALUES["sentence"]}, "intuition", "it")
    await ada.taps_data("overview")
    assert ada.sees[0].splitlines()[1] == VALUES["sentence"]["text"]


async def test_own_words_with_signs_of_html_are_shown_as_typed(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.taps("Back")
    await ada.says("<b>Lamps</b> & 100% <radios>")
    await ada.taps_data("back:where")
    assert ada.sees[-1] == "Your answer: <b>Lamps</b> & 100% <radios>"


async def test_names_keep_their_direction_in_arabic(town: World) -> None:
    ada = await has_answered(town, {"sentence": VALUES["sentence"]}, "intuition", "ar")
    await ada.taps_data("back:where")
    shown = ada.messages[-1]["text"]
    assert f"\u2068{VALUES['sentence']['text']}\u2069" in shown


async def test_numbers_and_names_of_choices_are_in_the_reader_s_language(town: World) -> None:
    given = {"costs": {"number": "3500"}, "income": VALUES["income"]}
    ada = await has_answered(town, given, "project", "it")
    await ada.taps_data("review:sustainable")
    income = town.app.school.questionnaire.questions["income"]
    labels = ", ".join(income.options[key]["it"] for key in ("public", "own_work"))
    assert [line.partition(": ")[2] for line in ada.sees[1].splitlines()[:2]] == [
        "3.500\N{NO-BREAK SPACE}€",
        labels,
    ]


async def test_words_that_do_not_fit_side_by_side_stand_in_rows_of_their_own(town: World) -> None:
    aisha = await town.resident(language="fr")
    await aisha.taps_data("idea")
    await aisha.taps_data("pick:stage:project")
    assert aisha.rows == [["Voir un exemple"], ["Je ne sais pas encore"], ["Retour", "Plus tard"]]
