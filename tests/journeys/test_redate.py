"""A visit told for the wrong day, put right by taps: seen before it is saved, told once, reminded anew.

Ada tells on Wednesday 18 November that she was at the Tessitura on Monday; it was that very morning.
"""

from datetime import datetime
from pathlib import Path

from dopovisita.clock import ROME
from emulator.phone import Phone
from store import deadlines, outbox, tables
from store.transaction import Transaction
from tests.journeys.stage import ADA, Stage, a_stage, labelled, says, taps

AT = "@associazione.example.com"
IVO = f"ivo.prototipelli{AT}"
WRONG = "lun 16 nov"


async def _tells(ada: Phone, company: str, *interests: str) -> None:
    found = await says(ada, company)
    await taps(ada, labelled(found, company), "Registra la visita", "Nessun credito", "Altro giorno", WRONG)
    await taps(ada, "In azienda", "tutto giusto", "Già in regola", *interests, "Salta")
    await taps(ada, "Buona", "Niente altro", "Conferma")


async def _morning(stage: Stage, day: int) -> None:
    stage.world.clock.to(datetime(2026, 11, day, 8, 0, tzinfo=ROME))


def _drafting(tx: Transaction) -> deadlines.DeadlineRow:
    (row,) = (row for row in deadlines.of_company(tx, 1) if row.due.kind == "D10")
    return row


def _rectifications(tx: Transaction) -> int:
    rows = tx.all(tables.outbox.select().where(tables.outbox.c.channel == outbox.Channel.MAIL.value))
    return sum(row.payload["mail"]["kind"] == "N7" for row in rows)


async def test_a_visit_of_the_wrong_day_is_put_right_and_only_the_new_days_are_reminded(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, ivo = await stage.enters(ADA, 1001), await stage.enters(IVO, 1003)
        await _tells(ada, "Tessitura", "Paghe", "Avanti")
        await _tells(ada, "Inventati", "catalogo", "Avanti", "Privacy GDPR", "Avanti")
        e7 = await stage.letter(IVO, "Preventivo da redigere")
        assert "entro lunedì 23 novembre 2026" in e7.text

        found = await says(ada, "Tessitura")
        asked = await taps(ada, labelled(found, "Tessitura"), "Correggi la data della visita")
        assert "Ora è lunedì 16 novembre 2026. Qual è il giorno giusto?" in asked.text
        preview = await taps(ada, "mer 18 nov", "giorno sbagliato")
        assert "Da lunedì 16 novembre 2026 a mercoledì 18 novembre 2026." in preview.text
        assert "• redazione del preventivo: da lunedì 23 a mercoledì 25 novembre" in preview.text
        assert (await stage.stored(_drafting)).due.due_on.day == 23  # only seen so far

        saved = await taps(ada, "Salva")
        assert "Corretto: DATA VISITA, mercoledì 18 novembre 2026." in saved.text
        assert "Ivo Prototipelli" in saved.text
        assert (await stage.stored(_drafting)).due.due_on.day == 25

        n7 = await stage.letter(IVO, "Rettifica: Tessitura")
        assert "DATA VISITA: mercoledì 18 novembre 2026 (prima: lunedì 16 novembre 2026)" in n7.text
        assert "redazione del preventivo: da lunedì 23 a mercoledì 25 novembre" in n7.text
        assert "entro mercoledì 25 novembre 2026" in n7.text
        assert n7.headers["In-Reply-To"] == e7.headers["Message-ID"]
        assert await stage.stored(_rectifications) == 2  # to the AM and to RPS

        for day in (20, 23):  # the eve and the last day of the wrong visit: Ada's other one is told of
            ada.forgets()
            await _morning(stage, day)
            assert "Inventati" in (await ada.hears("Buongiorno")).text
        assert not any("Buongiorno" in shown.text for shown in ivo.history)
        ivo.forgets()
        await _morning(stage, 24)
        eve = await ivo.hears("Buongiorno")
        assert "Tessitura" in eve.text
        assert "entro mercoledì 25 novembre 2026" in eve.text


async def test_a_delivery_put_right_shows_its_validity_and_tells_the_av(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, ivo = await stage.enters(ADA, 1001), await stage.enters(IVO, 1003)
        await _tells(ada, "Tessitura", "Paghe", "Avanti")
        ada.forgets()
        await _morning(stage, 20)
        await ivo.hears("Buongiorno")
        await taps(ivo, "redazione del preventivo", "Consegnato oggi")
        quote = await taps(ivo, "Apri il preventivo")
        assert "valido fino a domenica 20 dicembre 2026" in quote.text

        preview = await taps(ivo, "Correggi una data", "Consegna", "gio 19 nov", "saputo dopo")
        assert "• sollecito: da martedì 1 dicembre a lunedì 30 novembre" in preview.text
        await taps(ivo, "Salva lo stesso")  # it is told before its drafting, which stays of Friday

        told = await ada.hears("ha corretto una data")
        assert "Ivo Prototipelli ha corretto una data: DATA PREVENTIVO (consegna)" in told.text
        quote = await taps(ivo, "Apri il preventivo")
        assert "valido fino a sabato 19 dicembre 2026" in quote.text
