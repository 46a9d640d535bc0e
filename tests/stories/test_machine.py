"""Whatever people do, in whatever order: never a dead end, no lost answer, no error of ours."""

import os
from html import unescape
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from school import people
from school.sheet import Sheet, of_idea
from tests.stories.machine import SCHOOL, Chat, memory

TEXTS = st.sampled_from(
    [
        *("Lamps break", "and nobody mends them", "children, cats", "I found nothing", "sport"),
        *("Dergano", "dergno", "Isola, Dergano", "3500", "2.000", "3 or 4", "٢٠٠٠", "two", "0"),
        *("I asked people", "I don't know yet", "x" * 120, "word " * 60, "y" * 1200, "<b>&%s"),
    ]
)
COMMANDS = st.sampled_from(["/help", "/language", "/cancel", "/idea", "/weather"])
FILES: dict[str, Any] = {
    "voice": {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    "photo": {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]},
    "document": {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "plan.pdf"}},
    "location": {"location": {"latitude": 45.5, "longitude": 9.18}},
    "sticker": {
        "sticker": {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 9,
            "height": 9,
            "is_animated": False,
            "is_video": False,
        }
    },
}
SORRY = "Something went wrong on our side."
_session = memory()
_people = count(1001)


class Interview(RuleBasedStateMachine):
    """One person with a phone."""

    def __init__(self) -> None:
        super().__init__()
        self.chat = Chat(_session, next(_people))

    @initialize(stage=st.sampled_from(["project", "intuition", "none"]))
    def begins(self, stage: str) -> None:
        self.chat.settle_in()
        self.chat.sends(text="/idea")
        self.chat.taps(f"pick:stage:{stage}")

    @rule(text=TEXTS)
    def says(self, text: str) -> None:
        before, question = self.chat.answers, self.chat.question
        asked = self.chat.person.expects.partition(":")[0]
        number = self.chat.sends(text=text)
        bubble = self.chat.bubble(number)
        assert asked in _NAMES or (bubble is not None and bubble.words == text)
        self.changed_only(before, question)

    @rule(command=COMMANDS)
    def commands(self, command: str) -> None:
        before = self.chat.answers
        self.chat.sends(text=command)
        self.changed_only(before)

    @rule()
    def starts(self) -> None:
        before, question = self.chat.answers, self.chat.question
        self.chat.sends(text="/start")
        assert self.chat.question == question
        self.changed_only(before)
        self.stands_on(question)

    @rule(data=st.data())
    def taps(self, data: st.DataObject) -> None:
        self.tap(data.draw(st.sampled_from(self.chat.buttons)), None)

    @rule(data=st.data())
    def taps_something_twice(self, data: st.DataObject) -> None:
        packed, number = data.draw(st.sampled_from(self.chat.buttons)), self.chat.screen
        self.tap(packed, number["message_id"])
        state = self.state()
        self.chat.taps(packed, number["message_id"])
        assert self.state() == state

    @rule(data=st.data())
    def taps_an_old_button(self, data: st.DataObject) -> None:
        number, packed = data.draw(st.sampled_from(self.chat.seen))
        self.tap(packed, number)

    @rule(kind=st.sampled_from(list(FILES)), caption=st.sampled_from([None, "A caption"]))
    def sends(self, kind: str, caption: str | None) -> None:
        before, question = self.chat.answers, self.chat.question
        self.chat.sends(**FILES[kind], **({"caption": caption} if caption else {}))
        self.changed_only(before, question)

    @precondition(lambda self: self.chat.own)
    @rule(data=st.data(), text=TEXTS)
    def edits(self, data: st.DataObject, text: str) -> None:
        before, question = self.chat.answers, self.chat.question
        number = data.draw(st.sampled_from(self.chat.own))
        bubble = self.chat.bubble(number)
        self.chat.edits(number, text)
        self.changed_only(before, question, bubble.question if bubble else None)

    @rule()
    def the_last_update_comes_again(self) -> None:
        state, shown = self.state(), dict(self.chat.shown)
        self.chat.again()
        assert self.state() == state
        assert self.chat.shown == shown

    @invariant()
    def there_is_always_a_way_on(self) -> None:
        if self.chat.shown:
            assert self.chat.buttons != []

    @invariant()
    def nothing_of_ours_went_wrong(self) -> None:
        wrong = [call for call in self.chat.shown.values() if SORRY in call.get("text", "")]
        assert wrong == []

    def tap(self, packed: str, number: int | None) -> None:
        before, touched = self.chat.answers, self.touched(packed)
        self.chat.taps(packed, number)
        self.changed_only(before, *touched, may_open=touched if packed[:4] in _OPENING else ())

    def touched(self, packed: str) -> list[str | None]:
        """The questions whose answers a button may change."""
        verb, *arguments = packed.split(":")
        if verb in ("answers", "join"):
            before = self.sheet().before(arguments[1])
            return [arguments[1], before.key if before else None]
        return [arguments[0]] if verb in _ANSWERING and arguments else []

    def changed_only(self, before: dict[str, Any], *keys: str | None, may_open: Any = ()) -> None:
        """No answer but these has changed, and none is gone."""
        after = self.chat.answers
        assert set(before) - set(after) <= set(may_open)
        changed = {key for key in after if before.get(key) != after[key]}
        assert changed <= set(keys)

    def stands_on(self, key: str | None) -> None:
        question = self.sheet().question(key) if key else None
        if question is not None:
            asked = question.ask[self.chat.person.language]
            assert asked in unescape(self.chat.screen["text"])

    def sheet(self) -> Sheet:
        idea = people.idea_of(self.chat.session, self.chat.person)
        return of_idea(self.chat.session, SCHOOL.questionnaire, idea)

    def state(self) -> Any:
        person = self.chat.person
        return self.chat.answers, person.expects, person.revisiting, self.chat.question


_ANSWERING = ("pick", "ready", "on", "off", "go", "num", "unknown", "skip", "cut")
_NAMES = (people.NAME, people.GROUP, people.CARD)  # what is asked for then is no word of the idea
# Taking a choice away, or a text that went to the wrong question, opens that question again.
_OPENING = ("off:", "join")


# Hundreds of steps: on a busy machine they take longer than one story may.
pytestmark = pytest.mark.timeout(600)
TestInterview = Interview.TestCase
TestInterview.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
