"""What Alembic runs for every command; the connection and its transaction are the caller's."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from store.columns import Euro, Moment
from store.tables import metadata


def _render(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Our own types as plain ones: a migration stays as it was written, whatever becomes of them."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Euro):
        return 'sa.Numeric(12, 2).with_variant(sa.BigInteger(), "sqlite")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_render,
    user_module_prefix=None,
)
context.run_migrations()
