"""Codes that people read aloud and type: of signs none of which is easily taken for another."""

import secrets

SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def draw(length: int) -> str:
    """A code that nobody can guess from another."""
    return "".join(secrets.choice(SIGNS) for _ in range(length))
