"""One line for each update that ended: numbers and kinds, and the chat as a hash. Its key is made
at the start and kept nowhere: the lines of a chat belong together, and nothing says whose it is.
"""

import hashlib
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.metrics import Ended, Metrics, kind_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Journal:
    """Writes the lines, and counts."""

    metrics: Metrics
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def ended(self, raw: Mapping[str, Any], chat: int | None, ended: Ended, seconds: float) -> None:
        """An update came to its end; `seconds` from its coming."""
        kind = kind_of(raw)
        self.metrics.update_ended(kind, ended, seconds)
        if log.isEnabledFor(logging.INFO):
            fields = {
                "update": raw["update_id"],
                "chat": self._hash(chat),
                "kind": kind,
                "ms": round(seconds * 1000, 1),
                "outcome": ended.value,
            }
            log.info("update", extra={"fields": fields})

    def _hash(self, chat: int | None) -> str | None:
        if chat is None:
            return None
        return hashlib.blake2b(str(chat).encode(), key=self._key, digest_size=6).hexdigest()
