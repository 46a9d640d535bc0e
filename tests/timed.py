"""Tests that look at real seconds run one after the other, so that none holds another up."""

import pytest

ALONE = pytest.mark.xdist_group("timed")
