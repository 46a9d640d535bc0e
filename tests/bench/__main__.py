"""Runs every benchmark side by side with its peers, prints a table and writes var/bench.json."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import ours
from tests.bench.load import TOKEN, Figures, measure
from tests.bench.peers import talk

RUNS = 3
PEOPLE = 100
OUT = Path("var/bench.json")
_PEERS = {
    "ptb_pickle": "tests.bench.peers.ptb_pickle",
    "aiogram_memory": "tests.bench.peers.aiogram_memory",
}


async def interview() -> dict[str, Any]:
    """The talk of eleven messages, by each bot in turn, over all runs."""
    found: dict[str, list[Figures]] = {}
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
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


def _table(section: Mapping[str, Any]) -> None:
    for name in ("ours", *_PEERS):
        figures: dict[str, float] = section[name]
        print(f"  {name:16}", "  ".join(f"{key} {figure}" for key, figure in figures.items()))


def main() -> None:
    """All sections."""
    report: dict[str, Any] = {"runs": RUNS, "interview": asyncio.run(interview())}
    _table(report["interview"])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
