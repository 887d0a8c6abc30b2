"""Mail both ways: what a letter answered, changed and waits for; its files; what did not arrive."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)
TABLES = ("enclosures", "deliveries", "bad_addresses")
NUMBERED_ONCE = ("deadlines", "absences")


def upgrade() -> None:
    for table, columns in added().items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.add_column(column)
    op.create_index("ix_letters_to_sort", "letters", ["id"], **where("outcome = 'to_sort'"))
    op.create_index("ix_letters_sender", "letters", ["sender", "received_at"])
    op.create_index("ix_letters_answers_id", "letters", ["answers_id"])
    enclosures()
    deliveries()
    bad_addresses()
    number_once(True)


def downgrade() -> None:
    number_once(False)
    for table in reversed(TABLES):
        op.drop_table(table)
    for index in ("ix_letters_answers_id", "ix_letters_sender", "ix_letters_to_sort"):
        op.drop_index(index, "letters")
    for table, columns in added().items():
        with op.batch_alter_table(table) as batch:
            for column in reversed(columns):
                batch.drop_column(column.name)


def added() -> dict[str, tuple[sa.Column[Any], ...]]:
    """New columns by table; made anew, since a column belongs to one table once it is used."""
    return {"letters": of_letters(), "corrections": of_corrections(), "preferences": of_preferences()}


def of_preferences() -> tuple[sa.Column[Any], ...]:
    return (sa.Column("also_by_mail", sa.Boolean, nullable=False, server_default=sa.false()),)


def of_corrections() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.Text),
        sa.Column("closed_how", sa.Text),
        sa.Column("told", sa.Text),
    )


def of_letters() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("sender", sa.String(320), nullable=False, server_default=""),
        sa.Column("subject", sa.Text, nullable=False, server_default=""),
        sa.Column("text", sa.Text, nullable=False, server_default=""),
        sa.Column("answers_id", sa.Integer),
        sa.Column("whose", sa.Text, nullable=False, server_default=""),
        sa.Column("held", JSON),
        sa.Column("changes", JSON),
        sa.Column("undone_at", MOMENT),
        sa.Column("answered_at", MOMENT),
    )


def number_once(once: bool) -> None:
    """What can be taken back leaves its number to nobody; PostgreSQL numbers so by itself."""
    if op.get_bind().dialect.name == "sqlite":
        for table in NUMBERED_ONCE:
            with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": once}):
                pass


def enclosures() -> None:
    op.create_table(
        "enclosures",
        key(),
        ref("letter_id", "letters"),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("media_type", sa.String(127), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("refused", sa.String(32), nullable=False),
        sa.Column("about_kind", sa.String(16)),
        sa.Column("about_id", sa.Integer),
        sa.Column("form", sa.String(64), nullable=False),
        sa.UniqueConstraint("letter_id", "part"),
        sa.Index("ix_enclosures_about", "about_kind", "about_id"),
    )


def deliveries() -> None:
    op.create_table(
        "deliveries",
        key(),
        ref("outbox_id", "outbox"),
        ref("letter_id", "letters"),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Index("ix_deliveries_outbox_id", "outbox_id"),
    )


def bad_addresses() -> None:
    op.create_table(
        "bad_addresses",
        key(),
        sa.Column("address", sa.String(320), nullable=False, unique=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )


def key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def ref(name: str, target: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=False, autoincrement=False)


def where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
