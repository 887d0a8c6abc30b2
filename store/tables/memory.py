"""Tables: the house's own memory: who changed what, who did what, and where it had come to.

Refuses to know who reads and writes them.
"""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from store.columns import Json, Moment, key, metadata

field_history = Table(
    "field_history",
    metadata,
    key(),
    Column("entity", String(32), nullable=False),  # the table's name
    Column("entity_id", Integer, nullable=False),
    Column("field", String(64), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),  # asked of a correction (A51)
    Index(None, "entity", "entity_id"),
)

audit = Table(
    "audit",
    metadata,
    key(),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String(64), nullable=False),
    Column("detail", Json, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Json),
)
