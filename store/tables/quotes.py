"""Tables: quotes: states and dates as in section 10. Refuses to know who reads and writes them.

Three words of the gestionale are not columns because others say them: `DATA PREVENTIVO` is
`quotes.delivered_on` (A21), `DATA SOLLECITO` is `quotes.followed_up_on`, `TIPO CHIUSURA` follows from
`quotes.state`.
"""

from sqlalchemy import Boolean, Column, Date, String, Table, Text, false

from store.columns import Euro, Moment, key, metadata, ref

quotes = Table(
    "quotes",
    metadata,
    key(),
    ref("visit_id", "visits", index=True),
    ref("company_id", "companies", index=True),
    Column("kind", String(16), nullable=False),
    ref("owner_id", "people", nullable=True, index=True),
    Column("owner_email", String(320), nullable=False),
    Column("state", String(32), nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("drafted_on", Date),
    Column("contacted_on", Date),
    Column("delivered_on", Date),  # DATA PREVENTIVO [r.147, A21]
    Column("followed_up_on", Date),  # DATA SOLLECITO: the first one [r.161, A33]
    Column("closed_on", Date),
    Column("value", Euro),  # VALORE PREVENTIVO [r.157, A31]
    Column("reason", Text, nullable=False),
    Column("accepted_late", Boolean, nullable=False, server_default=false()),  # T15
    Column("acceptance_signed", Boolean, nullable=False, server_default=false()),  # A35
    Column("filed_on", Date),  # the paper copy is in the archive of the sede [r.167, r.184-186]
    Column("filed_by", String(320), nullable=False, server_default=""),
)

quote_lines = Table(
    "quote_lines",
    metadata,
    key(),
    ref("quote_id", "quotes", index=True),
    Column("product", String(64), nullable=False),
    Column("need", Text, nullable=False),
    Column("accepted", Boolean),  # outcome of this line (A30)
    Column("value", Euro),
    Column("reason", Text, nullable=False),
)

quote_history = Table(
    "quote_history",
    metadata,
    key(),
    ref("quote_id", "quotes", index=True),
    Column("event", Text, nullable=False),
    Column("old_state", String(32)),
    Column("new_state", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("happened_on", Date),  # the day that was told; `at` is when it was told
)
