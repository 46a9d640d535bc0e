"""Runs every benchmark side by side with its peers, prints a table and writes var/bench.json."""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, cast

from tests.bench import ours
from tests.bench.broadcast import broadcast
from tests.bench.load import TOKEN, Figures, measure, started
from tests.bench.peers import talk
from tests.bench.reminders import reminders

RUNS = 3
PEOPLE = 100
_TALKS = 20  # one after the other
_SIZES = {"turn_ms_1k": 1_000, "turn_ms_100k": 100_000}
OUT = Path("var/bench.json")
_PEERS = {
    "ptb_pickle": "tests.bench.peers.ptb_pickle",
    "aiogram_memory": "tests.bench.peers.aiogram_memory",
}


async def growth() -> dict[str, float]:
    """One person's turn, alone, where few or many people have ideas: median milliseconds."""
    found: dict[str, list[float]] = {name: [] for name in _SIZES}
    with ExitStack() as stack:
        folders = {name: Path(stack.enter_context(TemporaryDirectory())) for name in _SIZES}
        cities = {
            name: await ours.settings(folders[name], _TALKS, others)
            for name, others in _SIZES.items()
        }
        for _ in range(RUNS):
            for name, environment in cities.items():
                with TemporaryDirectory() as folder:
                    copy = ours.copy(environment, Path(folder))
                    figures = await measure(ours.COMMAND, copy, ours.MESSAGES, _TALKS, at_once=1)
                found[name].append(figures.p50_ms)
    return {name: round(median(figures), 2) for name, figures in found.items()}


async def start() -> dict[str, float]:
    """From its exec to its first getUpdates, and the memory it has then."""
    found: list[tuple[float, float]] = []
    for _ in range(RUNS):
        with TemporaryDirectory() as folder:
            found.append(await started(ours.COMMAND, await ours.settings(Path(folder), 1)))
    ready, memory = zip(*found, strict=True)
    return {"ready_s": round(median(ready), 2), "idle_mib": round(median(memory), 1)}


async def interview() -> dict[str, Any]:
    """The talk of eleven messages, by each bot in turn, over all runs."""
    found: dict[str, list[Figures]] = {}
    for _ in range(RUNS):
        with TemporaryDirectory() as folder:
            environment = await ours.settings(Path(folder), PEOPLE)
            figures = await measure(ours.COMMAND, environment, ours.MESSAGES, PEOPLE)
            found.setdefault("ours", []).append(figures)
        for name, module in _PEERS.items():
            command = (sys.executable, "-m", module)
            figures = await measure(command, {"BENCH_TOKEN": TOKEN}, talk.MESSAGES, PEOPLE)
            found.setdefault(name, []).append(figures)
    return {
        "load": f"{PEOPLE} people, {len(talk.MESSAGES)} messages, closed loop",
        "database": "sqlite FULL",
        **{name: _medians(figures) for name, figures in found.items()},
    }


def _medians(figures: list[Figures]) -> dict[str, float]:
    rows = [asdict(figure) for figure in figures]
    return {key: round(median(row[key] for row in rows), 1) for key in rows[0]}


SECTIONS: Mapping[str, Callable[[], Coroutine[Any, Any, dict[str, Any]]]] = {
    "interview": interview,
    "growth": growth,
    "start": start,
    "reminders": reminders,
    "broadcast": broadcast,
}


def _table(name: str, section: Mapping[str, Any]) -> None:
    print(f"{name}: {section.get('load', '')}")
    plain = {key: value for key, value in section.items() if not isinstance(value, Mapping | str)}
    for label, figures in section.items():
        if isinstance(figures, dict):
            print(f"  {label:16}", _listed(cast("dict[str, float]", figures)))
    if plain:
        print(" ", _listed(plain))


def _listed(figures: Mapping[str, float]) -> str:
    return "  ".join(f"{key} {figure}" for key, figure in figures.items())


def main() -> None:
    """All sections, or those that are named."""
    report: dict[str, Any] = {"runs": RUNS}
    for name in sys.argv[1:] or SECTIONS:
        report[name] = asyncio.run(SECTIONS[name]())
        _table(name, report[name])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
