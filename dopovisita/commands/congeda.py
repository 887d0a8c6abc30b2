"""`dopovisita congeda`: a person leaves, and the chat is closed to them at once."""

from collections.abc import Callable

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
@click.option("--ripensaci", is_flag=True, help="Riammette chi è stato congedato per sbaglio.")
def command(email: str, ripensaci: bool) -> None:
    """Chiude subito l'accesso alla persona con questo indirizzo, anche se è ancora nel file della campagna.

    Quello che ha fatto resta nella storia.
    """
    change = _readmit if ripensaci else _dismiss
    person = run(_changed(DATABASE_URL.of(read_variables()), change, email))
    if ripensaci:
        click.echo(f"{person.name} è di nuovo fra le persone: per la chat le serve un nuovo invito.")
    else:
        click.echo(f"{person.name} non ha più accesso. Se ha scadenze aperte, affidale a qualcun altro.")


async def _changed(
    database_url: SecretUrl, change: Callable[[Transaction, str, Clock], Person], email: str
) -> Person:
    async with open_archive(database_url) as store:
        return await store.run(lambda tx: change(tx, email, Clock()))


def _dismiss(tx: Transaction, email: str, clock: Clock) -> Person:
    person = people.by_email(tx, email)
    if person is None:
        raise Failure(f"nessuno ha accesso con l'indirizzo {email}: controlla come è scritto")
    enrol.dismiss(tx, person, clock.now())
    return person


def _readmit(tx: Transaction, email: str, clock: Clock) -> Person:
    person = people.gone(tx, email)
    if person is None:
        raise Failure(f"nessuno è stato congedato con l'indirizzo {email}: controlla come è scritto")
    enrol.readmit(tx, person, clock.now())
    return person
