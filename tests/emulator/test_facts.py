"""The table of facts is what the script makes of the specification, where that is at hand."""

import json
from pathlib import Path

from emulator import make_facts
from emulator.methods import METHODS, WAITING

SPECIFICATION = Path(__file__).parents[3] / "shared" / "botapi" / "botapi-10.0.json"
TABLE = json.loads(Path(make_facts.__file__).with_name("facts.json").read_text(encoding="utf-8"))

if SPECIFICATION.exists():

    def test_the_table_is_made_from_the_specification() -> None:
        specification = json.loads(SPECIFICATION.read_text(encoding="utf-8"))
        assert make_facts.make(specification) == TABLE


def test_the_table_names_its_source_and_version() -> None:
    assert TABLE["version"] == "Bot API 10.0"
    assert "PaulSonOfLars/telegram-bot-api-spec, MIT License" in TABLE["credit"]


def test_every_method_of_the_emulator_is_one_of_telegrams() -> None:
    assert sorted((METHODS | WAITING).keys() - {name.lower() for name in TABLE["methods"]}) == []
