"""What was announced is put right where it was sent: other words, seen before and confirmed once,
or none at all.
"""

from collections.abc import Mapping, Sequence

from db.announcements import Announcement
from handlers import announce_progress, describe, events_shown
from handlers.announce_held import begun
from handlers.buttons import Button, Keyboard, data, in_rows
from handlers.incoming import Incoming
from handlers.shown import Screen
from handlers.turn import Turn
from school import announcements, composing, correcting, editing, interview, people, results, staff
from school.announcements import RECALL
from school.composing import MOST_CAPTION, MOST_TEXT, Given
from school.editing import ALBUM
from school.phrases import Phrase, bold, lines, t, tn

TAKES = "correct"
_CANNOT = t("This cannot be done now.")
_CHANGED = t("It has changed meanwhile: look at it once more.")
_STAYS = t("Telegram cannot change this kind of message. You can recall it.")
_ALIKE: Mapping[str, Phrase] = {
    correcting.TEXT: t("A text stays a text: send another one."),
    correcting.VOICE: t("A voice stays as it is: send a text for below it."),
    ALBUM: t("It is an album: send as many files, of the same kinds, or a text for below it."),
}
_OTHERS = t("It has a file: send another one of its kind, or a text for below it.")


def correct(turn: Turn, number: str) -> None:
    """Begin: in which language?"""
    one = _correctable(turn, number)
    if one is not None:
        correcting.begin(one)
        _languages(turn, one)


def also(turn: Turn, number: str) -> None:
    """One more language is corrected with it."""
    one = _correctable(turn, number)
    if one is not None:
        _languages(turn, one)


def _correctable(turn: Turn, number: str) -> Announcement | None:
    one = begun(turn, number)
    if one is None:
        return None
    if not announcements.may_be_corrected(one):
        announce_progress.show(turn, one, [_CANNOT])
        return None
    return one


def _languages(turn: Turn, one: Announcement) -> None:
    spoken = editing.languages(one.content)
    if len(spoken) == 1:
        _ask(turn, one, spoken[0])
        return
    interview.pause(turn.person)
    buttons: list[Button] = [
        (describe.own_name(code), data("anncorrectin", one.id, code)) for code in spoken
    ]
    asked = bold(t("In which language do you correct it?"))
    turn.show(Screen(asked, [*in_rows(buttons), [_back(one)]]))


def _back(one: Announcement) -> Button:
    return t("Back"), data("ann", one.id)


def correct_in(turn: Turn, number: str, language: str) -> None:
    """The language is chosen."""
    one = _correctable(turn, number)
    if one is None:
        return
    if language in editing.languages(one.content):
        _ask(turn, one, language)
    else:
        _languages(turn, one)


def _ask(turn: Turn, one: Announcement, language: str, notes: Sequence[Phrase] = ()) -> None:
    """Ask for the message as it shall be."""
    if not correcting.can(one, language):
        announce_progress.show(turn, one, [_STAYS])
        return
    turn.person.expects = f"{people.ANNOUNCES}:{one.id}:{TAKES}:{language}"
    asked = lines(
        bold(t("Send me the message as it shall be.")),
        t("Language: %(language)s", language=describe.own_name(language)),
        _alike(one, language),
        t("You see it once more before it changes."),
    )
    turn.show(Screen(asked, [[_back(one)]]), notes)


def _alike(one: Announcement, language: str) -> Phrase:
    return _ALIKE.get(composing.parts(one.content, language)[-1]["method"], _OTHERS)


def take(turn: Turn, one: Announcement, message: Incoming, language: str) -> None:
    """The message as it shall be is there, or it cannot be."""
    known = language in editing.languages(one.content)
    if not known or not announcements.may_be_corrected(one):
        announce_progress.show(turn, one, [_CANNOT])
        return
    why = _taken(turn, one, message, language)
    if why is not None:
        _ask(turn, one, language, [why])
        return
    turn.person.expects = f"{people.ANNOUNCES}:{one.id}:{TAKES}:{language}"
    turn.in_place = False
    chat = turn.chat_id
    announcements.preview(turn.session, one, chat, language, turn.now, corrected=True)
    turn.said = True
    _confirm(turn, one)


def _taken(turn: Turn, one: Announcement, message: Incoming, language: str) -> Phrase | None:
    """Take it; why that cannot be, if so."""
    if message.part is None:
        return _alike(one, language)
    words = composing.units(composing.text_of(message.part))
    is_text = composing.parts(one.content, language)[-1]["method"] == correcting.TEXT
    most = MOST_TEXT if is_text else MOST_CAPTION
    if words > most:
        return describe.too_long(words, most)
    given = Given(message.part, message.album, message.choices)
    try:
        # One screen answers all pictures of an album.
        turn.in_place = correcting.take(one, language, given)
    except ValueError:
        return t("This poll has another number of choices.")
    if not correcting.fits(one):
        return _alike(one, language)
    return None if correcting.changed(one) else t("It says this already.")


def _confirm(turn: Turn, one: Announcement) -> None:
    """It was seen: shall it be so?"""
    have, _ = results.held(turn.session, one, turn.now)
    names = [describe.own_name(code) for code in correcting.changed(one)]
    asked = lines(
        bold(t("Correct it like this?")),
        t("Languages: %(languages)s", languages=events_shown.listed(turn, names)),
        tn("%(count)s person has it.", "%(count)s people have it.", have),
        t("Whoever is still to get it gets it like this."),
    )
    several: Keyboard = [[(t("One more language"), data("annalso", one.id))]]
    yes: Button = (t("Correct it now"), data("anncorrected", one.id, correcting.mark(one)))
    more = several if len(editing.languages(one.content)) > 1 else []
    turn.show(Screen(asked, [[yes], *more, [_back(one)]]))


def corrected(turn: Turn, number: str, mark: str) -> None:
    """It is confirmed: once, as it was seen."""
    one = _correctable(turn, number)
    if one is None:
        return
    if one.correction is None or mark != correcting.mark(one) or not correcting.fits(one):
        announce_progress.show(turn, one, [_CHANGED])
    elif not announcements.correct(turn.session, one, one.correction):
        announce_progress.show(turn, one, [_CANNOT])
    else:
        staff.note(turn.session, turn.person, "corrected_ann", turn.now, announcement=one.id)
        announce_progress.show(turn, one, [t("It is confirmed.")])


def recalling(turn: Turn, number: str) -> None:
    """Ask before it is deleted everywhere."""
    one = begun(turn, number)
    if one is None:
        return
    if one.method == RECALL:
        announce_progress.show(turn, one)
        return
    have, old = results.held(turn.session, one, turn.now)
    stays = tn(
        "For %(count)s of them it is older than 48 hours: there it stays.",
        "For %(count)s of them it is older than 48 hours: there it stays.",
        old,
    )
    asked = lines(
        bold(t("Delete it wherever it was sent?")),
        tn("%(count)s person has it.", "%(count)s people have it.", have),
        stays if old else None,
        t("Nobody else gets it. This cannot be undone."),
    )
    yes: Button = (t("Delete it everywhere"), data("annrecall", one.id))
    turn.show(Screen(asked, [[yes], [_back(one)]]))


def recall(turn: Turn, number: str) -> None:
    """It is deleted wherever that can be."""
    one = begun(turn, number)
    if one is None:
        return
    if not announcements.recall(one):
        announce_progress.show(turn, one)
        return
    staff.note(turn.session, turn.person, "recalled_ann", turn.now, announcement=one.id)
    announce_progress.show(turn, one, [t("It is confirmed.")])
