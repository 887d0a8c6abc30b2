"""What comes by itself, by phone and by post: sections, digests, what was put off, a week without us."""

from datetime import datetime
from pathlib import Path

from dopovisita.clock import ROME
from emulator.phone import Phone
from store import deadlines
from tests.journeys.stage import ADA, Stage, a_stage, labelled, says, taps

AT = "@associazione.example.com"
RPS, RPC = f"sandro.apocrifelli{AT}", f"teresa.verosimiletti{AT}"
FORMS = ("In azienda", "tutto giusto", "Tutti firmati", "Nessun interesse", "Non è il momento")


async def visits(ada: Phone, name: str, *answers: str) -> None:
    """A visit of today, told to the end."""
    found = await says(ada, name)
    await taps(
        ada, labelled(found, name.capitalize()), "Registra la visita", "Nessun credito", "Oggi", *answers
    )
    await taps(ada, "Buona", "Niente altro", "Conferma")


async def signs(ada: Phone, name: str) -> None:
    """With all forms signed: D6 and D7 are due on the next working day."""
    await visits(ada, name, *FORMS, "Fra tre mesi")


async def wants_payroll(ada: Phone, name: str) -> None:
    """Ivo is to draft the quote within five working days."""
    await visits(ada, name, "In azienda", "tutto giusto", "Già in regola", "Paghe", "Avanti", "Salta")


async def goes_on_to(stage: Stage, day: int, month: int = 11, hour: int = 8) -> None:
    stage.world.clock.to(datetime(2026, month, day, hour, 0, tzinfo=ROME))


async def test_the_morning_comes_in_sections_and_each_item_is_finished_by_its_button(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        await signs(ada, "tessitura")
        ada.forgets()
        await goes_on_to(stage, 19)
        today = await ada.hears("Buongiorno")
        assert "Oggi" in today.text
        assert "In ritardo" not in today.text
        await taps(ada, "moduli ·")
        assert "Segnato: consegnati" in ada.last.text
        ada.forgets()
        await goes_on_to(stage, 20)
        late = await ada.hears("Buongiorno")
        assert "In ritardo" in late.text
        assert "RID (mandato SDD) a RPA: Tessitura" in late.text
        assert "Essere Impresa" not in late.text


async def test_the_papers_are_put_off_and_whoever_coordinates_reads_why(tmp_path: Path) -> None:
    """Due on Thursday 19; put off to Friday, then late: RPC reads on Monday 23, after two working days."""
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        await signs(ada, "tessitura")
        ada.forgets()
        await goes_on_to(stage, 19)
        await ada.hears("Buongiorno")
        await taps(ada, "⏰ Rinvia", "Fra 2 giorni lavorativi", "La persona non c'è")
        done = await taps(ada, "Conferma")
        assert "te lo ricordo lunedì 23 novembre 2026." in done.text
        rows = await stage.stored(lambda tx: deadlines.of_company(tx, 1))
        assert {str(row.due.due_on) for row in rows} == {"2026-11-19"}
        await goes_on_to(stage, 23)
        letter = await stage.letter(RPC, "Ritardi ancora aperti")
        assert "Ada Esempioli" in letter.text
        assert "in ritardo di 2 giorni lavorativi" in letter.text
        assert "La persona non c'è" in letter.text


async def test_rps_reads_the_late_drafting_in_the_chat_and_without_telegram_in_a_mail(tmp_path: Path) -> None:
    """Due on Wednesday 25; the week's digest of the 18th was empty."""
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        rps = await stage.enters(RPS, 1002)
        await wants_payroll(ada, "tessitura")
        rps.forgets()
        await goes_on_to(stage, 26)
        digest = await rps.hears("Ivo Prototipelli")
        assert "redazione del preventivo: Tessitura Finzioni" in digest.text
        assert "in ritardo di 1 giorno lavorativo" in digest.text


async def test_after_a_week_without_the_service_each_person_has_one_message(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        async with stage.service():
            ada = await stage.enters(ADA, 1001)
            await signs(ada, "tessitura")
            await signs(ada, "fratelli")
            ada.forgets()
        await goes_on_to(stage, 27, hour=9)
        async with stage.service():
            await ada.hears("Buongiorno")
            await stage.letter(RPC, "Ritardi ancora aperti")
        (told,) = (shown for shown in ada.screen if "Buongiorno" in shown.text)
        assert ada.last == told
        numbers = [line[:2] for line in told.text.splitlines() if line[:1].isdecimal()]
        assert numbers == ["1.", "2.", "3.", "4."]
        assert "In ritardo" in told.text
        assert "Oggi" not in told.text
