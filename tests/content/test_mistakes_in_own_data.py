"""Every mistake in a city's table of what is kept is refused in one line: the file, key, mend."""

from pathlib import Path

import pytest

from tests.content.refused import refusal

WORDS = """
name = { en = "Diary" }
what = { en = "What you did." }
why = { en = "To know." }
who = { en = "Nobody." }
"""
DIARY = '[kinds.diary]\ntables = ["diary"]\non_forget = "deleted"' + WORDS
OWN_DATA = {
    "a table that there is not": (
        DIARY,
        "kinds.diary.tables: there is no table 'diary'; take it out",
    ),
    "a table of two kinds": (
        DIARY.replace('"diary"', '"wishes"'),
        "kinds.diary.tables: wishes has 'wishes'; take one out",
    ),
    "a table of no kind": (
        '[kinds.profile]\ntables = ["people"]',
        "kinds: none has the table 'handles'; add it to one",
    ),
    "no table": (
        "[kinds.wishes]\ntables = []",
        (
            "kinds.wishes.tables: Tuple should have at least 1 item after validation, not 0;"
            " mend the value"
        ),
    ),
    "somebody's rows that would be kept": (
        '[kinds.wishes]\non_forget = "kept"',
        "kinds.wishes.on_forget: wishes can only be deleted; write that",
    ),
    "rows that cannot be without their person": (
        '[kinds.idea]\non_forget = "anonymous"',
        "kinds.idea.on_forget: ideas can only be deleted; write that",
    ),
    "rows that may be without, kept": (
        '[kinds.questions]\non_forget = "kept"',
        "kinds.questions.on_forget: questions can only be deleted or anonymous; write that",
    ),
    "nobody's rows that would be deleted": (
        '[kinds.counts]\non_forget = "deleted"',
        "kinds.counts.on_forget: sources can only be kept; write that",
    ),
    "another end": (
        '[kinds.idea]\non_forget = "sold"',
        "kinds.idea.on_forget: Input should be 'deleted', 'anonymous' or 'kept'; mend the value",
    ),
    "kept, and nothing says why": (
        (
            '[kinds.counts]\ntables = ["sources"]\n[kinds.health]\ntables = ["conditions"]\n'
            'on_forget = "kept"' + WORDS
        ),
        "kinds.health.because is missing; say why it is kept",
    ),
    "messages that are kept too short for reminders": (
        "[kinds.messages]\ndays = 6",
        "kinds.messages.days: make it 7 at least, as reminders need it",
    ),
    "a warning as long as all": (
        "warning_days = 730",
        "warning_days is not less than untouched_days; make it less",
    ),
    "no warning": (
        "warning_days = 0",
        "warning_days: Input should be greater than or equal to 1; mend the value",
    ),
    "a time too short for a warning": (
        "untouched_days = 1",
        "untouched_days: Input should be greater than or equal to 2; mend the value",
    ),
    "no day for a visitor": (
        "visitor_days = 0",
        "visitor_days: Input should be greater than or equal to 1; mend the value",
    ),
    "no day for a kind": (
        "[kinds.deletion]\ndays = 0",
        "kinds.deletion.days: Input should be greater than or equal to 1; mend the value",
    ),
    "days that nobody counts": (
        "[kinds.idea]\ndays = 30",
        "kinds.idea.days: nothing deletes ideas by days; take it out",
    ),
    "half a day": (
        "[kinds.messages]\ndays = 0.5",
        (
            "kinds.messages.days: Input should be a valid integer,"
            " got a number with a fractional part; mend the value"
        ),
    ),
    "a key that nobody reads": (
        "[kinds.wishes]\nday = 7",
        "kinds.wishes.day: is a key that nobody reads; take it out or mend its spelling",
    ),
    "a kind without its words": (
        DIARY.replace("why =", "reason ="),
        "kinds.diary.why: is missing; add it",
    ),
    "a kind's key with a space": (
        DIARY.replace("kinds.diary", 'kinds."my diary"'),
        "kinds.my diary: 'my diary' must be 1 to 24 of a to z, 0 to 9 and _; mend it",
    ),
    "a name too long for a button": (
        f'[kinds.wishes.name]\nit = "{"x" * 25}"',
        "kinds.wishes.name: it has 25 characters; make it 24 or less",
    ),
    "words too long": (
        f'[kinds.wishes.why]\nit = "{"x" * 121}"',
        "kinds.wishes.why: it has 121 characters; make it 120 or less",
    ),
    "what remains, too long": (
        f'[remains]\nit = "{"x" * 201}"',
        "remains: it has 201 characters; make it 200 or less",
    ),
}


@pytest.mark.parametrize("mistake", OWN_DATA)
def test_a_mistake_in_what_is_kept(folder: Path, mistake: str) -> None:
    text, line = OWN_DATA[mistake]
    (folder / "data.toml").write_text(text, encoding="utf-8")
    assert refusal(folder) == f"data.toml: {line}"
    assert "\n" not in line
