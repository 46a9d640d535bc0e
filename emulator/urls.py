"""Addresses as people and bots write them."""

from urllib.parse import SplitResult, urlsplit


def parts_of(url: str) -> SplitResult | None:
    """The parts of an address; None if it has none, as where a port is no number."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # read only here, and refused only when read
    except ValueError:
        return None
    return parts
