"""Beside the copies: the key of the marks, and the marks themselves, as the database may be lost
when they are needed. The key is in no copy and in no database.
"""

import datetime as dt
import json
import os
import secrets
from pathlib import Path

from school import forgotten
from school.forgotten import Marks

_KEY, _LIST = "forgotten.key", "forgotten.json"


def key(folder: Path) -> bytes:
    """The key; made once. Whoever makes it at the same time gets the same."""
    path = folder / _KEY
    folder.mkdir(parents=True, exist_ok=True)
    mine = folder / f".{_KEY}.{os.getpid()}"
    if not path.exists():
        mine.touch(mode=0o600)
        mine.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            os.link(mine, path)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii"))


def listed(folder: Path) -> Marks:
    """The marks beside the copies."""
    path = folder / _LIST
    if not path.exists():
        return {}
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return {mark: dt.datetime.fromisoformat(at) for mark, at in found.items()}


def write(folder: Path, marks: Marks, before: dt.datetime | None) -> None:
    """Add marks to those that are listed, which may be of a database that is lost, and leave out
    those of before a time.
    """
    known = listed(folder)
    every = forgotten.together(known, marks)
    kept = {mark: at for mark, at in every.items() if before is None or at >= before}
    if kept != known:
        half = folder / f".{_LIST}.half"
        half.touch(mode=0o600)
        plain = {mark: at.isoformat() for mark, at in kept.items()}
        half.write_text(json.dumps(plain, indent=1), encoding="utf-8")
        half.replace(folder / _LIST)
