"""`kill -9` after each single step of a visit, and in the middle of each: nothing lost, nothing doubled."""

from pathlib import Path
from typing import Any

import pytest

from emulator.phone import Phone
from store import deadlines, drafts, outbox, quotes, visits
from store.outbox import State
from store.transaction import Transaction
from tests.journeys.process import Service, a_service
from tests.journeys.stage import ADA, Stage, a_stage, labelled, says, taps

STEPS = (
    *(
        "Registra la visita",
        "Sì, non gestito",
        "Non riscosso",
        "Oggi",
        "Al telefono",
        "PEC",
        "Correggi questi",
    ),
    "typed: nuova@pec.example.com",
    *("Tutti firmati", "Paghe", "Avanti", "Salta", "Così così", "Niente altro", "Conferma"),
)


async def _told(tmp_path: Path, *, how: str) -> dict[str, Any]:
    """The whole visit, the service killed at each step as `how` says; what the database holds in the end."""
    async with a_stage(tmp_path) as stage, a_service(stage) as service:
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"))
        for step in STEPS:
            await _step(service, ada, step, how)
        assert "Visita registrata" in ada.last.text
        await _mails_left(stage)
        await service.stops()
        return await stage.stored(_held)


async def _step(service: Service, ada: Phone, step: str, how: str) -> None:
    before = ada.last
    if step.startswith("typed: "):
        ada.says(step.removeprefix("typed: "))
    else:
        ada.taps(labelled(before, step), message=before)
    if how == "in the middle":
        await service.is_killed()
        await service.start()
    await ada.sees(lambda p: p.last.from_bot and p.last.revision != before.revision)
    if how == "after":
        await service.is_killed()
        await service.start()


async def _mails_left(stage: Stage) -> None:
    at = "@associazione.example.com"
    for box in ("amministrazione", "recupero.crediti", "anagrafica", "essere.impresa", "ivo.prototipelli"):
        await stage.letter(f"{box}{at}", "Tessitura")


def _held(tx: Transaction) -> dict[str, Any]:
    (visit,) = visits.of_company(tx, 1)
    (quote,) = quotes.of_visit(tx, visit.id)
    found = [outbox.get(tx, n) for n in range(1, 10)]
    mails = [row for row in found if row and row.key.startswith("visit:")]
    return {
        "report": visit.report,
        "quote": (quote.owner_email, quote.state, [line.product for line in quotes.lines(tx, quote.id)]),
        "terms": sorted((row.due.kind, row.due.due_on) for row in deadlines.of_company(tx, 1)),
        "mails": sorted(row.key for row in mails),
        "left": {row.state for row in mails} <= {State.SENT, State.QUEUED, State.RETRY, State.IN_FLIGHT},
        "drafts": drafts.open_all(tx, visit.av),
    }


@pytest.mark.parametrize("how", ["after", "in the middle"])
async def test_a_service_killed_at_every_step_ends_where_an_undisturbed_one_does(
    tmp_path: Path, how: str
) -> None:
    (tmp_path / "calm").mkdir()
    (tmp_path / "killed").mkdir()
    calm = await _told(tmp_path / "calm", how="never")
    killed = await _told(tmp_path / "killed", how=how)
    assert killed == calm
    assert len(calm["mails"]) == 8
