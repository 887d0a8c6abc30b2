"""`dopovisita congeda`: a person leaves, and the chat is closed to them at once."""

import click

from actions import enrol
from dopovisita.archive import open_archive
from dopovisita.clock import Clock
from dopovisita.italian_click import ItalianCommand
from dopovisita.loop import run
from dopovisita.secret import SecretUrl
from dopovisita.settings import DATABASE_URL, read_variables
from procedure.errors import Failure
from procedure.people import Person
from store import people
from store.transaction import Transaction


@click.command("congeda", cls=ItalianCommand)
@click.argument("email", metavar="EMAIL")
def command(email: str) -> None:
    """Chiude subito l'accesso alla persona con questo indirizzo, anche se è ancora nel file della campagna.

    Quello che ha fatto resta nella storia.
    """
    person = run(_dismiss(DATABASE_URL.of(read_variables()), email))
    click.echo(f"{person.name} non ha più accesso. Se ha scadenze aperte, affidale a qualcun altro.")


async def _dismiss(database_url: SecretUrl, email: str) -> Person:
    async with open_archive(database_url) as store:
        return await store.run(lambda tx: _close_access(tx, email, Clock()))


def _close_access(tx: Transaction, email: str, clock: Clock) -> Person:
    person = people.by_email(tx, email)
    if person is None:
        raise Failure(f"nessuno ha accesso con l'indirizzo {email}: controlla come è scritto")
    enrol.dismiss(tx, person, clock.now())
    return person
