"""`make upgrade`: copy, program, check, service; at the first failure it stops, what runs goes on.

The steps are the script's own, in a clone of a repository with two releases; what it starts are
programs that write down that they were called.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DESK = """#!/bin/sh
echo "quartieri $*" >> "$NOTES"
test ! -e "$FAILS/$1"
"""
PROGRAM = """#!/bin/sh
echo "{name} $*" >> "$NOTES"
test ! -e "$FAILS/{name}"
"""
MAKEFILE = 'upgrade:\n\t@VERSION="$(VERSION)" sh deploy/upgrade\ninstall:\n\t@echo {} >> $(NOTES)\n'
COPY, CHECK = "quartieri backup --no-files", "quartieri check"
RESTART = ["systemctl daemon-reload", "systemctl restart quartieri"]
IS_ACTIVE = "systemctl is-active --quiet quartieri"


class Server:
    """A clone at an older release, its origin with a newer one, and a systemd that only notes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes, self.fails = folder, folder / "notes", folder / "fails"
        self.clone, self.programs = folder / "clone", folder / "programs"
        self.fails.mkdir()
        self.programs.mkdir()
        _program(self.programs / "systemctl", PROGRAM.format(name="systemctl"))

    def git(self, *words: str, where: str = "clone") -> str:
        return self._run("git", *words, where=where).stdout.strip()

    def release(self, tag: str) -> None:
        """A commit with a tag, where the newest program comes from."""
        (self.folder / "source/Makefile").write_text(MAKEFILE.format(f"installed {tag}"))
        self.git("add", "--all", where="source")
        self.git("commit", "--quiet", "-m", tag, where="source")
        self.git("tag", tag, where="source")
        self.git("push", "--quiet", "--tags", "origin", "main", where="source")

    def upgrades(self, *words: str) -> tuple[int, list[str]]:
        """Run it; the exit status and what was called, in order."""
        self.notes.write_text("")
        done = self._run("make", "--no-print-directory", "upgrade", *words, must=False)
        return done.returncode, self.notes.read_text().splitlines()

    def _run(
        self, *words: str, where: str = "clone", must: bool = True
    ) -> subprocess.CompletedProcess[str]:
        paths = f"{self.programs}:{os.environ['PATH']}"
        nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        who = {
            f"GIT_{role}_{part}": "x@example.org" for role in ROLES for part in ("NAME", "EMAIL")
        }
        ours = {"NOTES": str(self.notes), "FAILS": str(self.fails), "PATH": paths}
        return subprocess.run(  # noqa: S603 - our own words
            words,
            check=must,
            cwd=self.folder / where,
            env={**os.environ, **nobody, **who, **ours},
            capture_output=True,
            text=True,
            timeout=60,
        )


ROLES = ("AUTHOR", "COMMITTER")


def _program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def server(folder: Path) -> Server:
    made = Server(folder)
    deploy = folder / "source/deploy"
    deploy.mkdir(parents=True)
    shutil.copy(ROOT / "deploy/upgrade", deploy)
    _program(deploy / "quartieri", DESK)
    made.git("init", "--quiet", "--bare", "--initial-branch=main", "../origin.git", where="source")
    made.git("init", "--quiet", "--initial-branch=main", where="source")
    made.git("remote", "add", "origin", "../origin.git", where="source")
    made.release("v1.0")
    made.git("clone", "--quiet", "../origin.git", "../clone", where="source")
    made.release("v1.1")
    return made


def test_it_copies_then_takes_the_newest_checks_and_restarts(server: Server) -> None:
    steps = [COPY, "installed v1.1", CHECK, IS_ACTIVE, *RESTART]
    assert server.upgrades() == (0, steps)
    assert server.git("describe", "--tags") == "v1.1"


def test_to_a_release_and_back_and_to_the_newest_again(server: Server) -> None:
    server.release("v1.2")
    for words, tag in ((["VERSION=v1.1"], "v1.1"), (["VERSION=v1.0"], "v1.0"), ([], "v1.2")):
        steps = [COPY, f"installed {tag}", CHECK, IS_ACTIVE, *RESTART]
        assert server.upgrades(*words) == (0, steps)


def test_a_service_that_does_not_run_is_not_started(server: Server) -> None:
    (server.fails / "systemctl").touch()
    assert server.upgrades() == (0, [COPY, "installed v1.1", CHECK, IS_ACTIVE])


def test_without_a_copy_nothing_is_taken(server: Server) -> None:
    (server.fails / "backup").touch()
    status, steps = server.upgrades()
    assert (status > 0, steps) == (True, [COPY])
    assert server.git("describe", "--tags") == "v1.0"


def test_a_release_that_there_is_not_changes_nothing(server: Server) -> None:
    status, steps = server.upgrades("VERSION=v9")
    assert (status > 0, steps) == (True, [COPY])
    assert server.git("describe", "--tags") == "v1.0"


def test_a_file_that_somebody_changed_is_not_overwritten(server: Server) -> None:
    own = MAKEFILE.format("mine")
    (server.clone / "Makefile").write_text(own)
    status, steps = server.upgrades()
    assert (status > 0, steps) == (True, [COPY])
    assert (server.clone / "Makefile").read_text() == own


def test_where_the_check_finds_something_the_bot_that_runs_goes_on(server: Server) -> None:
    (server.fails / "check").touch()
    status, steps = server.upgrades()
    assert (status > 0, steps) == (True, [COPY, "installed v1.1", CHECK])
