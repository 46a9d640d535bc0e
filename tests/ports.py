"""Ports for programs that are told theirs. Those that systems hand out by themselves are left to
them: another test's server may get one before the program that was promised it comes to listen.
"""

import os
import socket
from itertools import count

_FIRST, _EACH = 20_000, 1_000  # below what systems hand out; so many for each worker
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_numbers = count()


def free_port() -> int:
    """A port that nobody listens on, and that no other test asks for."""
    while True:
        port = _FIRST + _worker * _EACH + next(_numbers) % _EACH
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) != 0:
                return port
