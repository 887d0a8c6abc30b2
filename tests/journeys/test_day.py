"""An AV's day on the clock: an appointment by a line of text, the evening before, the hour after, the end."""

from datetime import UTC, date, datetime
from pathlib import Path

from dopovisita.clock import ROME
from emulator.letters import Letter
from store import appointments, deadlines, tables
from store.transaction import Transaction
from tests import calendar_file
from tests.journeys.stage import ADA, Stage, a_stage, labelled, says, taps

THE_VISIT = (
    *("Nessun credito", "Ieri", "In azienda", "È tutto giusto", "Già in regola", "Nessun interesse"),
    *("Non è il momento", "Fra tre mesi", "Buona", "Niente altro", "Conferma"),
)


def to(stage: Stage, day: int, hour: int, minute: int = 0, month: int = 11) -> None:
    stage.world.clock.to(datetime(2026, month, day, hour, minute, tzinfo=ROME))


def entry(letter: Letter) -> tuple[str, calendar_file.Event]:
    """The calendar entry that a letter carries."""
    (part,) = letter.message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    return calendar_file.parsed(part.get_content().encode())


def queued(tx: Transaction) -> list[str]:
    """The keys of all chat messages about appointments."""
    rows = tx.all(tables.outbox.select().where(tables.outbox.c.channel == "chat"))
    return [row.key for row in rows if row.key.startswith("appointment:")]


def mornings(tx: Transaction) -> list[date]:
    """When a morning's message was queued."""
    rows = tx.all(tables.outbox.select().where(tables.outbox.c.channel == "chat"))
    return [row.created_at.date() for row in rows if row.payload["screen"] == "morning"]


async def test_an_appointment_from_a_line_of_text_to_the_scheda(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), "Fissa appuntamento")
        await says(ada, "lunedì alle 15")
        recap = await says(ada, "chiedere della signora Finzioni")
        assert "lunedì 23 novembre 2026 alle 15:00" in recap.text
        done = await taps(ada, "Conferma")
        assert "Appuntamento fissato: lunedì 23 novembre 2026 alle 15:00" in done.text
        method, event = entry(await stage.letter(ADA, "Appuntamento fissato"))
        assert method == "PUBLISH"
        assert calendar_file.moment(event["DTSTART"]) == datetime(2026, 11, 23, 14, tzinfo=UTC)

        ada.forgets()
        to(stage, 20, 17)  # Friday: the last working day before
        eve = await ada.hears("estratto conto, comprese le proforma?")
        for words in ("Tessitura Finzioni", "lunedì 23 novembre 2026 alle 15:00", "Via della Prova 1"):
            assert words in eve.text
        assert "+390573000101" in eve.text
        assert "chiedere della signora Finzioni" in eve.text
        checked = await taps(ada, "Controllato")
        assert "estratto conto controllato" in checked.text
        kept = await stage.stored(lambda tx: appointments.get(tx, 1))
        assert kept is not None
        assert kept.credit_checked_at is not None

        ada.forgets()
        to(stage, 23, 16)
        await ada.hears("Com'è andata?")
        assert "15:00" in (await says(ada, "/oggi")).text

        ada.forgets()
        to(stage, 24, 8)
        again = await ada.hears("Com'è andata?")
        assert [label.split(" ", 2)[2] for label in again.labels] == [
            "Registra la visita",
            "Spostata",
            "Non fatta",
        ]
        told = await taps(ada, "Registra la visita", *THE_VISIT)
        assert "Visita registrata" in told.text
        assert "andava completata" not in told.text  # it is the last day in time
        assert await stage.stored(lambda tx: deadlines.of_company(tx, 1)) == []

        to(stage, 4, 12, month=12)
        await says(ada, "/oggi")
        assert [key.split(":")[2] for key in await stage.stored(queued)] == ["eve", "asked", "again"]


async def test_moved_and_given_up_the_calendar_follows_and_nothing_more_is_said(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(
            ada, labelled(found, "Tessitura"), "Fissa appuntamento", "Domani", "15:00", "Salta", "Conferma"
        )
        _, first = entry(await stage.letter(ADA, "Appuntamento fissato"))
        await says(ada, "/appuntamenti")
        await taps(ada, "Tessitura", "Sposta")
        await says(ada, "venerdì alle 9.30")
        await taps(ada, "Conferma")
        _, second = entry(await stage.letter(ADA, "Appuntamento spostato"))
        await taps(ada, "Apri l'appuntamento", "Annulla", "L'ha chiesto l'azienda", "Conferma")
        method, third = entry(await stage.letter(ADA, "Appuntamento annullato"))
        assert method == "CANCEL"
        assert first["UID"] == second["UID"] == third["UID"]
        assert [one["SEQUENCE"] for one in (first, second, third)] == ["0", "1", "2"]
        to(stage, 27, 12)
        await says(ada, "/oggi")
        assert await stage.stored(queued) == []


async def test_a_visit_never_told_is_asked_of_twice_and_then_reminded_until_it_is(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), "Fissa appuntamento")
        await says(ada, "domani alle 15")
        await taps(ada, "Salta", "Conferma")
        to(stage, 19, 16)
        await ada.hears("Com'è andata?")

        ada.forgets()
        to(stage, 20, 8)
        await ada.hears("Com'è andata?")
        assert "scheda e data della visita" in (await says(ada, "/oggi")).text

        ada.forgets()
        to(stage, 23, 8)
        morning = await ada.hears("Buongiorno")
        assert "scheda e data della visita: Tessitura" in morning.text
        await taps(ada, "scheda e data", "Nessun credito", "Altro giorno", "gio 19 nov", *THE_VISIT[2:])
        assert "La scheda andava completata entro venerdì 20 novembre 2026" in ada.last.text
        assert await stage.stored(lambda tx: deadlines.of_company(tx, 1)) == []

        ada.forgets()
        to(stage, 24, 8)
        await says(ada, "/oggi")
        assert "Niente in scadenza" in ada.last.text
        assert len(await stage.stored(queued)) == 2
        assert await stage.stored(mornings) == [date(2026, 11, 23)]
