"""A quote of three products, two of them accepted, each at its value; then one amount was wrong (A30, T16).

Told in Ivo's chat; read in the mailboxes of the Responsabile Servizi and of RPA, and in Ada's chat.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from procedure.quotes import QuoteState
from store import quotes
from store.transaction import Transaction
from tests.journeys.stage import ADA, a_stage, labelled, says, taps

AT = "@associazione.example.com"
IVO, SERVICES, RPA = f"ivo.prototipelli{AT}", f"servizi{AT}", f"amministrazione{AT}"


async def test_two_of_three_products_are_accepted_and_a_wrong_amount_is_put_right(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
        await taps(ada, "In azienda", "È tutto giusto", "Già in regola")
        await taps(ada, "Contabilità", "Paghe", "catalogo", "Avanti", "Privacy GDPR", "Avanti")
        await taps(ada, "Salta", "Salta", "Salta", "Buona", "Niente altro", "Conferma")

        ivo = await stage.enters(IVO, 1003)
        await taps(ivo, "redazione del preventivo", "Consegnato oggi", "Apri il preventivo")
        asked = await taps(ivo, "Accettato", "Solo qualche prodotto")
        assert "Quali prodotti ha accettato?" in asked.text
        await taps(ivo, "Contabilità", "Privacy GDPR", "Avanti")
        await says(ivo, "1.200 €")
        await says(ivo, "300,50")
        recap = await taps(ivo, "Costa troppo", "Oggi")
        assert (
            "Prodotti accettati: Contabilità ordinaria, semplificata e forfettari, Privacy GDPR" in recap.text
        )
        done = await taps(ivo, "Conferma")
        assert "Valore 1.500,50\N{NO-BREAK SPACE}€" in done.text
        assert "Ho scritto a Ugo Sagomelli, Quinto Facsimilli." in done.text

        for address in (SERVICES, RPA):
            e10 = await stage.letter(address, "Preventivo accettato")
            assert "il preventivo seguito da Ivo Prototipelli" in e10.text
            assert "- Privacy GDPR: 300,50\N{NO-BREAK SPACE}€" in e10.text
            assert "- Paghe e amministrazione del personale: non accettato (Costa troppo)" in e10.text
            assert "Valore: 1.500,50\N{NO-BREAK SPACE}€" in e10.text
        heard = await ada.hears("Preventivo accettato")
        assert "1.500" not in heard.text

        await taps(ivo, "Apri il preventivo", "Correggi importo")
        await says(ivo, "1100")
        await says(ivo, "300,50")
        amended = await taps(ivo, "Conferma")
        assert "Valore 1.400,50\N{NO-BREAK SPACE}€" in amended.text
        for address in (SERVICES, RPA):
            n7 = await stage.letter(address, "Rettifica")
            assert "Tessitura Finzioni S.r.l. (A001)" in n7.subject
            assert (
                "VALORE PREVENTIVO: 1.400,50\N{NO-BREAK SPACE}€ (prima: 1.500,50\N{NO-BREAK SPACE}€)"
                in n7.text
            )
        await stage.stored(_recorded)


def _recorded(tx: Transaction) -> None:
    (quote,) = quotes.of_company(tx, 1)
    assert (quote.state, quote.value, quote.closed_on) == (
        QuoteState.ACCEPTED,
        Decimal("1400.50"),
        date(2026, 11, 18),
    )
    answers = {line.product: (line.accepted, line.value) for line in quotes.lines(tx, quote.id)}
    assert answers == {
        "CONT": (True, Decimal(1100)),
        "PAGHE": (False, None),
        "PRIVACY": (True, Decimal("300.50")),
    }
