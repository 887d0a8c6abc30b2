"""People, the register, visits, quotes and their terms."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
EURO = sa.Numeric(12, 2).with_variant(sa.BigInteger(), "sqlite")
JSON = sa.JSON(none_as_null=True)

TABLES = (
    "people",
    "person_roles",
    "absences",
    "invitations",
    "companies",
    "partners",
    "appointments",
    "targets",
    "imports",
    "visits",
    "corrections",
    "forms",
    "interests",
    "quotes",
    "quote_lines",
    "quote_history",
    "deadlines",
)


def upgrade() -> None:
    people()
    person_roles()
    absences()
    invitations()
    companies()
    partners()
    appointments()
    targets()
    imports()
    visits()
    corrections()
    forms()
    interests()
    quotes()
    quote_lines()
    quote_history()
    deadlines()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def ref(
    name: str, target: str, *, nullable: bool = False, index: bool = False, primary: bool = False
) -> sa.Column[int]:
    foreign = sa.ForeignKey(f"{target}.id")
    return sa.Column(
        name, sa.Integer, foreign, nullable=nullable, index=index, primary_key=primary, autoincrement=False
    )


def where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def people() -> None:
    op.create_table(
        "people",
        key(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.String(320), nullable=False, unique=True),
        sa.Column("site", sa.Text),
        sa.Column("telegram_id", sa.BigInteger, unique=True),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("left_on", sa.Date),
        sa.Column("left_how", sa.String(16)),
    )


def person_roles() -> None:
    op.create_table(
        "person_roles",
        ref("person_id", "people", primary=True),
        sa.Column("role", sa.String(32), primary_key=True),
    )


def absences() -> None:
    op.create_table(
        "absences",
        key(),
        ref("person_id", "people", index=True),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        ref("deputy_id", "people", nullable=True),
    )


def invitations() -> None:
    op.create_table(
        "invitations",
        key(),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        ref("person_id", "people", index=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("redeemed_at", MOMENT),
        sa.Column("telegram_id", sa.BigInteger),
    )


def companies() -> None:
    op.create_table(
        "companies",
        key(),
        sa.Column("ref", sa.String(64), nullable=False, unique=True),
        sa.Column("code", sa.SmallInteger, nullable=False),
        sa.Column("has_services", sa.Boolean, nullable=False),
        sa.Column("site", sa.Text, nullable=False),
        sa.Column("trade", sa.Text, nullable=False),
        sa.Column("joined_on", sa.Date),
        ref("assignee_id", "people", nullable=True),
        sa.Column("ceased", sa.Boolean, nullable=False),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
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
        sa.Index("ix_companies_assignee_id_name", "assignee_id", "name"),
    )


def partners() -> None:
    op.create_table(
        "partners",
        key(),
        ref("company_id", "companies", index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )


def appointments() -> None:
    op.create_table(
        "appointments",
        key(),
        ref("company_id", "companies", index=True),
        ref("person_id", "people", index=True),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("credit_checked_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("cancelled_at", MOMENT),
    )


def targets() -> None:
    op.create_table(
        "targets",
        key(),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.Column("site", sa.Text),
        ref("person_id", "people", nullable=True),
        sa.Column("role", sa.String(32)),
        sa.Column("visits", sa.Integer, nullable=False),
    )


def imports() -> None:
    op.create_table(
        "imports",
        key(),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("refused", JSON, nullable=False),
    )


def visits() -> None:
    op.create_table(
        "visits",
        key(),
        ref("company_id", "companies", index=True),
        ref("av_id", "people", index=True),
        sa.Column("visited_on", sa.Date, nullable=False),
        sa.Column("completed_at", MOMENT, nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("credit", sa.String(32), nullable=False),
        sa.Column("partly_collected", sa.Boolean, nullable=False),
        sa.Column("no_interest_reason", sa.Text, nullable=False),
        sa.Column("next_contact_on", sa.Date),
        sa.Column("mood", sa.String(16), nullable=False),
        sa.Column("attendees", sa.Text, nullable=False),
        sa.Column("complaint", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("corrections_closed_at", MOMENT),
        sa.Column("corrections_closed_by", sa.Text),
        sa.Column("corrections_closed_how", sa.Text),
    )


def corrections() -> None:
    op.create_table(
        "corrections",
        key(),
        ref("visit_id", "visits", index=True),
        sa.Column("field", sa.String(32), nullable=False),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
    )


def forms() -> None:
    op.create_table(
        "forms",
        key(),
        ref("visit_id", "visits", index=True),
        ref("partner_id", "partners", nullable=True),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("handed_over_on", sa.Date),
        sa.Column("received_on", sa.Date),
        sa.Column("original_to_ra_on", sa.Date),
    )


def interests() -> None:
    op.create_table(
        "interests",
        key(),
        ref("visit_id", "visits", index=True),
        sa.Column("product", sa.String(64), nullable=False),
        sa.Column("need", sa.Text, nullable=False),
    )


def quotes() -> None:
    op.create_table(
        "quotes",
        key(),
        ref("visit_id", "visits", index=True),
        ref("company_id", "companies", index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        ref("owner_id", "people", nullable=True, index=True),
        sa.Column("owner_email", sa.String(320), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("drafted_on", sa.Date),
        sa.Column("contacted_on", sa.Date),
        sa.Column("delivered_on", sa.Date),
        sa.Column("followed_up_on", sa.Date),
        sa.Column("closed_on", sa.Date),
        sa.Column("value", EURO),
        sa.Column("reason", sa.Text, nullable=False),
    )


def quote_lines() -> None:
    op.create_table(
        "quote_lines",
        key(),
        ref("quote_id", "quotes", index=True),
        sa.Column("product", sa.String(64), nullable=False),
        sa.Column("need", sa.Text, nullable=False),
        sa.Column("accepted", sa.Boolean),
        sa.Column("value", EURO),
        sa.Column("reason", sa.Text, nullable=False),
    )


def quote_history() -> None:
    op.create_table(
        "quote_history",
        key(),
        ref("quote_id", "quotes", index=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("old_state", sa.String(32)),
        sa.Column("new_state", sa.String(32), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
    )


def deadlines() -> None:
    op.create_table(
        "deadlines",
        key(),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about_kind", sa.String(16), nullable=False),
        sa.Column("about_id", sa.Integer, nullable=False),
        ref("company_id", "companies"),
        ref("owner_id", "people", nullable=True),
        sa.Column("owner_email", sa.String(320), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("last_useful", sa.Date, nullable=False),
        sa.Column("on_time_until", sa.Date, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("closed_how", sa.Text),
        sa.Column("remind_on", sa.Date),
        sa.Index("ix_deadlines_remind_on", "remind_on", **where("remind_on IS NOT NULL")),
        sa.Index(
            "uq_deadlines_open", "about_kind", "about_id", "kind", unique=True, **where("closed_on IS NULL")
        ),
        sa.Index("ix_deadlines_owner", "owner_id", "due_on", **where("closed_on IS NULL")),
        sa.Index("ix_deadlines_company", "company_id", "due_on", **where("closed_on IS NULL")),
    )
