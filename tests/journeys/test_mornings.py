"""The clock carries a quote from the visit to its acceptance: mornings, the sollecito, the last mails."""

from datetime import datetime
from pathlib import Path

from dopovisita.clock import ROME
from emulator.phone import Phone
from store import deadlines, quotes
from tests.journeys.stage import ADA, Stage, a_stage, labelled, says, taps

AT = "@associazione.example.com"


async def _wants_a_catalogue_product(ada: Phone) -> str:
    found = await says(ada, "tessitura")
    await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
    await taps(ada, "In azienda", "tutto giusto", "Già in regola", "catalogo", "Avanti", "Privacy GDPR")
    done = await taps(ada, "Avanti", "Salta", "Buona", "Niente altro", "Conferma")
    return done.text


async def _morning(stage: Stage, day: int, month: int) -> None:
    stage.world.clock.to(datetime(2026, month, day, 8, 0, tzinfo=ROME))


async def test_the_clock_carries_a_quote_from_the_visit_to_its_acceptance(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        told = await _wants_a_catalogue_product(ada)
        assert "entro mercoledì 25 novembre 2026: 5 giorni lavorativi" in told
        e9 = await stage.letter(f"certificazioni{AT}", "Tessitura")
        assert f"politiche.servizi{AT}" in e9.headers["Cc"]

        ada.forgets()
        await _morning(stage, 24, 11)
        eve = await ada.hears("Buongiorno")
        assert "redazione del preventivo: Tessitura" in eve.text
        await taps(ada, "redazione del preventivo", "Consegnato oggi")
        assert "entro giovedì 3 dicembre 2026: 7 giorni lavorativi dalla consegna" in ada.last.text

        ada.forgets()
        await _morning(stage, 3, 12)
        push = await ada.hears("Sollecito: Tessitura")
        assert [label.split(" ", 2)[2] for label in push.labels] == [
            "Fatto oggi",
            "Accettato",
            "Non accettato",
            "Rinvia",
        ]
        await taps(ada, "Accettato")
        await says(ada, "1.200 € più IVA")
        done = await taps(ada, "Oggi", "Conferma")
        assert "preventivo accettato" in done.text
        for address in (f"amministrazione{AT}", f"servizi{AT}"):
            letter = await stage.letter(address, "accettato")
            assert "1.200,00" in letter.text
        ended = await stage.stored(lambda tx: quotes.get(tx, 1))
        assert ended is not None
        assert str(ended.value) == "1200.00"
        assert await stage.stored(lambda tx: deadlines.of_company(tx, 1)) == []


async def test_postponing_moves_the_reminder_and_never_the_deadline(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        await _wants_a_catalogue_product(ada)
        before = await stage.stored(lambda tx: deadlines.of_quote(tx, 1))
        ada.forgets()
        await _morning(stage, 24, 11)
        await ada.hears("Buongiorno")
        await taps(ada, "redazione del preventivo", "Rinvia", "Fra 2 giorni lavorativi")
        recap = await taps(ada, "Aspetto un documento")
        assert "Ricordamelo" in recap.text
        done = await taps(ada, "Conferma")
        assert "te lo ricordo giovedì 26 novembre 2026." in done.text
        assert "La scadenza resta la stessa: entro mercoledì 25 novembre 2026" in done.text
        (row,) = await stage.stored(lambda tx: deadlines.of_quote(tx, 1))
        assert row.due == before[0].due
        assert (str(row.remind_on), row.postponed_why) == ("2026-11-26", "Aspetto un documento")


async def test_who_has_no_telegram_gets_the_morning_by_mail(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
        await taps(ada, "In azienda", "tutto giusto", "Già in regola", "Paghe", "Avanti", "Salta")
        await taps(ada, "Buona", "Niente altro", "Conferma")
        await _morning(stage, 25, 11)
        am = f"ivo.prototipelli{AT}"
        morning = await stage.world.mail.mailboxes.arrives(am, lambda one: "Tessitura" not in one.subject)
        assert "Tessitura Finzioni" in morning.text
        assert "entro mercoledì 25 novembre 2026" in morning.text
