"""Every mistake in a city's questionnaire is refused in one line: the file, the key, the mend."""

from pathlib import Path

import pytest

from tests.content.refused import refusal

PET = """
[questions.pet]
part = "useful"
kind = "text"
most = 100
name = { en = "Pet" }
ask = { en = "Which pet?" }
"""
CITY = """
[stages.none]
questions = ["stage", "where", "pet"]
"""
KEY = "must be 1 to 24 of a to z, 0 to 9 and _; mend it"

QUESTIONNAIRE = {
    "not TOML": (
        "[questions",
        (
            "not TOML: Expected ']' at the end of a table declaration (at end of document);"
            " mend that line"
        ),
    ),
    "a table twice": (
        PET + PET,
        (
            "not TOML: Cannot declare ('questions', 'pet') twice (at line 9, column 15);"
            " mend that line"
        ),
    ),
    "a key twice": (
        '[questions.need]\nkind = "text"\nkind = "text"\n',
        "not TOML: Cannot overwrite a value (at line 3, column 14); mend that line",
    ),
    "a value for a table": (
        "questions = 5",
        "questions: Input should be a valid dictionary; mend the value",
    ),
    "a value for a question": (
        "[questions]\nneed = 5",
        (
            "questions.need: Input should be a valid dictionary or instance of Question;"
            " mend the value"
        ),
    ),
    "a missing key": (
        PET.replace("ask =", "hint ="),
        "questions.pet.ask: is missing; add it",
    ),
    "a misspelt key": (
        PET + "optoinal = true",
        "questions.pet.optoinal: is a key that nobody reads; take it out or mend its spelling",
    ),
    "a name of its own": (
        PET + 'key = "cat"',
        "questions.pet.key: is a key that nobody reads; take it out or mend its spelling",
    ),
    "no part": (
        PET.replace('part = "useful"', ""),
        "questions.pet.part is missing; add it",
    ),
    "an unknown part": (
        PET.replace("useful", "usefull"),
        "questions.pet.part is 'usefull'; add [parts.usefull]",
    ),
    "an unknown kind": (
        PET.replace('"text"', '"essay"'),
        (
            "questions.pet.kind: Input should be 'choice', 'choices', 'text', 'number', 'money',"
            " 'percent', 'places' or 'files'; mend the value"
        ),
    ),
    "no words in any language": (
        PET.replace("Which pet?", " "),
        'questions.pet.ask: no words in any language; add for example it = "..."',
    ),
    "a language that there is not": (
        PET.replace("{ en = ", "{ eng = "),
        "questions.pet.name.eng: 'eng' is no language; write two letters like it",
    ),
    "a text without a language": (
        PET.replace('{ en = "Pet" }', '"Pet"'),
        "questions.pet.name: Input should be a valid dictionary; mend the value",
    ),
    "a name too long for a button": (
        PET.replace('"Pet"', '"The pet of the house"'),
        "questions.pet.name: en has 20 characters; make it 16 or less",
    ),
    "a question too long for a message": (
        PET.replace("Which pet?", "x" * 301),
        "questions.pet.ask: en has 301 characters; make it 300 or less",
    ),
    "a label too long": (
        f'[questions.evidence.options.seen]\nit = "{"x" * 25}"',
        "questions.evidence.options.seen: it has 25 characters; make it 24 or less",
    ),
    "a key too long for a button's data": (
        PET.replace("questions.pet", f"questions.{'p' * 25}"),
        f"questions.{'p' * 25}: '{'p' * 25}' {KEY}",
    ),
    "a key with the sign between a button's arguments": (
        PET.replace("questions.pet", 'questions."pet:cat"'),
        f"questions.pet:cat: 'pet:cat' {KEY}",
    ),
    "an option's key with such a sign": (
        '[questions.evidence.options."a:b"]\nit = "A"',
        f"questions.evidence.options.a:b: 'a:b' {KEY}",
    ),
    "a ready answer's key with a capital": (
        '[questions.exists.ready.Many]\nit = "A"',
        f"questions.exists.ready.Many: 'Many' {KEY}",
    ),
    "a stage's key with a space": (
        '[stages."a b"]\nquestions = ["stage"]',
        f"stages.a b: 'a b' {KEY}",
    ),
    "a part's key with a hyphen": (
        '[parts.a-b.label]\nit = "A"',
        f"parts.a-b: 'a-b' {KEY}",
    ),
    "own words as an option": (
        '[questions.evidence.options.other]\nit = "A"',
        "questions.evidence: no option may be called 'other': it is own words; rename it",
    ),
    "a choice without options": (
        PET.replace('"text"', '"choices"').replace("most = 100", ""),
        "questions.pet: a choices question needs options; add [questions.KEY.options.A]",
    ),
    "a text without its length": (
        PET.replace("most = 100", ""),
        "questions.pet: a text question needs its most characters; add most = 1000",
    ),
    "options for a text": (
        PET + '[questions.pet.options.a]\nit = "A"',
        "questions.pet: a text question has no options; take it out",
    ),
    "ready answers for a choice": (
        '[questions.evidence.ready.a]\nit = "A"',
        "questions.evidence: a choices question has no ready; take it out",
    ),
    "quick numbers for a text": (
        PET + "quick = [1]",
        "questions.pet: a text question has no quick; take it out",
    ),
    "a quick number out of range": (
        "[questions.public_share]\nquick = [25, 125]",
        "questions.public_share: quick has 125, which the question refuses; take it out",
    ),
    "a least above the most": (
        "[questions.people]\nleast = 10000000",
        "questions.people: least is 10000000, more than 1000; mend one",
    ),
    "alone naming nothing": (
        '[questions.evidence]\nalone = ["not_yet", "never"]',
        "questions.evidence: alone names 'never', which is no option; take it out",
    ),
    "a change at a stage that there is not": (
        PET + "[questions.pet.at.nona]\noptional = true",
        "questions.pet.at names the stage 'nona'; take it out or mend it",
    ),
    "a condition with two tests": (
        PET + 'when = [{ question = "where", is = "open", at_least = 2 }]',
        (
            "questions.pet.when.0: not one test;"
            " write one of is, includes, excludes, at_least, at_most"
        ),
    ),
    "a condition without a test": (
        PET + 'when = [{ question = "where" }]',
        (
            "questions.pet.when.0: not one test;"
            " write one of is, includes, excludes, at_least, at_most"
        ),
    ),
    "a condition on an unknown question": (
        PET + 'when = [{ question = "wher", is = "open" }]',
        "questions.pet.when names the question 'wher'; mend it or add it",
    ),
    "a condition on an unknown option": (
        PET + 'when = [{ question = "evidence", includes = "seen" }]',
        "questions.pet.when names 'seen', no option of evidence; mend it",
    ),
    "a condition on own words that cannot be": (
        PET + 'when = [{ question = "evidence", excludes = "other" }]',
        "questions.pet.when names 'other', no option of evidence; mend it",
    ),
    "a condition that counts a text": (
        PET + 'when = [{ question = "need", at_least = 2 }]',
        "questions.pet.when counts need, no number and no list; mend it",
    ),
    "a condition on a later question": (
        PET
        + 'when = [{ question = "need", is = "unknown" }]\n'
        + '[stages.none]\nquestions = ["stage", "pet", "need"]',
        "stages.none.questions has 'pet' before 'need', its condition; move it",
    ),
    "a condition on itself": (
        PET + 'when = [{ question = "pet", is = "open" }]' + CITY,
        "stages.none.questions has 'pet' before 'pet', its condition; move it",
    ),
    "a condition on what a path lacks": (
        PET + 'when = [{ question = "need", is = "unknown" }]' + CITY,
        "stages.none.questions has 'pet' but not 'need', its condition; add it",
    ),
    "a path with an unknown question": (
        '[stages.none]\nquestions = ["stage", "were"]',
        "stages.none.questions names 'were'; add [questions.were] or take it out",
    ),
    "a question twice in a path": (
        '[stages.none]\nquestions = ["stage", "where", "need", "where"]',
        "stages.none.questions names 'where' twice; take one out",
    ),
    "a path that does not begin with the stage": (
        '[stages.none]\nquestions = ["where", "stage"]',
        'stages.none.questions must begin with "stage"; put it first',
    ),
    "an empty path": (
        "[stages.none]\nquestions = []",
        (
            "stages.none.questions: Tuple should have at least 1 item after validation, not 0;"
            " mend the value"
        ),
    ),
    "a stage that nobody can choose": (
        '[stages.expert]\nquestions = ["stage"]',
        "questions.stage.options and stages differ; give both the same keys",
    ),
    "a stage without questions": (
        '[questions.stage.options.expert]\nit = "A"',
        "questions.stage.options and stages differ; give both the same keys",
    ),
    "a stage of another kind": (
        '[questions.stage]\nkind = "choices"',
        "questions.stage.kind is 'choices'; write \"choice\"",
    ),
    "a stage that may be left out": (
        "[questions.stage]\noptional = true",
        "questions.stage.optional: everybody must choose a path; take it out",
    ),
    "a stage in own words": (
        "[questions.stage]\nother = true",
        "questions.stage.other: everybody must choose a path; take it out",
    ),
}


@pytest.mark.parametrize("mistake", QUESTIONNAIRE)
def test_a_mistake_in_the_questionnaire(folder: Path, mistake: str) -> None:
    text, line = QUESTIONNAIRE[mistake]
    (folder / "questionnaire.toml").write_text(text, encoding="utf-8")
    assert refusal(folder) == f"questionnaire.toml: {line}"


def test_every_line_is_one_line() -> None:
    assert [line for _, line in QUESTIONNAIRE.values() if "\n" in line] == []
