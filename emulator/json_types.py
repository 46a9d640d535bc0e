"""JSON as it travels.

Bot API objects are open sets of a hundred fields and are kept as the plain dictionaries that
they are on the wire. Their shape is held by the facts table and by tests against another
library's models; a second set of classes here would only be able to disagree with those.
A stored message is never changed in place: an edit puts a new dictionary in its stead, so an
answer that was logged stays what it was.
"""

import json
from typing import Any, TypeAlias, cast

Json: TypeAlias = dict[str, Any]


def dumps(value: object) -> str:
    """The compact JSON text of a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_object(value: object) -> Json | None:
    """The value if it is a JSON object, else None."""
    return cast("Json", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any] | None:
    """The value if it is a JSON array, else None."""
    return cast("list[Any]", value) if isinstance(value, list) else None
