"""Tables: the register of companies, and what is planned with them.

Refuses to know who reads and writes them.
"""

from sqlalchemy import Boolean, Column, Date, Index, Integer, SmallInteger, String, Table, Text

from store.columns import Json, Moment, key, metadata, ref, where

companies = Table(
    "companies",
    metadata,
    key(),
    Column("ref", String(64), nullable=False, unique=True),  # internal code
    Column("code", SmallInteger, nullable=False),  # 0 or 1 [r.73]
    Column("has_services", Boolean, nullable=False),  # paghe or contabilità [r.73, A19]
    Column("site", Text, nullable=False),
    Column("trade", Text, nullable=False),  # mestiere
    Column("joined_on", Date),  # data di adesione
    ref("assignee_id", "people", nullable=True),  # attribuita a
    Column("ceased", Boolean, nullable=False),
    Column("not_visitable", Text, nullable=False, server_default=""),  # the reason; empty: it can be (A47)
    Column("not_visitable_on", Date),
    Column("import_id", Integer),  # the load that brought it
    Column("search_text", Text, nullable=False),
    # One column for each RegisterField, named as its member; empty where not known.
    Column("name", Text, nullable=False),
    *(
        Column(name, Text, nullable=False)
        for name in [
            "partita_iva",
            "codice_fiscale",
            "pec",
            "email",
            "phone",
            "mobile",
            "codice_sdi",
            "ateco",
            "address",
            "cap",
            "comune",
            "province",
            "contact",
            "legal_form",
            "website",
        ]
    ),
    Index("ix_companies_assignee_id_name", "assignee_id", "name"),
    Index("ix_companies_import_id", "import_id"),
    Index("ix_companies_partita_iva", "partita_iva"),
    Index("ix_companies_codice_fiscale", "codice_fiscale"),
)

partners = Table(
    "partners",
    metadata,
    key(),
    ref("company_id", "companies", index=True),
    Column("name", Text, nullable=False),
    Column("active", Boolean, nullable=False),  # one who went away stays, under the forms he signed
)

appointments = Table(
    "appointments",
    metadata,
    key(),
    ref("company_id", "companies", index=True),
    ref("person_id", "people", index=True),
    Column("starts_at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("credit_checked_at", Moment),  # the look at the portal before the visit [r.90]
    Column("created_at", Moment, nullable=False),
    Column("cancelled_at", Moment),
    Column("moved_to_id", Integer),  # the appointment that took its place
    Column("settled_at", Moment),  # when it was told what became of it
    Column("settled_how", String(16), nullable=False, server_default=""),  # done, moved, not_held, cancelled
    Column("reason", Text, nullable=False, server_default=""),
    Index("ix_appointments_open", "starts_at", **where("settled_at IS NULL")),
)

proposals = Table(  # who might visit a company, until somebody says yes or no (A15)
    "proposals",
    metadata,
    key(),
    ref("company_id", "companies"),
    ref("person_id", "people"),
    Column("rule", String(8), nullable=False),  # AT1 to AT4
    Column("side", String(4), nullable=False),  # the role it counts for; empty: for none
    Column("reason", Json, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", String(320), nullable=False),
    Column("outcome", String(16), nullable=False),
    Index("ix_proposals_company_id", "company_id"),
    Index("uq_proposals_open", "company_id", unique=True, **where("settled_at IS NULL")),
)

register_changes = Table(  # servizi, sede, codice that a list wants changed, until a person says so (A19b)
    "register_changes",
    metadata,
    key(),
    ref("company_id", "companies"),
    Column("field", String(16), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", String(320), nullable=False),
    Column("outcome", String(16), nullable=False),
    Index("uq_register_changes_open", "company_id", "field", unique=True, **where("settled_at IS NULL")),
)

targets = Table(  # obiettivi [r.84, A20]
    "targets",
    metadata,
    key(),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("site", Text),
    ref("person_id", "people", nullable=True),
    Column("role", String(32)),
    Column("visits", Integer, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    key(),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("refused", Json, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", Text, nullable=False, server_default=""),
)
