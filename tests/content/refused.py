"""What is said of a folder that cannot be used."""

from pathlib import Path

import pytest

from school.loading import ContentError, load


def refusal(folder: Path) -> str:
    """The message that a folder is refused with."""
    with pytest.raises(ContentError) as refused:
        load(folder)
    return str(refused.value)
