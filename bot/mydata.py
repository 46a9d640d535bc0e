"""Own data in one file: `data.json`, and beside it the files that Telegram still gives."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Mapping, Sequence

from db.types import Json


def packed(
    rows: Mapping[str, Json],
    ids: Sequence[str],
    files: Mapping[str, tuple[str, bytes]],
    now: dt.datetime,
) -> bytes:
    """The zip file. A file that is missing in it is named all the same, by its id."""
    names = {
        file_id: f"files/{number:03}{files[file_id][0]}"
        for number, file_id in enumerate(ids, start=1)
        if file_id in files
    }
    listed: list[Json] = [{"file_id": file_id, "name": names.get(file_id)} for file_id in ids]
    data: dict[str, Json] = {"made_at": now.isoformat(), "files": listed, "rows": dict(rows)}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        for file_id, name in names.items():
            archive.writestr(name, files[file_id][1])
    return written.getvalue()
