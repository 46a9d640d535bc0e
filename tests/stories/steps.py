"""How somebody comes to a question: the answers before it, as a person gives them."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from db.tables import Answer, Bubble
from school import bubbles, people
from tests.world import Phone, World

Step: TypeAlias = tuple[str, str]

STAGES = {
    "project": "I have a ready project",
    "intuition": "I have a rough idea",
    "none": "I don't have an idea yet",
}
# The questions' own words in English, by key: what stands on the screen when they are asked.
ASKED = {
    "stage": "How far along is your idea?",
    "sentence": "What is your idea, in one sentence?",
    "where": "In which neighbourhood would your idea happen?",
    "field": "What is your idea about?",
    "for_whom": "Who is your idea for?",
    "need": "What problem do these people have?",
    "evidence": "How do you know that the problem is real?",
    "take_part": "How will people of the neighbourhood take part?",
    "exists": "What already exists nearby that is similar?",
    "different": "What is different about your idea?",
    "why_new": "What does this difference change for people?",
    "costs": "Roughly, how much does the first year cost?",
    "income": "Who will give the money and the work to keep it going?",
    "public_share": "How much of the money will be public?",
    "after_grant": "How will your idea go on when the first support ends?",
    "why_you": "What do you, or your group, bring to this idea?",
    "people": "How many people work on this idea, counting you?",
    "help": "What help do you need?",
}
GIVEN: Mapping[str, Sequence[Step]] = {
    "sentence": [("says", "A workshop to repair things")],
    "where": [("says", "Dergano"), ("taps", "Go on")],
    "field": [("taps", "Environment and reuse")],
    "for_whom": [("taps", "Older people"), ("taps", "Go on")],
    "need": [("says", "Broken lamps are thrown away")],
    "evidence": [("taps", "I asked people"), ("taps", "Go on")],
    "take_part": [("says", "They repair together")],
    "exists": [("taps", "I found nothing")],
    "different": [("taps", "The way we work"), ("taps", "Go on")],
    "why_new": [("says", "Neighbours learn from neighbours")],
    "costs": [("says", "3500")],
    "income": [("taps", "Public money"), ("taps", "Our own work"), ("taps", "Go on")],
    "public_share": [("taps", "50%")],
    "after_grant": [("says", "Members pay a fee")],
    "why_you": [("says", "I am an electrician")],
    "people": [("taps", "3")],
    "help": [("taps", "Find a space"), ("taps", "Go on")],
}
# What the database keeps of them.
VALUES: Mapping[str, Any] = {
    "sentence": {"text": "A workshop to repair things", "voices": []},
    "where": {"places": ["79"]},
    "field": {"choice": "environment"},
    "for_whom": {"choices": ["older"], "other": ""},
    "need": {"text": "Broken lamps are thrown away", "voices": []},
    "evidence": {"choices": ["asked"], "other": ""},
    "take_part": {"text": "They repair together", "voices": []},
    "exists": {"ready": "nothing"},
    "different": {"choices": ["way"], "other": ""},
    "why_new": {"text": "Neighbours learn from neighbours", "voices": []},
    "costs": {"number": "3500"},
    "income": {"choices": ["public", "own_work"], "other": ""},
    "public_share": {"number": "50"},
    "after_grant": {"text": "Members pay a fee", "voices": []},
    "why_you": {"text": "I am an electrician", "voices": []},
    "people": {"number": "3"},
    "help": {"choices": ["place"], "other": ""},
}
PATHS: Mapping[str, Sequence[str]] = {
    "project": list(GIVEN),
    "intuition": [
        *("sentence", "where", "for_whom", "need"),
        *("exists", "income", "people", "help"),
    ],
    "none": ["where", "need", "for_whom"],
}


async def gives(phone: Phone, *keys: str) -> None:
    """Answer questions, each in the way it stands in the table."""
    for key in keys:
        for how, what in GIVEN[key]:
            await getattr(phone, how)(what)


async def begins(town: World, stage: str = "project", number: int = 1001) -> Phone:
    """Somebody who has begun an idea and said how far it is."""
    phone = await town.resident(number)
    await phone.taps("Tell my idea")
    await phone.taps(STAGES[stage])
    return phone


async def has_answered(
    town: World, answers: Mapping[str, Any], stage: str = "project", language: str = "en"
) -> Phone:
    """Somebody who gave these answers another day and comes back now."""
    now = town.app.clock.now()

    def another_day(session: Session) -> None:
        person = people.add(session, 1001, language, now)
        person.notice_read, person.old_enough_at = town.app.school.notice.version, now
        idea = people.begin_idea(session, person, now)
        given = {"stage": {"choice": stage}, **answers}
        # Their messages came before all that the story shows.
        for message_id, (key, value) in enumerate(given.items(), start=-100):
            row = Answer(idea_id=idea.id, question=key, status="answered", value=value)
            row.changed_at = now
            session.add(row)
            if value.get("text"):
                bubble = bubbles.Bubble(person.id, message_id, value["text"], now)
                bubbles.assign(session, bubble, idea, key)

    await town.in_database(another_day)
    phone = await town.person(1001, "Ada", language)
    await phone.says("/start")
    return phone


async def at_question(town: World, key: str, stage: str = "project") -> Phone:
    """Somebody who answered all that comes before a question another day."""
    before = PATHS[stage][: PATHS[stage].index(key)]
    return await has_answered(town, {key: VALUES[key] for key in before}, stage)


async def at_the_end(town: World, stage: str = "none") -> Phone:
    """Somebody who answered all questions another day."""
    return await has_answered(town, {key: VALUES[key] for key in PATHS[stage]}, stage)


async def kept(town: World) -> dict[str, Any]:
    """What the database keeps: the value of each answer, or its status where it has none."""
    rows = await town.rows(Answer)
    return {row.question: row.value or row.status for row in rows}


async def waiting(town: World) -> list[str]:
    """The texts that no answer has."""
    return [bubble.words for bubble in await town.rows(Bubble) if bubble.question is None]


def asked_in(phone: Phone) -> str:
    """The key of the question that stands on the screen."""
    found = [key for key, words in ASKED.items() if words in phone.screen.splitlines()]
    assert len(found) == 1, f"{found} in {phone.screen!r}"
    return found[0]
