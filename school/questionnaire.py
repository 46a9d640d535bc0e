"""The questionnaire as its file says it: paths, questions, conditions. It holds no answers."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from school.texts import Label, Sentence, Table, Text, within

Kind = Literal["choice", "choices", "text", "number", "money", "percent", "places", "files"]
NUMBERS: tuple[Kind, ...] = ("number", "money", "percent")
Part = Annotated[Text, within(20)]
Name = Annotated[Text, within(16)]
Example = Annotated[Text, within(300)]


class Clause(Table):
    """One condition on one answer; exactly one test."""

    question: str
    status: Literal["answered", "unknown", "skipped", "open", "voice"] | None = Field(
        default=None, alias="is"
    )
    includes: str | None = None
    excludes: str | None = None
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def one_test(self) -> Self:
        """Refuse a clause that tests nothing, or two things."""
        tests = (self.status, self.includes, self.excludes, self.at_least, self.at_most)
        if sum(test is not None for test in tests) != 1:
            raise ValueError("write exactly one of is, includes, excludes, at_least, at_most")
        return self


class AtStage(Table):
    """What a question has otherwise on one path."""

    optional: bool | None = None
    dont_know: bool | None = None
    name: Name | None = None
    ask: Sentence | None = None
    hint: Sentence | None = None


class Question(Table):
    """One question; its key is its name in the file."""

    key: str = ""
    kind: Kind
    part: str | None = None
    name: Name
    ask: Sentence
    hint: Sentence | None = None
    good: Example | None = None
    weak: Example | None = None
    optional: bool = False
    dont_know: bool = False
    names_hint: bool = False
    least: int = 0
    most: int | None = None
    quick: tuple[int, ...] = ()
    quick_plus: bool = False
    options: dict[str, Label] = Field(default_factory=dict)
    alone: tuple[str, ...] = ()
    other: bool = False
    ready: dict[str, Label] = Field(default_factory=dict)
    when: tuple[Clause, ...] = ()
    at: dict[str, AtStage] = Field(default_factory=dict)

    @model_validator(mode="after")
    def whole(self) -> Self:
        """Refuse what a kind cannot do without, or cannot have."""
        if self.kind in ("choice", "choices") and not self.options:
            raise ValueError(f"a {self.kind} question needs options; add [questions.KEY.options.A]")
        unknown = [key for key in self.alone if key not in self.options]
        if unknown:
            raise ValueError(f"alone names {unknown[0]!r}, which is no option; take it out")
        if self.kind == "text" and not self.most:
            raise ValueError("a text question needs its most characters; add most = 1000")
        return self

    def at_stage(self, stage: str) -> "Question":
        """The question as it is asked on a path."""
        changes = self.at.get(stage)
        return self.model_copy(update=changes.model_dump(exclude_none=True)) if changes else self


class Stage(Table):
    """One path: its questions in their order."""

    questions: tuple[str, ...] = Field(min_length=1)


class PartOfSheet(Table):
    """A heading of the sheet; a criterion gets a self-check."""

    label: Part
    criterion: bool = False


class Questionnaire(Table):
    """All paths, parts and questions."""

    stages: dict[str, Stage]
    parts: dict[str, PartOfSheet]
    questions: dict[str, Question]

    @model_validator(mode="after")
    def fits(self) -> Self:
        """Refuse names that point nowhere, and the wrong first question."""
        for stage, path in self.stages.items():
            self._check_path(stage, path)
        for key, question in self.questions.items():
            self._check_question(key, question)
        return self

    def _check_path(self, stage: str, path: Stage) -> None:
        for key in path.questions:
            if key not in self.questions:
                raise ValueError(f"stages.{stage}.questions names {key!r}; add [questions.{key}]")
        if path.questions[0] != "stage":
            raise ValueError(f'stages.{stage}.questions must begin with "stage"')

    def _check_question(self, key: str, question: Question) -> None:
        if question.part is not None and question.part not in self.parts:
            raise ValueError(
                f"questions.{key}.part is {question.part!r}; add [parts.{question.part}]"
            )
        for clause in question.when:
            check_clause(clause, self.questions, f"questions.{key}.when")
        if key == "stage" and set(question.options) != set(self.stages):
            raise ValueError("questions.stage.options and stages must have the same keys")


def check_clause(clause: Clause, questions: dict[str, Question], where: str) -> None:
    """Raise ValueError where a clause names a question or an option that is not there."""
    question = questions.get(clause.question)
    if question is None:
        raise ValueError(f"{where} names the question {clause.question!r}; there is none")
    option = clause.includes or clause.excludes
    if option and option not in {*question.options, *question.ready, "other"}:
        raise ValueError(f"{where} names {option!r}, which is no option of {clause.question}")
