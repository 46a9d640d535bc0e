"""The sheet: a questionnaire with the answers there are. All that can be derived is derived here:
which questions are asked, which comes next, where one is, which criterion is complete.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.prepared import Prepared
from db.tables import Answer, Idea
from db.types import Json
from school.questionnaire import NUMBERS, Clause, Question, Questionnaire

CHOOSING, ANSWERED, UNKNOWN, SKIPPED = "choosing", "answered", "unknown", "skipped"

_table = table_of(Answer)
_ANSWERS = Prepared(
    select(_table.c.question, _table.c.status, _table.c.value).where(
        _table.c.idea_id == bindparam("idea")
    )
)


@dataclass(slots=True)
class Given:
    """An answer as it stands: its status, and a value by the question's kind."""

    status: str
    value: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One idea's answers by question, some of which no longer apply and are kept all the same."""

    questionnaire: Questionnaire
    answers: dict[str, Given]

    @property
    def stage(self) -> str | None:
        """The path, once it was chosen; one that the questionnaire has no longer is none."""
        answer = self.given("stage")
        stage = str(answer.value.get("choice")) if answer else None
        return stage if stage in self.questionnaire.stages else None

    def given(self, key: str) -> Given | None:
        """The finished answer to a question: given, "I don't know yet" or left out."""
        answer = self.answers.get(key)
        return answer if answer is not None and answer.status != CHOOSING else None

    def question(self, key: str) -> Question | None:
        """A question as this path asks it; None where it does not apply."""
        return next((question for question in self.asked() if question.key == key), None)

    def asked(self) -> list[Question]:
        """The questions that apply to this idea, in their order."""
        stage = self.stage
        if stage is None:
            return [self.questionnaire.questions["stage"]]
        path = self.questionnaire.paths[stage]
        return [question for question in path if all(map(self.holds, question.when))]

    def next_open(self) -> Question | None:
        """The first question that applies and has no answer."""
        return next((question for question in self.asked() if not self.given(question.key)), None)

    def before(self, key: str) -> Question | None:
        """The question asked before another."""
        asked = self.asked()
        keys = [question.key for question in asked]
        return asked[keys.index(key) - 1] if key in keys[1:] else None

    def of_part(self, part: str) -> list[Question]:
        """The questions of a part that apply."""
        return [question for question in self.asked() if question.part == part]

    def parts(self) -> list[str]:
        """The parts that have a question, in order."""
        with_questions = {question.part for question in self.asked()}
        return [part for part in self.questionnaire.parts if part in with_questions]

    def place(self, question: Question) -> tuple[int, int]:
        """The number of a question in its part, and how many the part has."""
        keys = [other.key for other in self.asked() if other.part == question.part]
        return keys.index(question.key) + 1, len(keys)

    def progress(self) -> tuple[int, int]:
        """How many questions have an answer, of how many."""
        asked = self.asked()
        return sum(self.given(question.key) is not None for question in asked), len(asked)

    def is_complete(self, part: str) -> bool:
        """Whether each question of a part has an answer."""
        return all(self.given(question.key) for question in self.of_part(part))

    def holds(self, clause: Clause) -> bool:
        """Whether a clause is true of the answers; never, of a question this path does not ask."""
        path = self.questionnaire.stages[self.stage].questions if self.stage else ("stage",)
        if clause.question not in path:
            return False
        answer = self.given(clause.question)
        if clause.status is not None:
            return status(answer) == clause.status or (
                clause.status == "answered" and status(answer) == "voice"
            )
        if answer is None or answer.status != ANSWERED:
            return False
        chosen = chosen_of(answer.value)
        if clause.includes is not None or clause.excludes is not None:
            return clause.includes in chosen if clause.includes else clause.excludes not in chosen
        kind = self.questionnaire.questions[clause.question].kind
        amount = float(str(answer.value["number"])) if kind in NUMBERS else len(chosen)
        low = clause.at_least if clause.at_least is not None else float("-inf")
        high = clause.at_most if clause.at_most is not None else float("inf")
        return low <= amount <= high


def status(answer: Given | None) -> str:
    """An answer in one word: open, unknown, skipped, voice (nothing written) or answered."""
    if answer is None:
        return "open"
    if answer.status == ANSWERED and answer.value.get("voices") and not answer.value.get("text"):
        return "voice"
    return answer.status


def chosen_of(value: Mapping[str, Json]) -> list[str]:
    """The options that an answer names, "other" for own words."""
    keys = [value["choice"]] if "choice" in value else value.get("choices", value.get("places", []))
    other = ["other"] if value.get("other") else []
    ready = [value["ready"]] if "ready" in value else []
    return [*cast("list[str]", keys), *cast("list[str]", ready), *other]


def of_idea(session: Session, questionnaire: Questionnaire, idea: Idea | None) -> Sheet:
    """The sheet of an idea; an empty one where there is no idea yet."""
    if idea is None:
        return Sheet(questionnaire, {})
    rows = _ANSWERS.rows(session, idea=idea.id)
    return Sheet(questionnaire, {key: Given(status, value) for key, status, value in rows})
