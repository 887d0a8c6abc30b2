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
    Column("sender", String(320), nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default=""),  # the beginning of what is new in it
    Column("answers_id", Integer),  # the row of the outbox that it answers
    Column("whose", Text, nullable=False, server_default=""),  # where its evidence stood, and who wrote
    Column("held", Json),  # what waits for somebody's yes, or for a choice
    Column("changes", Json),  # what its effect changed: what taking it back restores
    Column("undone_at", Moment),
    Column("answered_at", Moment),  # when a mail back was queued
    UniqueConstraint("mailbox", "uidvalidity", "uid"),
    UniqueConstraint("message_id", "sha256"),
    Index("ix_letters_unsettled", "id", **where("settled_at IS NULL")),
    Index("ix_letters_to_sort", "id", **where("outcome = 'to_sort'")),
    Index("ix_letters_sender", "sender", "received_at"),
    Index("ix_letters_answers_id", "answers_id"),
)

enclosures = Table(
    "enclosures",
    metadata,
    key(),
    ref("letter_id", "letters"),
    Column("part", Integer, nullable=False),  # where it stands in the letter's bytes
    Column("name", String(255), nullable=False),
    Column("media_type", String(127), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("refused", String(32), nullable=False),
    Column("about_kind", String(16)),
    Column("about_id", Integer),
    Column("form", String(64), nullable=False),  # of a scan: which forms it holds
    UniqueConstraint("letter_id", "part"),
    Index("ix_enclosures_about", "about_kind", "about_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    key(),
    ref("outbox_id", "outbox"),
    ref("letter_id", "letters"),
    Column("address", String(320), nullable=False),
    Column("kind", String(32), nullable=False),  # "bounced", or the name of a receipt of PEC
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_deliveries_outbox_id", "outbox_id"),
)

bad_addresses = Table(
    "bad_addresses",
    metadata,
    key(),
    Column("address", String(320), nullable=False, unique=True),
    Column("since", Moment, nullable=False),
    Column("why", Text, nullable=False),
)
