"""The chat, the post and the house's own memory."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)

TABLES = (
    "updates",
    "drafts",
    "chats",
    "outbox",
    "letters",
    "field_history",
    "audit",
    "marks",
)


def upgrade() -> None:
    updates()
    drafts()
    chats()
    outbox()
    letters()
    field_history()
    audit()
    marks()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def ref(
    name: str, target: str, *, nullable: bool = False, index: bool = False, primary: bool = False
) -> sa.Column[int]:
    foreign = sa.ForeignKey(f"{target}.id")
    return sa.Column(
        name, sa.Integer, foreign, nullable=nullable, index=index, primary_key=primary, autoincrement=False
    )


def where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def one_open(name: str, *columns: str, only: str) -> sa.Index:
    return sa.Index(name, *columns, unique=True, **where(f"closed_at IS NULL AND {only}"))


def updates() -> None:
    op.create_table(
        "updates",
        sa.Column("update_id", LONG, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("handled_at", MOMENT),
        sa.Column("reply", JSON),
        sa.Column("answered_at", MOMENT),
        sa.Index("ix_updates_open", "update_id", **where("answered_at IS NULL")),
    )


def drafts() -> None:
    op.create_table(
        "drafts",
        key(),
        ref("person_id", "people"),
        ref("company_id", "companies", nullable=True),
        ref("quote_id", "quotes", nullable=True),
        sa.Column("flow", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("reopened", sa.Text),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("touched_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("outcome", sa.String(16)),
        one_open("uq_drafts_open", "person_id", "company_id", "flow", only="quote_id IS NULL"),
        one_open("uq_drafts_open_quote", "person_id", "quote_id", "flow", only="quote_id IS NOT NULL"),
    )


def chats() -> None:
    op.create_table(
        "chats",
        ref("person_id", "people", primary=True),
        ref("draft_id", "drafts", nullable=True),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("misses", sa.Integer, nullable=False),
        sa.Column("menu", JSON),
    )


def outbox() -> None:
    op.create_table(
        "outbox",
        key(),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("channel", sa.String(8), nullable=False),
        ref("person_id", "people", nullable=True),
        sa.Column("message_id", sa.String(320), unique=True),
        sa.Column("token", sa.String(64), unique=True),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("claimed_until", MOMENT),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("last_error", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Index("ix_outbox_open", "channel", "due_at", **where("done_at IS NULL")),
    )


def letters() -> None:
    op.create_table(
        "letters",
        key(),
        sa.Column("mailbox", sa.String(320), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger, nullable=False),
        sa.Column("uid", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("about_kind", sa.String(16)),
        sa.Column("about_id", sa.Integer),
        sa.Column("settled_at", MOMENT),
        sa.Column("seen_at", MOMENT),
        sa.UniqueConstraint("mailbox", "uidvalidity", "uid"),
        sa.UniqueConstraint("message_id", "sha256"),
        sa.Index("ix_letters_unsettled", "id", **where("settled_at IS NULL")),
    )


def field_history() -> None:
    op.create_table(
        "field_history",
        key(),
        sa.Column("entity", sa.String(32), nullable=False),
        sa.Column("entity_id", sa.Integer, nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Index(None, "entity", "entity_id"),
    )


def audit() -> None:
    op.create_table(
        "audit",
        key(),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("detail", JSON, nullable=False),
    )


def marks() -> None:
    op.create_table(
        "marks",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", JSON),
    )
