"""For whom an announcement is, in words: who is chosen, how many they are, and some of them."""

from collections.abc import Callable, Mapping, Sequence

from babel import Locale

from db.announcements import Announcement
from db.tables import Person
from handlers.describe import shortened
from handlers.event_asked import cut
from handlers.events_shown import title
from handlers.turn import Turn
from handlers.writing import NAMES
from school import audiences, confirming, events, neighbourhoods
from school.phrases import Phrase, joined, lines, t, tn
from school.texts import capitalised

_SHOWN, _LETTERS, _TITLE = 2, 12, 20
_ALONE: Mapping[str, Phrase] = {
    "all": t("Everybody"),
    "tutors": t("Tutors"),
    "coordinators": t("Who coordinates"),
    "company": t("Who looks for company"),
}
_STATES: Mapping[str, Phrase] = {
    "": t("Seat or in line"),
    "seated": NAMES["held"],
    "waiting": NAMES["line"],
    "came": NAMES["came"],
    "missed": NAMES["missed"],
}
_GROUPS: Mapping[str, Phrase] = {
    "waiting": t("Sheets that wait"),
    "taken": t("Sheets with a tutor"),
    "back": t("Sheets to be changed"),
    "ready": t("Sheets that are ready"),
    "none": t("Sheets not sent yet"),
}


def label(turn: Turn, criterion: str) -> Phrase:
    """Who is meant by a criterion."""
    kind, _, about = criterion.partition(":")
    if kind in _ALONE:
        return _ALONE[kind]
    return _SAID[kind](turn, about) if kind in _SAID else criterion


def short(turn: Turn, criterion: str) -> Phrase:
    """The same on a button; a stage as those say it who choose it."""
    kind, _, key = criterion.partition(":")
    options = turn.school.questionnaire.questions["stage"].options
    if kind == "stage" and key in options:
        return turn.text(options[key])
    said = label(turn, criterion)
    return cut(said) if isinstance(said, str) else said


def _stage(turn: Turn, key: str) -> str:
    stage = turn.school.questionnaire.stages.get(key)
    options = turn.school.questionnaire.questions["stage"].options
    said = (stage.people if stage is not None else None) or options.get(key)
    return capitalised(turn.text(said)) if said else key


def _place(turn: Turn, key: str) -> str:
    known = neighbourhoods.by_id(turn.school.neighbourhoods).get(key)
    if known is not None:
        return known.label
    where = turn.school.questionnaire.questions.get("where")
    return turn.text(where.options[key]) if where and key in where.options else key


def _language(turn: Turn, code: str) -> str:
    return capitalised(Locale.parse(code).get_language_name(turn.person.language) or code)


def _event(turn: Turn, about: str) -> Phrase:
    number, _, state = about.partition(":")
    found = events.find(turn.session, int(number))
    name = cut(title(turn, found), _TITLE) if found is not None else number
    return joined(": ", _STATES[state], name)


def _district(_turn: Turn, number: str) -> Phrase:
    return t("District %(number)s", number=number)


def _sheets(_turn: Turn, state: str) -> Phrase:
    return _GROUPS.get(state, state)


_SAID: Mapping[str, Callable[[Turn, str], Phrase]] = {
    "stage": _stage,
    "place": _place,
    "municipio": _district,
    "language": _language,
    "groups": _sheets,
    "event": _event,
}


def state(criterion: str) -> Phrase:
    """Which people of an event are meant."""
    return _STATES[criterion.partition(":")[2].partition(":")[2]]


def whom(turn: Turn, one: Announcement, most: int = _SHOWN) -> Sequence[Phrase]:
    """Who gets it, and who does not, a line each."""
    said = {key: confirming.listed(one, key) for key in (audiences.TO, audiences.NOT)}
    to, without = (_several(turn, criteria, most) for criteria in said.values())
    found = [t("For: %(whom)s", whom=to)] if said[audiences.TO] else []
    return [*found, *([t("Without: %(whom)s", whom=without)] if said[audiences.NOT] else [])]


def _several(turn: Turn, criteria: Sequence[str], most: int) -> Phrase:
    rest = len(criteria) - most
    more = [tn("and %(count)s more", "and %(count)s more", rest)] if rest > 0 else []
    return joined(", ", *(label(turn, one) for one in criteria[:most]), *more)


def count(turn: Turn, one: Announcement) -> int:
    """How many people get it, were it now."""
    return audiences.count(turn.session, _them(turn, one))


def reached(turn: Turn, one: Announcement, many: int) -> Phrase:
    """How many people get it, and some of them by the names they chose."""
    if not many:
        return t("Nobody gets it as it is.")
    found = audiences.examples(turn.session, _them(turn, one))
    some = t("For example: %(names)s", names=joined(", ", *map(_name, found)))
    return lines(tn("%(count)s person gets it.", "%(count)s people get it.", many), some)


def _them(turn: Turn, one: Announcement) -> audiences.Condition:
    return audiences.condition(turn.school, one.audience, one.subject)


def _name(person: Person) -> Phrase:
    return shortened(person.name, _LETTERS) if person.name else t("without a name")


def subject(turn: Turn, one: Announcement) -> Phrase | None:
    """What it is about; None where that is not said yet."""
    known = {each.key: each.name for each in turn.school.settings.announcing.subjects}
    if one.subject is not None:
        return turn.text(known[one.subject]) if one.subject in known else one.subject
    return OWN if confirming.is_own(one) else None


OWN = t("The own seat or sheet")
