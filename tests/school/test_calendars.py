"""Calendar files, read back by another library than the one that writes them."""

import datetime as dt
from dataclasses import replace
from typing import Any, cast
from zoneinfo import ZoneInfo

import ics  # pyright: ignore[reportMissingTypeStubs] - it has none
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.translator import words
from school import calendars
from school.calendars import Event, Meeting, Place

NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
ROME = ZoneInfo("Europe/Rome")
LINK = "https://t.me/quartieri_bot?start=event-12"
LIBRARY = Place("Biblioteca Dergano; sala A", "via Baldinucci 76, Milano", (45.5044, 9.1756))
FIRST = Meeting(
    "1",
    "Idee in comune",
    dt.datetime(2026, 11, 28, 18, tzinfo=ROME),
    dt.datetime(2026, 11, 28, 20, 30, tzinfo=ROME),
    LIBRARY,
)
SECOND = replace(
    FIRST,
    key="2",
    starts=dt.datetime(2026, 12, 5, 18, tzinfo=ROME),
    ends=dt.datetime(2026, 12, 5, 20, 30, tzinfo=ROME),
)
LAB = Event(
    "12", "quartieri_bot", 3, "Porta un'idea.", LINK, "La Scuola dei Quartieri", [FIRST, SECOND]
)


def read(event: Event, language: str = "en") -> Any:
    """The calendar as another program has it."""
    content = calendars.ics(event, words(language), NOW).decode()
    return cast("Any", ics).Calendar(content)


def entries(event: Event, language: str = "en") -> list[Any]:
    """Its entries, in the order of their UIDs."""
    return sorted(read(event, language).events, key=lambda entry: entry.uid)


def extra(entry: Any) -> dict[str, str]:
    """What that library leaves as it is."""
    return {line.name: line.value for line in entry.extra}


def lines(event: Event) -> list[bytes]:
    """The lines as they are written."""
    return calendars.ics(event, words("en"), NOW).split(b"\r\n")


def at(hour: int, minute: int = 0, *, day: int, month: int) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=dt.UTC)


def test_a_meeting_is_an_entry_with_all_that_a_phone_shows() -> None:
    (entry, _) = entries(LAB)
    assert (entry.name, entry.uid) == ("Idee in comune", "12-1@quartieri_bot")
    assert (entry.begin.datetime, entry.end.datetime) == (
        at(17, day=28, month=11),
        at(19, 30, day=28, month=11),
    )
    assert entry.location == "Biblioteca Dergano; sala A, via Baldinucci 76, Milano"
    assert tuple(entry.geo) == (45.5044, 9.1756)
    assert entry.url == LINK
    assert entry.description == f"Porta un'idea.\n\n{LINK}"
    assert (entry.status, entry.transparent) == ("CONFIRMED", False)
    assert extra(entry) == {"SEQUENCE": "3", "CONTACT": "La Scuola dei Quartieri"}
    assert entry.created.datetime == NOW


def test_each_meeting_of_a_series_has_a_uid_of_its_own() -> None:
    assert [entry.uid for entry in entries(LAB)] == ["12-1@quartieri_bot", "12-2@quartieri_bot"]


def test_a_moved_meeting_keeps_its_uid_and_has_a_higher_sequence() -> None:
    later = replace(FIRST, starts=at(18, day=29, month=11), ends=at(20, day=29, month=11))
    (before, _) = entries(LAB)
    (after, _) = entries(replace(LAB, revision=4, meetings=[later, SECOND]))
    assert (before.uid, extra(before)["SEQUENCE"]) == ("12-1@quartieri_bot", "3")
    assert (after.uid, extra(after)["SEQUENCE"]) == ("12-1@quartieri_bot", "4")
    assert after.begin.datetime == at(18, day=29, month=11)


def test_one_cancelled_meeting_of_a_series_is_said_and_the_others_stay() -> None:
    event = replace(LAB, meetings=[FIRST, replace(SECOND, cancelled=True)])
    assert read(event).method == "PUBLISH"
    assert [(entry.name, entry.status, entry.transparent) for entry in entries(event)] == [
        ("Idee in comune", "CONFIRMED", False),
        ("Cancelled: Idee in comune", "CANCELLED", True),
    ]


def test_a_cancelled_event_takes_all_its_meetings_with_it() -> None:
    event = replace(LAB, cancelled=True)
    assert read(event).method == "CANCEL"
    assert [(entry.uid, entry.status) for entry in entries(event)] == [
        ("12-1@quartieri_bot", "CANCELLED"),
        ("12-2@quartieri_bot", "CANCELLED"),
    ]


def test_the_same_hour_on_the_wall_is_another_one_in_utc_after_the_clock_changed() -> None:
    days = (dt.date(2026, 10, 24), dt.date(2026, 10, 31), dt.date(2027, 3, 27), dt.date(2027, 4, 3))
    meetings = [
        replace(
            FIRST,
            key=str(number),
            starts=dt.datetime.combine(day, dt.time(18), ROME),
            ends=dt.datetime.combine(day, dt.time(20), ROME),
        )
        for number, day in enumerate(days)
    ]
    found = [entry.begin.datetime for entry in entries(replace(LAB, meetings=meetings))]
    assert [begin.astimezone(dt.UTC).hour for begin in found] == [16, 17, 17, 16]
    assert [begin.astimezone(ROME).hour for begin in found] == [18] * 4


def test_a_meeting_through_the_night_of_the_change_lasts_as_long_as_it_does() -> None:
    night = replace(
        FIRST,
        starts=dt.datetime(2026, 10, 24, 23, tzinfo=ROME),
        ends=dt.datetime(2026, 10, 25, 4, tzinfo=ROME),
    )
    (entry,) = entries(replace(LAB, meetings=[night]))
    assert entry.duration == dt.timedelta(hours=6)


@pytest.mark.parametrize(
    "title",
    [
        "مختبر: كيف نبدأ، خطوة خطوة؛ معًا" * 4,
        "工作坊：一步一步，把想法变成项目；大家一起来" * 5,
        "🚲👨‍👩‍👧🇮🇹❤️" * 9,
        'a,b;c "e" BEGIN:VEVENT x:y^z',
    ],
)
def test_words_of_every_script_come_back_whole(title: str) -> None:
    event = replace(LAB, description=title, meetings=[replace(FIRST, title=title)])
    (entry,) = entries(event)
    assert (entry.name, entry.description) == (title, f"{title}\n\n{LINK}")
    assert all(len(line) <= 75 for line in lines(event))
    assert [line.decode().strip() for line in lines(event)][-1] == ""


def test_a_backslash_stays_one() -> None:
    """The other library takes two of them before an n for the end of a line."""
    event = replace(LAB, meetings=[replace(FIRST, title=r"C:\new\, x")])
    assert rb"SUMMARY:C:\\new\\\, x" in lines(event)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\"), max_size=120))
def test_whatever_is_typed_stays_inside_its_own_text(typed: str) -> None:
    event = replace(LAB, description=typed, meetings=[replace(FIRST, title=f"x {typed}")])
    (entry,) = entries(event)
    assert entry.uid == "12-1@quartieri_bot"
    assert extra(entry) == {"SEQUENCE": "3", "CONTACT": "La Scuola dei Quartieri"}
    shown = "".join(sign for sign in typed if sign.isprintable() and not sign.isspace())
    for kept in (entry.name.removeprefix("x"), entry.description.removesuffix(LINK)):
        assert "".join(s for s in kept if s.isprintable() and not s.isspace()) == shown


def test_it_is_said_in_the_language_of_its_reader() -> None:
    event = replace(LAB, cancelled=True, meetings=[FIRST])
    assert [entries(event, language)[0].name for language in ("it", "zh")] == [
        "Annullato: Idee in comune",
        "已取消：Idee in comune",
    ]


def test_there_is_no_alarm_no_zone_and_no_address_for_mail_in_it() -> None:
    names = {line.partition(b":")[2] for line in lines(LAB) if line.startswith(b"BEGIN")}
    assert names == {b"VCALENDAR", b"VEVENT"}
    assert [line for line in lines(LAB) if b"mailto" in line.lower() or b"TZID" in line] == []


def test_a_place_without_an_address_or_a_point_is_its_name() -> None:
    (entry,) = entries(replace(LAB, meetings=[replace(FIRST, place=Place("Online"))]))
    assert (entry.location, entry.geo) == ("Online", None)


def test_a_time_without_a_zone_is_refused() -> None:
    naive = replace(FIRST, starts=FIRST.starts.replace(tzinfo=None))
    with pytest.raises(ValueError, match="without a zone"):
        calendars.ics(replace(LAB, meetings=[naive]), words("en"), NOW)
