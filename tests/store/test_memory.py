"""The house remembers what was done, what was loaded, and where it had come to."""

from procedure.notices import Json
from store import audit, imports, marks
from store.audit import Note
from store.imports import Import
from store.loading import Loaded
from store.transaction import Transaction
from tests.store.given import NOON, in_one_transaction


@in_one_transaction
def test_the_audit_is_read_from_its_end(tx: Transaction) -> None:
    for who in ("a", "b", "c"):
        audit.note(tx, NOON, who, "refused", {"id": 1})
    last, before = audit.latest(tx, 2)
    assert last == Note(last.id, NOON, "c", "refused", {"id": 1})
    assert before.who == "b"


@in_one_transaction
def test_a_mark_is_replaced(tx: Transaction) -> None:
    assert marks.get(tx, "tick") is None
    marks.put(tx, "tick", "2026-11-23")
    marks.put(tx, "tick", {"day": "2026-11-24"})
    assert marks.get(tx, "tick") == {"day": "2026-11-24"}


@in_one_transaction
def test_a_load_is_remembered_with_what_it_refused(tx: Transaction) -> None:
    assert imports.latest(tx) is None
    loaded = Loaded(3, 2, 1)
    refused: list[Json] = [{"row": 4, "reason": "partita IVA errata"}]
    number = imports.begin(tx, at=NOON, who="x", file_name="elenco.xlsx", sha256="0" * 64, refused=refused)
    imports.done(tx, number, loaded)
    assert imports.latest(tx) == Import(number, NOON, "x", "elenco.xlsx", "0" * 64, loaded, refused)
    imports.undone(tx, number, by="x", now=NOON)
    assert imports.latest(tx) is None
