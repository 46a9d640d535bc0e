"""The one "no" that a person may hear: it undoes what the turn did and is said as it is."""

from school.phrases import Phrase


class Refusal(Exception):  # noqa: N818 - an answer to a person, not an error
    """Carries the phrase to be said."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__()
        self.phrase = phrase
