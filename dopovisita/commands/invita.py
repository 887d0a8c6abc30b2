"""`dopovisita invita`: the one-time link that ties a person to their Telegram account."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches

import click
import segno

from actions import enrol
from dopovisita.archive import open_archive, sync_people
from dopovisita.bot_name import bot_name
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import Clock
from dopovisita.italian_click import ItalianCommand, WholeNumber
from dopovisita.loop import run
from dopovisita.settings import Settings, load_settings
from procedure.errors import Failure
from procedure.italian import write_date
from procedure.people import Person
from store import people
from store.transaction import Transaction


@click.command("invita", cls=ItalianCommand)
@click.argument("email", metavar="[EMAIL]", required=False)
@click.option("--tutti", is_flag=True, help="Un link per ogni persona che non ha ancora Telegram.")
@click.option(
    "--giorni",
    metavar="N",
    type=WholeNumber(1, 60),
    default=7,
    help="Per quanti giorni vale (di solito 7).",
)
def command(email: str | None, tutti: bool, giorni: int) -> None:
    """Crea il link, da usare una volta sola, che dà l'accesso a Telegram. Mostra anche il QR.

    EMAIL è l'indirizzo della persona nel file della campagna. Il link va dato solo a lei.
    """
    if bool(email) == tutti:
        raise Failure("scrivi l'indirizzo di una persona, oppure --tutti")
    invited = run(_invite(load_settings(), email, timedelta(days=giorni), Clock().now()))
    for person, link, expires_at in invited:
        click.echo(_told(person, link, expires_at))
    if not invited:
        click.echo("Tutte le persone hanno già Telegram.")


async def _invite(
    settings: Settings, email: str | None, valid_for: timedelta, now: datetime
) -> list[tuple[Person, str, datetime]]:
    file = load_campaign(settings.campaign)
    name = await bot_name(settings.telegram_base_url, settings.telegram_token)
    async with open_archive(settings.database_url) as store:
        await sync_people(store, file, now)
        tokens = await store.run(lambda tx: _tokens(tx, email, valid_for, now))
    return [(person, f"https://t.me/{name}?start={token}", now + valid_for) for person, token in tokens]


def _tokens(
    tx: Transaction, email: str | None, valid_for: timedelta, now: datetime
) -> list[tuple[Person, str]]:
    here = people.active(tx)
    chosen = [_named(here, email)] if email else [person for person in here if person.telegram_id is None]
    return [(person, enrol.invite(tx, person, valid_for, now)) for person in chosen]


def _named(here: Sequence[Person], email: str) -> Person:
    by_email = {person.email: person for person in here}
    if person := by_email.get(people.normal(email)):
        return person
    near = get_close_matches(people.normal(email), by_email, n=1)
    perhaps = f": forse è {near[0]}?" if near else ": aggiungi la persona al file della campagna"
    raise Failure(f"nessuno ha accesso con l'indirizzo {email}{perhaps}")


def _told(person: Person, link: str, expires_at: datetime) -> str:
    qr = io.StringIO()
    segno.make(link, micro=False).terminal(qr, compact=True)
    until = f"{write_date(expires_at.date())} alle {expires_at:%H:%M}"
    return f"{person.name} <{person.email}>\n{link}\nVale una volta sola, fino a {until}.\n{qr.getvalue()}"
