"""Days as tutors write when they are away. Today is Monday the 23rd of November 2026."""

import datetime as dt

import pytest

from school import spans

TODAY = dt.date(2026, 11, 23)
READ = {
    "3 dicembre": "11-23 > 12-03",
    "fino al 3 dicembre": "11-23 > 12-03",
    "fino a venerdì": "11-23 > 11-27",
    "oggi": "11-23 > 11-23",
    "domani": "11-23 > 11-24",
    "da giovedì al 3 dicembre": "11-26 > 12-03",
    "da lunedì 30 novembre al 3 dicembre": "11-30 > 12-03",
    "dal 30 al 3 dicembre": "11-30 > 12-03",
    "dal 24 al 27 novembre": "11-24 > 11-27",
    "dal 2 al 5 gennaio": "01-02 > 01-05",
    "dal 28 dicembre al 5 gennaio": "12-28 > 01-05",
    "mar 24 nov": "11-23 > 11-24",
    "24-27/11": "11-24 > 11-27",
    "3/12": "11-23 > 12-03",
    "until Friday": "11-23 > 11-27",
    "from 1 to 3 December": "12-01 > 12-03",
    "hasta el 3 de diciembre": "11-23 > 12-03",
    "del 1 al 5 de diciembre": "12-01 > 12-05",
    "jusqu'au 3 décembre": "11-23 > 12-03",
    "du 1er au 5 décembre": "12-01 > 12-05",
    "حتى 3 ديسمبر": "11-23 > 12-03",
    "من 30 نوفمبر إلى 3 ديسمبر": "11-30 > 12-03",
    "12月3日": "11-23 > 12-03",
    "12月1日到12月3日": "12-01 > 12-03",
}
NO_DAYS = [
    "",
    "boh",
    "lunedì",  # today or in a week
    "sabato 3 dicembre",  # a Thursday
    "31 novembre",
    "3 novembre",  # past
    "dal 3 al 30 novembre",  # begun in the past
    "dal 5 dicembre al 30 novembre",
    "3 dicembre ore 18",
    "3, 4 e 5 dicembre",
    "dal 3 al 4 al 5 dicembre",
    "x" * 400,
]


@pytest.mark.parametrize("text", READ)
def test_days_are_read_as_they_are_written(text: str) -> None:
    found = spans.read(text, TODAY)
    assert found is not None
    assert " > ".join(f"{day:%m-%d}" for day in found) == READ[text]


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_certain_day_is_not_read(text: str) -> None:
    assert spans.read(text, TODAY) is None
