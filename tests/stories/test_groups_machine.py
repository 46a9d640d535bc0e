"""Three members of a group, in whatever order: no text is lost, and no answer of somebody else
changes unseen, or without a word to whoever gave it.
"""

import os
from html import unescape
from itertools import count
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from db.tables import Answer, Bubble, Idea
from school.sheet import CHOOSING, chosen_of
from tests.stories.machine import SCHOOL, Chat, memory
from tests.stories.test_machine import SORRY

NAMES = ("Ada", "Bruno", "Chen")
WORDS = st.sampled_from(
    [
        *("Lamps break", "and nobody mends them", "I found nothing", "3500", "2.000", "two", "0"),
        *("Dergano", "Isola", "children, cats", "The whole city", "I asked people", "w " * 120),
    ]
)
# What leads out of the sheet, and is told elsewhere.
ELSEWHERE = ("forget", "language", "languages", "mydata", "privacy", "sheet", "title", "notice")
DECIDE = "What shall the answer be?"
CHANGED = "changed the answer to “{}”."
QUESTIONS = SCHOOL.questionnaire.questions
_session = memory()
_people = count(5001)


class Kept(NamedTuple):
    """An answer as the rows have it."""

    status: str
    value: dict[str, Any]
    by: int | None


class Part(NamedTuple):
    """A message in a sheet."""

    person: int | None
    question: str | None
    words: str


class Together(RuleBasedStateMachine):
    """Three people, each with a phone."""

    def __init__(self) -> None:
        super().__init__()
        self.chats = [Chat(_session, next(_people)) for _ in NAMES]
        # The question that each was shown last, with its answer as it was then.
        self.seen: dict[int, tuple[str, Any]] = {}

    @initialize(stage=st.sampled_from(["project", "intuition"]))
    def come_together(self, stage: str) -> None:
        for chat, name in zip(self.chats, NAMES, strict=True):
            chat.settle_in()
            chat.person.name = name
        first, *others = self.chats
        first.sends(text="/group")
        first.taps("gnew")
        first.sends(text="The menders")
        first.taps("glink:group")
        code = first.buttons[0].removeprefix("gpicture:")
        for chat in others:
            chat.sends(text=f"/start g-{code}")
            chat.taps(f"gjoin:{code}")
        first.sends(text="/idea")
        first.taps(f"pick:stage:{stage}")
        for chat in self.chats:
            self.by(chat, lambda chat=chat: chat.sends(text="/idea"))

    @rule(who=st.integers(0, 2), text=WORDS)
    def says(self, who: int, text: str) -> None:
        chat, sent = self.chats[who], list[int]()
        self.by(chat, lambda: sent.append(chat.sends(text=text)))
        bubble = chat.bubble(sent[0])
        assert bubble is not None
        assert bubble.words == text

    @rule(who=st.integers(0, 2), data=st.data())
    def taps(self, who: int, data: st.DataObject) -> None:
        chat = self.chats[who]
        buttons = [one for one in chat.buttons if not self.leads_elsewhere(one)]
        packed = data.draw(st.sampled_from(buttons or ["idea"]))
        self.by(chat, lambda: chat.taps(packed))

    @rule(who=st.integers(0, 2), data=st.data())
    def taps_an_old_button(self, who: int, data: st.DataObject) -> None:
        chat = self.chats[who]
        old = [one for one in chat.seen if not self.leads_elsewhere(one[1])]
        number, packed = data.draw(st.sampled_from(old))
        self.by(chat, lambda: chat.taps(packed, number))

    @rule(who=st.integers(0, 2))
    def goes_on(self, who: int) -> None:
        chat = self.chats[who]
        self.by(chat, lambda: chat.sends(text="/idea"))

    @rule(who=st.integers(0, 2), key=st.sampled_from(list(QUESTIONS)))
    def changes(self, who: int, key: str) -> None:
        chat = self.chats[who]
        self.by(chat, lambda: chat.taps(f"change:{key}"))

    @precondition(lambda self: any(chat.own for chat in self.chats))
    @rule(who=st.integers(0, 2), data=st.data(), text=WORDS)
    def edits(self, who: int, data: st.DataObject, text: str) -> None:
        chat = self.chats[who]
        number = data.draw(st.sampled_from(chat.own))
        self.by(chat, lambda: chat.edits(number, text))

    @invariant()
    def nothing_of_ours_went_wrong(self) -> None:
        said = [call.get("text", "") for chat in self.chats for call in chat.shown.values()]
        assert [text for text in said if SORRY in text] == []

    @invariant()
    def a_text_answer_is_its_parts(self) -> None:
        parts = self.parts()
        for key, kept in self.kept().items():
            words = [part.words for part in parts.values() if part.question == key]
            if QUESTIONS[key].kind == "text" and words and "text" in kept.value:
                assert sorted("\n".join(words).split("\n")) == sorted(
                    kept.value["text"].split("\n")
                )

    def by(self, chat: Chat, act: Any) -> None:
        """Somebody does something; nothing that is another's changes in silence."""
        me = chat.person.id
        before, parts = self.kept(), self.parts()
        said = {other.person.id: len(other.shown) for other in self.chats}
        act()
        for other in self.chats:
            other.deliver()
        after = self.kept()
        told = {other.person.id: self.told(other, said) for other in self.chats}
        for key, kept in before.items():
            if after.get(key) != kept:
                self.may_change(chat, key, kept, after.get(key), told)
        now = self.parts()
        for number, part in parts.items():
            if part.person not in (None, me) and now.get(number) != part:
                name = QUESTIONS[part.question or ""].name["en"]
                assert CHANGED.format(name) in told[part.person or 0], part
        self.look(chat)

    def may_change(
        self, chat: Chat, key: str, old: Kept, new: Kept | None, told: dict[int, str]
    ) -> None:
        """An answer changed: it was the person's own, or was seen, or only something is added."""
        me = chat.person.id
        if old.by in (None, me):
            return
        assert new is not None, f"{key} was taken away"
        assert new.by == me
        seen = self.seen.get(me) == (key, old.value)
        assert seen or self.adds(me, key, old.value, new.value), (key, old, new)
        if old.status != CHOOSING:
            assert CHANGED.format(QUESTIONS[key].name["en"]) in told[old.by or 0]

    def adds(self, me: int, key: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
        """Whether nothing of the others is missing."""
        if QUESTIONS[key].kind != "text":
            before, after = {*chosen_of(old)}, {*chosen_of(new)}
            return before <= after or after <= before
        others = [one for one in self.parts().values() if one.question == key and one.person != me]
        lines = [line for one in others for line in one.words.split("\n")]
        return "text" in old and {*lines} <= {*new.get("text", "").split("\n")}

    def told(self, chat: Chat, said: dict[int, int]) -> str:
        """What came into a chat since, whole."""
        new = list(chat.shown.values())[said[chat.person.id] :]
        return unescape("\n".join(call.get("text", "") for call in new))

    def look(self, chat: Chat) -> None:
        """Which question stands on the screen now, with its answer."""
        shown, answers = unescape(chat.screen["text"]), self.kept()
        for key, question in QUESTIONS.items():
            asked = [question.ask, *(one.ask for one in question.at.values() if one.ask)]
            decides = f"<b>{question.name['en']}</b>" in shown and DECIDE in shown
            if decides or any(words["en"] in shown for words in asked):
                self.seen[chat.person.id] = key, answers[key].value if key in answers else None

    def leads_elsewhere(self, packed: str) -> bool:
        verb = packed.partition(":")[0]
        return verb in ELSEWHERE or (verb.startswith("g") and verb != "go")

    def idea(self) -> Idea:
        query = select(Idea.id).where(Idea.group_id.is_not(None)).order_by(Idea.id.desc())
        return _session.get_one(Idea, _session.scalars(query).first())

    def kept(self) -> dict[str, Kept]:
        query = select(Answer).where(Answer.idea_id == self.idea().id)
        query = query.execution_options(populate_existing=True)
        return {
            row.question: Kept(row.status, dict(row.value), row.person_id)
            for row in _session.scalars(query)
        }

    def parts(self) -> dict[int, Part]:
        query = select(Bubble).where(Bubble.idea_id == self.idea().id)
        query = query.execution_options(populate_existing=True)
        return {
            row.id: Part(row.person_id, row.question, row.words) for row in _session.scalars(query)
        }


# Hundreds of steps: on a busy machine they take longer than one story may.
pytestmark = pytest.mark.timeout(600)
TestTogether = Together.TestCase
TestTogether.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
