"""Our bot in the talk: a school with ten questions, and people who have read the notice."""

import datetime as dt
import sys
from pathlib import Path

from sqlalchemy.orm import Session

from db.migrate import upgrade
from db.session import connect
from db.tables import Person
from school import loading
from tests.bench.load import FIRST, TOKEN
from tests.bench.peers.talk import ANSWER, QUESTIONS

COMMAND = (str(Path(sys.executable).with_name("quartieri")), "run")
STAGE = "I have a rough idea"
MESSAGES = ("/idea", STAGE, *[ANSWER] * (len(QUESTIONS) - 1))


def school(folder: Path) -> Path:
    """A folder of content with one path: how far you are, then nine texts."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = [f"question_{number}" for number in range(1, len(QUESTIONS))]
    path = ["stage", *keys]
    parts = [
        f"[stages.{stage}]\nquestions = {path}\n" for stage in ("project", "intuition", "none")
    ]
    for key, words in zip(keys, QUESTIONS, strict=False):
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
    await database.run(lambda session: _add(session, people, others))
    await database.close()
    return {
        "QUARTIERI_TOKEN": TOKEN,
        "QUARTIERI_DATABASE_URL": url,
        "QUARTIERI_SCHOOL": str(school(folder / "school")),
        "QUARTIERI_PER_SECOND": "0",
        "QUARTIERI_LOG_LEVEL": "ERROR",
    }


def _add(session: Session, people: int, others: int) -> None:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    version = loading.load().notice.version
    for number in range(people + others):
        session.add(
            Person(
                telegram_id=FIRST + number,
                language="en",
                created_at=now,
                notice_read=version,
                old_enough_at=now,
            )
        )
