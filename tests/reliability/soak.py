"""The talks of the tests at full size, and broadcasts, on SQLite and PostgreSQL side by side:
processes are killed, then calls fail at random. Prints a table; status 1 where anything was lost,
or doubled that was not uncertain.
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from school.outbox import UNCERTAIN
from tests.databases import Files, Server, server
from tests.reliability import audience
from tests.reliability.crowd import ANSWERS, MESSAGES, Talk, kept, talking, uncertain
from tests.reliability.trials import KINDS, TOO_SLOW, AtRandom, failing, killed

AT_ONCE = 50
WITHIN = 200  # answers between two kills, at most
SHARE = 0.1  # of all calls that fail
PEOPLE, PER_SECOND, BROADCAST_KILLS = 5_000, 500, 20
_LONGEST_S = 900  # of a broadcast whose calls fail
_PAUSE_S = 2.0  # at most; on average a second a word


@dataclass(frozen=True, slots=True)
class Figures:
    """What one talk showed; docs/reliability.md says what each of them counts."""

    kills: int
    faults: int
    updates: int
    lost: int
    doubled: int
    uncertain: int
    given_up: int

    @property
    def is_well(self) -> bool:
        """Whether nothing was lost, and nothing doubled but what was uncertain."""
        return not self.lost and self.doubled <= self.uncertain


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it."""

    kills: int
    minutes: float
    seed: int


async def figures(talk: Talk, kills: int, faults: int) -> Figures:
    """Count, once no bot runs."""
    assert talk.statuses[-1] == 0
    there, crowd = await kept(talk.url), talk.crowd
    right = sum(
        answer == expected
        for answers in there.answers
        for answer, expected in zip(answers, ANSWERS, strict=False)
    )
    # Only where Telegram fails may a reply be given up.
    unanswered = crowd.unseen() - there.given_up if faults else crowd.unseen()
    return Figures(
        kills=kills,
        faults=faults,
        updates=crowd.people * len(MESSAGES),
        lost=unanswered.total() + crowd.people * len(ANSWERS) - right + there.unsent,
        doubled=crowd.doubled(),
        uncertain=uncertain(talk.said),
        given_up=there.given_up.total(),
    )


async def kills(url: str, folder: Path, size: Size) -> Figures:
    """A process is killed again and again while people talk."""
    chance = Random(size.seed)  # noqa: S311 - no secret
    people = AT_ONCE + size.kills * WITHIN // len(MESSAGES)
    async with talking(url, folder, people, lambda: chance.uniform(0, _PAUSE_S)) as talk:
        talk.crowd.begin_all(AT_ONCE)
        await killed(talk, chance, size.kills, WITHIN)
        return await figures(talk, talk.statuses.count(-9), 0)


async def faults(url: str, folder: Path, size: Size) -> Figures:
    """Calls fail at random while people come and talk."""
    chance = Random(size.seed)  # noqa: S311 - no secret
    bad = AtRandom(chance=chance, share=SHARE, kinds=(*KINDS, TOO_SLOW))
    # A talk of eleven words takes some ten seconds.
    people = AT_ONCE * (1 + int(6 * size.minutes))
    async with talking(url, folder, people, lambda: chance.uniform(0, _PAUSE_S)) as talk:
        talk.crowd.begin_all(AT_ONCE)
        await failing(talk, bad, 60 * size.minutes)
        return await figures(talk, 0, sum(bad.met.values()))


async def broadcast_kills(url: str, folder: Path, size: Size) -> Figures:
    """A process is killed again and again while it tells many something."""
    most = min(size.kills, BROADCAST_KILLS)
    async with audience.broadcast(url, folder, PEOPLE, PER_SECOND) as there:
        await audience.killed(there, Random(size.seed), most, PEOPLE // (most + 1))  # noqa: S311
        return await told(there, 0)


async def broadcast_faults(url: str, folder: Path, size: Size) -> Figures:
    """Calls fail at random while many are told something."""
    chance = Random(size.seed)  # noqa: S311 - no secret
    bad = AtRandom(chance=chance, share=SHARE, kinds=(*KINDS, TOO_SLOW))
    async with audience.broadcast(url, folder, PEOPLE, PER_SECOND) as there:
        await audience.failing(there, bad, _LONGEST_S)
        return await told(there, sum(bad.met.values()))


async def told(there: audience.Broadcast, faults: int) -> Figures:
    """Count, once no bot runs. Nobody may have it twice, also where it is uncertain."""
    states, twice, otherwise, left_out = await audience.figures(there)
    return Figures(
        kills=there.statuses.count(-9),
        faults=faults,
        updates=PEOPLE,
        lost=otherwise + left_out + twice,
        doubled=twice,
        uncertain=states[UNCERTAIN],
        given_up=0,
    )


Part = Callable[[str, Path, Size], Awaitable[Figures]]
PARTS: dict[str, Part] = {
    "kills": kills,
    "faults": faults,
    "broadcast": broadcast_kills,
    "broadcast_faults": broadcast_faults,
}


async def soak(names: Sequence[str], size: Size, postgres: Server, folder: Path) -> bool:
    """Run parts, and print their figures; whether all is well."""
    databases: dict[str, Files | Server] = {"sqlite": Files(folder), "postgresql": postgres}
    print("".join(f"{word:>12}" for word in ("", "", *(one.name for one in fields(Figures)))))
    well = True
    for name in names:
        folders = [folder / name / database for database in databases]
        urls = [await database.fresh() for database in databases.values()]
        for each in folders:
            each.mkdir(parents=True)
        ran = (PARTS[name](url, each, size) for url, each in zip(urls, folders, strict=True))
        for database, found in zip(databases, await asyncio.gather(*ran), strict=True):
            print("".join(f"{word:>12}" for word in (name, database, *astuple(found))), flush=True)
            well = well and found.is_well
    return well


def main() -> int:
    """Read the command line, and run."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="by default all, one after another")
    parser.add_argument("--kills", type=int, default=50, help="on each database")
    parser.add_argument("--minutes", type=float, default=20, help="of faults")
    parser.add_argument("--seed", type=int, default=Random().randrange(10**6))  # noqa: S311
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    names = [given.part] if given.part else list(PARTS)
    size = Size(given.kills, given.minutes, given.seed)
    with server() as postgres, TemporaryDirectory() as folder:
        return 0 if asyncio.run(soak(names, size, postgres, Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
