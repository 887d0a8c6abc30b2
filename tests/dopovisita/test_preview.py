"""What `importa` shows before it writes: every kind of news, and then exactly what happens."""

from datetime import timedelta
from pathlib import Path

import pytest

from actions.preview_register import Preview, preview_register
from dopovisita.importing import load_file, read_file
from dopovisita.preview_words import told
from store import register, register_changes
from tests.dopovisita.conftest import NOW, Archive
from tests.dopovisita.sheets import row, write_list

MEMBERS = (
    row(),
    row(ref="A2", name="Due S.r.l.", tax="", who=""),
    row(ref="A3", name="Tre S.r.l.", tax="", who=""),
)


async def look(archive: Archive, path: Path, *rows: list[str]) -> Preview:
    read = await read_file(archive.store, archive.file.campaign, write_list(path, *rows), now=NOW)
    return await archive.store.read(
        lambda tx: preview_register(tx, read.listed.rows, today=NOW.date(), term=30)
    )


@pytest.fixture
async def path(archive: Archive, tmp_path: Path) -> Path:
    await archive.load(write_list(tmp_path / "prima.csv", *MEMBERS))
    return tmp_path / "elenco.csv"


async def test_what_is_shown_is_what_then_happens(archive: Archive, path: Path) -> None:
    rows = (MEMBERS[0], row(ref="A2", name="Due S.r.l.", tax="", who="", cap="59100"), row(ref="N1", tax=""))
    shown = await look(archive, path, *rows)
    compared = shown.compared
    assert (compared.new, len(compared.changed), compared.unchanged) == (("N1",), 1, 1)
    assert compared.changed[0].changes == {"cap": ("51100", "59100")}
    read = await read_file(archive.store, archive.file.campaign, path, now=NOW)
    report = await load_file(archive.store, archive.file.campaign, read, who="prova", now=NOW)
    assert report.loaded is not None
    assert (report.loaded.added, report.loaded.changed, report.loaded.unchanged) == (1, 1, 1)


async def test_looking_writes_nothing(archive: Archive, path: Path) -> None:
    await look(archive, path, row(ref="A2", tax="", site="Prato", cap="59100"), row(ref="N1", tax=""))
    assert await archive.store.read(register.count) == 3
    assert await archive.store.read(register_changes.open_companies) == frozenset()


@pytest.mark.parametrize(("ago", "line"), [(10, ": 20 giorni"), (29, ": 1 giorno"), (34, "da 4 giorni")])
async def test_a_new_member_has_the_days_left_of_its_thirty(
    archive: Archive, path: Path, ago: int, line: str
) -> None:
    joined = (NOW - timedelta(days=ago)).strftime("%d/%m/%Y")
    shown = await look(archive, path, row(ref="N1", tax="", code="1", joined=joined))
    assert [each.left for each in shown.new_members] == [30 - ago]
    assert any(said.endswith(line) for said in told(shown) if "N1" in said)


async def test_a_twin_by_tax_code_is_told_with_the_company_it_doubles(archive: Archive, path: Path) -> None:
    shown = await look(archive, path, row(ref="B9", name="Panificio bis"))
    assert [(twin.ref, twin.known) for twin in shown.twins] == [("B9", "A1")]
    assert "  B9 ha Partita IVA di A1 Panificio Tizietti S.r.l." in "\n".join(told(shown))


async def test_who_is_gone_is_told_of_a_whole_list_and_not_looked_for_in_a_part(
    archive: Archive, path: Path
) -> None:
    shown = await look(archive, path, *MEMBERS[:2])
    assert shown.gone == (("A3", "Tre S.r.l."),)
    shown = await look(archive, path, row(ref="N1", tax=""))
    assert shown.gone is None
    assert "chi manca non lo guardo" in list(told(shown))[-1]


async def test_what_waits_for_a_yes_and_what_changes_hands_is_told(archive: Archive, path: Path) -> None:
    shown = await look(
        archive, path, row(ref="A2", name="Due S.r.l.", tax="", services="no", who="Bruno Fintarelli")
    )
    assert [(each.ref, each.wanted.field.value) for each in shown.asked] == [("A2", "has_services")]
    assert [(each.ref, each.new) for each in shown.moved] == [("A2", "Bruno Fintarelli")]
    lines = list(told(shown))
    assert "  A2 Due S.r.l.: Servizi sì → no" in lines
    assert "  A2 Due S.r.l.: da nessuno a Bruno Fintarelli" in lines


async def test_the_attributions_shown_are_those_that_are_then_proposed(archive: Archive, path: Path) -> None:
    new = [row(ref=f"N{n}", tax="", who="", trade="Alimentare") for n in range(5)]
    shown = await look(archive, path, *new)
    read = await read_file(archive.store, archive.file.campaign, path, now=NOW)
    before = sum(count for _, count in shown.proposed) + shown.nobody
    report = await load_file(archive.store, archive.file.campaign, read, who="prova", now=NOW)
    assert report.proposed + report.nobody == before


async def test_a_long_list_is_cut_and_says_by_how_much(archive: Archive, path: Path) -> None:
    new = [row(ref=f"N{n:02}", tax="", code="1", joined="20/11/2026") for n in range(25)]
    shown = await look(archive, path, *new)
    assert "  e altre 5 (tutte, con --tutto)" in list(told(shown))
    assert len([line for line in told(shown, every=True) if line.startswith("  N")]) == 25
