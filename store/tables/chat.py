"""Tables: what arrived from the chat, what is being told, what is being asked.

Refuses to know who reads and writes them.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from store.columns import Json, Long, Moment, key, metadata, ref, where

updates = Table(
    "updates",
    metadata,
    Column("update_id", Long, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("payload", Json, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("handled_at", Moment),
    Column("reply", Json),
    Column("answered_at", Moment),
    Index("ix_updates_open", "update_id", **where("answered_at IS NULL")),
)

drafts = Table(
    "drafts",
    metadata,
    key(),
    ref("person_id", "people"),
    ref("company_id", "companies", nullable=True),
    Column("about_kind", String(16), nullable=False),
    Column("about_id", Integer, nullable=False),
    Column("flow", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("reopened", Text),
    Column("answers", Json, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("outcome", String(16)),
    Index(  # a person has one draft open of each kind about one thing
        *("uq_drafts_open", "person_id", "flow", "about_kind", "about_id"),
        unique=True,
        **where("closed_at IS NULL"),
    ),
)

chats = Table(
    "chats",
    metadata,
    ref("person_id", "people", primary=True),
    ref("draft_id", "drafts", nullable=True),
    Column("message_id", BigInteger),
    Column("misses", Integer, nullable=False),
    Column("menu", Json),  # what typing a number means now
)
