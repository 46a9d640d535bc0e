"""Where a known person is at home: what can be done, help with a human's address, the language.

What only informs ends with the open question, so that nobody is left without a next step.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from handlers import (
    announce,
    assisted,
    attendance,
    away,
    by_name,
    card,
    claim_links,
    describe,
    event,
    feedback,
    groups,
    handoff,
    helping,
    inquiries,
    materials,
    name,
    relay_written,
    review,
    staff,
    title,
    writing,
)
from handlers import interview as talk
from handlers import question as screens
from handlers.buttons import Button, Keyboard, data, in_rows
from handlers.turn import Screen, Turn
from school import interview, people, seats, wishes
from school.phrases import Phrase, bold, lines, paragraphs, t


def come(turn: Turn) -> None:
    """Who works here is at home there; everybody else goes on."""
    if turn.roles:
        staff.home(turn)
    else:
        start(turn)


def start(turn: Turn) -> None:
    """Whoever comes back meets the same question; who has none is at home."""
    if turn.idea is None:
        home(turn)
    else:
        talk.resume(turn)


def home(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The first screen of somebody who is known; nothing is asked."""
    interview.pause(turn.person)
    turn.show(Screen(_welcome_back(turn), _doors(turn)), notes)


def _welcome_back(turn: Turn) -> Phrase:
    name = turn.text(turn.school.settings.name)
    if turn.idea is None:
        who_reads = turn.text(turn.school.settings.who_reads)
        how = t("Tell your idea step by step. You can stop at any time and go on later.")
        criteria = t("A good idea is useful, new in the neighbourhood, and lasts on its own.")
        return paragraphs(bold(name), criteria, how, who_reads)
    question = interview.present(turn.person, turn.sheet)
    if question is None:
        return paragraphs(bold(name), t("All questions about your idea have an answer."))
    where = screens.heading(turn, question) or turn.text(question.name)
    return paragraphs(bold(name), t("You can go on from: %(where)s.", where=where))


def _doors(turn: Turn) -> Keyboard:
    rows: Keyboard = [[(t("Tell my idea"), data("idea"))]]
    if turn.idea is not None:
        going_on = interview.present(turn.person, turn.sheet) is not None
        label = t("Continue my idea") if going_on else t("My idea")
        rows = [[(label, data("idea"))], [(t("My answers"), data("overview"))]]
        rows = rows if going_on else rows[:1]
    about: Button = (t("Help and privacy"), data("help"))
    work: Keyboard = [[(t("My work here"), data("staff"))]] if turn.roles else []
    meetings: Keyboard = [[(t("The next meetings"), data("forme"))]] if turn.coming else []
    own = seats.mine(turn.session, turn.person, turn.now) if turn.coming else []
    mine: Keyboard = [[(t("My seats"), data("mine"))]] if own else []
    group: Keyboard = [[(t("My group"), data("group"))]] if turn.in_group else []
    return [
        *rows,
        *handoff.door(turn),
        *helping.way_out(turn),
        *meetings,
        *mine,
        *relay_written.door(turn),
        *group,
        *work,
        *inquiries.door(turn),
        [(t("Language"), data("languages"))],
        [about],
    ]


def later(turn: Turn, _key: str) -> None:
    """Close the step; the idea waits."""
    home(turn, [t("All right, another time. I keep all your answers.")])


def cancel(turn: Turn) -> None:
    """Close whatever step is open: a change that was begun is not made."""
    turn.person.revisiting = None
    if turn.person.expects == people.NOBODY:
        home(turn, [t("There is nothing to cancel.")])
    else:
        home(turn, [t("Closed. I keep all your answers.")])


def help_(turn: Turn) -> None:
    """What one can do here, and where a human is; then the open question."""
    turn.say(about(turn))
    turn.more = [*inquiries.door(turn), [(t("Privacy and my data"), data("privacy"))]]
    again(turn)


def ask_person(turn: Turn) -> None:
    """A question to a human; where none is answered here, the human's address."""
    if not turn.desk.answers:
        help_(turn)
    else:
        inquiries.person(turn)


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """What is open is asked again; where nothing is, one is at home."""
    asking = _ASKING.get(turn.expecting)
    if asking is not None:
        asking(turn, notes)
    elif interview.is_open(turn.person):
        talk.resume(turn, notes)
    elif turn.roles:
        staff.home(turn, notes)
    else:
        home(turn, notes)


# What else may be asked than a question of the interview.
_ASKING: Mapping[str, Callable[[Turn, Sequence[Phrase]], None]] = {
    people.TITLE: title.ask,
    people.NAME: name.again,
    people.EVENT: event.again,
    people.ANNOUNCES: announce.again,
    people.CODE: attendance.again,
    people.MATERIALS: materials.again,
    people.FEEDBACK: feedback.again,
    people.GUEST: by_name.again,
    people.WRITES: writing.again,
    people.TUTOR: relay_written.ask,
    people.GROUP: groups.again,
    people.AWAY: away.again,
    people.CARD: card.again,
    people.HELPS: assisted.again,
    people.MOVES: claim_links.again,
    people.ASKS: inquiries.ask,
    people.ADDS: inquiries.ask,
}


def about(turn: Turn) -> Phrase:
    """Who speaks here, and the human whom one can reach."""
    human = turn.school.settings.human
    return paragraphs(
        t("I am a program. I ask questions one by one and keep your answers."),
        t("Write, tap the buttons, or send a voice message in your own language."),
        t("To change an answer, edit the message you sent."),
        lines(
            t("To talk to a person:"),
            t("%(name)s, phone %(phone)s", name=turn.text(human.name), phone=human.phone),
            turn.text(human.place),
            turn.text(human.hours),
        ),
    )


def languages(turn: Turn) -> None:
    """Choose a language; each is written in itself."""
    turn.show(
        Screen(bold(t("Which language do you prefer?")), language_buttons(turn.school.languages))
    )


def language_buttons(codes: Sequence[str]) -> Keyboard:
    """A button for each language, two in a row."""
    return in_rows([(describe.own_name(code), data("language", code)) for code in codes])


def speak(turn: Turn, code: str, then: Callable[[list[Phrase]], None]) -> None:
    """Speak a language from now on, if we have it: on the next screen, and in the menu."""
    if code not in turn.school.languages:
        then([])
        return
    turn.person.language = code
    then([t("We speak %(language)s now.", language=describe.own_name(code))])
    turn.set_menu()


def language(turn: Turn, code: str) -> None:
    """A language was chosen."""
    speak(turn, code, partial(again, turn))


def wish(turn: Turn) -> None:
    """Remember that the person wants to hear of the next meeting."""
    wishes.add(turn.session, turn.person, wishes.ANY, turn.now)
    review.overview(turn)
