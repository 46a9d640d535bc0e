"""Every mistake in a city's other files is refused in one line: the file, the key, the mend."""

from pathlib import Path

import pytest

from tests.content.refused import refusal

CSV = "id,name,label,municipi,aliases,lat,lon\n"
ISOLA = "11,ISOLA,Isola,9,Borgo,45.4874,9.1893\n"
OTHERS = {
    "a wrong zone": (
        "school.toml",
        'zone = "Europe/Milan"',
        "zone: no zone is called 'Europe/Milan'; write one like \"Europe/Rome\"",
    ),
    "an unknown language": (
        "school.toml",
        'languages = ["it", "en-GB"]',
        "languages.1: 'en-GB' is no language; write two letters like it",
    ),
    "a language twice": (
        "school.toml",
        'languages = ["it", "it"]',
        "languages: a language is named twice; take one out",
    ),
    "no language": (
        "school.toml",
        "languages = []",
        "languages: Tuple should have at least 1 item after validation, not 0; mend the value",
    ),
    "a wrong currency": (
        "school.toml",
        'currency = "euro"',
        "currency: 'euro' must be three letters like \"EUR\"; mend it",
    ),
    "a wrong age": (
        "school.toml",
        "least_age = -1",
        "least_age: Input should be greater than or equal to 0; mend the value",
    ),
    "hours of work that end before they begin": (
        "school.toml",
        "[tutoring.hours]\nbegins = 18:00:00\nends = 09:00:00",
        "tutoring.hours: hours.ends is not after hours.begins; make it later",
    ),
    "a weekday that no week has": (
        "school.toml",
        "[tutoring.hours]\ndays = [7]",
        "tutoring.hours.days.0: Input should be less than or equal to 6; mend the value",
    ),
    "no day of work": (
        "school.toml",
        "[tutoring.hours]\ndays = []",
        (
            "tutoring.hours.days: Tuple should have at least 1 item after validation, not 0;"
            " mend the value"
        ),
    ),
    "an order of a command that is not there": (
        "menu.toml",
        '[order]\ntutor = ["queue", "dance"]',
        "order.tutor: there is no command 'dance'; take it out",
    ),
    "a notice too long": (
        "notice.toml",
        f'[short]\nit = "{"x" * 301}"',
        "short: it has 301 characters; make it 300 or less",
    ),
    "a version with a sign between a button's arguments": (
        "notice.toml",
        'version = "2:1"',
        'version: \'2:1\' must be like "2" or "2026-11"; mend it',
    ),
    "a version that is a number": (
        "notice.toml",
        "version = 2",
        "version: Input should be a valid string; mend the value",
    ),
    "a question afterwards that has options and own words": (
        "feedback.toml",
        "[questions.use]\nmost = 100",
        "questions.use: give it either options, or most for an answer in own words; mend the value",
    ),
    "a question afterwards with too long a key": (
        "feedback.toml",
        '[questions.a_very_long_key.ask]\nit = "A"',
        (
            "questions.a_very_long_key: 'a_very_long_key' must be 1 to 12 of a to z, 0 to 9 and _;"
            " mend it"
        ),
    ),
    "a question afterwards that is too long": (
        "feedback.toml",
        f'[questions.use.ask]\nit = "{"x" * 121}"',
        "questions.use.ask: it has 121 characters; make it 120 or less",
    ),
    "a rule on what is no criterion": (
        "selfcheck.toml",
        '[[rules]]\npart = "you"\nsort = "strong"\ntext = { it = "A" }',
        "rule 1: part is 'you'; write one of useful, new, sustainable",
    ),
    "a rule on an unknown question": (
        "selfcheck.toml",
        (
            '[[rules]]\npart = "new"\nsort = "strong"\ntext = { it = "A" }\n'
            'when = [{ question = "pet", is = "open" }]'
        ),
        "rule 1: when names the question 'pet'; mend it or add it",
    ),
    "a rule of an unknown sort": (
        "selfcheck.toml",
        '[[rules]]\npart = "new"\nsort = "weak"\ntext = { it = "A" }',
        (
            "rules.0.sort: Input should be 'strong', 'missing', 'question' or 'example';"
            " mend the value"
        ),
    ),
    "no rules": (
        "selfcheck.toml",
        "rules = []",
        "no rules; add [[rules]]",
    ),
    "a command's name with a capital": (
        "menu.toml",
        '[commands.help]\naliases = ["Aiuto"]',
        (
            "commands.help.aliases.0: 'Aiuto' must be 1 to 32 of a to z, 0 to 9 and _,"
            " as Telegram has it; mend it"
        ),
    ),
    "a command's name in another script": (
        "menu.toml",
        '[commands.help.menu]\nar = "مساعدة"',
        (
            "commands.help.menu.ar: 'مساعدة' must be 1 to 32 of a to z, 0 to 9 and _,"
            " as Telegram has it; mend it"
        ),
    ),
    "a name for two commands": (
        "menu.toml",
        '[commands.help]\naliases = ["idea"]',
        "commands.help: 'idea' calls idea already; take it out",
    ),
    "a command that the program lacks": (
        "menu.toml",
        '[commands.pizza]\nshown_to = []\nmenu = { it = "pizza" }\ndescription = { it = "A" }',
        "commands.pizza: the program has no such command; take it out",
    ),
    "a description too long": (
        "menu.toml",
        f'[short_description]\nit = "{"x" * 121}"',
        "short_description: it has 121 characters; make it 120 or less",
    ),
    "a term without words": (
        "glossary.toml",
        "[terms.seat]\nit = ''\nen = ''\nes = ''\nfr = ''\nar = ''\nzh = ''",
        'terms.seat: no words in any language; add for example it = "..."',
    ),
    "a column missing": (
        "neighbourhoods.csv",
        "id,name\n1,Isola\n",
        "the column 'label' is missing; add it to the first line",
    ),
    "no line": ("neighbourhoods.csv", CSV, "there is no neighbourhood; add a line"),
    "a cell missing": (
        "neighbourhoods.csv",
        CSV + ISOLA + "12,MAGGIOLINA,Maggiolina,2\n",
        "line 3: not 7 columns; count its commas and quotes",
    ),
    "a cell too many": (
        "neighbourhoods.csv",
        CSV + ISOLA.replace("Borgo", "Borgo,Garibaldi"),
        "line 2: not 7 columns; count its commas and quotes",
    ),
    "a quote left open": (
        "neighbourhoods.csv",
        CSV + ISOLA.replace("Borgo", '"Borgo'),
        "line 2: unexpected end of data; mend that line",
    ),
    "a decimal comma": (
        "neighbourhoods.csv",
        CSV + ISOLA.replace("45.4874", '"45,4874"'),
        "line 2: lat is '45,4874'; write degrees like 45.46369",
    ),
    "an id with a sign between a button's arguments": (
        "neighbourhoods.csv",
        CSV + ISOLA.replace("11", "1:1"),
        "line 2: id is '1:1'; write 1 to 24 of a to z, 0 to 9 and _",
    ),
    "no district": (
        "neighbourhoods.csv",
        CSV + ISOLA.replace(",9,", ",,"),
        "line 2: municipi is ''; write one district or more, like 1 3",
    ),
    "a neighbourhood's label too long": (
        "neighbourhoods.csv",
        CSV + ISOLA.replace("Isola", "x" * 25),
        f"line 2: label is '{'x' * 25}'; write 1 to 24 characters",
    ),
    "an id twice": (
        "neighbourhoods.csv",
        CSV + ISOLA + ISOLA,
        "two lines have the id '11'; give one another number",
    ),
    "a label twice": (
        "neighbourhoods.csv",
        CSV + ISOLA + ISOLA.replace("11", "12"),
        "two lines have the label 'Isola'; write one in another way",
    ),
    "an id that is an option": (
        "neighbourhoods.csv",
        CSV + ISOLA.replace("11", "city"),
        "the id 'city' is an option of where; give it another",
    ),
    "a name that nobody reads": (
        "questionaire.toml",
        "",
        (
            "nobody reads it; call it one of data.toml, events.toml, feedback.toml, glossary.toml,"
            " menu.toml, neighbourhoods.csv, notice.toml, questionnaire.toml, school.toml,"
            " selfcheck.toml or take it out"
        ),
    ),
}


@pytest.mark.parametrize("mistake", OTHERS)
def test_a_mistake_in_another_file(folder: Path, mistake: str) -> None:
    name, text, line = OTHERS[mistake]
    (folder / name).write_text(text, encoding="utf-8")
    assert refusal(folder) == f"{name}: {line}"
    assert "\n" not in line


@pytest.mark.parametrize("name", ["school.toml", "neighbourhoods.csv"])
def test_a_file_that_is_not_utf_8(folder: Path, name: str) -> None:
    (folder / name).write_text("# perché", encoding="latin-1")
    assert refusal(folder) == f"{name}: byte 7 is not UTF-8; save it as UTF-8"


def test_a_folder_in_place_of_a_file(folder: Path) -> None:
    (folder / "menu.toml").mkdir()
    assert refusal(folder) == (
        "menu.toml: it cannot be read (Is a directory); let the bot's user read it"
    )


def test_no_folder(folder: Path) -> None:
    missing = folder / "milano"
    assert refusal(missing) == (f"{missing} is no folder; give the folder of your school's content")
