"""Finding a company by any part of its words, among a million: trigrams, on both databases.

On SQLite an FTS5 index beside `companies`, kept by triggers: a later migration that has `companies` made anew
must make the triggers anew. On PostgreSQL an index of pg_trgm, where the server has it; else none.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

_TABLE = """
CREATE VIRTUAL TABLE companies_found
USING fts5(search_text, content='companies', content_rowid='id', tokenize='trigram', columnsize=0)
"""
_OLD = (
    "INSERT INTO companies_found(companies_found, rowid, search_text) "
    "VALUES ('delete', old.id, old.search_text)"
)
_NEW = "INSERT INTO companies_found(rowid, search_text) VALUES (new.id, new.search_text)"
_TRIGGERS = {
    "companies_found_new": f"AFTER INSERT ON companies BEGIN {_NEW}; END",
    "companies_found_gone": f"AFTER DELETE ON companies BEGIN {_OLD}; END",
    "companies_found_changed": (
        "AFTER UPDATE OF search_text ON companies WHEN old.search_text <> new.search_text "
        f"BEGIN {_OLD}; {_NEW}; END"
    ),
}
_INDEX = "ix_companies_search_text"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_TABLE)
        op.execute("INSERT INTO companies_found(companies_found) VALUES ('rebuild')")
        for name, body in _TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    elif _has_trigrams():
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute(f"CREATE INDEX {_INDEX} ON companies USING gin (search_text gin_trgm_ops)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in _TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE companies_found")
    else:
        op.execute(f"DROP INDEX IF EXISTS {_INDEX}")


def _has_trigrams() -> bool:
    """The server brings the extension, and this user may add it: it is trusted since PostgreSQL 13."""
    there = sa.text("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")
    return bool(op.get_bind().scalar(there))
