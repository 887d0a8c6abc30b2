"""Each way of going wrong in a visit, told through the whole service: every one has its right answer."""

from pathlib import Path

from actions.enrol import dismiss
from emulator.phone import Phone
from store import audit, drafts, people, updates, visits
from store.transaction import Transaction
from tests.journeys.stage import ADA, Stage, a_stage, labelled, says, taps

AT = "@associazione.example.com"
IBAN = "IT60X0542811101000000123456"


async def _begins(stage: Stage) -> Phone:
    ada = await stage.enters(ADA, 1001)
    found = await says(ada, "tessitura")
    await taps(ada, labelled(found, "Tessitura"), "Registra la visita")
    return ada


async def test_back_from_every_step_keeps_what_was_told(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await _begins(stage)
        asked = await taps(ada, "Nessun credito", "Ieri", "Al telefono")
        assert "Ecco i dati" in asked.text
        asked = await taps(ada, "Indietro", "Indietro", "Indietro")
        assert "Risulta un credito" in asked.text
        assert "✓ Nessun credito" in " ".join(asked.labels)
        asked = await taps(ada, "Nessun credito")
        assert "Ecco i dati" in asked.text  # the answers behind it still stand


async def test_a_double_tap_and_an_old_button_write_nothing_twice(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await _begins(stage)
        first = ada.last
        label = labelled(first, "Nessun credito")
        with stage.world.telegram.burst():
            ada.taps(label, message=first)
            ada.taps(label, message=first)
        shown = await ada.hears("già passata")
        assert "Quando c'è stata la visita?" in shown.text
        (row,) = await stage.stored(lambda tx: drafts.open_all(tx, 1))
        assert row.draft.answers == {"credit": "none"}


async def test_the_second_tap_on_confirm_records_no_second_visit(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await _begins(stage)
        await taps(ada, "Nessun credito", "Oggi", "In azienda", "tutto giusto", "Già in regola")
        await taps(ada, "Nessun interesse", "Non è il momento", "Fra un mese", "Buona", "Niente altro")
        recap = ada.last
        with stage.world.telegram.burst():
            ada.taps(labelled(recap, "Conferma"), message=recap)
            ada.taps(labelled(recap, "Conferma"), message=recap)
        await ada.hears_toast("già stato registrato")
        assert len(await stage.stored(lambda tx: visits.of_company(tx, 1))) == 1


async def test_nonsense_gets_a_hint_and_the_third_time_an_offer_of_help(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await _begins(stage)
        asked = await taps(ada, "Nessun credito")
        for _ in range(2):
            asked = await says(ada, "boh")
            assert "Non ho capito il giorno" in asked.text
            assert "Posso aiutarti?" not in asked.text
        asked = await says(ada, "mah")
        assert "Posso aiutarti?" in asked.text
        asked = await says(ada, "lunedì scorso")
        assert "Come vi siete visti?" in asked.text or "Quale giorno intendi?" in asked.text


async def test_a_number_may_be_typed_in_the_place_of_any_button(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await says(ada, labelled(found, "Tessitura").split(".")[0])
        assert "Registra la visita" in " ".join(ada.last.labels)
        await says(ada, "1")
        assert "Risulta un credito" in ada.last.text
        await says(ada, "1")
        assert "Quando c'è stata la visita?" in ada.last.text
        await says(ada, "0")
        assert "Risulta un credito" in ada.last.text


async def test_cancelling_is_asked_twice_and_leaves_nothing(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await _begins(stage)
        await taps(ada, "Nessun credito", "Annulla")
        assert "Vuoi davvero annullare?" in ada.last.text
        await taps(ada, "No, continua")
        assert "Quando c'è stata la visita?" in ada.last.text
        await says(ada, "/annulla")
        landed = await taps(ada, "Sì, annulla")
        assert "non è stato registrato nulla" in landed.text
        assert await stage.stored(lambda tx: drafts.open_all(tx, 1)) == []


async def test_a_visit_is_left_and_resumed_days_later_after_a_restart(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        async with stage.service():
            ada = await _begins(stage)
            await taps(ada, "Nessun credito", "Oggi")
        stage.world.clock.by_working_days(3)
        async with stage.service():
            ada.forgets()
            ada.says("/start")
            landed = await ada.hears("Ciao")
            asked = await taps(ada, labelled(landed, "Riprendi"))
            assert "Come vi siete visti?" in asked.text


async def test_an_answer_is_edited_from_the_recap_and_only_what_is_new_is_asked(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await _begins(stage)
        await taps(ada, "Nessun credito", "Oggi", "In azienda", "tutto giusto", "Già in regola")
        await taps(ada, "Nessun interesse", "Non è il momento", "Fra un mese", "Buona", "Niente altro")
        asked = await taps(ada, "✎ Crediti", "Sì, non gestito")
        assert "Cosa è successo con il credito?" in asked.text
        recap = await taps(ada, "Piano di rientro firmato")
        assert "è tutto giusto?" in recap.text
        assert "Piano di rientro firmato" in recap.text


async def test_what_may_not_pass_through_a_chat_is_not_kept_and_leaves_the_chat(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await _begins(stage)
        typed = ada.says(f"il conto è {IBAN}")
        told = await ada.hears("qui non deve passare")
        assert "IBAN" in told.text
        await ada.sees(lambda p: next(m for m in p.history if m.message_id == typed).deleted)
        photo = ada.sends_photo()
        await ada.hears("non passano da qui")
        await ada.sees(lambda p: next(m for m in p.history if m.message_id == photo).deleted)
        assert IBAN.encode() not in _on_disk(tmp_path)


def _on_disk(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.glob("dopovisita.db*"))


async def test_a_stranger_learns_nothing_and_leaves_a_trace(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        stranger = stage.world.telegram.phone(4242, "Nessuno")
        stranger.start("indovinato")
        told = await stranger.hears("invito")
        stranger.says("Tessitura")
        told = await stranger.hears("riservato")
        assert "Tessitura" not in told.text
        traces = await stage.stored(lambda tx: audit.latest(tx, 5))
        assert {"stranger", "invitation_refused"} <= {note.what for note in traces}
        assert await stage.stored(updates.last_id) is not None


async def test_who_has_left_is_a_stranger_from_that_moment(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service() as house:
        ada = await _begins(stage)

        def leaves(tx: Transaction) -> None:
            person = people.by_email(tx, ADA)
            assert person
            dismiss(tx, person, stage.world.clock.now())

        await house.store.run(leaves)
        ada.taps(labelled(ada.last, "Nessun credito"))
        await ada.hears("riservato")
        (row,) = await stage.stored(lambda tx: drafts.open_all(tx, 1))
        assert row.draft.answers == {}


async def test_another_s_button_does_nothing(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        await _begins(stage)
        bruno = await stage.enters(f"bruno.fintarelli{AT}", 1002)
        bruno.taps_old(bruno.last.message_id, "a:1:0:none")
        await bruno.hears_toast("non è fra le tue")
        (row,) = await stage.stored(lambda tx: drafts.open_all(tx, 1))
        assert row.draft.answers == {}
