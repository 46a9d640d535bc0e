"""The questionnaire as its file says it: paths, questions, conditions. It holds no answers."""

from functools import cached_property
from typing import Annotated, Literal, Self, cast

from pydantic import Field, field_validator, model_validator

from school.texts import Key, Label, Sentence, Table, Text, within

Kind = Literal["choice", "choices", "text", "number", "money", "percent", "places", "files"]
NUMBERS: tuple[Kind, ...] = ("number", "money", "percent")
CHOICES: tuple[Kind, ...] = ("choice", "choices")
OTHER = "other"  # own words, as an option
# What only some kinds of question have.
_ONLY_FOR: dict[str, tuple[Kind, ...]] = {
    "options": (*CHOICES, "places"),
    "other": CHOICES,
    "alone": ("choices",),
    "ready": ("text",),
    "most": (*NUMBERS, "text"),
    "least": NUMBERS,
    "quick": NUMBERS,
    "quick_plus": NUMBERS,
}
_NAME = "_key"  # where the name of a question's table is put, which no file can say
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
            raise ValueError("not one test; write one of is, includes, excludes, at_least, at_most")
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

    key: str = Field(validation_alias=_NAME)
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
    options: dict[Key, Label] = Field(default_factory=dict)
    alone: tuple[str, ...] = ()
    other: bool = False
    ready: dict[Key, Label] = Field(default_factory=dict)
    when: tuple[Clause, ...] = ()
    at: dict[str, AtStage] = Field(default_factory=dict)

    @model_validator(mode="after")
    def whole(self) -> Self:
        """Refuse what a kind cannot do without, or cannot have."""
        for name, kinds in _ONLY_FOR.items():
            if getattr(self, name) and self.kind not in kinds:
                raise ValueError(f"a {self.kind} question has no {name}; take it out")
        if self.kind in ("choice", "choices") and not self.options:
            raise ValueError(f"a {self.kind} question needs options; add [questions.KEY.options.A]")
        if self.kind == "text" and not self.most:
            raise ValueError("a text question needs its most characters; add most = 1000")
        self._check_names()
        self._check_amounts()
        return self

    def _check_names(self) -> None:
        unknown = [key for key in self.alone if key not in self.options]
        if unknown:
            raise ValueError(f"alone names {unknown[0]!r}, which is no option; take it out")
        if OTHER in (self.options | self.ready):
            raise ValueError(f"no option may be called {OTHER!r}: it is own words; rename it")

    def _check_amounts(self) -> None:
        high = self.most if self.most is not None or self.kind != "percent" else 100
        if high is not None and self.least > high:
            raise ValueError(f"least is {self.least}, more than {high}; mend one")
        for amount in self.quick:
            if amount < self.least or (high is not None and amount > high):
                raise ValueError(f"quick has {amount}, which the question refuses; take it out")

    def at_stage(self, stage: str) -> "Question":
        """The question as it is asked on a path."""
        changes = self.at.get(stage)
        return self.model_copy(update=changes.model_dump(exclude_none=True)) if changes else self


class Stage(Table):
    """One path: its questions in their order, and what people are called who are at this stage;
    else they are who chooses it.
    """

    questions: tuple[str, ...] = Field(min_length=1)
    people: Annotated[Text, within(60)] | None = None


class PartOfSheet(Table):
    """A heading of the sheet; a criterion gets a self-check."""

    label: Part
    criterion: bool = False


class Questionnaire(Table):
    """All paths, parts and questions."""

    stages: dict[Key, Stage]
    parts: dict[Key, PartOfSheet]
    questions: dict[Key, Question]

    @cached_property
    def paths(self) -> dict[str, tuple[Question, ...]]:
        """Each stage's questions as it asks them, in their order."""
        return {
            stage: tuple(self.questions[key].at_stage(stage) for key in path.questions)
            for stage, path in self.stages.items()
        }

    @field_validator("questions", mode="before")
    @classmethod
    def named(cls, given: object) -> object:
        """Give each question the name that its table has."""
        if not isinstance(given, dict):
            return given
        tables = cast("dict[str, object]", given)
        return {
            key: {**cast("dict[str, object]", table), _NAME: key}
            if isinstance(table, dict)
            else table
            for key, table in tables.items()
        }
