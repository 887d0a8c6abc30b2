"""One service a database, on both."""

import pytest

from store.sole import AlreadyRunning, sole


async def test_a_second_service_is_told_and_the_first_goes_on(database_url: str) -> None:
    async with sole(database_url):
        with pytest.raises(AlreadyRunning, match="già acceso"):
            async with sole(database_url):
                pass


async def test_when_the_first_has_ended_another_may_begin(database_url: str) -> None:
    async with sole(database_url):
        pass
    async with sole(database_url):
        with pytest.raises(AlreadyRunning):
            async with sole(database_url):
                pass
