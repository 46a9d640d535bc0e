"""What needs the Bot API's specification is not collected where it is absent."""

from tests.stories.any_update import SPECIFICATION

collect_ignore = [] if SPECIFICATION.exists() else ["test_any_update.py"]
