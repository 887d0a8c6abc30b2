"""Tables: who they are, what they may do, how they come in. Refuses to know who reads and writes them."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, String, Table, Text, false

from store.columns import Moment, key, metadata, ref

people = Table(
    "people",
    metadata,
    key(),
    Column("name", Text, nullable=False),
    Column("email", String(320), nullable=False, unique=True),  # in lower case
    Column("site", Text),
    Column("telegram_id", BigInteger, unique=True),
    Column("joined_at", Moment, nullable=False),
    Column("left_on", Date),
    Column(
        "left_how", String(16)
    ),  # 'list': no longer in it; 'order': somebody said so, and the list cannot undo it
    Column("successor_id", Integer, index=True),  # who was given all that was theirs (A44)
)

person_roles = Table(
    "person_roles",
    metadata,
    ref("person_id", "people", primary=True),
    Column("role", String(32), primary_key=True),
)

remits = Table(  # what an EM, an EA and a CS answer for [r.78-80]
    "remits",
    metadata,
    ref("person_id", "people", primary=True),
    Column("kind", String(8), primary_key=True),  # 'trade', 'site', or 'firm' of a CS
    Column("value", String(128), primary_key=True),
)

preferences = Table(  # when and where a person wants to be written to, within A46
    "preferences",
    metadata,
    ref("person_id", "people", primary=True),
    Column("opens", Integer, nullable=False),  # hour
    Column("closes", Integer, nullable=False),  # hour, not included
    Column("by_mail", Boolean, nullable=False),
    Column("also_by_mail", Boolean, nullable=False, server_default=false()),
)

absences = Table(
    "absences",
    metadata,
    key(),
    ref("person_id", "people", index=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False, index=True),  # included
    ref("deputy_id", "people", nullable=True, index=True),
    sqlite_autoincrement=True,  # as of a deadline
)

invitations = Table(
    "invitations",
    metadata,
    key(),
    Column("token_hash", String(64), nullable=False, unique=True),
    ref("person_id", "people", index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("redeemed_at", Moment),
    Column("telegram_id", BigInteger),
)
