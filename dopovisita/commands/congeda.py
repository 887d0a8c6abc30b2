"""`dopovisita congeda`: a person leaves; the chat closes at once, and all passes to another (A44)."""

from datetime import datetime
from typing import Final

import click

from actions import enrol
from actions.leave import Left, leave
from dopovisita.archive import open_archive
from dopovisita.clock import Clock
from dopovisita.italian_click import ItalianCommand
from dopovisita.loop import run
from dopovisita.secret import SecretUrl
from dopovisita.settings import DATABASE_URL, read_variables
from procedure.errors import Failure
from procedure.italian import join_it, plural
from procedure.people import Person
from store import people
from store.belongings import Belongings
from store.transaction import Transaction

WHO: Final = "congeda"


@click.command("congeda", cls=ItalianCommand)
@click.argument("email", metavar="EMAIL")
@click.option("--passa-a", "to", metavar="EMAIL", help="A chi passa tutto quello che ha di aperto.")
@click.option("--ripensaci", is_flag=True, help="Riammette chi è stato congedato per sbaglio.")
def command(email: str, to: str | None, ripensaci: bool) -> None:
    """Chiude subito l'accesso alla persona con questo indirizzo, anche se è ancora nel file della campagna.

    Con --passa-a le sue aziende, scadenze, preventivi e appuntamenti passano a un'altra persona, che viene
    avvisata una volta sola. Vale anche per chi è già uscito. Quello che ha fatto resta nella storia.
    """
    if ripensaci and to:
        raise Failure("--ripensaci e --passa-a non vanno insieme")
    database = DATABASE_URL.of(read_variables())
    if ripensaci:
        person = run(_readmitted(database, email))
        click.echo(f"{person.name} è di nuovo fra le persone: per la chat le serve un nuovo invito.")
    else:
        click.echo(_told(run(_left(database, email, to))))


async def _readmitted(database: SecretUrl, email: str) -> Person:
    async with open_archive(database) as store:
        return await store.run(lambda tx: _readmit(tx, email, Clock().now()))


async def _left(database: SecretUrl, email: str, to: str | None) -> Left:
    async with open_archive(database) as store:
        return await store.run(lambda tx: _leave(tx, email, to, Clock().now()))


def _leave(tx: Transaction, email: str, to: str | None, now: datetime) -> Left:
    person = people.by_email(tx, email) or (people.gone(tx, email) if to else None)
    if person is None:
        raise Failure(f"nessuno ha accesso con l'indirizzo {email}: controlla come è scritto")
    successor = people.by_email(tx, to) if to else None
    if to and successor is None:
        raise Failure(f"nessuno ha accesso con l'indirizzo {to}: controlla come è scritto")
    if successor and successor.id == person.id:
        raise Failure("chi lascia e chi riceve sono la stessa persona: scrivi due indirizzi diversi")
    return leave(tx, person, successor, who=WHO, now=now)


def _readmit(tx: Transaction, email: str, now: datetime) -> Person:
    person = people.gone(tx, email)
    if person is None:
        raise Failure(f"nessuno è stato congedato con l'indirizzo {email}: controlla come è scritto")
    enrol.readmit(tx, person, now)
    return person


def _told(left: Left) -> str:
    """One sentence that it is done, one about what was open."""
    done = f"{left.person.name} non ha più accesso."
    open_ = _in_words(left.open)
    if not open_:
        return f"{done} Non aveva niente di aperto."
    if left.to:
        return f"{done} Passano a {left.to.name}, con un avviso: {open_}."
    return (
        f"{done} Restano a suo nome: {open_}. Intanto se ne avvisa il responsabile della sede, o RPS.\n"
        f"Per passare tutto in una volta: dopovisita congeda {left.person.email} --passa-a EMAIL"
    )


_WORDS: Final = {
    "companies": ("azienda", "aziende"),
    "deadlines": ("scadenza", "scadenze"),
    "quotes": ("preventivo", "preventivi"),
    "appointments": ("appuntamento", "appuntamenti"),
}


def _in_words(held: Belongings) -> str:
    counts = ((getattr(held, name), forms) for name, forms in _WORDS.items())
    return join_it([f"{number} {plural(number, *forms)}" for number, forms in counts if number])
