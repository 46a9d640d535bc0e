"""An event as people see it: its card, and its line in a list."""

from collections.abc import Sequence

from babel import Locale

from db.events import Event, Meeting, Place
from handlers.turn import Turn
from school import events, fitting, moments, neighbourhoods, wishes, wording
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn
from school.texts import Text, capitalised, in_language

_MOST_DATES = 8


def title(turn: Turn, event: Event) -> str:
    """What it is called, in the person's language if somebody wrote it so."""
    said = events.title(event)
    return in_language(said, turn.person.language) if said else "…"


def card(turn: Turn, event: Event, seats: Phrase | None) -> Phrase:
    """All that a person wants to know, with a line about its seats."""
    place = events.place(turn.session, event)
    return paragraphs(
        lines(bold(title(turn, event)), _kind(turn, event), _foreign(turn, events.title(event))),
        lines(*_dates(turn, events.meetings(turn.session, event))),
        _where(place) if place is not None else None,
        *_more(turn, event),
        seats,
    )


def _more(turn: Turn, event: Event) -> list[Phrase | None]:
    """What happens there, which language is spoken, how to get in with a wheelchair."""
    text, access = events.texts(event, events.TEXT), events.texts(event, events.ACCESS)
    code = event.options.get(events.SPOKEN)
    spoken = Locale.parse(str(code)).get_language_name(turn.person.language) if code else None
    inside = turn.text(access) if access else None
    # Once is enough where the title is in that language too.
    foreign = None if _foreign(turn, events.title(event)) else _foreign(turn, text)
    return [
        lines(turn.text(text), foreign) if text else None,
        whom(turn, event),
        t("Language: %(language)s", language=spoken) if spoken else None,
        t("With a wheelchair: %(how)s", how=inside) if inside else None,
    ]


def whom(turn: Turn, event: Event) -> Phrase | None:
    """For whom it is; None where it is for everybody."""
    found = [one for one in (_stages(turn, event), _neighbourhoods(turn, event)) if one]
    only = fitting.bars(event)
    said = (
        t("Only for: %(whom)s", whom=one) if only else t("For: %(whom)s", whom=one) for one in found
    )
    return lines(*said) if found else None


def _stages(turn: Turn, event: Event) -> str:
    known, questions = turn.school.questionnaire.stages, turn.school.questionnaire.questions
    wanted = [key for key in fitting.stages(event) if key in known]
    labels = questions["stage"].options
    return listed(turn, [turn.text(known[key].people or labels[key]) for key in wanted])


def _neighbourhoods(turn: Turn, event: Event) -> str:
    known = neighbourhoods.by_id(turn.school.neighbourhoods)
    names = [known[key].label for key in fitting.places(event) if key in known]
    return listed(turn, names)


def facts(turn: Turn, event: Event) -> Sequence[Phrase]:
    """When and where it is, a line each."""
    place = events.place(turn.session, event)
    dates = _dates(turn, events.meetings(turn.session, event))
    return [*dates, _where(place)] if place is not None else dates


def _kind(turn: Turn, event: Event) -> Phrase | None:
    kind = turn.school.events.kinds.get(event.kind or "")
    return capitalised(turn.text(kind.name)) if kind is not None else None


def _foreign(turn: Turn, said: Text) -> Phrase | None:
    """In which language something is written, where it is not the person's."""
    if not said or turn.person.language in said:
        return None
    own = Locale.parse(next(iter(said))).get_language_name(turn.person.language)
    return t("This text is in: %(language)s", language=own or "")


def _dates(turn: Turn, found: Sequence[Meeting]) -> list[Phrase]:
    shown: list[Phrase] = [when(turn, meeting) for meeting in found[:_MOST_DATES]]
    more = len(found) - _MOST_DATES
    return [*shown, tn("and %(count)s more", "and %(count)s more", more)] if more > 0 else shown


def when(turn: Turn, meeting: Meeting) -> Phrase:
    """When a meeting is, in words."""
    language, zone = turn.person.language, turn.school.zone
    said = moments.in_words(language, zone, meeting.starts_at, turn.now, meeting.ends_at)
    shown = capitalised(said)
    return shown if meeting.cancelled_at is None else t("Called off: %(when)s", when=shown)


def short(turn: Turn, meeting: Meeting) -> str:
    """When a meeting is, on a button."""
    return moments.short(turn.person.language, turn.school.zone, meeting.starts_at)


def _where(place: Place) -> Phrase:
    return joined(", ", *(part for part in (place.name, place.address) if part))


def line(turn: Turn, event: Event, seats: Phrase | None = None) -> Phrase:
    """An event in a list: when the next meeting is, and what it is called."""
    coming = [one for one in events.taking_place(turn.session, event) if one.ends_at > turn.now]
    if not coming:
        return title(turn, event)
    at = moments.short(turn.person.language, turn.school.zone, coming[0].starts_at)
    return joined(" · ", at, title(turn, event), *([seats] if seats else []))


def next_step(turn: Turn) -> Phrase:
    """A path ends with one step: a meeting, or a word when there is one."""
    coming = turn.coming
    if coming:
        return t("The next step is a meeting: %(meeting)s", meeting=line(turn, coming[0]))
    if turn.helped is None and wishes.of(turn.session, turn.person):
        return t("I will write to you when there is a meeting.")
    return turn.text(turn.school.settings.next_step)


def listed(turn: Turn, names: Sequence[str]) -> str:
    """Several names in the person's language."""
    return wording.listed(names, turn.person.language)
