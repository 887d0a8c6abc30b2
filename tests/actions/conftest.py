"""The office at work, for every test of an action that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.house import House, opened


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The office, on a database of its own."""
    with opened(tmp_path) as furnished:
        yield furnished
