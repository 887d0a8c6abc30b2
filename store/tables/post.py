"""Tables: what leaves the house and what comes in. Refuses to know who reads and writes them."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from store.columns import Json, Moment, key, metadata, ref, where

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("key", String(200), nullable=False, unique=True),
    Column("channel", String(8), nullable=False),
    ref("person_id", "people", nullable=True),
    Column("message_id", String(320), unique=True),
    Column("token", String(64), unique=True),
    Column("payload", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment),  # what it says is true until then; after that it never leaves
    Column("claimed_until", Moment),
    Column("tries", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index("ix_outbox_open", "channel", "due_at", **where("done_at IS NULL")),
)

letters = Table(
    "letters",
    metadata,
    key(),
    Column("mailbox", String(320), nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("outcome", String(16)),
    Column("reason", Text, nullable=False),
    Column("about_kind", String(16)),
    Column("about_id", Integer),
    Column("settled_at", Moment),
    Column("seen_at", Moment),  # when its mailbox was told
    UniqueConstraint("mailbox", "uidvalidity", "uid"),
    UniqueConstraint("message_id", "sha256"),
    Index("ix_letters_unsettled", "id", **where("settled_at IS NULL")),
)
