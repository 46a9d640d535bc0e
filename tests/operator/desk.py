"""The operator's terminal: the command in a process of its own, with one database."""

import json
import zipfile
from pathlib import Path
from typing import Any

from tests.processes import told

TOKEN = "42:EMULATOR"
NOWHERE = "http://127.0.0.1:9"


class Desk:
    """A folder to work in."""

    def __init__(self, folder: Path, url: str, api: str = NOWHERE) -> None:
        self.folder, self.url = folder, url
        self.settings = {"token": TOKEN, "database_url": url, "api_url": api, "copies": "copies"}

    async def runs(self, *words: str) -> list[str]:
        """Run a command that must succeed; its lines."""
        status, out, error = await told(self.folder, *words, **self.settings)
        assert not error, error
        assert status == 0
        return out.splitlines()

    async def is_refused(self, *words: str) -> str:
        """Run a command that must be refused; why."""
        status, _, error = await told(self.folder, *words, **self.settings)
        assert status == 2
        return error.removeprefix("quartieri: ").removesuffix("\n")

    def manifest(self, name: str = "copy.zip") -> dict[str, Any]:
        """What a copy says of itself."""
        with zipfile.ZipFile(self.folder / name) as archive:
            return json.loads(archive.read("manifest.json"))
