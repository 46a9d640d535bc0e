"""A coordinator writes the idea of somebody without Telegram down: whose it is, that they were
given the notice, then the interview as anybody meets it. The name stands in the row of who writes
it until it is known whose it is.
"""

from collections.abc import Sequence

from db.dossiers import Dossier
from db.tables import Idea, Person
from db.types import Json
from handlers import agreeing
from handlers import interview as talk
from handlers.buttons import Button, Keyboard, data, paging, row_number
from handlers.describe import too_long
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import (
    assisted,
    by_name,
    dossiers,
    interview,
    moments,
    outbox,
    own_data,
    people,
    staff,
)
from school.bubbles import Bubble
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.sheet import of_idea

_SHORT = 10  # letters of a name on a button that says more
_NEW = "0"


def start(turn: Turn, page: str, notes: Sequence[Phrase] = ()) -> None:
    """All who are helped."""
    interview.pause(turn.person)
    at = min(row_number(page) or 0, 1000)
    found, more = assisted.helped(turn.session, at)
    rows: Keyboard = [[(cut(_name(one)), data("helpone", one.id))] for one in found]
    new: Button = (t("Somebody new"), data("helping"))
    text = lines(
        bold(t("Write for somebody")),
        t("For people without Telegram: you write their idea down, and they decide."),
    )
    steps = paging(at, "helped", more=more)
    turn.show(Screen(text, [*rows, *steps, [new], [(t("Back"), data("staff"))]]), notes)


def _name(person: Person) -> str:
    return person.name or "…"


def _back() -> Button:
    return t("Back"), data("helped", 0)


def ask(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask for the name."""
    turn.person.expects = f"{people.HELPS}::"
    asked = lines(
        bold(t("Whose idea do you write down?")),
        t("Write the name by which this person is called here."),
    )
    turn.show(Screen(asked, [[_back()]]), notes)


def _expected(turn: Turn) -> tuple[str, str]:
    """Whose idea it is, by number, and the name that was written."""
    _, number, name = [*turn.person.expects.split(":", 2), "", ""][:3]
    return (number, name) if turn.expecting == people.HELPS else ("", "")


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """What is open is asked once more."""
    number, name = _expected(turn)
    if number:
        _notice(turn, number, name, notes)
    elif name:
        _whose(turn, name, notes)
    else:
        ask(turn, notes)


def given(turn: Turn, bubble: Bubble) -> None:
    """A name was written; who is known by it is asked about."""
    name = " ".join(bubble.words.split())
    if len(name) > by_name.MOST:
        ask(turn, [too_long(len(name), by_name.MOST)])
    else:
        turn.person.expects = f"{people.HELPS}::{name}"
        _whose(turn, name)


def _whose(turn: Turn, name: str, notes: Sequence[Phrase] = ()) -> None:
    known = assisted.alike(turn.session, name)
    if not known:
        _notice(turn, _NEW, name, notes)
        return
    said = [
        t("%(number)s. %(name)s, noted on %(when)s", number=at, name=_name(one), when=day)
        for at, one, day in ((at, one, _day(turn, one)) for at, one in enumerate(known, start=1))
    ]
    rows: Keyboard = [
        [(f"{at}. {cut(_name(one), 18)}", data("helpsame", one.id))]
        for at, one in enumerate(known, start=1)
    ]
    other: Button = (t("Somebody else"), data("helpother"))
    asked = lines(bold(t("Is it the same person?")), *said)
    turn.show(Screen(asked, [*rows, [other], [_back()]]), notes)


def _day(turn: Turn, person: Person) -> str:
    return moments.day(turn.person.language, turn.school.zone, person.created_at, turn.now)


def same(turn: Turn, number: str) -> None:
    """It is somebody who is known."""
    _, name = _expected(turn)
    known: Sequence[Person] = assisted.alike(turn.session, name) if name else ()
    found = next((one for one in known if str(one.id) == number), None)
    if found is not None:
        _notice(turn, number, _name(found))
    else:
        again(turn)


def somebody_else(turn: Turn) -> None:
    """It is another person of the same name."""
    _, name = _expected(turn)
    if name:
        _notice(turn, _NEW, name)
    else:
        again(turn)


def _notice(turn: Turn, number: str, name: str, notes: Sequence[Phrase] = ()) -> None:
    """Nothing is written down before the person knows what becomes of it."""
    turn.person.expects = f"{people.HELPS}:{number}:{name}"
    text = paragraphs(
        bold(t("First give the notice to %(name)s.", name=cut(name, 20))),
        lines(
            t("On paper, or read it aloud: version %(version)s.", version=_version(turn)),
            t("The law sets a minimum age: %(age)s.", age=turn.school.settings.least_age),
            t("The person decides, and can have all deleted at any time."),
        ),
    )
    rows: Keyboard = [
        [(t("I gave the notice"), data("noticegiven", number))],
        [(t("Read the whole notice"), data("notice"))],
        [_back()],
    ]
    turn.show(Screen(text, rows), notes)


def _version(turn: Turn) -> str:
    return turn.school.notice.version


def begin(turn: Turn, number: str) -> None:
    """The notice was given: the interview begins, or goes on."""
    expected, name = _expected(turn)
    if not expected or number != expected:
        again(turn)
        return
    person = by_name.find(turn.session, int(number)) if number != _NEW else None
    if person is None and number != _NEW:
        start(turn, "0")
        return
    if person is None:
        person = by_name.add(turn.session, name, turn.school.languages[0], turn.now)
    _begin(turn, person)


def _begin(turn: Turn, person: Person) -> None:
    assisted.begin(turn.session, turn.person, person, _version(turn), turn.now)
    staff.note(turn.session, turn.person, "helps", turn.now, whom=person)
    turn.look_up()
    talk.begin(turn)


def write(turn: Turn, number: str) -> None:
    """Write for somebody who is helped; a new notice is given first."""
    person = _helped(turn, number)
    known = assisted.of(turn.session, person) if person is not None else None
    if person is None or known is None:
        start(turn, "0")
    elif known.notice != _version(turn):
        _notice(turn, str(person.id), _name(person))
    else:
        _begin(turn, person)


def stop(turn: Turn) -> None:
    """Write for nobody else any more."""
    helped = turn.helped
    assisted.stop(turn.person)
    turn.look_up()
    if helped is None:
        start(turn, "0")
    else:
        one(turn, str(helped.id), [t("You do not write for %(name)s now.", name=_name(helped))])


def _helped(turn: Turn, number: str) -> Person | None:
    """Somebody who is helped, by a number that came back from a button."""
    return assisted.find(turn.session, row_number(number) or 0)


def one(turn: Turn, number: str, notes: Sequence[Phrase] = ()) -> None:
    """Somebody who is helped: what there is, and what can be done."""
    person = _helped(turn, number)
    if person is None:
        start(turn, "0", notes)
        return
    idea = people.idea_of(turn.session, person)
    sheet = of_idea(turn.session, turn.school.questionnaire, idea)
    done, total = sheet.progress()
    text = paragraphs(
        bold(_name(person)),
        lines(
            _given(turn, person),
            t("%(done)s of %(total)s questions have an answer.", done=done, total=total),
        ),
    )
    printed: Keyboard = [[(t("Print the sheet"), data("helpsheet", person.id))]]
    turn.show(
        Screen(
            text,
            [
                [(t("Write for %(name)s", name=cut(_name(person), _SHORT)), _at("write", person))],
                *(printed if sheet.parts() else []),
                *_agreement(turn, person, idea),
                [(t("Link to take it over"), data("claimlink", person.id))],
                [(t("Delete everywhere"), _at("erasing", person))],
                [_back()],
            ],
        ),
        notes,
    )


def _at(what: str, person: Person) -> str:
    return data(f"help{what}", person.id)


def _given(turn: Turn, person: Person) -> Phrase | None:
    """Who gave the notice, which one, and when."""
    known = assisted.of(turn.session, person)
    if known is None:
        return None
    by = turn.session.get(Person, known.by_id) if known.by_id is not None else None
    day = moments.day(turn.person.language, turn.school.zone, known.noticed_at, turn.now)
    return lines(
        t("Notice given: %(day)s, version %(version)s", day=day, version=known.notice),
        t("By: %(name)s", name=by.name or t("without a name")) if by is not None else None,
    )


def sheet(turn: Turn, number: str) -> None:
    """The sheet on paper, with the name."""
    person = _helped(turn, number)
    idea = people.idea_of(turn.session, person) if person is not None else None
    if person is None or idea is None:
        start(turn, "0")
        return
    document: dict[str, Json] = {"sheet": idea.id}
    if not outbox.on_its_way(turn.session, turn.chat_id, document):
        caption = bold(_name(person))
        turn.send_beside("sendDocument", {"document": document, "caption": caption})
    one(turn, number, [t("The sheet comes in a moment, as a PDF.")])


def _asks(turn: Turn, person: Person, idea: Idea | None) -> Dossier | None:
    """The sheet that waits for the person's word whether tutors may read it."""
    dossier = dossiers.of_idea(turn.session, idea)
    if dossier is None or dossier.state not in (dossiers.ASKING, dossiers.BACK):
        return None
    return None if assisted.has_agreed(turn.session, dossier, person) else dossier


def _agreement(turn: Turn, person: Person, idea: Idea | None) -> Keyboard:
    if _asks(turn, person, idea) is None:
        return []
    return [[(t("Note the agreement"), _at("agrees", person))]]


def agrees(turn: Turn, number: str) -> None:
    """Ask whether somebody agreed that tutors read the sheet."""
    person = _helped(turn, number)
    if person is None or _asks(turn, person, people.idea_of(turn.session, person)) is None:
        one(turn, number)
        return
    asked = lines(
        bold(t("Has %(name)s agreed that tutors read the sheet?", name=cut(_name(person), 20))),
        t("On paper or by phone. Say who reads it: the tutors and those who coordinate."),
    )
    yes: Button = (t("Yes, it is agreed"), _at("agreed", person))
    turn.show(Screen(asked, [[yes], [(t("Not yet"), _at("one", person))]]))


def agreed(turn: Turn, number: str) -> None:
    """Somebody agreed: that is noted."""
    person = _helped(turn, number)
    dossier = None
    if person is not None:
        dossier = _asks(turn, person, people.idea_of(turn.session, person))
    if person is None or dossier is None:
        one(turn, number)
        return
    agreeing.noted(turn, person)
    staff.note(turn.session, turn.person, "agreed", turn.now, whom=person)
    one(turn, number, [t("It is noted.")])


def erasing(turn: Turn, number: str) -> None:
    """Ask before all that is known of somebody goes."""
    person = _helped(turn, number)
    if person is None:
        start(turn, "0")
        return
    asked = lines(
        bold(t("Delete %(name)s everywhere?", name=cut(_name(person), 20))),
        t("All that is noted of this person goes: name, idea, seats, hours."),
        t("It cannot be taken back."),
    )
    yes: Button = (t("Delete it"), _at("erase", person))
    turn.show(Screen(asked, [[yes], [(t("Leave it as it is"), _at("one", person))]]))


def erase(turn: Turn, number: str) -> None:
    """Somebody asked to be forgotten; seats that are free now are offered by the clock."""
    person = _helped(turn, number)
    if person is None:
        start(turn, "0")
        return
    own_data.forget(turn.session, turn.school.own_data, person, turn.now)
    staff.note(turn.session, turn.person, "deleted", turn.now)
    turn.look_up()
    start(turn, "0", [t("All that was noted of this person is deleted.")])
