"""Who can come to an event, and how seats are taken: a page of "More"."""

from collections.abc import Mapping, Sequence

from db.events import Event
from handlers import for_whom
from handlers.buttons import Keyboard
from handlers.event_options import Choice, Option, table
from handlers.turn import Turn
from school import events, parties, taking
from school.events import DRAFT, LINE, SEPARATE
from school.parties import PARTY
from school.phrases import Phrase, bold, lines, t, tn
from school.taking import CLOSES, LATE


def _line(_turn: Turn, event: Event) -> Phrase:
    if event.options.get(LINE) is False:
        return t("Who finds it full cannot wait.")
    return t("Who finds it full can wait.")


def _with_or_without(_turn: Turn, _event: Event) -> Sequence[Choice]:
    return (
        Choice("on", t("With a waiting list"), value=True),
        Choice("off", t("No waiting list"), value=False),
    )


def _until(turn: Turn, event: Event) -> Phrase:
    held = taking.before(event)
    label = next(one.label for one in _times(turn, event) if one.value == held)
    return t("Until when one can take a seat: %(when)s", when=label)


def _asks_until(_turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    hint = t("It moves with the meeting. Whoever waits is still offered what becomes free.")
    return lines(bold(t("Until when can one take a seat?")), hint), []


_LABELS: Mapping[int, Phrase] = {
    0: t("Until it begins"),
    2: t("2 hours before"),
    24: t("A day before"),
    72: t("3 days before"),
    168: t("A week before"),
}


def _times(_turn: Turn, _event: Event) -> list[Choice]:
    times = [Choice(str(hours), _LABELS[hours], hours) for hours in taking.HOURS]
    return [Choice("over", t("Until it is over"), None), *times]


def _joins_late(turn: Turn, event: Event) -> bool:
    return taking.joins_late(event, turn.school.events.kinds.get(event.kind or ""))


def _is_series(turn: Turn, event: Event) -> bool:
    return len(events.meetings(turn.session, event)) > 1


def _is_one(turn: Turn, event: Event) -> bool:
    """Whether it is a series with one seat for all its dates."""
    return _is_series(turn, event) and event.options.get(SEPARATE) is not True


def _dates(turn: Turn, event: Event) -> Phrase | None:
    if not _is_series(turn, event):
        return None
    if event.options.get(SEPARATE) is True:
        return t("Each date has seats of its own.")
    return t("One seat is for all dates.")


def _one_or_each(turn: Turn, event: Event) -> Sequence[Choice]:
    """Once it is announced, people have their seats."""
    if not _is_series(turn, event) or event.state != DRAFT:
        return ()
    return (
        Choice("one", t("One seat for all dates"), value=False),
        Choice("each", t("Seats for each date"), value=True),
    )


def _late(turn: Turn, event: Event) -> Phrase | None:
    if not _is_one(turn, event):
        return None
    if _joins_late(turn, event):
        return t("One can join after the first meeting.")
    return t("One cannot join after the first meeting.")


def _late_or_not(turn: Turn, event: Event) -> Sequence[Choice]:
    if not _is_one(turn, event):
        return ()
    return (
        Choice("on", t("With late joiners"), value=True),
        Choice("off", t("No late joiners"), value=False),
    )


def _group(turn: Turn, event: Event) -> Phrase:
    return tn(
        "One person can take %(count)s seat.",
        "One person can take up to %(count)s seats.",
        _party(turn, event),
    )


def _party(turn: Turn, event: Event) -> int:
    kind = turn.school.events.kinds.get(event.kind or "")
    held = event.options.get(PARTY)
    return held if isinstance(held, int) else kind.party if kind is not None else 1


def _how_many(_turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    hint = t("With more than one, somebody can take seats for a group.")
    return lines(bold(t("How many seats can one person take?")), hint), []


def _counts(_turn: Turn, _event: Event) -> list[Choice]:
    return [Choice(str(count), str(count), count) for count in parties.COUNTS]


def _yes(_turn: Turn, _event: Event) -> bool:
    return True


def _no(_turn: Turn, _event: Event) -> bool:
    return False


OPTIONS = {
    **for_whom.OPTIONS,
    **table(
        Option(CLOSES, t("Until when"), _until, _asks_until, choices=_times),
        Option(SEPARATE, says=_dates, choices=_one_or_each, usual=_no),
        Option(LATE, says=_late, choices=_late_or_not, usual=_joins_late),
        Option(PARTY, t("Seats for a group"), _group, _how_many, choices=_counts),
        Option(LINE, says=_line, choices=_with_or_without, usual=_yes),
    ),
}
