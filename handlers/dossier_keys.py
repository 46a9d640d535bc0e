"""The buttons of a sheet's card, by its state and by the page that is open. Whoever can do nothing
with it has none.
"""

from collections.abc import Callable, Mapping

from db.dossiers import Dossier
from handlers.buttons import Button, Keyboard, data
from handlers.turn import Speaker
from school import cards, dossiers, staff, versions
from school.desk import Place
from school.dossiers import BACK, CHANGE, CLOSE, FINISH, TAKE, TAKEN, WAITING
from school.phrases import Phrase, t

MAIN, MORE, READYING, CLOSING, VERSIONS = "main", "more", "readying", "closing", "versions"
_MOST_VERSIONS = 8
# Why one is closed; what its people hear of it stands in closing.py.
REASONS: Mapping[str, Phrase] = {
    "wish": t("They asked for it"),
    "silent": t("Nothing came for long"),
    "elsewhere": t("It is not for us"),
}


def rows(turn: Speaker, dossier: Dossier, place: Place, page: str) -> Keyboard:
    """A page of buttons, as far as whoever reads in the place may use them."""
    reader = cards.viewer(turn.session, place)
    roles = staff.roles_of(turn.session, reader) if reader is not None else ()
    foreign = reader is not None and not dossiers.has_charge(dossier, reader, roles)
    if dossiers.can(dossier, TAKE) and page == MAIN:
        look: Button = (t("Read the sheet"), data("version", dossier.id, dossier.round))
        take: Button = (t("Take it"), data("takeit", dossier.id))
        return [
            [take],
            *([[look]] if reader is not None else []),
            *([] if foreign else [_to_more(dossier)]),
        ]
    if foreign:
        return []
    return _PAGES[page](turn, dossier) if dossiers.can(dossier, CLOSE) else []


def _main(_turn: Speaker, dossier: Dossier) -> Keyboard:
    found: Keyboard = []
    if dossiers.can(dossier, CHANGE):
        found.append([(t("Ask for changes"), data("askchanges", dossier.id))])
    if dossiers.can(dossier, FINISH):
        found.append([(t("Ready to send"), data("readying", dossier.id))])
    return [*found, _to_more(dossier)]


def _to_more(dossier: Dossier) -> list[Button]:
    return [(t("More"), data("cardpage", dossier.id, MORE))]


def _more(_turn: Speaker, dossier: Dossier) -> Keyboard:
    on: Keyboard = [
        [(t("Hand it on"), data("handon", dossier.id))],
        [(t("Ask for a mediator"), data("mediator", dossier.id))],
    ]
    return [
        *(on if dossier.state in (WAITING, TAKEN, BACK) else []),
        [(t("See all versions"), data("cardpage", dossier.id, VERSIONS))],
        [(t("Close it"), data("cardpage", dossier.id, CLOSING))],
        [_back(dossier, MAIN)],
    ]


def _back(dossier: Dossier, page: str) -> Button:
    return t("Back"), data("cardpage", dossier.id, page)


def _readying(_turn: Speaker, dossier: Dossier) -> Keyboard:
    return [[(t("Yes, ready to send"), data("isready", dossier.id))], [_back(dossier, MAIN)]]


def _closing(_turn: Speaker, dossier: Dossier) -> Keyboard:
    reasons: Keyboard = [
        [(label, data("closing", dossier.id, key))] for key, label in REASONS.items()
    ]
    written: Button = (t("Write the reason"), data("closewhy", dossier.id))
    return [*reasons, [written], [_back(dossier, MORE)]]


def _versions(turn: Speaker, dossier: Dossier) -> Keyboard:
    found = versions.every(turn.session, dossier)[:_MOST_VERSIONS]
    each: Keyboard = [
        [(t("Version %(number)s", number=one.number), data("version", dossier.id, one.number))]
        for one in found
    ]
    return [*each, [_back(dossier, MORE)]]


_PAGES: Mapping[str, Callable[[Speaker, Dossier], Keyboard]] = {
    MAIN: _main,
    MORE: _more,
    READYING: _readying,
    CLOSING: _closing,
    VERSIONS: _versions,
}
