"""Every table, by subject; read them beside sections 2 to 5 and 10 of the procedure.

Enumerations are kept as their values, days as dates, moments in UTC, `who` as the email address of who did it
(or the name of the part of the house that did). Refuses to know who reads and writes the tables.
"""

from store.columns import metadata
from store.tables.chat import chats, drafts, updates
from store.tables.duties import deadlines
from store.tables.memory import audit, field_history, marks
from store.tables.people import absences, invitations, people, person_roles, preferences, remits
from store.tables.post import bad_addresses, deliveries, enclosures, letters, outbox
from store.tables.quotes import quote_history, quote_lines, quotes
from store.tables.register import (
    appointments,
    companies,
    imports,
    partners,
    proposals,
    register_changes,
    targets,
)
from store.tables.visits import corrections, forms, interests, visits

__all__ = [
    "absences",
    "appointments",
    "audit",
    "bad_addresses",
    "chats",
    "companies",
    "corrections",
    "deadlines",
    "deliveries",
    "drafts",
    "enclosures",
    "field_history",
    "forms",
    "imports",
    "interests",
    "invitations",
    "letters",
    "marks",
    "metadata",
    "outbox",
    "partners",
    "people",
    "person_roles",
    "preferences",
    "proposals",
    "quote_history",
    "quote_lines",
    "quotes",
    "register_changes",
    "remits",
    "targets",
    "updates",
    "visits",
]
