"""`dopovisita copertina`: the cover of a quote's paper copy as a file, for who prints at the office."""

from datetime import datetime
from pathlib import Path

import click

from actions.deliver import Minting
from actions.office import Office
from actions.send_cover import cover
from actions.turn import Turn
from dopovisita.archive import open_archive
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import Clock
from dopovisita.italian_click import ItalianCommand, WholeNumber
from dopovisita.loop import run
from dopovisita.secret import SecretUrl
from dopovisita.settings import CAMPAIGN, DATABASE_URL, read_variables
from mailer.papers.printed import cover as drawn
from procedure.campaign import Campaign
from procedure.errors import Failure, Refusal
from procedure.notices import Json
from procedure.people import Person
from procedure.workdays import calendars
from store.transaction import Transaction

WHO = Person(0, "dopovisita copertina", "", frozenset())
LARGEST = 2**31 - 1
WHY = {
    "quote_gone": "il preventivo {number} non esiste: il numero è sulla sua schermata, nella chat",
    "quote_not_delivered": "il preventivo {number} non risulta consegnato: prima va segnata la consegna",
}


@click.command("copertina", cls=ItalianCommand)
@click.argument("number", metavar="PREVENTIVO", type=WholeNumber(1, LARGEST))
@click.option("-o", "--uscita", metavar="FILE", type=click.Path(path_type=Path), help="Il PDF da scrivere.")
def command(number: int, uscita: Path | None) -> None:
    """Scrive la copertina della copia in archivio di un preventivo, in PDF.

    PREVENTIVO è il suo numero. Senza --uscita il file si chiama come l'azienda e il preventivo.
    """
    given = read_variables()
    now = Clock().now()
    told = run(_told(DATABASE_URL.of(given), load_campaign(CAMPAIGN.of(given)).campaign, number, now))
    paper = drawn(told, now)
    path = uscita or Path(paper.name)
    try:
        path.write_bytes(paper.content)
    except OSError:
        raise Failure(f"non riesco a scrivere «{path}»: controlla la cartella e i permessi") from None
    click.echo(f"Scritta la copertina: {path}")


async def _told(url: SecretUrl, campaign: Campaign, number: int, now: datetime) -> dict[str, Json]:
    office = Office(campaign, calendars(campaign), Minting(b"", ""))  # nothing is sent from here

    def look(tx: Transaction) -> dict[str, Json]:
        return cover(Turn(tx, office, WHO, now), number)

    async with open_archive(url) as store:
        try:
            return await store.read(look)
        except Refusal as refusal:
            raise Failure(WHY[refusal.phrase].format(number=number)) from None
