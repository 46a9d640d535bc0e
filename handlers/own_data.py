"""What a person's data is, and what the person does with it: read, take along, delete.

The words are the school's table of what is kept; deleting asks once, with two buttons alike.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from db.types import Json
from handlers import group_members, handing_in, home, inquiries, leaving, relay_withdrawn, welcome
from handlers.buttons import Keyboard, data, in_rows
from handlers.describe import own_name
from handlers.turn import Screen, Turn
from school import groups, interview, outbox, own_data, people, wording
from school.own_data import DELETED, KEPT
from school.phrases import Phrase, bold, lines, paragraphs, t, tn
from school.settings import Kept
from school.texts import capitalised


def privacy(turn: Turn) -> None:
    """All kinds of what is kept, each to be read."""
    kinds = _kinds(turn)
    names = [(_title(turn, kept), data("kept", key)) for key, kept in kinds.items()]
    text = lines(
        bold(t("What I keep of you")),
        t("Tap a line: I say what it is, why, who sees it and for how long."),
        _copies(turn),
    )
    turn.show(Screen(text, [*in_rows(names), *_doors()]))


def _kinds(turn: Turn) -> Mapping[str, Kept]:
    """The kinds that somebody may have."""
    works = bool(turn.roles)
    kinds = turn.school.own_data.kinds
    return {key: kept for key, kept in kinds.items() if works or not kept.staff}


def _doors() -> Keyboard:
    return [
        [(t("Read the whole notice"), data("notice"))],
        [(t("See my data"), data("mydata"))],
        [(t("Delete my data"), data("forget"))],
        [(t("Home"), data("home"))],
    ]


def kind(turn: Turn, key: str) -> None:
    """One kind of what is kept."""
    kept = turn.school.own_data.kinds.get(key)
    if kept is None:
        privacy(turn)
        return
    text = paragraphs(
        bold(_title(turn, kept)),
        turn.text(kept.what),
        t("<b>Why</b>: %(words)s", words=turn.text(kept.why)),
        t("<b>Who sees it</b>: %(words)s", words=turn.text(kept.who)),
        t("<b>How long</b>: %(words)s", words=_how_long(turn, kept)),
        t("<b>If you delete your data</b>: %(words)s", words=_on_forget(turn, kept)),
    )
    turn.show(Screen(text, [[(t("Back"), data("privacy"))]]))


def _title(turn: Turn, kept: Kept) -> str:
    return capitalised(turn.text(kept.name))


def _how_long(turn: Turn, kept: Kept) -> Phrase:
    if kept.days is not None:
        return tn("%(count)s day at most", "%(count)s days at most", kept.days)
    if kept.on_forget == KEPT:
        return t("as long as the service exists")
    months = round(turn.school.own_data.untouched_days / 30.4)
    return tn(
        "until you delete your data, or %(count)s month after your last message",
        "until you delete your data, or %(count)s months after your last message",
        months,
    )


def _on_forget(turn: Turn, kept: Kept) -> Phrase:
    ends: dict[str, Phrase] = {
        own_data.DELETED: t("it is deleted"),
        own_data.ANONYMOUS: t("it stays, and nothing says that it was yours"),
        KEPT: t("it stays, because %(because)s", because=turn.text(kept.because or {"en": ""})),
    }
    return ends[kept.on_forget]


def forget(turn: Turn) -> None:
    """Ask once, and say what goes and what remains where."""
    kinds = _kinds(turn).values()
    going = [turn.text(kept.name) for kept in kinds if kept.on_forget == DELETED]
    staying = [turn.text(kept.name) for kept in kinds if kept.on_forget != DELETED]
    language = turn.person.language
    text = paragraphs(
        bold(t("Delete your data?")),
        lines(
            t("I delete: %(names)s.", names=wording.listed(going, language)),
            t("I keep, without your name: %(names)s.", names=wording.listed(staying, language)),
        ),
        _with_group(turn),
        lines(*_remains(turn)),
    )
    buttons: Keyboard = [
        [(t("Delete my data"), data("forgotten"))],
        [(t("Keep my data"), data("stay"))],
    ]
    turn.show(Screen(text, buttons))


def _with_group(turn: Turn) -> Phrase | None:
    """What becomes of the sheet of a group that the person is in."""
    group = groups.of(turn.session, turn.person)
    if group is None:
        return None
    if groups.others(turn.session, group, turn.person):
        return t("What you wrote in your group's sheet stays with the group, without your name.")
    return t("You are the last one in your group: the group and its sheet are deleted too.")


def _remains(turn: Turn) -> list[Phrase]:
    """What is beyond our reach, or not yet."""
    return [turn.text(turn.school.own_data.remains), _copies(turn)]


def _copies(turn: Turn) -> Phrase:
    return tn(
        "Backup copies are deleted after %(count)s day.",
        "Backup copies are deleted after %(count)s days.",
        turn.operator.copies_days,
    )


def stay(turn: Turn) -> None:
    """Nothing is deleted."""
    if people.is_known(turn.person):
        home.again(turn, [t("All right. I keep your data.")])
    else:
        welcome.welcome(turn)


def forgotten(turn: Turn) -> None:
    """Delete everything, and say goodbye."""
    message = turn.tapped
    inquiries.withdrawn(turn)
    handing_in.withdrawn(turn)
    relay_withdrawn.withdrawn(turn)
    group_members.parted(turn)
    leaving.gone(turn)
    own_data.forget(turn.session, turn.school.own_data, turn.person, turn.now)
    turn.farewell(_goodbye(turn, t("I have deleted your data.")), message)


def _goodbye(turn: Turn, said: Phrase) -> Phrase:
    return paragraphs(
        said,
        lines(*_remains(turn)),
        t("You can write to me whenever you like: we begin anew."),
    )


def warn(turn: Turn) -> None:
    """Somebody did not write for long: the data goes soon. Who cannot be reached is warned too, by
    the notice; nothing can be sent.
    """
    person, days = turn.person, turn.school.own_data.warning_days
    person.warned_at = turn.now
    if person.unreachable_at is not None:
        return
    interview.pause(person)
    day = _day(turn, turn.now + dt.timedelta(days=days))
    text = paragraphs(
        t("You have not written to me for a long time."),
        t(
            "On %(day)s I will delete your data. To keep it, tap the button or write to me.",
            day=day,
        ),
    )
    keep: Keyboard = [[(t("Keep my data"), data("stay"))], [(t("Delete it now"), data("forget"))]]
    turn.show(Screen(text, keep), lane=outbox.NOTICE)


def untouched(turn: Turn) -> None:
    """Delete what somebody did not come back for, and say so."""
    away = turn.person.unreachable_at is not None
    inquiries.withdrawn(turn)
    handing_in.withdrawn(turn)
    relay_withdrawn.withdrawn(turn)
    group_members.parted(turn)
    leaving.gone(turn)
    own_data.forget(turn.session, turn.school.own_data, turn.person, turn.now)
    if not away:
        why = t("You have not written for a long time, so I have deleted your data.")
        turn.farewell(_goodbye(turn, why))


def mydata(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """What is kept, in a few lines."""
    person, sheet = turn.person, turn.own_sheet
    done, _ = sheet.progress()
    counted = own_data.count(turn.session, turn.person)
    text = lines(
        bold(t("Your data")),
        t("Language: %(language)s", language=own_name(person.language)),
        t("First message: %(day)s", day=_day(turn, person.created_at)),
        t("Notice read: version %(version)s", version=person.notice_read or ""),
        t("Answers: %(count)s", count=counted["answers"] if turn.in_group else done),
        t("Files: %(count)s", count=counted["attachments"]),
        t("Questions to a person: %(count)s", count=counted["questions"]),
    )
    take: Keyboard = [[(t("Get a copy of all"), data("copy"))]]
    why: Keyboard = [[(t("What you keep, and why"), data("privacy"))]]
    rest: Keyboard = [[(t("Delete my data"), data("forget"))], [(t("Home"), data("home"))]]
    turn.show(Screen(text, [*take, *why, *rest]), notes)


def copy(turn: Turn) -> None:
    """Send all rows and files of the person; while a copy is on its way no other is made."""
    document: dict[str, Json] = {"copy": turn.person.id}
    if not outbox.on_its_way(turn.session, turn.chat_id, document):
        caption = t("This is all that I keep of you: data.json, and your files beside it.")
        body: dict[str, Json] = {"document": document, "caption": caption}
        turn.send_beside("sendDocument", body)
    mydata(turn, [t("A copy of your data will be here in a moment, as a file.")])


def _day(turn: Turn, at: dt.datetime) -> str:
    return wording.day(at.astimezone(turn.school.zone), turn.person.language)
