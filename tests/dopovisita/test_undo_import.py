"""A load taken back: what it brought goes, what it changed is as before, what was touched since stays."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions.undo_import import Undone, undo_import
from dopovisita.importing import import_file
from procedure.errors import Refusal
from procedure.fields import RegisterField
from procedure.workdays import calendars
from store import history, imports, outbox, people, register, register_changes, tables
from store.loading import Loaded
from store.outbox import State
from store.transaction import Transaction
from store.unloading import Spared
from tests.dopovisita.conftest import NOW, Archive
from tests.dopovisita.sheets import row, write_list

LATER = NOW + timedelta(hours=1)
BEFORE = (row(), row(ref="A2", tax="", tel="0573 000002", who="", soci="Uno A; Due B"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "elenco.csv"


async def load(archive: Archive, path: Path, *rows: list[str], now: datetime = NOW) -> Loaded:
    write_list(path, *rows)
    report = await import_file(archive.store, archive.file.campaign, path, who="prova", now=now)
    assert report.loaded is not None
    return report.loaded


async def undo(archive: Archive) -> Undone:
    days = calendars(archive.file.campaign)
    return await archive.store.run(lambda tx: undo_import(tx, days, by="prova", now=LATER))


def _picture(tx: Transaction) -> dict[str, list[Any]]:
    """All that a load writes, but for its own memory."""
    asked = {
        "companies": select(tables.companies).order_by(tables.companies.c.id),
        "partners": select(tables.partners.c.company_id, tables.partners.c.name).where(
            tables.partners.c.active
        ),
        "deadlines": select(tables.deadlines).order_by(tables.deadlines.c.id),
        "proposals": select(tables.proposals.c.company_id, tables.proposals.c.person_id).where(
            tables.proposals.c.settled_at.is_(None)
        ),
        "waiting": select(tables.register_changes.c.company_id).where(
            tables.register_changes.c.settled_at.is_(None)
        ),
    }
    return {name: sorted(map(tuple, tx.all(rows)), key=str) for name, rows in asked.items()}


async def picture(archive: Archive) -> dict[str, list[Any]]:
    return await archive.store.read(_picture)


def moves(ref: str) -> list[str]:
    """The row of a company of which everything is told otherwise."""
    return row(
        ref=ref,
        tax="",
        name="Altro Nome S.r.l.",
        services="no",
        site="Prato",
        trade="Federmoda",
        joined="13/03/2019",
        who="Bruno Fintarelli",
        cap="59100",
        tel="0574 000009",
        pec="altro@pec.example.com",
        soci="Due B; Tre C",
    )


async def test_a_load_taken_back_leaves_the_register_as_it_was(archive: Archive, path: Path) -> None:
    await load(archive, path, *BEFORE)
    before = await picture(archive)
    new = row(ref="A3", tax="", code="1", joined="20/11/2026")
    assert await load(archive, path, BEFORE[0], moves("A2"), new, now=LATER) == Loaded(1, 1, 1)
    assert await picture(archive) != before
    done = await undo(archive)
    assert (sum(done.unloaded.removed.values()), done.unloaded.restored, done.unloaded.spared) == (1, 1, ())
    assert await picture(archive) == before


async def test_the_history_keeps_the_change_and_its_taking_back(archive: Archive, path: Path) -> None:
    await load(archive, path, *BEFORE)
    await load(archive, path, BEFORE[0], moves("A2"), now=LATER)
    await undo(archive)
    changes = await archive.store.read(lambda tx: history.changes(tx, "companies", 2))
    caps = [(c.old, c.new, c.reason) for c in changes if c.field == "cap"]
    assert caps == [("51100", "59100", ""), ("59100", "51100", "caricamento annullato")]


async def test_what_somebody_corrected_since_stays_and_is_said(archive: Archive, path: Path) -> None:
    await load(archive, path, *BEFORE)
    await load(archive, path, moves("A2"), now=LATER)
    await archive.store.run(
        lambda tx: register.set_field(
            tx, 2, RegisterField.PHONE, "+390574000777", who="ra", at=LATER, channel="mail"
        )
    )
    done = await undo(archive)
    assert done.unloaded.spared == (Spared("A2", "Altro Nome S.r.l.", "phone"),)
    company = await archive.store.read(lambda tx: register.by_ref(tx, "A2"))
    assert company is not None
    assert (company.fields[RegisterField.PHONE], company.fields[RegisterField.CAP]) == (
        "+390574000777",
        "51100",
    )


async def test_a_company_that_somebody_took_in_hand_stays_whole(archive: Archive, path: Path) -> None:
    await load(archive, path, *BEFORE)
    new = row(ref="A3", tax="", who="")
    await load(archive, path, new, now=LATER)

    def given(tx: Transaction) -> None:
        ada = people.by_email(tx, "ada.esempioli@associazione.example.com")
        company = register.by_ref(tx, "A3")
        assert ada is not None
        assert company is not None
        register.assign(tx, company.id, ada.id, who="rps", at=LATER, channel="chat")

    await archive.store.run(given)
    done = await undo(archive)
    assert done.unloaded.spared == (Spared("A3", "Panificio Tizietti S.r.l."),)
    assert await archive.store.read(register.count) == 3


async def test_what_was_to_be_told_of_it_is_not(archive: Archive, path: Path) -> None:
    await load(archive, path, *BEFORE)
    await load(archive, path, row(ref="A3", tax="", code="1", joined="20/11/2026"), now=LATER)
    number = (await archive.store.read(imports.latest)).id  # type: ignore[union-attr]  # it is there
    await undo(archive)

    def told(tx: Transaction) -> list[State]:
        found = (outbox.by_key(tx, f"given:import:{number}:{person.id}") for person in people.active(tx))
        return [row.state for row in found if row]

    assert await archive.store.read(told) == [State.WITHDRAWN]


async def test_who_has_been_told_hears_that_it_holds_no_longer(archive: Archive, path: Path) -> None:
    await load(archive, path, *BEFORE)
    await load(archive, path, row(ref="A3", tax="", code="1", joined="20/11/2026"), now=LATER)

    def carried(tx: Transaction) -> None:
        for row_ in outbox.waiting(tx, "given:import:"):
            outbox.sent(tx, row_.id, LATER)

    await archive.store.run(carried)
    await undo(archive)
    queued = await archive.store.read(lambda tx: outbox.waiting(tx, "import_undone:"))
    assert len(queued) == 1


async def test_the_loads_are_taken_back_from_the_last_one(archive: Archive, path: Path) -> None:
    empty = await picture(archive)
    await load(archive, path, *BEFORE)
    first = await picture(archive)
    await load(archive, path, BEFORE[0], moves("A2"))  # at the same moment: the clock may stand still
    await undo(archive)
    assert await picture(archive) == first
    await undo(archive)
    assert await picture(archive) == empty
    with pytest.raises(Refusal, match="no_import_to_undo"):
        await undo(archive)


async def test_the_same_list_may_be_loaded_again(archive: Archive, path: Path) -> None:
    await load(archive, path, *BEFORE)
    first = await picture(archive)
    await undo(archive)
    assert await load(archive, path, *BEFORE) == Loaded(2)
    assert len((await picture(archive))["companies"]) == len(first["companies"])


async def test_a_change_that_waited_for_a_yes_waits_no_longer(archive: Archive, path: Path) -> None:
    await load(archive, path, *BEFORE)
    await load(archive, path, moves("A2"), now=LATER)
    assert await archive.store.read(register_changes.open_companies) == {2}
    await undo(archive)
    assert await archive.store.read(register_changes.open_companies) == frozenset()
