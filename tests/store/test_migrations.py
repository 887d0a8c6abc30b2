"""Every migration goes up, down and up again, and ends where the tables say."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from procedure.fields import RegisterField
from store import urls
from store.migrations import current, downgrade, migrate, newest, pending
from store.migrations.scripts import config
from store.register import COLUMNS
from store.tables import metadata

T = TypeVar("T")

ALL = [each.revision for each in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


async def test_each_migration_goes_up_down_and_up(empty_url: str) -> None:
    for revision in ALL:
        await migrate(empty_url, revision)
        await downgrade(empty_url, "-1")
        await migrate(empty_url, revision)
        assert await current(empty_url) == revision


async def test_all_the_way_down_leaves_nothing(empty_url: str) -> None:
    await migrate(empty_url)
    await downgrade(empty_url, "base")
    assert await _with(empty_url, _table_names) == {"alembic_version"}
    assert await current(empty_url) is None


async def test_what_is_pending_is_told_in_its_order(empty_url: str) -> None:
    assert await pending(empty_url) == ALL
    await migrate(empty_url, ALL[0])
    assert await pending(empty_url) == ALL[1:]
    await migrate(empty_url)
    assert await pending(empty_url) == []


def test_the_newest_script_is_the_end_of_the_chain() -> None:
    """So a start looks at a file's name, and not into every script."""
    assert newest() == ALL[-1]


def test_a_database_in_order_needs_no_alembic(tmp_path: Path) -> None:
    """Loading it takes longer than the question whether it is needed."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    asyncio.run(migrate(url))
    look = (
        "import asyncio, sys; from store.migrations import pending; "
        f"assert asyncio.run(pending({url!r})) == []; assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", look], check=True, cwd=Path(__file__).parents[2])


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    await migrate(database_url)
    assert await current(database_url) == ALL[-1]


async def test_the_migrated_database_is_what_the_tables_say(database_url: str) -> None:
    assert await _with(database_url, _differences) == []


async def test_partial_indexes_keep_their_conditions(database_url: str) -> None:
    conditions = await _with(database_url, _conditions)
    assert conditions["ix_deadlines_remind_on"] == "remind_on is not null"
    assert conditions["ix_outbox_open"] == "done_at is null"
    assert conditions["ix_updates_open"] == "answered_at is null"
    assert conditions["uq_drafts_open"] == "closed_at is null"


def test_every_field_of_the_register_has_its_column() -> None:
    assert set(COLUMNS) == set(RegisterField)


async def _with(url: str, look: Callable[[Connection], T]) -> T:
    engine = create_async_engine(urls.parse(url))
    async with engine.connect() as connection:
        found = await connection.run_sync(look)
    await engine.dispose()
    return found


def _table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"include_name": _is_told})
    return list(compare_metadata(context, metadata))


def _is_told(name: str | None, kind: str, _parents: object) -> bool:
    """The index of trigrams is nothing that a `Table` tells of: tests/store/test_finding.py looks at it."""
    return not (name or "").startswith(("companies_found", "ix_companies_search_text"))


def _conditions(connection: Connection) -> dict[str, str]:
    looking = inspect(connection)
    return {
        str(index["name"]): _plain(str(condition))
        for table in looking.get_table_names()
        for index in looking.get_indexes(table)
        for name, condition in index["dialect_options"].items()
        if name.endswith("_where")
    }


def _plain(condition: str) -> str:
    return condition.replace("(", "").replace(")", "").lower()
