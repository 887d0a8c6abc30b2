"""What goes wrong outside: the mail server, Telegram, the network. The service stays up, tells, and heals."""

import asyncio
from datetime import timedelta
from pathlib import Path

from emulator.faults import Kind
from emulator.phone import Phone, Shown
from store import outbox
from store.outbox import OutboxRow, State
from store.transaction import Transaction
from tests.journeys.stage import ADA, RA, Stage, a_stage, labelled, says, taps

ADMIN = "zeno.modellucci@associazione.example.com"


async def _corrects_the_pec(ada: Phone) -> Shown:
    found = await says(ada, "tessitura")
    await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
    await taps(ada, "In azienda", "PEC", "Correggi questi")
    await says(ada, "nuova@pec.example.com")
    await taps(ada, "Già in regola", "Nessun interesse", "Non è il momento", "Fra un mese")
    return await taps(ada, "Buona", "Niente altro", "Conferma")


async def test_a_mail_refused_for_good_is_told_to_the_av_and_the_administrator(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        stage.world.mail.smtp.refuses(RA, 550, "casella inesistente")
        await _corrects_the_pec(ada)
        told = await ada.hears("Una mail non è arrivata")
        assert RA in told.text
        notice = await stage.letter(ADMIN, "Mail non consegnata")
        assert "550" in notice.text


async def test_a_server_that_is_away_keeps_the_mail_until_it_is_back_and_it_arrives_once(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path) as stage, stage.service() as house:
        ada = await stage.enters(ADA, 1001)
        stage.world.mail.smtp.rejects(451, "torna più tardi", times=1)
        done = await _corrects_the_pec(ada)
        assert "Visita registrata" in done.text
        await _until_put_off(stage)
        stage.world.clock.advance(timedelta(minutes=5))
        house.wake()
        await stage.letter(RA, "Dati da aggiornare")
        assert len(stage.world.mail.mailboxes[RA].messages) == 1


async def _until_put_off(stage: Stage) -> None:
    """Until the refused mail is waiting to be tried again."""
    async with asyncio.timeout(30):
        while not any(row.state is State.RETRY for row in await stage.stored(_letters)):
            pass


def _letters(tx: Transaction) -> list[OutboxRow]:
    return [row for n in range(1, 10) if (row := outbox.get(tx, n))]


async def test_telegram_that_floods_fails_and_loses_answers_still_shows_each_question(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), "Registra la visita")
        await _taps_through(stage, ada, "flood", "Nessun credito")
        await _taps_through(stage, ada, "bad_gateway", "Oggi")
        await _taps_through(stage, ada, "lost", "In azienda")
        assert "Ecco i dati" in ada.last.text


async def _taps_through(stage: Stage, ada: Phone, fault: Kind, words: str) -> None:
    """Tap, while the call that is to show the next question meets this fault once."""
    before = ada.last
    stage.world.telegram.fails(fault, 1, method="editMessageText")
    ada.taps(labelled(before, words), message=before)
    await ada.sees(lambda p: p.last.revision != before.revision)
