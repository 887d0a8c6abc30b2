"""`dopovisita obiettivi`: a list of visits wanted, with what was refused and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from dopovisita.archive import open_archive, sync_people
from dopovisita.campaign_file import CampaignFile, load_campaign
from dopovisita.clock import Clock
from dopovisita.italian_click import ItalianCommand
from dopovisita.loop import run
from dopovisita.secret import SecretUrl
from dopovisita.settings import CAMPAIGN, DATABASE_URL, read_variables
from dopovisita.sheet import read_sheet
from procedure.italian import plural
from procedure.register_rows import RowRefusal
from procedure.target_rows import Holders, TargetRow, past, read_rows
from store import people, targets
from store.history import Hand
from store.transaction import Transaction

WHO = "dopovisita obiettivi"


@dataclass(frozen=True, slots=True)
class TargetsReport:
    """What became of a file. `written` is False where rows were refused, and so nothing was."""

    rows: list[TargetRow]
    refused: list[RowRefusal]
    written: bool
    today: date


@click.command("obiettivi", cls=ItalianCommand)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--salta-errori", is_flag=True, help="Carica le righe buone anche se altre hanno errori.")
@click.option("--prova", is_flag=True, help="Controlla soltanto: non scrive niente.")
def command(file: Path, salta_errori: bool, prova: bool) -> int:
    """Carica gli obiettivi di visita da FILE (Excel, ODS o CSV).

    Le colonne: dal, al, visite, e almeno una fra sede, persona e ruolo. Si contano le visite alle associate
    (codice 0). Un obiettivo già caricato prende il numero nuovo. Se una riga ha un errore non viene scritto
    niente: correggila e riprova.
    """
    given = read_variables()
    campaign = load_campaign(CAMPAIGN.of(given))
    report = run(_load(DATABASE_URL.of(given), campaign, file, skip=salta_errori, only_try=prova))
    for line in _told(report, only_try=prova):
        click.echo(line)
    return 0 if report.written or (prova and not report.refused) else 1


async def _load(
    url: SecretUrl, campaign: CampaignFile, path: Path, *, skip: bool, only_try: bool
) -> TargetsReport:
    now = Clock().now()
    sheet = read_sheet(path)
    async with open_archive(url) as store:
        await sync_people(store, campaign, now)
        sites = tuple(site.name for site in campaign.campaign.sites)
        everybody = tuple(await store.read(people.active))
        rows, refused = read_rows(sheet, Holders(sites, everybody))
        written = not only_try and (skip or not refused)
        if written:
            await store.run(lambda tx: _write(tx, rows, now))
    return TargetsReport(rows, refused, written, now.date())


def _write(tx: Transaction, rows: list[TargetRow], now: datetime) -> None:
    for row in rows:
        targets.put(tx, row.target, Hand(WHO, now, "import"))


def _told(report: TargetsReport, *, only_try: bool) -> Iterator[str]:
    yield from (f"riga {each.row}, {each.column}: {each.reason}" for each in report.refused)
    good, bad = len(report.rows), len({refusal.row for refusal in report.refused})
    rows = f"{bad} {plural(bad, 'riga', 'righe')}"
    if only_try:
        yield f"Prova: obiettivi buoni {good}, righe rifiutate {bad}. Non ho scritto niente."
    elif not report.written:
        yield (
            f"Non ho scritto niente: {rows} da correggere. "
            f"Correggi e riprova, oppure con --salta-errori carico le altre {good}."
        )
    else:
        yield f"Obiettivi caricati: {good}. Righe rifiutate: {bad}."
    if over := past(report.rows, report.today):
        numbers = ", ".join(str(row.number) for row in over)
        yield f"Il periodo è già finito: {plural(len(over), 'riga', 'righe')} {numbers}."
