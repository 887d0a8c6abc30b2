"""Whatever a list brings and whatever is edited after it, taking the load back leaves exactly what it must.

What must stand is reckoned here by itself: of each field, what an edit after the load said, else what stood
before the load.
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.import_register import RegisterList, import_register
from actions.undo_import import undo_import
from procedure.fields import RegisterField
from procedure.register_rows import RegisterRow
from procedure.visits import Code
from store import register
from tests.actions.house import House, at, opened

REFS = ("P1", "P2", "P3", "P4")
FIELDS = (RegisterField.PHONE, RegisterField.CAP, RegisterField.COMUNE)
VALUES = ("", "51100", "59100", "51039")
SOCI = ((), ("Uno A",), ("Uno A", "Due B"), ("Tre C",))

Told: TypeAlias = dict[RegisterField, str]
Standing: TypeAlias = dict[str, tuple[Told, tuple[str, ...]]]

told = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES), max_size=3)
lists = st.dictionaries(st.sampled_from(REFS), st.tuples(told, st.sampled_from(SOCI)), min_size=1)
edits = st.lists(
    st.tuples(st.sampled_from(REFS), st.sampled_from(FIELDS), st.sampled_from(VALUES[1:])), max_size=4
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=lists, edited_before=edits, second=lists, edited_after=edits)
def test_import_edit_import_edit_undo(
    first: Standing,
    edited_before: list[tuple[str, RegisterField, str]],
    second: Standing,
    edited_after: list[tuple[str, RegisterField, str]],
) -> None:
    with TemporaryDirectory() as directory, opened(Path(directory)) as house:
        loads(house, first, 18)
        edit(house, edited_before, 19)
        before = standing(house)
        loads(house, second, 20)
        since = edit(house, edited_after, 23)
        loaded = standing(house)
        undo_import(house.tx, house.office.calendars, by="prova", now=at(24))
        assert standing(house) == _expected(before, loaded, since)


def _expected(before: Standing, loaded: Standing, since: dict[str, dict[RegisterField, str]]) -> Standing:
    """New companies go, unless they were edited; of the others each field is as before, unless edited."""
    kept = {ref: loaded[ref] for ref in loaded.keys() - before.keys() if since.get(ref)}
    for ref, (fields, soci) in before.items():
        kept[ref] = ({**fields, **since.get(ref, {})}, soci)
    return kept


def loads(house: House, listed: Standing, day: int) -> None:
    rows = [
        RegisterRow(
            number=n,
            ref=ref,
            name=f"Azienda {ref}",
            code=Code.MEMBER,
            has_services=True,
            site="Pistoia",
            trade="Alimentare",
            joined_on=date(2019, 1, 1),
            fields=fields,
            partners=soci,
        )
        for n, (ref, (fields, soci)) in enumerate(listed.items(), 2)
    ]
    import_register(
        house.tx,
        RegisterList("prova.csv", "0", rows),
        terms=house.office.campaign.terms,
        calendars=house.office.calendars,
        who="prova",
        now=at(day),
    )


def edit(
    house: House, changes: list[tuple[str, RegisterField, str]], day: int
) -> dict[str, dict[RegisterField, str]]:
    """What people corrected, where it changed something; the last word of each field."""
    since: dict[str, dict[RegisterField, str]] = {}
    for ref, field, value in changes:
        company = register.by_ref(house.tx, ref)
        if company is None or company.fields.get(field, "") == value:
            continue
        register.set_field(house.tx, company.id, field, value, who="ra", at=at(day), channel="mail")
        since.setdefault(ref, {})[field] = value
    return since


def standing(house: House) -> Standing:
    found = ((ref, register.by_ref(house.tx, ref)) for ref in REFS)
    return {
        ref: (
            {field: company.fields.get(field, "") for field in FIELDS},
            tuple(sorted(partner.name for partner in company.partners)),
        )
        for ref, company in found
        if company
    }
