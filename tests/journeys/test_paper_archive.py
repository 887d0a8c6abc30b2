"""From the delivery to the binder: the cover comes by mail, the copy is filed by a tap; the forms are handed
over with their list; the obiettivo counts the visit that began it all.
"""

from datetime import date, datetime
from pathlib import Path

from dopovisita.clock import ROME
from emulator.letters import Letter
from emulator.phone import Phone
from store import paper_copies, visits
from store.transaction import Transaction
from tests.journeys.stage import ADA, a_stage, labelled, says, taps
from tests.mailer.pdf import figure, text_of

CARLA = "carla.immaginelli@associazione.example.com"


def pdf(letter: Letter) -> tuple[str, bytes]:
    """The one paper that came with a letter: its name and its bytes."""
    (paper,) = letter.message.iter_attachments()
    assert paper.get_content_type() == "application/pdf"
    return str(paper.get_filename()), paper.get_content()


async def visited(ada: Phone) -> None:
    found = await says(ada, "Tessitura")
    await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
    await taps(ada, "In azienda", "tutto giusto", "Tutti firmati", "catalogo", "Avanti")
    await taps(ada, "Privacy GDPR", "Avanti", "Salta", "Buona", "Niente altro", "Conferma")


def filing(tx: Transaction) -> paper_copies.Filing | None:
    return paper_copies.filing(tx, 1)


async def test_a_delivered_quote_s_cover_comes_by_mail_and_its_copy_is_filed(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        await visited(ada)
        stage.world.clock.to(datetime(2026, 11, 20, 10, 0, tzinfo=ROME))
        found = await says(ada, "Tessitura")
        quote = await taps(ada, labelled(found, "Tessitura"), "da redigere", "Consegnato oggi")
        quote = await taps(ada, "Apri il preventivo")
        assert "Preventivo n. 1 · copia in archivio: manca ancora" in quote.text

        told = await taps(ada, "Manda la copertina per mail")
        assert f"La copertina parte ora per {ADA}." in told.text
        name, cover = pdf(
            await stage.letter(ADA, "Copertina per l'archivio: Tessitura Finzioni S.r.l. (A001)")
        )
        assert name == "copertina-A001-preventivo-1.pdf"
        for said in (
            "Tessitura Finzioni S.r.l.",
            "A001",
            "N. 1",
            "venerdì 20 novembre 2026",
            "Ada Esempioli",
        ):
            assert said in text_of(cover)
        assert figure(cover)[0].endswith("A001")

        listed = await says(ada, "/archivio")
        assert "Tessitura Finzioni S.r.l. (A001): consegnato ven 20 nov" in listed.text
        filed = await taps(ada, "Tessitura")
        assert "Tutte le copie sono in archivio" in filed.text
        kept = await stage.stored(filing)
        assert kept is not None
        assert (kept.on, kept.by) == (date(2026, 11, 20), ADA)

        await taps(ada, "Non è in archivio")
        assert await stage.stored(filing) is None


async def test_in_december_the_rs_reads_what_is_missing_and_files_it(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, carla = await stage.enters(ADA, 1001), await stage.enters(CARLA, 1002)
        await visited(ada)
        stage.world.clock.to(datetime(2026, 11, 20, 10, 0, tzinfo=ROME))
        found = await says(ada, "Tessitura")
        await taps(ada, labelled(found, "Tessitura"), "da redigere", "Consegnato oggi")
        stage.world.clock.to(datetime(2026, 12, 1, 8, 30, tzinfo=ROME))
        told = await carla.hears("Copie che mancano in archivio, Pistoia")
        assert "Tessitura Finzioni S.r.l. (A001): consegnato venerdì 20 novembre 2026, segue Ada" in told.text
        listed = await says(carla, "/archivio")
        await taps(carla, labelled(listed, "Tessitura"))
        kept = await stage.stored(filing)
        assert kept is not None
        assert kept.by == CARLA


async def test_forms_are_handed_over_yesterday_with_their_list(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        await visited(ada)
        stage.world.clock.to(datetime(2026, 11, 20, 10, 0, tzinfo=ROME))
        found = await says(ada, "Tessitura")
        forms = await taps(ada, labelled(found, "Tessitura"), "Moduli firmati")
        assert "RID (mandato SDD) · socio 1: da consegnare" in forms.text
        await taps(ada, "Manda la distinta")
        name, paper = pdf(await stage.letter(ADA, "Distinta dei moduli"))
        assert name == "distinta-moduli-A001.pdf"
        assert "Ufficio Essere Impresa" in text_of(paper)
        assert "Anna Finzioni" not in text_of(paper)

        await taps(ada, "un altro giorno: deleghe", "Ieri")
        done = await taps(ada, "Conferma")
        assert "Segnato: consegnati giovedì 19 novembre 2026." in done.text
        forms = await taps(ada, "Moduli firmati")
        assert "delega INPS · socio 1: consegnato gio 19 nov" in forms.text
        assert "RID (mandato SDD) · socio 1: da consegnare" in forms.text
        (visit,) = await stage.stored(lambda tx: visits.of_company(tx, 1))
        assert {form.handed_over_on for form in visit.forms} == {date(2026, 11, 19), None}


async def test_an_rs_sets_an_obiettivo_and_the_av_s_visit_counts_for_it(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, carla = await stage.enters(ADA, 1001), await stage.enters(CARLA, 1002)
        await says(carla, "/obiettivi")
        asked = await taps(carla, "Nuovo obiettivo", "Di una persona", "Ada Esempioli", "Novembre 2026")
        assert "Quante visite" in asked.text
        await says(carla, "12")
        done = await taps(carla, "Conferma")
        assert "Segnato: 12 visite per novembre 2026, Ada Esempioli." in done.text
        await visited(ada)
        for phone in (ada, carla):
            told = await says(phone, "/obiettivi")
            assert "Obiettivo novembre 2026: 1 visita su 12" in told.text
        home = await says(ada, "/start")
        assert "Obiettivo novembre 2026: 1 visita su 12" in home.text


async def test_an_obiettivo_begun_and_left_waits_at_home_by_its_name(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        carla = await stage.enters(CARLA, 1002)
        await says(carla, "/obiettivi")
        await taps(carla, "Nuovo obiettivo", "Di una sede")
        home = await says(carla, "/start")
        resumed = await taps(carla, labelled(home, "Riprendi: Nuovo obiettivo"))
        assert "Per quale periodo?" in resumed.text
