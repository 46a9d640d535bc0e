"""Finds a neighbourhood as people name it: other spellings, typing errors, other scripts, a place.

A position is used for one look-up and never kept.
"""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

_LIKE = 74  # of 100: "dergno" finds Dergano, "pizza" finds nothing
# Words around a name: alone they would find every second neighbourhood.
_SAYS_NOTHING = frozenset(
    (  # noqa: SIM905 - one word a line would fill two screens
        "a al alla alle ai agli da dalla di del della dei e ed il in la le lo i nei nel nella o "
        "per piazza piazzale via viale corso largo zona quartiere rione milano "
        "and around at near of or street square the district area neighbourhood "
        "calle barrio plaza cerca de y rue place quartier pres حي شارع منطقة في ساحة"
    ).split()
)
_COLUMNS = ("id", "name", "label", "municipi", "aliases", "lat", "lon")
# What a cell must look like; ids and districts travel in the data of buttons.
_RULES = {
    "id": (r"[a-z0-9_]{1,24}", "1 to 24 of a to z, 0 to 9 and _"),
    "name": (r".*\S.*", "its name"),
    "label": (r"(?=.*\S).{1,24}", "1 to 24 characters"),
    "municipi": (r" *[^\s:]{1,8}( +[^\s:]{1,8})* *", "one district or more, like 1 3"),
    "lat": (r"-?\d{1,2}(\.\d+)?", "degrees like 45.46369"),
    "lon": (r"-?1?\d{1,2}(\.\d+)?", "degrees like 9.18812"),
}


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One neighbourhood; `municipi` are the districts that it lies in, one or more."""

    id: str
    name: str
    label: str
    municipi: tuple[str, ...]
    names: tuple[str, ...]
    lat: float
    lon: float


def read_neighbourhoods(text: str) -> tuple[Neighbourhood, ...]:
    """Read the table of a CSV file. Raises ValueError that says the line and the mend."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"the column {missing[0]!r} is missing; add it to the first line")
    try:
        places = tuple(_row(reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise ValueError(f"line {reader.reader.line_num}: {error}; mend that line") from error
    if not places:
        raise ValueError("there is no neighbourhood; add a line")
    return places


def _row(line: int, row: Mapping[str | None, Any]) -> Neighbourhood:
    if None in row or None in row.values():
        raise ValueError(f"line {line}: not {len(_COLUMNS)} columns; count its commas and quotes")
    for column, (pattern, rule) in _RULES.items():
        if not re.fullmatch(pattern, row[column]):
            raise ValueError(f"line {line}: {column} is {row[column]!r}; write {rule}")
    return Neighbourhood(
        id=row["id"],
        name=row["name"],
        label=row["label"],
        municipi=tuple(row["municipi"].split()),
        names=tuple(_names(row)),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
    )


def _names(row: Mapping[str | None, Any]) -> list[str]:
    spoken = [row["name"], row["label"], *row["aliases"].split("|"), *row["name"].split(" - ")]
    return list(dict.fromkeys(plain(name) for name in spoken if name.strip()))


def plain(text: str) -> str:
    """Lower case, without accents or signs: "Città Studi!" and "citta studi" are the same."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        " " if not char.isalnum() else char for char in apart if not unicodedata.combining(char)
    )
    return " ".join("".join(kept).split())


def search(places: tuple[Neighbourhood, ...], words: str, most: int = 6) -> list[Neighbourhood]:
    """The neighbourhoods that the words may mean, the likeliest first."""
    typed = plain(words)
    wanted = " ".join(word for word in typed.split() if word not in _SAYS_NOTHING)
    if not wanted:
        return []
    scored = ((_score_of(place, typed, wanted), place) for place in places)
    good = [(score, place) for score, place in scored if score >= _LIKE]
    good.sort(key=lambda pair: -pair[0])
    return [place for _, place in good[:most]]


def _score_of(place: Neighbourhood, typed: str, wanted: str) -> float:
    return 101 if typed in place.names else max(_score(wanted, name) for name in place.names)


def _score(wanted: str, name: str) -> float:
    if name == wanted:
        return 101
    if len(wanted) > 2 and any(word.startswith(wanted) for word in (name, *name.split())):
        return 100
    if _names_it(wanted, name):
        return 99
    return max(fuzz.ratio(wanted, name), *(fuzz.ratio(wanted, word) - 3 for word in name.split()))


def _names_it(text: str, name: str) -> bool:
    """Whether a longer text names it: "near Isola or Dergano"; Chinese writes without spaces."""
    if not name.isascii() and len(name) > 1 and " " not in text:
        return name in text
    return len(name) > 2 and f" {name} " in f" {text} "


def nearest(places: tuple[Neighbourhood, ...], lat: float, lon: float) -> list[Neighbourhood]:
    """The three neighbourhoods whose centres are nearest to a position."""
    return sorted(places, key=lambda place: _apart(place, lat, lon))[:3]


def apart(place: Neighbourhood, other: Neighbourhood) -> float:
    """How far the centres of two neighbourhoods are from each other, in degrees of latitude."""
    return _apart(place, other.lat, other.lon)


def _apart(place: Neighbourhood, lat: float, lon: float) -> float:
    return math.hypot(place.lat - lat, (place.lon - lon) * math.cos(math.radians(lat)))


def in_municipio(places: tuple[Neighbourhood, ...], municipio: str) -> list[Neighbourhood]:
    """The neighbourhoods that lie in a district, or partly in it."""
    return [place for place in places if municipio in place.municipi]


def municipi(places: tuple[Neighbourhood, ...]) -> list[str]:
    """All districts, in their order."""
    found = {municipio for place in places for municipio in place.municipi}
    return sorted(found, key=lambda name: (len(name), name))


def by_id(places: tuple[Neighbourhood, ...]) -> dict[str, Neighbourhood]:
    """The neighbourhoods by their number."""
    return {place.id: place for place in places}
