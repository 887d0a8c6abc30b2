"""Tables: visits, as they were told. Refuses to know who reads and writes them."""

from sqlalchemy import Boolean, Column, Date, String, Table, Text

from store.columns import Moment, key, metadata, ref

visits = Table(
    "visits",
    metadata,
    key(),
    ref("company_id", "companies", index=True),
    ref("av_id", "people", index=True),
    Column("visited_on", Date, nullable=False),  # DATA VISITA [r.136]
    Column("completed_at", Moment, nullable=False),  # scheda rilevazione dati, complete [r.136]
    Column("mode", String(32), nullable=False),
    Column("credit", String(32), nullable=False),  # Crediti [r.94-102]
    Column("partly_collected", Boolean, nullable=False),
    Column("no_interest_reason", Text, nullable=False),
    Column("next_contact_on", Date),
    Column("mood", String(16), nullable=False),
    Column("attendees", Text, nullable=False),
    Column("complaint", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("corrections_closed_at", Moment),  # by RA's reply (A56)
    Column("corrections_closed_by", Text),
    Column("corrections_closed_how", Text),
)

corrections = Table(
    "corrections",
    metadata,
    key(),
    ref("visit_id", "visits", index=True),
    Column("field", String(32), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("closed_at", Moment),  # when RA settled this one
    Column("closed_by", Text),
    Column("closed_how", Text),
    Column("told", Text),  # what RA wrote in its place, where that is another value
)

forms = Table(
    "forms",
    metadata,
    key(),
    ref("visit_id", "visits", index=True),
    ref("partner_id", "partners", nullable=True),  # none: the list names no socio, the company signs
    Column("form", String(64), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("handed_over_on", Date),  # consegnato il …
    Column("received_on", Date),  # ricevuto il …
    Column("original_to_ra_on", Date),  # originale a RA il … [r.130]
)

interests = Table(
    "interests",
    metadata,
    key(),
    ref("visit_id", "visits", index=True),
    Column("product", String(64), nullable=False),
    Column("need", Text, nullable=False),
)
