"""`dopovisita migra`: the database in the shape of this version."""

import click

from dopovisita.archive import told
from dopovisita.italian_click import ItalianCommand
from dopovisita.loop import run
from dopovisita.secret import SecretUrl
from dopovisita.settings import DATABASE_URL, read_variables
from store.migrations import current, migrate


@click.command("migra", cls=ItalianCommand)
def command() -> None:
    """Porta l'archivio alla forma di questa versione. Se è già aggiornato non fa niente."""
    click.echo(run(_migrate(DATABASE_URL.of(read_variables()))))


async def _migrate(database_url: SecretUrl) -> str:
    with told(database_url):
        before = await current(database_url.reveal())
        await migrate(database_url.reveal())
        after = await current(database_url.reveal())
    if before == after:
        return f"L'archivio è già aggiornato (versione {after})."
    return f"Archivio aggiornato: da {before or 'vuoto'} a {after}."
