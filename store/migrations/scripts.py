"""What Alembic does for us. Loaded only where a database lacks something: most starts have no need of it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str) -> None:
    """Bring the database up to `revision`."""
    command.upgrade(config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Bring the database back to `revision`."""
    command.downgrade(config(connection), revision)


def missing(since: str | None) -> list[str]:
    """The revisions after this one, in their order."""
    found = ScriptDirectory.from_config(config()).iterate_revisions("head", since or "base")
    return [revision.revision for revision in found][::-1]


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with the connection that `env.py` is to use."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made
