"""What must hold between the parts of the school's content, which no table says alone: names point
somewhere, conditions ask about what was answered before, each command is named once.

Each check raises ValueError: the key and the mend, in one line.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from school.neighbourhoods import Neighbourhood
from school.questionnaire import NUMBERS, OTHER, Clause, Question, Questionnaire
from school.settings import Menu, OwnData, Rule

_STAGE = "stage"
_WEEK = 7  # days; no reminder could go a second time later than that
_COUNTED = (*NUMBERS, "choices", "places")


def check_questionnaire(questionnaire: Questionnaire) -> None:
    """Paths, parts and conditions fit together."""
    for stage, path in questionnaire.stages.items():
        _check_path(questionnaire, f"stages.{stage}.questions", path.questions)
    for key, question in questionnaire.questions.items():
        _check_question(questionnaire, f"questions.{key}", question)
    _check_stage(questionnaire)
    if not any(question.kind == "text" for question in questionnaire.questions.values()):
        raise ValueError("questions: none has kind text; add one, for the idea in a sentence")


def _check_path(questionnaire: Questionnaire, where: str, path: Sequence[str]) -> None:
    for key in path:
        if key not in questionnaire.questions:
            raise ValueError(f"{where} names {key!r}; add [questions.{key}] or take it out")
    twice = _twice(path)
    if twice:
        raise ValueError(f"{where} names {twice!r} twice; take one out")
    if path[0] != _STAGE:
        raise ValueError(f'{where} must begin with "stage"; put it first')
    for place, key in enumerate(path):
        for clause in questionnaire.questions[key].when:
            _check_order(where, path, place, clause.question)


def _check_order(where: str, path: Sequence[str], place: int, asked: str) -> None:
    """A condition on what is not answered yet would hide its question, or show it late."""
    if asked not in path:
        raise ValueError(f"{where} has {path[place]!r} but not {asked!r}, its condition; add it")
    if asked not in path[:place]:
        raise ValueError(f"{where} has {path[place]!r} before {asked!r}, its condition; move it")


def _check_question(questionnaire: Questionnaire, where: str, question: Question) -> None:
    if question.part is None and question.key != _STAGE:
        raise ValueError(f"{where}.part is missing; add it")
    if question.part is not None and question.part not in questionnaire.parts:
        raise ValueError(f"{where}.part is {question.part!r}; add [parts.{question.part}]")
    for stage in question.at:
        if stage not in questionnaire.stages:
            raise ValueError(f"{where}.at names the stage {stage!r}; take it out or mend it")
    for clause in question.when:
        check_clause(clause, questionnaire.questions, f"{where}.when")


def _check_stage(questionnaire: Questionnaire) -> None:
    """The first question is one choice between the paths, and has no way around."""
    stage = questionnaire.questions[_STAGE]
    if stage.kind != "choice":
        raise ValueError(f'questions.stage.kind is {stage.kind!r}; write "choice"')
    if set(stage.options) != set(questionnaire.stages):
        raise ValueError("questions.stage.options and stages differ; give both the same keys")
    for name in ("optional", "dont_know", "other", "when", "at", "part"):
        if getattr(stage, name):
            raise ValueError(f"questions.stage.{name}: everybody must choose a path; take it out")


def check_clause(clause: Clause, questions: dict[str, Question], where: str) -> None:
    """A clause names a question and an option that are there, and counts what can be counted."""
    question = questions.get(clause.question)
    if question is None:
        raise ValueError(f"{where} names the question {clause.question!r}; mend it or add it")
    option = clause.includes or clause.excludes
    if option and option not in _options(question):
        raise ValueError(f"{where} names {option!r}, no option of {clause.question}; mend it")
    counts = clause.at_least is not None or clause.at_most is not None
    if counts and question.kind not in _COUNTED:
        raise ValueError(f"{where} counts {clause.question}, no number and no list; mend it")


def _options(question: Question) -> set[str]:
    own = {OTHER} if question.other else set[str]()
    return {*question.options, *question.ready, *own}


def check_rules(rules: Sequence[Rule], questionnaire: Questionnaire) -> None:
    """Each rule of the self-check is about a criterion, and asks about what is asked."""
    criteria = [key for key, part in questionnaire.parts.items() if part.criterion]
    for number, rule in enumerate(rules, start=1):
        where = f"rule {number}"
        if rule.part not in criteria:
            raise ValueError(f"{where}: part is {rule.part!r}; write one of {', '.join(criteria)}")
        for clause in rule.when:
            check_clause(clause, questionnaire.questions, f"{where}: when")


def check_own_data(
    data: OwnData, tables: Mapping[str, Collection[str]], by_days: Collection[str]
) -> None:
    """Each table is of one kind, and what becomes of it, when its person goes or by the clock, is
    possible: people are told so.
    """
    kinds: dict[str, str] = {}
    for key, kept in data.kinds.items():
        for table in kept.tables:
            where = f"kinds.{key}"
            if table not in tables:
                raise ValueError(f"{where}.tables: there is no table {table!r}; take it out")
            if kinds.setdefault(table, key) != key:
                raise ValueError(f"{where}.tables: {kinds[table]} has {table!r}; take one out")
            if kept.on_forget not in tables[table]:
                can = " or ".join(tables[table])
                raise ValueError(f"{where}.on_forget: {table} can only be {can}; write that")
            _check_days(where, table, kept.days, by_days)
        if kept.on_forget == "kept" and not kept.because:
            raise ValueError(f"kinds.{key}.because is missing; say why it is kept")
    missing = next((table for table in tables if table not in kinds), None)
    if missing:
        raise ValueError(f"kinds: none has the table {missing!r}; add it to one")
    if data.warning_days >= data.untouched_days:
        raise ValueError("warning_days is not less than untouched_days; make it less")


def _check_days(where: str, table: str, days: int | None, by_days: Collection[str]) -> None:
    if days is not None and table not in by_days:
        raise ValueError(f"{where}.days: nothing deletes {table} by days; take it out")
    if days is not None and table == "outbox" and days < _WEEK:
        raise ValueError(f"{where}.days: make it {_WEEK} at least, as reminders need it")


def check_menu(menu: Menu, known: Collection[str]) -> None:
    """Each command is one that the program has, and no name calls two."""
    callers: dict[str, str] = {}
    for key, command in menu.commands.items():
        if key not in known:
            raise ValueError(f"commands.{key}: the program has no such command; take it out")
        for name in command.names(key):
            other = callers.setdefault(name, key)
            if other != key:
                raise ValueError(f"commands.{key}: {name!r} calls {other} already; take it out")
    for role, keys in menu.order.items():
        strange = next((key for key in keys if key not in menu.commands), None)
        if strange is not None:
            raise ValueError(f"order.{role}: there is no command {strange!r}; take it out")


def check_places(places: Sequence[Neighbourhood], questionnaire: Questionnaire) -> None:
    """No neighbourhood's number or label is another's, or an option's."""
    twice = _twice([place.id for place in places])
    if twice:
        raise ValueError(f"two lines have the id {twice!r}; give one another number")
    twice = _twice([place.label for place in places])
    if twice:
        raise ValueError(f"two lines have the label {twice!r}; write one in another way")
    ids = {place.id for place in places}
    for key, question in questionnaire.questions.items():
        taken = ids & set(question.options) if question.kind == "places" else None
        if taken:
            raise ValueError(f"the id {min(taken)!r} is an option of {key}; give it another")


def _twice(names: Sequence[str]) -> str | None:
    return next((name for name, count in Counter(names).items() if count > 1), None)
