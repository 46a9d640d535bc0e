"""A rule says no: what the turn had done is undone whole, and only the rule's words are heard."""

from typing import cast

import pytest

from db.tables import Idea, Person
from handlers import routes
from handlers.turn import Turn
from school.phrases import t
from school.refusal import Refusal
from tests.world import World


def _refuse(turn: Turn) -> None:
    """Changes rows, says something, and only then meets the rule."""
    turn.person.language = "es"
    turn.the_idea().title = "Lamps"
    turn.say(t("All right. I keep your data."))
    raise Refusal(t("There is nothing to cancel."))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "There is nothing to cancel."), ("it", "Non c'è niente da annullare.")],
)
async def test_what_was_done_is_undone_and_the_rules_words_are_said(
    town: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    language: str,
    said: str,
) -> None:
    # Under this name the table is asked for a command that there is not.
    monkeypatch.setitem(cast("dict[str, routes.Command]", routes.COMMANDS), "", _refuse)
    ada = await town.resident(language=language)
    before = ada.said
    with caplog.at_level("INFO", "bot.journal"):
        await ada.says("/seat")
    assert ada.said == [*before, said]
    (person,) = await town.rows(Person)
    assert (person.language, await town.rows(Idea)) == (language, [])
    outcomes = [vars(record)["fields"]["outcome"] for record in caplog.records]
    assert outcomes == ["refused"]
    await ada.says("/start")
    assert ada.buttons != []
