"""What the layout promises: imports one way, Telegram at the edge only, short functions."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "school", "db", "locales", "emulator", "tests")
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
LONGEST_FUNCTION, LONGEST_MODULE = 50, 400
# Migrations are written by a machine, one call after the other, and never changed again.
GENERATED = ROOT / "db" / "migrations" / "versions"
LINTER = Path(sys.executable).with_name("lint-imports")
LIBRARIES = {"telegram", "sqlalchemy"}
# received.py reads Telegram's types for all others, for the tables in routes.py and for groups in
# at_desk.py; process.py is the transaction around a turn and needs both; turn.py holds the session
# that it hands on to the school.
EDGE = {
    "received.py": {"telegram"},
    "routes.py": {"telegram"},
    "at_desk.py": {"telegram"},
    "process.py": {"telegram", "sqlalchemy"},
    "turn.py": {"sqlalchemy"},
}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imported(path: Path) -> set[str]:
    """The top names of all that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with its number of lines."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_imports_go_one_way() -> None:
    # A process of its own: import-linter turns the loggers off that are there.
    done = subprocess.run(  # noqa: S603 - our own words
        [LINTER, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_only_the_edge_of_the_conversation_knows_telegram_and_the_database() -> None:
    found = {path.name: _imported(path) & LIBRARIES for path in (ROOT / "handlers").glob("*.py")}
    assert {name: libraries for name, libraries in found.items() if libraries} == EDGE


@pytest.mark.parametrize("package", ["school", "db", "locales"])
def test_the_rules_know_neither_telegram_nor_the_network(package: str) -> None:
    strangers = {"telegram", "aiohttp", "asyncio"}
    found = {path.name: _imported(path) & strangers for path in (ROOT / package).glob("*.py")}
    # Where threads and drivers are known, and the connection that migrates.
    waiting = {"session.py": {"asyncio"}} if package == "db" else {}
    assert {name: names for name, names in found.items() if names} == waiting


def test_functions_are_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{name} has {lines} lines"
        for path in MODULES
        if path.parent != GENERATED
        for name, lines in _functions(path)
        if lines >= LONGEST_FUNCTION
    ]
    assert long == []


def test_modules_are_short() -> None:
    counted = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    long = [
        f"{path.relative_to(ROOT)} has {lines} lines"
        for path, lines in counted.items()
        if lines >= LONGEST_MODULE
    ]
    assert long == []
