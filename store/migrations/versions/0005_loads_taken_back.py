"""A load of the register that can be taken back, and looked at before: what it brought, and the tax codes."""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

INDEXED = ("import_id", "partita_iva", "codice_fiscale")


def upgrade() -> None:
    with op.batch_alter_table("companies") as batch:
        batch.add_column(sa.Column("import_id", sa.Integer))
    for column in INDEXED:
        op.create_index(f"ix_companies_{column}", "companies", [column])
    with op.batch_alter_table("imports") as batch:
        batch.add_column(sa.Column("undone_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("undone_by", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("imports") as batch:
        batch.drop_column("undone_by")
        batch.drop_column("undone_at")
    for column in INDEXED:
        op.drop_index(f"ix_companies_{column}", "companies")
    with op.batch_alter_table("companies") as batch:
        batch.drop_column("import_id")
