"""The same visit to each kind of company (code 0 or 1, with or without services), and its mails.

The table is section 9's, written out by hand: mail, to, cc, what its text must say, what it must never say.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.stage import ADA, COMPANIES, a_stage, labelled, says, taps

AT = "@associazione.example.com"
DUE = "entro mercoledì 25 novembre 2026: 5 giorni lavorativi dalla visita di mercoledì 18"
NEXT_DAY = "entro giovedì 19 novembre 2026: 1 giorno lavorativo dalla visita di mercoledì 18"
FORMS = frozenset({"E4", "E6", "MODULI"})


@dataclass(frozen=True)
class Expected:
    """One row of section 9's table, for this visit."""

    kind: str
    to: str
    subject: str
    cc: str = ""
    says: tuple[str, ...] = ()


TABLE = (
    Expected("E1", "amministrazione", "Credito non riscosso", says=("PRESO IN CARICO", "INCASSATO")),
    Expected("E2", "recupero.crediti", "Credito da recuperare", says=("PRESO IN CARICO", "INCASSATO")),
    Expected("E3", "anagrafica", "Dati da aggiornare", says=("→ nuova@pec.example.com", "FATTO")),
    Expected("E4", "essere.impresa", "Moduli firmati", says=(NEXT_DAY, "delega INPS", "RICEVUTO")),
    Expected("E6", "amministrazione", "Modello RID firmato", says=(NEXT_DAY, "RICEVUTO")),
    Expected("MODULI", "ada.esempioli", "Scansioni dei moduli", says=("delega INPS", "RID: foto2")),
    Expected("E7", "ivo.prototipelli", "Preventivo da redigere", "certificazioni", says=(DUE, "REDATTO")),
    Expected("E8", "politiche.servizi", "Preventivi da seguire", says=(DUE, "Ivo Prototipelli")),
)


@pytest.mark.parametrize("company", COMPANIES, ids=lambda c: f"code-{c[3]}-services-{c[4]}")
async def test_the_mails_of_a_visit_are_those_of_the_table(tmp_path: Path, company: tuple[str, ...]) -> None:
    ref, name, _, code, *_ = company
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, ref)
        await taps(ada, labelled(found, name.split()[0]), "Registra la visita", "Sì, non gestito")
        await taps(ada, "Non riscosso", "Oggi", "In azienda", "PEC", "Correggi questi")
        asked = await says(ada, "nuova@pec.example.com")
        assert ("Moduli" in asked.text) == (code == "0")  # neo associate are not asked [r.119]
        if code == "0":
            await taps(ada, "Tutti firmati")
        await taps(ada, "Paghe", "catalogo", "Avanti", "Privacy GDPR", "Avanti", "Salta", "Salta")
        await taps(ada, "Buona", "Niente altro", "Conferma")

        expected = [row for row in TABLE if code == "0" or row.kind not in FORMS]
        for row in expected:
            letter = await stage.letter(f"{row.to}{AT}", row.subject)
            assert f"{name} ({ref})" in letter.subject
            assert [address for address in letter.to if AT in address] == [f"{row.to}{AT}"]
            assert [address for address in letter.cc if AT in address] == [f"{row.cc}{AT}"] * bool(row.cc)
            for words in ("Ada Esempioli", "mercoledì 18 novembre 2026", "Pistoia", *row.says):
                assert words in letter.text, (row.kind, words)
                assert words in letter.html.replace("&gt;", ">") or words.isupper() or "→" in words
        letters = [one for box in stage.world.mail.mailboxes for one in box.messages]
        arrived = [one for one in letters if "notizia" not in one.subject]  # of the list: what Ada was given
        assert len(arrived) == len(expected) + 1  # E7 lies in two mailboxes, the AM's and the one in copy
