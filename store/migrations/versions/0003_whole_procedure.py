"""From attribution to closing: remits, proposals, changes to confirm, appointments told, papers, wishes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)
TABLES = ("remits", "proposals", "register_changes", "preferences")


def upgrade() -> None:
    remits()
    proposals()
    register_changes()
    preferences()
    for table, columns in added().items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.add_column(column)
    op.create_index("ix_appointments_open", "appointments", ["starts_at"], **where("settled_at IS NULL"))
    op.create_index("ix_deadlines_about", "deadlines", ["about_kind", "about_id"])
    op.create_index("ix_deadlines_late", "deadlines", ["on_time_until"], **where("closed_on IS NULL"))
    op.create_index("ix_people_successor_id", "people", ["successor_id"])
    op.create_index("ix_absences_deputy_id", "absences", ["deputy_id"])
    op.create_index("ix_absences_last", "absences", ["last"])
    drafts_about_anything()


def downgrade() -> None:
    drafts_about_quotes()
    op.drop_index("ix_absences_last", "absences")
    op.drop_index("ix_absences_deputy_id", "absences")
    op.drop_index("ix_people_successor_id", "people")
    op.drop_index("ix_deadlines_late", "deadlines")
    op.drop_index("ix_deadlines_about", "deadlines")
    op.drop_index("ix_appointments_open", "appointments")
    for table, columns in reversed(added().items()):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column.name)
    for table in reversed(TABLES):
        op.drop_table(table)


def added() -> dict[str, tuple[sa.Column[Any], ...]]:
    """New columns of old tables; made anew, since a column belongs to one table once it is used."""
    return {
        "companies": (
            sa.Column("not_visitable", sa.Text, nullable=False, server_default=""),
            sa.Column("not_visitable_on", sa.Date),
        ),
        "appointments": (
            sa.Column("moved_to_id", sa.Integer),
            sa.Column("settled_at", MOMENT),
            sa.Column("settled_how", sa.String(16), nullable=False, server_default=""),
            sa.Column("reason", sa.Text, nullable=False, server_default=""),
        ),
        "deadlines": (
            sa.Column("escalated_on", sa.Date),
            sa.Column("postponed_why", sa.Text, nullable=False, server_default=""),
        ),
        "quotes": (
            sa.Column("accepted_late", sa.Boolean, nullable=False, server_default=sa.false()),
            sa.Column("acceptance_signed", sa.Boolean, nullable=False, server_default=sa.false()),
            sa.Column("filed_on", sa.Date),
            sa.Column("filed_by", sa.String(320), nullable=False, server_default=""),
        ),
        "people": (sa.Column("successor_id", sa.Integer),),
        "outbox": (sa.Column("expires_at", MOMENT),),
        "field_history": (sa.Column("reason", sa.Text, nullable=False, server_default=""),),
        "quote_history": (sa.Column("happened_on", sa.Date),),
    }


def remits() -> None:
    op.create_table(
        "remits",
        ref("person_id", "people", primary=True),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("value", sa.String(128), primary_key=True),
    )


def proposals() -> None:
    op.create_table(
        "proposals",
        key(),
        ref("company_id", "companies"),
        ref("person_id", "people"),
        sa.Column("rule", sa.String(8), nullable=False),
        sa.Column("side", sa.String(4), nullable=False),
        sa.Column("reason", JSON, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_by", sa.String(320), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Index("ix_proposals_company_id", "company_id"),
        sa.Index("uq_proposals_open", "company_id", unique=True, **where("settled_at IS NULL")),
    )


def register_changes() -> None:
    op.create_table(
        "register_changes",
        key(),
        ref("company_id", "companies"),
        sa.Column("field", sa.String(16), nullable=False),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_by", sa.String(320), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Index(
            "uq_register_changes_open", "company_id", "field", unique=True, **where("settled_at IS NULL")
        ),
    )


def preferences() -> None:
    op.create_table(
        "preferences",
        ref("person_id", "people", primary=True),
        sa.Column("opens", sa.Integer, nullable=False),
        sa.Column("closes", sa.Integer, nullable=False),
        sa.Column("by_mail", sa.Boolean, nullable=False),
    )


def drafts_about_anything() -> None:
    """A draft is about a company or a quote; from here on about anything that stands in the store."""
    op.drop_index("uq_drafts_open", "drafts")
    op.drop_index("uq_drafts_open_quote", "drafts")
    with op.batch_alter_table("drafts") as batch:
        batch.add_column(sa.Column("about_kind", sa.String(16), nullable=False, server_default="company"))
        batch.add_column(sa.Column("about_id", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE drafts SET about_id = company_id WHERE quote_id IS NULL")
    op.execute("UPDATE drafts SET about_kind = 'quote', about_id = quote_id WHERE quote_id IS NOT NULL")
    with op.batch_alter_table("drafts") as batch:
        batch.drop_constraint("fk_drafts_quote_id_quotes", type_="foreignkey")
        batch.drop_column("quote_id")
        batch.alter_column("about_kind", server_default=None)
        batch.alter_column("about_id", server_default=None)
    one_open("uq_drafts_open", "person_id", "flow", "about_kind", "about_id", only="closed_at IS NULL")


def drafts_about_quotes() -> None:
    op.drop_index("uq_drafts_open", "drafts")
    op.execute("DELETE FROM drafts WHERE about_kind NOT IN ('company', 'quote')")
    with op.batch_alter_table("drafts") as batch:
        batch.add_column(sa.Column("quote_id", sa.Integer))
        batch.create_foreign_key("fk_drafts_quote_id_quotes", "quotes", ["quote_id"], ["id"])
    op.execute("UPDATE drafts SET quote_id = about_id WHERE about_kind = 'quote'")
    with op.batch_alter_table("drafts") as batch:
        batch.drop_column("about_kind")
        batch.drop_column("about_id")
    company, quote = "closed_at IS NULL AND quote_id IS NULL", "closed_at IS NULL AND quote_id IS NOT NULL"
    one_open("uq_drafts_open", "person_id", "company_id", "flow", only=company)
    one_open("uq_drafts_open_quote", "person_id", "quote_id", "flow", only=quote)


def one_open(name: str, *columns: str, only: str) -> None:
    op.create_index(name, "drafts", [*columns], unique=True, **where(only))


def key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def ref(name: str, target: str, *, primary: bool = False) -> sa.Column[int]:
    foreign = sa.ForeignKey(f"{target}.id")
    return sa.Column(name, sa.Integer, foreign, nullable=False, primary_key=primary, autoincrement=False)


def where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
