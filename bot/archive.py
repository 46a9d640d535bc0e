"""A copy of the school in one zip file: `manifest.json`, `rows/TABLE.jsonl`, `files/`, `school/`.

The manifest says of every other entry how it must look, so that a copy that is not whole is refused
before anything is touched. Only its owner may read it: it holds what people wrote.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

FORMAT = 1
MANIFEST = "manifest.json"
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, OSError)


class ArchiveError(Exception):
    """A copy cannot be used; the message says why."""


class Writer:
    """Writes entries, and remembers what they are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.sha256: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> int:
        """Write an entry; how many pieces it had."""
        digest, count = hashlib.sha256(), 0
        with self._archive.open(name, "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
                digest.update(piece)
                count += 1
        self.sha256[name] = digest.hexdigest()
        return count

    def close(self, manifest: dict[str, Any]) -> None:
        """Write the manifest, which comes last."""
        whole = {"format": FORMAT, **manifest, "sha256": self.sha256}
        self._archive.writestr(MANIFEST, json.dumps(whole, ensure_ascii=False, indent=1))


@contextmanager
def writing(target: Path) -> Generator[Writer]:
    """Write a copy: under its name there is a whole one, or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.half")
    try:
        half.touch(mode=0o600)
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            yield Writer(archive)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


class Reader:
    """A copy that is whole. Raises ArchiveError where it is not."""

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
            self.manifest = self._read_manifest()
        except _BROKEN as error:
            raise ArchiveError(f"{path} is no copy of a school ({type(error).__name__})") from error
        for name, digest in self.manifest["sha256"].items():
            self._check(path, name, digest)

    def _read_manifest(self) -> dict[str, Any]:
        manifest = cast("dict[str, Any]", json.loads(self._archive.read(MANIFEST)))
        if manifest["format"] != FORMAT:
            raise ArchiveError("a newer program made this copy; take a newer one to put it back")
        return manifest

    def _check(self, path: Path, name: str, digest: str) -> None:
        try:
            with self._archive.open(name) as entry:
                found = hashlib.file_digest(cast("Any", entry), "sha256").hexdigest()
        except (*_BROKEN, zipfile.LargeZipFile) as error:
            raise ArchiveError(f"{path}: {name} cannot be read; take another copy") from error
        if found != digest:
            raise ArchiveError(f"{path}: {name} is not what was written; take another copy")

    def lines(self, name: str) -> Generator[str]:
        """The lines of an entry; none where there is no such entry."""
        if name in self.manifest["sha256"]:
            with io.TextIOWrapper(self._archive.open(name), encoding="utf-8", newline="\n") as text:
                yield from text
