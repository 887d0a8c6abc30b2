"""From a list without assignees to an addetto who hears of two companies: through the whole service."""

import csv
from datetime import datetime
from pathlib import Path

from dopovisita.archive import open_archive
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import ROME
from dopovisita.importing import import_file
from store import deadlines, people, register
from tests.journeys.stage import ADA, CAMPAIGN, Stage, a_stage, labelled, says, taps

AT = "@associazione.example.com"
CARLA = f"carla.immaginelli{AT}"
ROSA = f"rosa.disegnolli{AT}"
SANDRO = f"sandro.apocrifelli{AT}"

HEADER = (
    "Cod. interno",
    "Ragione sociale",
    "Codice",
    "Servizi",
    "Sede",
    "Mestiere",
    "Data adesione",
    "Comune",
)
NEW = (
    ("N1", "Calzoleria Apparente", "0", "no", "Pistoia", "Alimentare", "", "Quarrata"),
    ("N2", "Lanificio Supposto", "0", "no", "Pistoia", "Alimentare", "", "Quarrata"),
    ("N3", "Mobilificio Presunto", "1", "no", "Pistoia", "Alimentare", "10/11/2026", "Agliana"),
    ("N4", "Vetreria Eventuale", "1", "no", "Pistoia", "Alimentare", "10/10/2026", "Agliana"),
    ("N5", "Sartoria Possibile", "1", "sì", "Pistoia", "Orafi", "10/11/2026", "Pescia"),
)


async def _a_list_comes(stage: Stage, *rows: tuple[str, ...]) -> None:
    path = stage.directory / "nuove.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *rows])
    async with open_archive(stage.database) as store:
        now = stage.world.clock.now()
        report = await import_file(store, load_campaign(CAMPAIGN).campaign, path, who="importa", now=now)
        assert report.loaded is not None, report.refused
        assert (report.proposed, report.nobody) == (4, 1)


async def _assignee(stage: Stage, ref: str) -> str:
    company = await stage.stored(lambda tx: register.by_ref(tx, ref))
    assert company is not None
    person = await stage.stored(lambda tx: people.by_id(tx, company.assignee or 0))
    return person.name if person else ""


async def test_a_list_without_assignees_is_proposed_confirmed_told_and_handed_out(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _a_list_comes(stage, *NEW)
        async with stage.service():
            sandro = await stage.enters(SANDRO, 2001)
            carla = await stage.enters(CARLA, 2002)
            ada = await stage.enters(ADA, 1001)
            assert await _assignee(stage, "N1") == ""

            listed = await says(sandro, "/attribuzioni")
            assert "Calzoleria Apparente → Carla Immaginelli" in listed.text
            one = await taps(sandro, "Mobilificio Presunto")
            assert "Neo associata senza servizi, sede di Pistoia" in one.text
            await taps(sandro, "Attribuzioni", "Conferma tutte")
            carla.forgets()
            done = await taps(sandro, "Sì, conferma tutte")
            assert "4 aziende" in done.text
            assert await _assignee(stage, "N1") == "Carla Immaginelli"

            told = await carla.hears("3 aziende nuove per te")
            assert "Mobilificio Presunto" in told.text  # the odd one: an addetto of the sede has one already
            assert "visita entro giovedì 10 dicembre 2026: restano 22 giorni" in told.text
            rosa = await stage.world.mail.mailboxes.arrives(ROSA, lambda one: "Vetreria" in one.text)
            assert "arrivata scaduta" in rosa.text
            why = await taps(carla, labelled(told, "Calzoleria"), "Perché è mia?")
            assert "confermata da Sandro Apocrifelli" in why.text
            assert "(regola AT1)" in why.text

            await says(carla, "/assegna")
            await taps(carla, "Calzoleria", "Lanificio", "A chi? (2)")
            asked = await taps(carla, "Ada Esempioli")
            assert "Affido a Ada Esempioli" in asked.text
            ada.forgets()
            handed = await taps(carla, "Sì, affida")
            assert "Ada Esempioli ha 2 aziende in più" in handed.text
            heard = await ada.hears("ti affida 2 aziende")
            assert "Lanificio Supposto" in heard.text
            assert await _assignee(stage, "N2") == "Ada Esempioli"


async def test_who_decides_without_a_chat_gets_a_mail_and_answers_confermo(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _a_list_comes(stage, *NEW)
        async with stage.service():
            letter = await stage.letter(SANDRO, "Attribuzioni da confermare")
            assert "Calzoleria Apparente" in letter.text
            assert "CONFERMO" in letter.text
            teresa = await stage.letter(f"teresa.verosimiletti{AT}", "Attribuzioni da confermare")
            assert "Sartoria Possibile (Pistoia): non c'è un EM per il mestiere Orafi" in teresa.text
            await stage.world.mail.mailboxes.reply(SANDRO, letter, "Confermo, grazie")
            back = await stage.letter(SANDRO, "Registrato")
            assert "4 attribuzioni confermate" in back.text
            assert await _assignee(stage, "N1") == "Carla Immaginelli"


async def test_the_first_visit_has_an_owner_who_is_reminded_once_it_is_confirmed(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await _a_list_comes(stage, *NEW)
        company = await stage.stored(lambda tx: register.by_ref(tx, "N3"))
        assert company is not None
        (row,) = await stage.stored(lambda tx: deadlines.of_company(tx, company.id))
        assert (row.owner, row.remind_on) == (None, None)
        async with stage.service():
            sandro = await stage.enters(SANDRO, 2001)
            await says(sandro, "/attribuzioni")
            await taps(sandro, "Conferma tutte", "Sì, conferma tutte")
            (row,) = await stage.stored(lambda tx: deadlines.of_company(tx, company.id))
            assert row.owner_email
            stage.world.clock.to(datetime(2026, 12, 9, 8, 0, tzinfo=ROME))
            morning = await stage.world.mail.mailboxes.arrives(
                row.owner_email, lambda one: "Mobilificio Presunto" in one.text
            )
            assert "entro giovedì 10 dicembre 2026" in morning.text
