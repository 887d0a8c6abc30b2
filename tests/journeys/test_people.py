"""People come and go while the service runs: an absence, a blocked chat, an evening's news, a leaving."""

from datetime import datetime, timedelta
from pathlib import Path

from actions.leave import leave
from dopovisita.archive import open_archive
from dopovisita.clock import ROME
from emulator.phone import Phone
from store import deadlines, outbox, people
from store.outbox import Channel
from store.transaction import Transaction
from tests.journeys.stage import ADA, Stage, a_stage, labelled, says, taps

AT = "@associazione.example.com"
CARLA = f"carla.immaginelli{AT}"
BRUNO = f"bruno.fintarelli{AT}"
ZENO = f"zeno.modellucci{AT}"
REFERENCE = f"certificazioni{AT}"


async def _wants_a_catalogue_product(ada: Phone) -> None:
    found = await says(ada, "tessitura")
    await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
    await taps(ada, "In azienda", "tutto giusto", "Già in regola", "catalogo", "Avanti", "Privacy GDPR")
    await taps(ada, "Avanti", "Salta", "Buona", "Niente altro", "Conferma")


def _at(stage: Stage, day: int, hour: int = 8, minute: int = 0) -> None:
    stage.world.clock.to(datetime(2026, 11, day, hour, minute, tzinfo=ROME))


async def _answers(stage: Stage, text: str) -> None:
    letter = await stage.letter(REFERENCE, "Tessitura")
    await stage.world.mail.mailboxes.reply(REFERENCE, letter, text)


async def test_who_is_absent_is_left_alone_and_the_deputy_has_it_all_until_they_are_back(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, carla = await stage.enters(ADA, 1001), await stage.enters(CARLA, 1002)
        await _wants_a_catalogue_product(ada)
        await says(ada, "/assenza")
        await taps(ada, "Segna un'assenza")
        await says(ada, "da domani al 24 novembre")
        done = await taps(ada, "Carla Immaginelli", "Conferma")
        assert "I termini corrono lo stesso" in done.text
        told = await carla.hears("Sostituisci Ada Esempioli")
        assert "non scade niente" in told.text  # the first term ends on the day she is back

        for phone in (ada, carla):
            phone.forgets()
        _at(stage, 24)
        morning = await carla.hears("Buongiorno")
        assert "Per conto di Ada Esempioli" in morning.text
        assert "Tessitura Finzioni" in morning.text
        await _answers(stage, "Ci sentiamo la settimana prossima")
        reply = await carla.hears("Ci sentiamo")
        assert reply.text.startswith("Per conto di Ada Esempioli, assente fino a martedì 24 novembre 2026.")
        heard = "\n".join(shown.text for shown in ada.screen)
        assert "Ci sentiamo" not in heard
        assert "Buongiorno" not in heard

        carla.forgets()
        _at(stage, 25)
        back = await ada.hears("Buongiorno")
        assert "Tessitura Finzioni" in back.text
        assert "Per conto" not in back.text


async def test_the_deputy_finishes_what_the_morning_asks(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, carla = await stage.enters(ADA, 1001), await stage.enters(CARLA, 1002)
        await _wants_a_catalogue_product(ada)
        await says(ada, "/assenza")
        await taps(ada, "Segna un'assenza")
        await says(ada, "da domani al 24 novembre")
        await taps(ada, "Carla Immaginelli", "Conferma")
        _at(stage, 24)
        await carla.hears("Buongiorno")
        done = await taps(carla, "redazione del preventivo", "Consegnato oggi")
        assert "dalla consegna" in done.text


async def test_a_blocked_chat_goes_by_mail_and_the_administrator_hears_of_it(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, zeno = await stage.enters(ADA, 1001), await stage.enters(ZENO, 1009)
        await _wants_a_catalogue_product(ada)
        ada.blocks_the_bot()
        _at(stage, 24)
        mailboxes = stage.world.mail.mailboxes
        letter = await mailboxes.arrives(ADA, lambda one: "redazione del preventivo" in one.text)
        assert "Tessitura Finzioni" in letter.text
        told = await zeno.hears("Telegram non consegna i messaggi a Ada Esempioli")
        assert "per mail" in told.text


async def test_what_comes_in_the_evening_leaves_at_eight_of_the_next_working_day(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        await _wants_a_catalogue_product(ada)
        ada.forgets()
        _at(stage, 18, 19, 30)
        await _answers(stage, "Ci sentiamo domani")
        await stage.letter(REFERENCE, "Risposta non registrata")  # it was read, and answered

        def waits(tx: Transaction) -> datetime | None:
            return outbox.next_due(tx, Channel.CHAT, stage.world.clock.now())

        assert await stage.stored(waits) == datetime(2026, 11, 19, 8, 0, tzinfo=ROME)
        shown = await says(ada, "/oggi")  # a person's own question is answered at any hour
        assert "Oggi, mercoledì 18" in shown.text
        ada.forgets()
        _at(stage, 19, 8)
        await ada.hears("Ci sentiamo domani")


async def test_who_leaves_passes_everything_on_and_the_successor_hears_it_once(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, bruno = await stage.enters(ADA, 1001), await stage.enters(BRUNO, 1004)
        await _wants_a_catalogue_product(ada)
        ada.forgets()
        bruno.forgets()

        def congeda(tx: Transaction) -> None:
            person, to = people.by_email(tx, ADA), people.by_email(tx, BRUNO)
            assert person is not None
            leave(tx, person, to, who="congeda", now=stage.world.clock.now() + timedelta(seconds=1))

        async with open_archive(stage.database) as store:
            await store.run(congeda)
        told = await bruno.hears("Da oggi segui quello che era di Ada Esempioli")
        assert "4 aziende" in told.text
        assert "1 preventivo aperto" in told.text
        assert "redazione del preventivo" in told.text
        found = await says(bruno, "tessitura")
        assert labelled(found, "Tessitura Finzioni")

        await _answers(stage, "Ci sentiamo la settimana prossima")
        reply = await bruno.hears("Ci sentiamo")
        assert reply.text.startswith("Al posto di Ada Esempioli, che non c'è più.")
        closed = await says(ada, "/oggi")
        assert "Tessitura" not in closed.text
        assert len([shown for shown in bruno.screen if "Da oggi segui" in shown.text]) == 1
        left = await stage.stored(lambda tx: people.gone(tx, ADA))
        assert left is not None
        assert await stage.stored(lambda tx: deadlines.of_person(tx, left.id)) == []
