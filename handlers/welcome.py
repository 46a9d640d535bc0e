"""The first meeting: who speaks, what it costs, the notice, the least age. Until both are said
nothing of a person is kept, and who is too young leaves no trace.
"""

from handlers import arrivals, home, ownership
from handlers.buttons import Button, Keyboard, data
from handlers.turn import Screen, Turn
from school import bubbles, links, people, sources
from school.phrases import Phrase, bold, lines, paragraphs, t


def came_by(turn: Turn, code: str) -> None:
    """Somebody opened the bot by a link. What it is about is kept until it can be shown; a poster's
    code is counted, and nothing of who came by it.
    """
    if arrivals.leads_somewhere(code):
        arrivals.remember(turn, code)
    elif code:
        sources.opened(turn.session, code, turn.now.astimezone(turn.school.zone).date())


def welcome(turn: Turn) -> None:
    """Say who speaks; or ask the age, once the notice was read."""
    if turn.person.notice_read is None:
        turn.show(Screen(_first_words(turn), _first_buttons(turn)), arrivals.in_sight(turn))
    else:
        turn.show(_age(turn), arrivals.in_sight(turn))


def _first_words(turn: Turn) -> Phrase:
    school = turn.school
    human = school.settings.human
    return paragraphs(
        lines(
            bold(turn.text(school.settings.name)),
            t("Hello! I am a program, not a person. This service is free."),
            t("I help you tell an idea for your neighbourhood, one question at a time."),
        ),
        turn.text(school.notice.short),
        t(
            "You can also talk to a person: %(name)s, phone %(phone)s.",
            name=turn.text(human.name),
            phone=human.phone,
        ),
    )


def _first_buttons(turn: Turn) -> Keyboard:
    others = [code for code in turn.school.languages if code != turn.person.language]
    return [
        *_read_buttons(turn),
        *home.language_buttons(others),
    ]


def _read_buttons(turn: Turn) -> Keyboard:
    """The button's word follows from what the law allows it by."""
    agree = turn.school.notice.basis == "consent"
    word = t("I agree") if agree else t("I have read, go on")
    return [
        [(word, data("read", turn.school.notice.version))],
        [(t("Read the whole notice"), data("notice"))],
    ]


def new_notice(turn: Turn) -> Screen | None:
    """What stands before all else, where somebody has read another notice than the present one."""
    if not people.is_known(turn.person) or turn.person.notice_read == turn.school.notice.version:
        return None
    text = paragraphs(
        bold(t("What we tell you about your data has changed.")),
        turn.text(turn.school.notice.short),
        t("Then we go on where you were."),
    )
    delete: Button = (t("Delete my data"), data("forget"))
    return Screen(text, [*_read_buttons(turn), [delete]])


def notice(turn: Turn) -> None:
    """The whole notice, then the first words again."""
    turn.say(paragraphs(turn.text(turn.school.notice.text)))
    if people.is_known(turn.person):
        turn.first = new_notice(turn)
        home.again(turn)
    else:
        welcome(turn)


def read(turn: Turn, version: str) -> None:
    """The notice was read; of another version it must be read anew. Who was here before goes on
    where that was; a text that nobody asked for was kept, and is asked about now.
    """
    known = people.is_known(turn.person)
    if version == turn.school.notice.version:
        turn.person.notice_read = version
    turn.first = new_notice(turn)
    waiting = bubbles.newest_waiting(turn.session, turn.person) if known else None
    if waiting is not None:
        ownership.whose(turn, waiting)
    elif known and turn.person.came_for is not None:
        arrivals.go_on(turn)
    elif known:
        home.again(turn)
    else:
        welcome(turn)


def go_on(turn: Turn) -> None:
    """Where somebody is on the way in."""
    if people.is_known(turn.person):
        home.come(turn)
    else:
        welcome(turn)


def _age(turn: Turn) -> Screen:
    age = turn.school.settings.least_age
    return Screen(
        lines(
            bold(t("How old are you?")),
            t("The law sets a minimum age. I do not keep your date of birth."),
        ),
        [
            [(t("I am %(age)s or older", age=age), data("age", "yes"))],
            [(t("I am younger than %(age)s", age=age), data("age", "no"))],
        ],
    )


def age(turn: Turn, said: str) -> None:
    """Old enough: come in. Too young: nothing is kept, and a human is named."""
    if people.is_known(turn.person) or turn.person.notice_read is None or said not in ("yes", "no"):
        go_on(turn)
    elif said == "yes":
        turn.person.old_enough_at = turn.now
        arrivals.go_on(turn)
    else:
        _goodbye(turn)


def _goodbye(turn: Turn) -> None:
    human = turn.school.settings.human
    sorry = t("I cannot go on with you here. I keep nothing about you.")
    instead = t(
        "You can contact us with an adult: %(name)s, phone %(phone)s.",
        name=turn.text(human.name),
        phone=human.phone,
    )
    message = turn.tapped
    people.leave_no_trace(turn.session, turn.person)
    turn.farewell(lines(sorry, instead), message)


def verify(turn: Turn) -> None:
    """A certificate's code is checked for anybody."""
    arrivals.remember(turn, links.about(links.CERTIFICATE, turn.after_command))
    welcome(turn)


def language(turn: Turn, code: str) -> None:
    """A language was chosen on the way in."""
    home.speak(turn, code, lambda _notes: welcome(turn))


def help_(turn: Turn) -> None:
    """Help on the way in."""
    turn.say(home.about(turn))
    welcome(turn)
