"""How often each poster was scanned, by day, and nothing of who did.

Only codes of posters that were made are counted by their name: a code comes from outside and could
carry anything, so every other one is counted as `other`.
"""

import datetime as dt
import re

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from db.tables import Source
from db.upsert import insert_new

OTHER = "other"
_CODE = "[a-z0-9-]{1,32}"


def is_code(code: str) -> bool:
    """Whether a poster may have this code."""
    return code != OTHER and re.fullmatch(_CODE, code) is not None


def made(session: Session, code: str, day: dt.date) -> None:
    """A poster with this code was made: from now on it is counted."""
    insert_new(session, Source, code=code, day=day.isoformat(), count=0)


def opened(session: Session, code: str, day: dt.date) -> None:
    """Somebody came by a code."""
    known = is_code(code) and session.scalar(select(exists().where(Source.code == code)))
    name, on = code if known else OTHER, day.isoformat()
    insert_new(session, Source, code=name, day=on, count=0)
    here = (Source.code == name) & (Source.day == on)
    session.connection().execute(update(Source).where(here).values(count=Source.count + 1))


def counts(session: Session) -> list[tuple[str, int, str]]:
    """Each code, how often it was opened, and the last day on which it was, or was made."""
    query = select(Source.code, func.sum(Source.count), func.max(Source.day))
    rows = session.execute(query.group_by(Source.code).order_by(Source.code))
    return [(code, int(count), day) for code, count, day in rows]
