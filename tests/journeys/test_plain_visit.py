"""A visit with nothing special, by taps alone, from the company's card to the confirmation."""

from pathlib import Path

from store import drafts, visits
from tests.journeys.stage import ADA, a_stage, labelled, says, taps

PLAIN = (
    "Registra la visita",
    "Nessun credito",
    "Oggi",
    "In azienda",
    "È tutto giusto",
    "Già in regola",
    "Nessun interesse",
    "Non è il momento",
    "Fra tre mesi",
    "Buona",
    "Niente altro",
    "Conferma",
)


async def test_a_visit_with_nothing_special_takes_at_most_twelve_taps_and_no_typing(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        async with stage.service():
            ada = await stage.enters(ADA, 1001)
            found = await says(ada, "tessitura")
            card = await taps(ada, labelled(found, "Tessitura"))
            assert "Tessitura Finzioni" in card.text
            done = await taps(ada, *PLAIN)
            assert "Visita registrata: Tessitura Finzioni S.r.l., mercoledì 18 novembre 2026" in done.text
            assert "Nessuna mail da mandare" in done.text
        assert len(PLAIN) <= 12
        recorded = await stage.stored(lambda tx: visits.of_company(tx, 1))
        assert [v.report.credit for v in recorded] == ["No Crediti"]
        assert await stage.stored(lambda tx: drafts.open_all(tx, recorded[0].av)) == []
