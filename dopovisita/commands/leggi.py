"""`dopovisita leggi`: what the service makes of a letter in a file. The answer to "why was it not recorded?".

Nothing is written: what would be done is tried on the database and undone.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from dopovisita.clock import Clock
from dopovisita.italian_click import ItalianCommand
from dopovisita.letter_told import Told, as_json, lines
from dopovisita.loop import run
from dopovisita.rehearsing import House
from dopovisita.settings import MAIL_FROM, MAIL_TRUSTED_SERVER, read_variables
from mailer.compose import Envelope, render
from mailer.reading.letter import read
from procedure.correspondence.evidence import evidence
from procedure.errors import DopovisitaError, Failure
from procedure.notices import Mail

LARGEST = 64_000_000
"""Bytes of a file; no server lets a mail through that is near it."""

_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@click.command("leggi", cls=ItalianCommand)
@click.argument("files", metavar="FILE", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_lines", is_flag=True, help="Una riga di JSON per ogni file.")
def command(files: tuple[Path, ...], as_lines: bool) -> int:
    """Dice che cosa il servizio capisce di una o più mail salvate (.eml), senza scrivere nulla.

    Chi l'ha scritta, il testo nuovo, di chi è e perché, che cosa verrebbe registrato e risposto. Senza
    archivio o impostazioni dice solo quello che si legge nel file.
    """
    now, failed = Clock().now(), False
    for path in files:
        try:
            told = _told(path, now)
        except Failure as failure:
            failed = True
            click.echo(str(failure), err=True)
            continue
        click.echo(json.dumps(as_json(told), ensure_ascii=False) if as_lines else "\n".join(_shown(told)))
    return int(failed)


def _shown(told: Told) -> Iterator[str]:
    yield from lines(told)
    yield ""


def _told(path: Path, now: datetime) -> Told:
    given = read_variables()
    raw = _bytes_of(path)
    letter = read(raw, MAIL_TRUSTED_SERVER.of(given))
    if not (letter.sender or letter.message_id or letter.subject or letter.date):
        raise Failure(f"«{path}» non sembra una mail: mancano mittente, oggetto e data")
    try:
        house = House.of(given)
        rehearsed = run(house.rehearse(raw, letter, now))
    except DopovisitaError as failure:
        return Told(str(path), letter, unknown_because=str(failure))
    clues = evidence(house.office.minting.secret, letter.traces)
    sender = MAIL_FROM.of(given)
    answers = tuple(
        (mail, *_texts(mail, Envelope("<prova@leggi>", sender.email, sender, now)))
        for mail in rehearsed.mails
    )
    return Told(str(path), letter, clues, rehearsed, answers=answers)


def _texts(mail: Mail, envelope: Envelope) -> tuple[str, str]:
    subject, plain, _ = render(mail, envelope)
    return subject.partition(" [#")[0], plain


def _bytes_of(path: Path) -> bytes:
    """The file, if it can be a mail.

    Raises:
        Failure: it cannot be read, is too large, or is no .eml.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Failure(f"«{path}» è troppo grande per essere una mail")
        raw = path.read_bytes()
    except OSError:
        raise Failure(f"non riesco a leggere «{path}»: controlla il nome e i permessi") from None
    if raw.startswith(_OUTLOOK):
        raise Failure(f"«{path}» è un messaggio .msg di Outlook: salvalo come .eml e riprova")
    if not raw.strip():
        raise Failure(f"«{path}» è vuoto")
    return raw
