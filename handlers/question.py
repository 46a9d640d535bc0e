"""The screen of one question: where one is, what is asked, and a button for each way to answer.

Each button names its question: one of an old screen is known by it and only draws this one anew.
"""

from handlers import describe, together
from handlers.buttons import Button, Keyboard, data, in_rows
from handlers.turn import Screen, Turn
from school import comments, neighbourhoods, people
from school.answering import is_empty
from school.neighbourhoods import Neighbourhood
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.questionnaire import Question
from school.reading import is_number
from school.sheet import chosen_of

_TICK = "✓ "
_COMMENT = 100  # letters of a tutor's comment
# These are left by "Go on", answered or not.
_WITH_GO_ON = ("choices", "places", "files")


def screen(turn: Turn, question: Question, found: list[Neighbourhood] | None = None) -> Screen:
    """The question with its answers; `found` are neighbourhoods to choose from."""
    answers = _answers(turn, question, found)
    return Screen(_text(turn, question), [*answers, *_ways_out(turn, question)])


def heading(turn: Turn, question: Question) -> Phrase | None:
    """Where one is: "Useful · 2 of 4"."""
    if question.part is None:
        return None
    number, of = turn.sheet.place(question)
    label = turn.text(turn.school.questionnaire.parts[question.part].label)
    return t("%(part)s · %(number)s of %(total)s", part=label, number=number, total=of)


def _text(turn: Turn, question: Question) -> Phrase:
    head = heading(turn, question)
    comment = _comment(turn, question)
    hint = comment or (turn.text(question.hint) if question.hint else None)
    names = t("Please leave out other people's names and health.") if question.names_hint else None
    names = None if comment else names
    given = turn.sheet.given(question.key)
    mine = None
    if given and question.kind not in ("choices", "places"):
        mine = together.given(turn, question, given)
    asked = lines(bold(head) if head else None, turn.text(question.ask))
    return paragraphs(asked, lines(hint, names) if hint or names else None, mine)


def _comment(turn: Turn, question: Question) -> Phrase | None:
    """What a tutor asks of the answer that is being changed, in place of the hint."""
    if turn.person.expects != people.REVIEW:
        return None
    words = comments.open_on(turn.session, turn.idea, question.key)
    said = describe.shortened(words, _COMMENT) if words else None
    return t("Your tutor asks: “%(words)s”", words=said) if said else None


def _answers(turn: Turn, question: Question, found: list[Neighbourhood] | None) -> Keyboard:
    if question.kind == "choice":
        picks = [
            (turn.text(label), data("pick", question.key, key))
            for key, label in question.options.items()
        ]
        return [*in_rows(picks), *_other(question)]
    if question.kind == "choices":
        options = {key: turn.text(label) for key, label in question.options.items()}
        return [*_ticks(turn, question, options), *_other(question), *_done(turn, question)]
    if question.kind == "places":
        return _places(turn, question, found)
    if question.kind == "files":
        return _done(turn, question)
    if is_number(question):
        return [_quick(turn, question)] if question.quick else []
    ready = [
        (turn.text(label), data("ready", question.key, key))
        for key, label in question.ready.items()
    ]
    return in_rows(ready)


def _other(question: Question) -> Keyboard:
    return [[(t("Something else"), data("other", question.key))]] if question.other else []


def _ticks(turn: Turn, question: Question, options: dict[str, str]) -> Keyboard:
    """Options to set and take away; the button says which, so that a double tap does it once."""
    answer = turn.sheet.answers.get(question.key)
    chosen = chosen_of(answer.value) if answer else []
    own = str(answer.value["other"]) if answer and answer.value.get("other") else None
    buttons = [
        (_TICK + label, data("off", question.key, key))
        if key in chosen
        else (label, data("on", question.key, key))
        for key, label in options.items()
    ]
    rows = in_rows(buttons)
    if own:
        rows.append(
            [(_TICK + str(describe.shortened(own, 22)), data("off", question.key, "other"))]
        )
    return rows


def _done(turn: Turn, question: Question) -> Keyboard:
    answer = turn.sheet.answers.get(question.key)
    some = answer is not None and not is_empty(answer.value)
    return [[(t("Go on"), data("go", question.key))]] if some else []


def _places(turn: Turn, question: Question, found: list[Neighbourhood] | None) -> Keyboard:
    answer = turn.sheet.answers.get(question.key)
    chosen = chosen_of(answer.value) if answer else []
    listed = {place.id: place.label for place in found or []}
    known = neighbourhoods.by_id(turn.school.neighbourhoods)
    shown = {key: known[key].label for key in chosen if key in known} | listed
    options = {key: turn.text(label) for key, label in question.options.items()}
    by_district: Keyboard = [[(t("Look by district"), data("towns", question.key))]]
    return [
        *_ticks(turn, question, shown),
        *_done(turn, question),
        *([] if found else [*by_district, *_ticks(turn, question, options)]),
    ]


def _quick(turn: Turn, question: Question) -> list[Button]:
    last = question.quick[-1]
    plus = "+" if question.quick_plus else ""
    return [
        (
            describe.number(turn, question, value) + (plus if value == last else ""),
            data("num", question.key, value),
        )
        for value in question.quick
    ]


def _ways_out(turn: Turn, question: Question) -> Keyboard:
    key = question.key
    helping: list[Button] = []
    if question.good:
        helping.append((t("See an example"), data("example", key)))
    if question.dont_know:
        helping.append((t("I don't know yet"), data("unknown", key)))
    if question.optional:
        helping.append((t("Skip"), data("skip", key)))
    given = turn.sheet.given(key)
    if given and question.kind not in _WITH_GO_ON:
        helping.append((t("Keep my answer"), data("go", key)))
    rows = [helping[:2], helping[2:]]
    return [*(row for row in rows if row), _leaving(turn, question)]


def _leaving(turn: Turn, question: Question) -> list[Button]:
    if turn.person.expects == people.REVIEW:
        return [(t("Back to my answers"), data("review", question.part or ""))]
    back = turn.sheet.before(question.key)
    later: Button = (t("Later"), data("later", question.key))
    return [(t("Back"), data("back", question.key)), later] if back else [later]


def districts(turn: Turn, question: Question) -> Screen:
    """The districts, to find a neighbourhood without typing."""
    numbers = neighbourhoods.municipi(turn.school.neighbourhoods)
    buttons: list[Button] = [(name, data("town", question.key, name)) for name in numbers]
    rows = [buttons[start : start + 3] for start in range(0, len(buttons), 3)]
    back: Button = (t("Back to the question"), data("ask", question.key))
    return Screen(bold(t("Which district of the city?")), [*rows, [back]])


def district(turn: Turn, question: Question, number: str) -> Screen:
    """The neighbourhoods of a district."""
    found = neighbourhoods.in_municipio(turn.school.neighbourhoods, number)
    options = {place.id: place.label for place in found}
    back: Button = (t("Another district"), data("towns", question.key))
    keyboard = [*_ticks(turn, question, options), *_done(turn, question), [back]]
    return Screen(bold(t("District %(number)s: which neighbourhood?", number=number)), keyboard)


def example(turn: Turn, question: Question) -> Screen:
    """A good and a weak answer of somebody else."""
    good, weak = question.good or {}, question.weak
    text = paragraphs(
        lines(bold(t("A good example")), turn.text(good)),
        lines(bold(t("A weak example")), turn.text(weak)) if weak else None,
        t("Now write your own answer, or go back to the question."),
    )
    return Screen(text, [[(t("Back to the question"), data("ask", question.key))]])
