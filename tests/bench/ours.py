"""Our bot in the talk: a school with ten questions, and people who have read the notice."""

import datetime as dt
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.migrate import upgrade
from db.session import connect
from db.tables import Answer, Bubble, Idea, Person
from db.types import Json
from school import loading
from school.announcements import SENDING
from school.sheet import ANSWERED
from tests.bench.load import FIRST, TOKEN
from tests.bench.peers.talk import ANSWER, QUESTIONS

COMMAND = (str(Path(sys.executable).with_name("quartieri")), "run")
Row: TypeAlias = dict[str, Any]
KEYS = [f"question_{number}" for number in range(1, len(QUESTIONS))]
_ANSWERED = 4  # questions that each of the others has answered
NOW = dt.datetime(2026, 1, 1, 11, tzinfo=dt.UTC)
STAGE = "I have a rough idea"
MESSAGES = ("/idea", STAGE, *[ANSWER] * (len(QUESTIONS) - 1))


def school(folder: Path) -> Path:
    """A folder of content with one path: how far you are, then nine texts."""
    folder.mkdir(parents=True, exist_ok=True)
    path = ["stage", *KEYS]
    parts = [
        f"[stages.{stage}]\nquestions = {path}\n" for stage in ("project", "intuition", "none")
    ]
    for key, words in zip(KEYS, QUESTIONS, strict=False):
        parts.append(
            f"[questions.{key}]\nkind = 'text'\npart = 'useful'\nmost = 1000\n"
            f"name.en = '{key}'\nask.en = '{words}'\n"
        )
    (folder / "questionnaire.toml").write_text("\n".join(parts), encoding="utf-8")
    return folder


async def settings(folder: Path, people: int, others: int = 0) -> dict[str, str]:
    """The environment of a bot whose database knows the people, and others beside them."""
    url = f"sqlite:///{folder / 'bench.db'}"
    await upgrade(url)
    database = connect(url)
    await database.run(lambda session: add(session, people, others))
    await database.close()
    return {
        "QUARTIERI_TOKEN": TOKEN,
        "QUARTIERI_DATABASE_URL": url,
        "QUARTIERI_SCHOOL": str(school(folder / "school")),
        "QUARTIERI_PER_SECOND": "0",
        "QUARTIERI_LOG_LEVEL": "ERROR",
    }


def copy(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The same with a database of its own: an emulator numbers its updates anew."""
    source = Path(environment["QUARTIERI_DATABASE_URL"].removeprefix("sqlite:///"))
    target = shutil.copy(source, folder / source.name)
    return {**environment, "QUARTIERI_DATABASE_URL": f"sqlite:///{target}"}


def add(session: Session, people: int, others: int = 0) -> None:
    """The people of the talk, who have said nothing yet, and others with ideas and answers."""
    now = NOW
    version = loading.load().notice.version
    everybody: list[Row] = [
        {
            "id": number + 1,
            "telegram_id": FIRST + number,
            "language": "en",
            "created_at": now,
            "notice_read": version,
            "old_enough_at": now,
        }
        for number in range(people + others)
    ]
    if everybody:
        session.execute(insert(Person), everybody)
    if others:
        _add_ideas(session, range(people + 1, people + others + 1), now)


def _add_ideas(session: Session, people: Sequence[int], now: dt.datetime) -> None:
    ideas: list[Row] = [{"id": number, "person_id": number, "created_at": now} for number in people]
    session.execute(insert(Idea), ideas)
    for number, key in enumerate(KEYS[:_ANSWERED]):
        value: dict[str, Json] = {"text": ANSWER, "voices": []}
        given: Row = {"question": key, "status": ANSWERED, "value": value, "changed_at": now}
        session.execute(insert(Answer), [{"idea_id": idea, **given} for idea in people])
        said: Row = {"question": key, "message_id": number, "words": ANSWER, "at": now}
        bubbles = [{"idea_id": idea, "person_id": idea, **said} for idea in people]
        session.execute(insert(Bubble), bubbles)


def announce(session: Session, people: int, words: str) -> None:
    """An announcement to all of so many people was confirmed; it goes at night, too."""
    session.add(
        Announcement(
            state=SENDING,
            content={"en": {"messages": [{"method": "sendMessage", "params": {"text": words}}]}},
            audience={"to": ["all"]},
            options={"urgent": True},
            last=people,
            created_at=NOW,
        )
    )
