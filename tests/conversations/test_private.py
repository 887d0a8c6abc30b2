"""What must not pass through the chat is found wherever it stands; what may pass is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban, luhn

from conversations.private import PrivateFinding, PrivateKind, find_private, redact

IBAN = "IT60X0542811101000000123456"
CODE = "RSSMRA80A01H501U"
CARD = "4111111111111111"


def kinds(text: str) -> list[PrivateKind]:
    return [finding.kind for finding in find_private(text)]


@pytest.mark.parametrize(
    "text",
    [
        IBAN,
        IBAN.lower(),
        "IT60 X054 2811 1010 0000 0123 456",
        "it60-x054-2811-1010-0000-0123-456",
        "IT 60 X 05428 11101 000000123456",
        "IT.60.X.05428.11101.000000123456",
        " ".join(IBAN),
        "IT60\u00a0X054\u00a02811\u00a01010\u00a00000\u00a00123\u00a0456",
        "".join(chr(ord(c) + 0xFEE0) for c in IBAN),
        "IBAN:IT60X0542811101000000123456",
        "ibanIT60X0542811101000000123456",
        "mi ha dato l'iban IT60X0542811101000000123456, paga lunedì",
        "IT60X0542811101000000123456grazie",
        "IT61X0542811101000000123456",  # wrong check digits
        "IT60X054281110100000012345",  # a character short
        "IT60X05428111010000001234567",  # a character over
        "SM86U0322509800000000270100",
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00 intestato alla ditta",
        "GB29NWBK60161331926819",
    ],
)
def test_an_iban_is_found_however_it_is_written(text: str) -> None:
    assert kinds(text) == [PrivateKind.IBAN]


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE.lower(),
        "RSSMRA 80A01 H501U",
        "RSS MRA 80A01 H501 U",
        "RSS.MRA.80A01.H501.U",
        "RSS-MRA-80A01-H501-U",
        " ".join(CODE),
        "RSSMRA80A01H501X",  # wrong check letter
        "RSSMRA80A01Z999C",  # no such birthplace
        "RSSMRA80A01H5L1H",  # omocodia
        "il titolare è rssmra80a01h501u, nato a Roma",
        "CF:RSSMRA80A01H501U.",
    ],
)
def test_a_persons_codice_fiscale_is_found_however_it_is_written(text: str) -> None:
    assert kinds(text) == [PrivateKind.PERSONAL_TAX_CODE]


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        " ".join(CARD),
        "carta 4111 1111 1111 1111 scade 12/27",
        "5555 5555 5555 4444",
        "3782 822463 10005",
        "2223 0031 2200 3222",
        "6011111111111117",
    ],
)
def test_a_card_is_found_however_it_is_written(text: str) -> None:
    assert kinds(text) == [PrivateKind.CARD]


@pytest.mark.parametrize(
    "text",
    [
        "00743110157",
        "IT00743110157",
        "P.IVA IT 00743110157",
        "partita iva 12345678901 e codice M5UXCR1",
        "0574 123456",
        "+39 348 1234567",
        "0039 348 1234567",
        "0574123456/0574123457",
        "333 1234567, 347 1234567",
        "18/11/2026 alle 15:30",
        "2026-11-18 09:00",
        "mercoledì 18 novembre 2026",
        "Confezioni Fintarelli & Figli S.n.c.",
        "Autotrasporti Esempioli 2000 S.r.l., via Roma 12/14, 59100 Prato",
        "1.234,50 €",
        "PT0042",
        "4111111111111112",  # a wrong check digit
        "8001234567894",  # a bar code
        "41111111111111114111111111111111",  # too long a number
        "andare sempre la mattina presto alle otto e mezza prima della riunione con tutti gli altri soci",
        "INCOMPRENSIBILITA precipitevolissimevolmente",
        "al 31 dicembre no 12 persone si 3 moduli",
        "",
    ],
)
def test_what_may_pass_is_left_alone(text: str) -> None:
    assert find_private(text) == ()
    assert redact(text) == text


def test_a_sentence_keeps_what_is_around_the_private_things() -> None:
    text = f"Paga con {IBAN} o {CARD}; il titolare è {CODE.lower()}."
    assert redact(text) == "Paga con ⟦IBAN⟧ o ⟦carta⟧; il titolare è ⟦codice fiscale⟧."


def test_a_finding_says_where_and_never_what() -> None:
    assert find_private(f"ecco {CARD}") == (PrivateFinding(5, 21, PrivateKind.CARD),)


def test_two_private_things_written_as_one_word_are_both_found() -> None:
    assert kinds(IBAN + IBAN) == [PrivateKind.IBAN, PrivateKind.IBAN]


GAPS = st.sampled_from(["", "", " ", ".", "-", " - ", "\u00a0", "\u200b"])
AROUND = st.sampled_from(["", "ecco ", "l'iban è: ", "(", "0574 123456, ", "\n"])


@st.composite
def italian_ibans(draw: st.DrawFn) -> str:
    cin = draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    body = cin + draw(st.from_regex(r"[0-9]{10}[0-9A-Z]{12}", fullmatch=True))
    return f"IT{iban.calc_check_digits(f'IT00{body}')}{body}"


@st.composite
def cards(draw: st.DrawFn) -> str:
    body = draw(st.from_regex(r"4[0-9]{14}|5[1-5][0-9]{13}", fullmatch=True))
    return body + luhn.calc_check_digit(body)


@settings(deadline=None)  # a busy machine is not a failure
@given(
    code=italian_ibans(),
    before=AROUND,
    after=st.sampled_from(["", " grazie", ".", ", dice lui", ")"]),
    data=st.data(),
)
def test_an_embedded_iban_is_always_found_and_never_left_behind(
    code: str, before: str, after: str, data: st.DataObject
) -> None:
    lower = data.draw(st.booleans())
    written = "".join(c + data.draw(GAPS) for c in code[:-1]) + code[-1]
    written = written.lower() if lower else written
    redacted = redact(before + written + after)
    assert redacted == f"{before}⟦IBAN⟧{after}"


@settings(deadline=None)  # a busy machine is not a failure
@given(number=cards(), gap=st.sampled_from(["", " ", "-", "."]))
def test_an_embedded_card_is_always_found_and_never_left_behind(number: str, gap: str) -> None:
    written = gap.join(number[n : n + 4] for n in range(0, 16, 4))
    assert redact(f"la carta {written} va bene") == "la carta ⟦carta⟧ va bene"


@settings(deadline=None)  # a busy machine is not a failure
@given(text=st.text() | st.text(alphabet="itTI60X0542811 -.4rsmahu"))
def test_nothing_is_left_to_find_in_a_redacted_text(text: str) -> None:
    assert find_private(redact(text)) == ()
    for finding in find_private(text):
        assert 0 <= finding.start < finding.end <= len(text)
