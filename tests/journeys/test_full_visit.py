"""A visit with everything: Non riscosso, three corrections, three soci, mixed products, a complaint.

And RA's answer by mail, which comes back into the register and into Ada's chat.
"""

from pathlib import Path

from emulator.phone import Phone, Shown
from procedure.fields import RegisterField
from store import history, letters, register, visits
from store.letters import Outcome
from store.transaction import Transaction
from tests.journeys.stage import ADA, RA, Stage, a_stage, labelled, says, taps

AT = "@associazione.example.com"
EXPECTED: dict[str, dict[str, str | None]] = {
    # address: {subject: who is in copy}
    f"amministrazione{AT}": {"Credito non riscosso": None, "Modello RID firmato": None},
    f"recupero.crediti{AT}": {"Credito da recuperare": None},
    RA: {"Dati da aggiornare": None},
    f"essere.impresa{AT}": {"Moduli firmati in arrivo": None},
    f"ivo.prototipelli{AT}": {"Preventivo da redigere": f"certificazioni{AT}"},
    f"lia.segnapostini{AT}": {"Preventivo da redigere": None},
    f"politiche.servizi{AT}": {"Preventivi da seguire": None},
    f"pistoia{AT}": {"Reclamo raccolto in visita": None},
}


async def tell_everything(ada: Phone) -> Shown:
    """The visit, up to its recap."""
    found = await says(ada, "fratelli")
    await taps(ada, labelled(found, "Fratelli"), "Registra la visita")
    await taps(ada, "Sì, non gestito", "Riscosso in parte", "Altro giorno", "lun 16 nov", "In ufficio")
    await taps(ada, "PEC", "Email", "Telefono", "Correggi questi")
    await says(ada, "fratelli@pec.example.com")
    await says(ada, "nuovo@fratelli.example.com")
    await says(ada, "0573 000999")
    await taps(ada, "Socio per socio", "Tutti firmati", "Nessuno firmato", "Uno per uno")
    await taps(ada, "Firmato", "Già in regola", "Rifiutato")
    await taps(ada, "Paghe", "Sicurezza sul lavoro", "catalogo", "Avanti", "Privacy GDPR", "Avanti")
    await says(ada, "due dipendenti")
    await taps(ada, "Salta", "Salta", "Tesa", "nota", "reclamo", "Avanti")
    await says(ada, "Richiamare la mattina")
    return await says(ada, "Nessuno risponde al telefono")


async def test_a_visit_with_everything_writes_to_everyone_and_ra_s_answer_comes_back(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        recap = await tell_everything(ada)
        for told in ("0573 000999", "Moduli del socio 2: Nessuno firmato", "delega INPS · socio 3: Firmato"):
            assert told in recap.text
        for name in ("Uno A", "Due B", "Tre C"):  # soci never by name in a chat
            assert name not in "".join(shown.text for shown in ada.history)
        done = await taps(ada, "Conferma")
        assert "entro lunedì 23 novembre 2026: 5 giorni lavorativi" in done.text
        await _everyone_is_written_to(stage)

        e3 = await stage.letter(RA, "Dati da aggiornare")
        assert "Email: info@a2.example.com → nuovo@fratelli.example.com" in e3.text
        await stage.world.mail.mailboxes.reply(RA, e3, "Fatto, grazie.\n\nOlga")
        heard = await ada.hears("ha risposto")
        assert "Olga Bozzettoni ha risposto: anagrafica aggiornata: PEC, Email e Telefono." in heard.text
        n8 = await stage.world.mail.mailboxes.arrives(RA, after=e3)
        assert n8.headers["In-Reply-To"] is not None
        await stage.stored(_recorded)


async def _everyone_is_written_to(stage: Stage) -> None:
    for address, subjects in EXPECTED.items():
        for subject, copied in subjects.items():
            letter = await stage.letter(address, subject)
            assert "Fratelli Inventati S.n.c. (A002)" in letter.subject
            assert (copied or "") in (letter.headers["Cc"] or "")
            assert bool(letter.headers["Cc"]) == bool(copied)
    of_ours = {a for a in stage.world.mail.mailboxes if a.messages}
    of_the_visit = {*EXPECTED, f"certificazioni{AT}"}
    assert {box.address for box in of_ours} - {ADA} == of_the_visit  # Ada was told of the list


def _recorded(tx: Transaction) -> None:
    company = register.by_ref(tx, "A002")
    assert company is not None
    assert company.fields[RegisterField.PHONE] == "+390573000999"
    changes = [(c.field, c.hand.who, c.hand.channel) for c in history.changes(tx, "companies", company.id)]
    assert ("phone", RA, "mail") in changes
    (visit,) = visits.of_company(tx, company.id)
    assert visit.corrections_closed is not None
    kept = letters.get(tx, 1)
    assert kept is not None
    assert kept.outcome is Outcome.RECORDED
