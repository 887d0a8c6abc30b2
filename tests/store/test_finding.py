"""Companies found by what people type, well or not so well. The plain ways are in test_register.py."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedure.fields import RegisterField
from procedure.permissions import Sight
from store import finding, register
from store.engine import Store
from store.folding import folded
from store.transaction import Transaction
from tests.store.given import FORNO, NOON, a_company, in_one_transaction

NAMES = (
    "Tessitura Finzioni S.r.l.",
    "Panificio Caffè d'Oro",
    "Autotrasporti Immaginari",
    "Officina Meccanica Apparente",
    "Parrucchieri Nonsoché",
)


def _furnish(tx: Transaction) -> None:
    for number, name in enumerate(NAMES):
        a_company(tx, replace(FORNO, ref=f"N-{number}", name=name, fields={}))


MISTYPED = [
    ("tesitura", "Tessitura Finzioni S.r.l."),
    ("tessiutra", "Tessitura Finzioni S.r.l."),
    ("finzzioni", "Tessitura Finzioni S.r.l."),
    ("panifcio", "Panificio Caffè d'Oro"),
    ("pannificio", "Panificio Caffè d'Oro"),
    ("autotraporti", "Autotrasporti Immaginari"),
    ("oficina mecanica", "Officina Meccanica Apparente"),
    ("parucchieri", "Parrucchieri Nonsoché"),
    ("nonsochè", "Parrucchieri Nonsoché"),
]


@pytest.mark.parametrize(("typed", "meant"), MISTYPED)
async def test_a_slip_finds_what_was_meant(store: Store, typed: str, meant: str) -> None:
    def story(tx: Transaction) -> finding.Found:
        _furnish(tx)
        return finding.search(tx, typed, offset=0, limit=5)

    found = await store.run(story)
    assert [line.name for line in found.items] == [meant]
    assert found.near is (folded(typed) not in folded(meant))


@pytest.mark.parametrize("text", ["qwertyuiop", "xx", "tessitura officina"])
async def test_what_is_like_nothing_finds_nothing(store: Store, text: str) -> None:
    def story(tx: Transaction) -> int:
        _furnish(tx)
        return finding.search(tx, text, offset=0, limit=5).total

    assert await store.run(story) == 0


@in_one_transaction
def test_what_is_found_exactly_is_not_mixed_with_what_is_like_it(tx: Transaction) -> None:
    a_company(tx, replace(FORNO, ref="1", name="Panificio Uno"))
    a_company(tx, replace(FORNO, ref="2", name="Pannificio Due"))
    found = finding.search(tx, "panificio", offset=0, limit=5)
    assert ([line.ref for line in found.items], found.near) == (["1"], False)


@in_one_transaction
def test_a_near_miss_too_is_kept_to_ones_own(tx: Transaction) -> None:
    a_company(tx, replace(FORNO, ref="1", name="Panificio Uno", site="Prato"))
    a_company(tx, replace(FORNO, ref="2", name="Panificio Due", site="Agliana"))
    here = Sight(frozenset(), frozenset({"Prato"}), frozenset())
    found = finding.search(tx, "pannificio", offset=0, limit=5, within=here)
    assert ([line.ref for line in found.items], found.near) == (["1"], True)


@in_one_transaction
def test_of_very_many_a_thousand_are_counted(tx: Transaction) -> None:
    for number in range(finding.MOST + 5):
        a_company(tx, replace(FORNO, ref=f"{number}", fields={}))
    found = finding.search(tx, "forno", offset=995, limit=10)
    assert (len(found.items), found.total, found.more) == (5, finding.MOST, True)
    assert not finding.search(tx, "1004", offset=0, limit=10).more


@in_one_transaction
def test_words_that_changed_are_found_and_the_old_ones_are_not(tx: Transaction) -> None:
    company = a_company(tx)
    field = RegisterField.NAME
    register.set_field(tx, company.id, field, "Ferramenta", who="x", at=NOON, channel="chat")
    assert finding.search(tx, "ferramenta", offset=0, limit=5).total == 1
    assert finding.search(tx, "d'oro", offset=0, limit=5).total == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=20))
async def test_nothing_that_is_typed_breaks_it(store: Store, text: str) -> None:
    await store.read(lambda tx: finding.search(tx, text, offset=0, limit=5))
