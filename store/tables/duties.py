"""Tables: what is to be done, and by when (section 8). Refuses to know who reads and writes them."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from store.columns import Moment, key, metadata, ref, where

deadlines = Table(
    "deadlines",
    metadata,
    key(),
    Column("kind", String(32), nullable=False),
    Column("about_kind", String(16), nullable=False),
    Column("about_id", Integer, nullable=False),
    ref("company_id", "companies"),
    ref("owner_id", "people", nullable=True),
    Column("owner_email", String(320), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("last_useful", Date, nullable=False),
    Column("on_time_until", Date, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_on", Date),
    Column("closed_how", Text),
    Column("remind_on", Date),  # the next day on which somebody is to hear of it; none once closed
    Column("postponed_why", Text, nullable=False, server_default=""),  # why its reminder was put off last
    Column("escalated_on", Date),  # the day a supervisor first read of it in a digest
    Index("ix_deadlines_remind_on", "remind_on", **where("remind_on IS NOT NULL")),
    Index("uq_deadlines_open", "about_kind", "about_id", "kind", unique=True, **where("closed_on IS NULL")),
    Index("ix_deadlines_owner", "owner_id", "due_on", **where("closed_on IS NULL")),
    Index("ix_deadlines_late", "on_time_until", **where("closed_on IS NULL")),
    Index("ix_deadlines_about", "about_kind", "about_id"),
    Index("ix_deadlines_company", "company_id", "due_on", **where("closed_on IS NULL")),
    sqlite_autoincrement=True,  # one that was taken back leaves its number to nobody: messages name it
)
