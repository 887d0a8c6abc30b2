import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.correspondence.enclosures import Enclosure
from procedure.correspondence.scans import is_scan, names_a_form, which_forms
from procedure.visits import Form

RID, INPS, REVOCA, ADESIONE = Form.RID, Form.DELEGA_INPS, Form.REVOCA_INPS, Form.DELEGA_ASSOCIATIVA
EVERY = frozenset(Form)


def told(
    *names: str, signed: frozenset[Form] = EVERY, text: str = "", subject: str = ""
) -> list[set[Form]] | None:
    found = which_forms(names, signed, text=text, subject=subject)
    return [set(found[at]) for at in range(len(names))] if found else None


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("RID.pdf", RID),
        ("mandato_SDD_firmato.jpg", RID),
        ("delega-inps-rossi.pdf", INPS),
        ("Revoca INPS.pdf", REVOCA),
        ("revoca_delega.pdf", REVOCA),
        ("Revoca della delega INPS.pdf", REVOCA),
        ("adesione 2026.PDF", ADESIONE),
        ("Delega Associativa (adesione).pdf", ADESIONE),
        ("INPS.png", INPS),
    ],
)
def test_a_file_is_known_by_its_name(name: str, form: Form) -> None:
    assert told(name) == [{form}]


def test_the_only_form_that_was_signed_is_what_every_file_holds() -> None:
    assert told("IMG_0001.jpg", "IMG_0002.jpg", signed=frozenset({RID})) == [{RID}, {RID}]


@pytest.mark.parametrize(
    "text",
    [
        "RID: foto2\ndelega INPS: foto1",
        "1 delega INPS, 2 RID",
        "1) delega inps; 2) rid",
        "foto1 è la delega INPS\nfoto2 è il RID",
        "2 RID\n1 INPS",
    ],
)
def test_what_the_sender_writes_of_each_file_is_believed(text: str) -> None:
    assert told("foto1.jpg", "foto2.jpg", text=text) == [{INPS}, {RID}]


def test_what_is_written_goes_before_a_name() -> None:
    assert told("rid.pdf", "foto.jpg", text="1 revoca INPS, 2 RID") == [{REVOCA}, {RID}]


def test_one_file_may_hold_several_forms() -> None:
    assert told("delega_inps_e_rid.pdf") == [{INPS, RID}]
    assert told("revoca e delega inps.pdf") == [{INPS, REVOCA}]
    assert told("moduli.pdf", signed=frozenset({INPS, RID}), text="1 tutti") == [{INPS, RID}]
    assert told("scansione.pdf", text="Ecco la delega INPS e il RID") == [{INPS, RID}]


def test_a_file_may_be_no_form() -> None:
    assert told("rid.pdf", "visura.pdf", text="2 niente") == [{RID}, set()]


def test_a_subject_that_names_one_form_speaks_of_every_file() -> None:
    assert told("a.jpg", "b.jpg", subject="Re: RID firmato") == [{RID}, {RID}]


def test_a_delega_is_the_one_that_was_signed() -> None:
    assert told("delega.pdf", signed=frozenset({INPS, RID})) == [{INPS}]
    assert told("delega.pdf") is None


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("foto1.jpg", "foto2.jpg"), ""),
        (("rid.pdf", "foto2.jpg"), ""),
        (("foto1.jpg", "foto2.jpg"), "Ecco il RID e la delega INPS"),
        (("foto1.jpg", "foto2.jpg"), "3 RID"),
        (("foto1.jpg",), "tel. 0573 12"),
    ],
)
def test_what_is_not_certain_of_every_file_is_asked(names: tuple[str, ...], text: str) -> None:
    assert told(*names, text=text) is None


def test_a_form_that_was_not_signed_is_not_believed() -> None:
    assert told("rid.pdf", "delega inps.pdf", signed=frozenset({INPS, REVOCA})) is None


def test_a_logo_a_program_and_a_letter_are_no_scans() -> None:
    def file(media_type: str, size: int = 500_000, refused: str = "") -> Enclosure:
        return Enclosure(2, "x", media_type, size, "", refused)

    assert is_scan(file("image/jpeg"))
    assert is_scan(file("application/pdf", 900))
    assert not is_scan(file("image/png", 4_000))
    assert not is_scan(file("application/msword"))
    assert not is_scan(file("application/pdf", refused="encrypted"))


def test_a_thank_you_names_no_form() -> None:
    assert not names_a_form("Grazie, ciao")
    assert names_a_form("1 RID, 2 delega inps")


@given(st.lists(st.text(max_size=20), max_size=4), st.text(max_size=80), st.text(max_size=20))
def test_no_words_break_it_and_all_or_nothing_is_told(names: list[str], text: str, subject: str) -> None:
    found = which_forms(names, EVERY, text=text, subject=subject)
    assert found is None or set(found) == set(range(len(names)))
