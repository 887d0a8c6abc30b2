"""`dopovisita importa`: the list of companies, with what was refused and why."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from dopovisita.archive import open_archive, sync_people
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import Clock
from dopovisita.importing import ImportReport, Progress, import_file
from dopovisita.italian_click import ItalianCommand
from dopovisita.loop import run
from dopovisita.secret import SecretUrl
from dopovisita.settings import CAMPAIGN, DATABASE_URL, read_variables
from procedure.italian import join_it, plural
from procedure.register_columns import Row
from procedure.register_rows import RegisterRow

WHO = "dopovisita importa"


@click.command("importa", cls=ItalianCommand)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--salta-errori", is_flag=True, help="Carica le righe buone anche se altre hanno errori.")
def command(file: Path, salta_errori: bool) -> int:
    """Carica l'elenco delle aziende da FILE (Excel, ODS o CSV).

    Le colonne si riconoscono dal nome; servono almeno Cod. interno, Ragione sociale, Codice (0 o 1),
    Servizi (sì o no) e Sede. Se una riga ha un errore non viene scritto niente: correggila e riprova.
    """
    given = read_variables()
    report = run(_import(DATABASE_URL.of(given), CAMPAIGN.of(given), file, salta_errori))
    for line in _told(report):
        click.echo(line)
    return 0 if report.loaded else 1


async def _import(database_url: SecretUrl, campaign: Path, path: Path, skip_refused: bool) -> ImportReport:
    file = load_campaign(campaign)
    now = Clock().now()
    async with open_archive(database_url) as store:
        await sync_people(store, file, now)
        return await import_file(
            store,
            file.campaign,
            path,
            who=WHO,
            now=now,
            skip_refused=skip_refused,
            progress=_Bars(),
        )


class _Bars(Progress):
    """A bar for each half of the work, on the standard error."""

    def reading(self, rows: Sequence[Row]) -> Iterator[Row]:
        with click.progressbar(rows, label="Leggo le aziende", file=sys.stderr) as bar:
            yield from bar

    @contextmanager
    def writing(self, rows: Sequence[RegisterRow]) -> Iterator[Callable[[], None]]:
        with click.progressbar(length=len(rows), label="Scrivo", file=sys.stderr) as bar:
            yield partial(bar.update, 1)


def _told(report: ImportReport) -> Iterator[str]:
    yield from (f"riga {each.row}, {each.column}: {each.reason}" for each in report.refused)
    if report.unused_columns:
        yield f"Colonne che non uso: {join_it(report.unused_columns)}."
    bad = len({refusal.row for refusal in report.refused})
    rows = f"{bad} {plural(bad, 'riga', 'righe')}"
    if report.loaded is None:
        yield (
            f"Non ho scritto niente: {rows} da correggere. "
            f"Correggi e riprova, oppure con --salta-errori carico le altre {report.good}."
        )
        return
    loaded = report.loaded
    yield (
        f"Aziende nuove: {loaded.added}. Cambiate: {loaded.changed}. Uguali: {loaded.unchanged}. "
        f"Righe rifiutate: {bad}."
    )
    yield from _waiting(report)
    if report.expired:
        yield "Neo associate arrivate oltre i giorni per la visita:"
        yield from (f"  {row.ref} {row.name}" for row in report.expired)


def _waiting(report: ImportReport) -> Iterator[str]:
    """What now waits for somebody's yes: they hear of it by themselves."""
    if report.proposed:
        yield f"Attribuzioni proposte, da confermare: {report.proposed}."
    if report.nobody:
        yield f"Senza nessuno a cui attribuirle: {report.nobody} (il perché: «dopovisita attribuisci»)."
    if report.wanted:
        yield f"Cambi di servizi, sede o codice da confermare: {report.wanted}."
