"""Reads numbers as people write them, in the digits of all our scripts; never guesses.

Where a text can mean several numbers ("2.000", "3 or 4") all of them come back, to be asked.
"""

import re
import unicodedata
from decimal import Decimal

from school.chinese import in_figures

_MULTIPLES = {
    "k": 1_000,
    "mila": 1_000,
    "mille": 1_000,
    "mil": 1_000,
    "thousand": 1_000,
    "ألف": 1_000,
    "الف": 1_000,
    "آلاف": 1_000,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "萬": 10_000,
    "milione": 1_000_000,
    "milioni": 1_000_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "millones": 1_000_000,
    "مليون": 1_000_000,
}
_NUMBER = re.compile(
    r"(?P<minus>(?<![\w.,])[-−]\s?)?"
    r"(?P<digits>\d{1,3}(?:[ '’٬]\d{3})+(?:[.,٫]\d+)?(?!\d)|\d+(?:[.,٫]\d+)*)"
    rf"(?:\s?(?P<multiple>{'|'.join(_MULTIPLES)})(?![a-z\u0600-\u06ff]))?"
)


def read(text: str) -> list[Decimal]:
    """All numbers that the text can mean, each once; one is certain, none is no number."""
    western = _western(text.casefold())
    found: list[Decimal] = []
    for match in _NUMBER.finditer(western):
        sign = -1 if match["minus"] else 1
        times = _MULTIPLES.get(match["multiple"] or "", 1)
        found += [sign * times * value for value in _meanings(match["digits"])]
    return list(dict.fromkeys(value.normalize() + 0 for value in found))


def _western(text: str) -> str:
    return " ".join(in_figures(_digits(text)).split())


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def _meanings(digits: str) -> list[Decimal]:
    """One number, or two where a single mark before three figures leaves it open."""
    plain = re.sub(r"[ '’٬]", "", digits)
    marks = [char for char in plain if not char.isdigit()]
    if not marks:
        return [Decimal(plain)]
    if "٫" in marks or len(set(marks)) > 1:
        return _with_decimals(plain, marks[-1])
    head, *groups = re.split(r"[.,]", plain)
    grouped = _is_grouped(head, groups)
    whole = Decimal(head + "".join(groups))
    if len(groups) > 1:
        return [whole] if grouped else [Decimal(part) for part in (head, *groups)]
    decimal = Decimal(f"{head}.{groups[0]}")
    return [whole, decimal] if grouped and plain == digits else [decimal]


def _is_grouped(head: str, groups: list[str]) -> bool:
    """Whether the marks stand before thousands: "1.234.567", or "12,34,567" as in India."""
    sizes = [len(group) for group in groups]
    in_threes = all(size == 3 for size in sizes) and len(head) <= 3
    as_in_india = sizes[-1] == 3 and all(size == 2 for size in sizes[:-1]) and len(head) <= 2
    return (in_threes or as_in_india) and head != "0"


def _with_decimals(plain: str, mark: str) -> list[Decimal]:
    """A number whose last mark stands before decimals; with a sign for decimals before that, each
    part is a number of its own.
    """
    whole, _, decimals = plain.rpartition(mark)
    if "٫" in whole:
        return [Decimal(part) for part in re.split(r"[.,٫]", plain)]
    return [Decimal(f"{re.sub(r'[.,]', '', whole)}.{decimals}")]
