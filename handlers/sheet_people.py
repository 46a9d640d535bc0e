"""What a sheet's people are told of those who see to it, beside their screen: each in the own
language, at once, in the night without a sound.
"""

from collections.abc import Callable

from db.dossiers import Dossier
from handlers import handoff
from handlers.turn import Screen, Turn
from school.phrases import Phrase


def tell(turn: Turn, dossier: Dossier, said: Callable[[Turn], Phrase]) -> None:
    """Tell each of a sheet's people."""
    handoff.tell(turn, dossier, lambda other: Screen(said(other), [[handoff.where()]]))
