"""`dopovisita importa`: the list of companies, with what was refused and why."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from actions.preview_register import preview_register
from actions.undo_import import undo_import
from conversations.phrases import say
from dopovisita import preview_words
from dopovisita.archive import open_archive, sync_people
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import Clock
from dopovisita.importing import ImportReport, Progress, load_file, read_file
from dopovisita.italian_click import ItalianCommand
from dopovisita.loop import run
from dopovisita.register_file import RegisterFile
from dopovisita.secret import SecretUrl
from dopovisita.settings import CAMPAIGN, DATABASE_URL, read_variables
from procedure.errors import Failure, Refusal
from procedure.italian import join_it, plural
from procedure.register_columns import Row
from procedure.register_rows import RegisterRow, RowRefusal
from procedure.workdays import calendars

WHO = "dopovisita importa"


@click.command("importa", cls=ItalianCommand)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path), required=False)
@click.option("--salta-errori", is_flag=True, help="Carica le righe buone anche se altre hanno errori.")
@click.option("--prova", is_flag=True, help="Mostra che cosa cambierebbe, e non scrive niente.")
@click.option("--tutto", is_flag=True, help="Nell'anteprima mostra ogni riga.")
@click.option("--annulla", is_flag=True, help="Annulla l'ultimo caricamento. Senza FILE.")
def command(file: Path | None, salta_errori: bool, prova: bool, tutto: bool, annulla: bool) -> int:
    """Carica l'elenco delle aziende da FILE (Excel, ODS o CSV).

    Le colonne si riconoscono dal nome; servono almeno Cod. interno, Ragione sociale, Codice (0 o 1),
    Servizi (sì o no) e Sede. Prima mostra che cosa cambia, e da un terminale chiede se procedere. Se una riga
    ha un errore non viene scritto niente: correggila e riprova.

    Con --annulla l'ultimo caricamento torna indietro: le aziende che ha portato vengono tolte, i dati che ha
    cambiato tornano com'erano; quello che qualcuno ha toccato dopo resta.
    """
    given = read_variables()
    if annulla:
        if file or salta_errori or prova or tutto:
            raise Failure("--annulla va da solo")
        lines = run(_undone(DATABASE_URL.of(given), CAMPAIGN.of(given)))
    elif file is None:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    else:
        asked = _Asked(file, skip_refused=salta_errori, only_look=prova, every=tutto)
        return run(_import(DATABASE_URL.of(given), CAMPAIGN.of(given), asked))
    for line in lines:
        click.echo(line)
    return 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the administrator asked for."""

    path: Path
    skip_refused: bool
    only_look: bool
    every: bool


async def _import(database_url: SecretUrl, campaign: Path, asked: _Asked) -> int:
    """Read, show, ask, write; the command's exit code."""
    file = load_campaign(campaign)
    now = Clock().now()
    async with open_archive(database_url) as store:
        await sync_people(store, file, now)
        bars = _Bars()
        read = await read_file(store, file.campaign, asked.path, now=now, progress=bars)
        stopped = bool(read.listed.refused) and not asked.skip_refused
        if stopped and not asked.only_look:
            return _end(await load_file(store, file.campaign, read, who=WHO, now=now))
        rows, term = read.listed.rows, file.campaign.terms.visit_new_member
        look = partial(preview_register, rows=rows, today=now.date(), term=term)
        for line in preview_words.told(await store.read(look), every=asked.every):
            click.echo(line)
        if asked.only_look:
            return _only_looked(read)
        if _may_ask() and not click.confirm("Procedo?"):
            click.echo("Non ho scritto niente.")
            return 0
        report = await load_file(
            store, file.campaign, read, who=WHO, now=now, skip_refused=asked.skip_refused, progress=bars
        )
    return _end(report)


def _end(report: ImportReport) -> int:
    for line in _told(report):
        click.echo(line)
    return 0 if report.loaded else 1


def _may_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _only_looked(read: RegisterFile) -> int:
    for line in _refused(read.listed.refused):
        click.echo(line)
    click.echo("Non ho scritto niente: per caricare, lo stesso comando senza --prova.")
    return 1 if read.listed.refused else 0


async def _undone(database_url: SecretUrl, campaign: Path) -> list[str]:
    file = load_campaign(campaign)
    now = Clock().now()
    async with open_archive(database_url) as store:
        try:
            done = await store.run(lambda tx: undo_import(tx, calendars(file.campaign), by=WHO, now=now))
        except Refusal as refusal:
            raise Failure(say(f"refusal.{refusal.phrase}")) from None
    return list(preview_words.told_undone(done))


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
    yield from _refused(report.refused)
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


def _refused(refused: Iterable[RowRefusal]) -> Iterator[str]:
    yield from (f"riga {each.row}, {each.column}: {each.reason}" for each in refused)


def _waiting(report: ImportReport) -> Iterator[str]:
    """What now waits for somebody's yes: they hear of it by themselves."""
    if report.proposed:
        yield f"Attribuzioni proposte, da confermare: {report.proposed}."
    if report.nobody:
        yield f"Senza nessuno a cui attribuirle: {report.nobody} (il perché: «dopovisita attribuisci»)."
    if report.wanted:
        yield f"Cambi di servizi, sede o codice da confermare: {report.wanted}."
