"""Every field of the register: what is read, what is refused with which sentence, what only warns."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from procedure.fields import (
    INVALID_PHRASES,
    WARNING_PHRASES,
    Invalid,
    Reading,
    RegisterField,
    explain,
    explain_warning,
    is_personal_tax_code,
    label,
    normalise_cell,
    read_field,
    same_value,
    show_phone,
)
from procedure.fields.places import COMUNI
from procedure.fields.reading import fold, tidy

F = RegisterField

READ = [
    (F.NAME, "  Maglificio   Fintarelli S.r.l. ", "Maglificio Fintarelli S.r.l."),
    (F.PARTITA_IVA, "00743110157", "00743110157"),
    (F.PARTITA_IVA, "IT 00743110157", "00743110157"),
    (F.PARTITA_IVA, "P.IVA 007 4311 0157", "00743110157"),
    (F.CODICE_FISCALE, "00743110157", "00743110157"),
    (F.CODICE_FISCALE, "C.F. 00743110157", "00743110157"),
    (F.CODICE_FISCALE, "rccmnl83s18d969h", "RCCMNL83S18D969H"),
    (F.PHONE, "0574/123456", "+390574123456"),
    (F.PHONE, "055.1234567", "+390551234567"),
    (F.PHONE, "+39 0574 123456", "+390574123456"),
    (F.PHONE, "tel. 0574 123456", "+390574123456"),
    (F.PHONE, "348-1234567", "+393481234567"),
    (F.PHONE, "0039 348 1234567", "+393481234567"),
    (F.PHONE, "39 333 1234567", "+393331234567"),
    (F.PHONE, "333 12 34 567 int. 4", "+393331234567;ext=4"),
    (F.PHONE, "+40 721 234 567", "+40721234567"),
    (F.PHONE, "+86 138 1234 5678", "+8613812345678"),
    (F.MOBILE, "348 1234567", "+393481234567"),
    (F.EMAIL, "INFO@Ditta.IT", "info@ditta.it"),
    (F.EMAIL, "Mario.Rossi@Ditta.it", "Mario.Rossi@ditta.it"),
    (F.EMAIL, "mailto:info@tessitura.example.com", "info@tessitura.example.com"),
    (F.EMAIL, "info@ditta.it;", "info@ditta.it"),
    (F.EMAIL, "info@speciale.it", "info@speciale.it"),
    (F.PEC, "ditta@pec.example.com", "ditta@pec.example.com"),
    (F.PEC, "ditta@legalmail.it", "ditta@legalmail.it"),
    (F.CODICE_SDI, "m5uxcr1", "M5UXCR1"),
    (F.ATECO, "96.21.00", "96.21.00"),
    (F.ATECO, "962100", "96.21.00"),
    (F.ATECO, "ATECO 13.20.00", "13.20.00"),
    (F.ATECO, "13.20.00 - tessitura", "13.20.00"),
    (F.CAP, "51100", "51100"),
    (F.CAP, "I-59100", "59100"),
    (F.COMUNE, "montecatini terme", "Montecatini-Terme"),
    (F.COMUNE, "PRATO", "Prato"),
    (F.PROVINCE, "pt", "PT"),
    (F.PROVINCE, "(PO)", "PO"),
    (F.PROVINCE, "Pistoia", "PT"),
    (F.ADDRESS, "via Roma, 12/a", "via Roma, 12/a"),
    (F.CONTACT, "Sig.ra Esempioli", "Sig.ra Esempioli"),
    (F.LEGAL_FORM, "srl", "S.r.l."),
    (F.LEGAL_FORM, "S.N.C.", "S.n.c."),
    (F.LEGAL_FORM, "ditta individuale", "Ditta individuale"),
    (F.WEBSITE, "https://WWW.Ditta.example.com/", "www.ditta.example.com"),
    (F.WEBSITE, "ditta.it/Chi-siamo", "ditta.it/Chi-siamo"),
]

WARNED = [
    (F.PHONE, "0573 12345", "+39057312345", "phone_short"),
    (F.PHONE, "0573 921", "+390573921", "phone_short"),
    (F.PHONE, "3331234567 (titolare)", "+393331234567", "phone_text_dropped:titolare"),
    (F.MOBILE, "0574 123456", "+390574123456", "mobile_is_landline"),
    (F.EMAIL, "info@ditta.con", "info@ditta.con", "email_typo:con"),
    (F.EMAIL, "info@ditta.itt", "info@ditta.itt", "email_typo:itt"),
    (F.EMAIL, "ditta@gmial.com", "ditta@gmial.com", "email_typo:gmial.com"),
    (F.EMAIL, "ditta@hotnail.it", "ditta@hotnail.it", "email_typo:hotnail.it"),
    (F.EMAIL, "ditta@arubapec.it", "ditta@arubapec.it", "email_is_pec"),
    (F.PEC, "info@ditta.it", "info@ditta.it", "pec_unusual_domain"),
    (F.CODICE_SDI, "0000000", "0000000", "sdi_needs_pec"),
    (F.CODICE_SDI, "XXXXXXX", "XXXXXXX", "sdi_foreign"),
    (F.CODICE_SDI, "UFABCD", "UFABCD", "sdi_public_body"),
    (F.ATECO, "96.02.01", "96.02.01", "ateco_old:96.02.01->96.21.00"),
    (F.ATECO, "47.11.10", "47.11.10", "ateco_old_split:47.11.10->47.11.02, 47.91.20"),
    (F.ATECO, "97.00.00", "97.00.00", "ateco_former:97.00.00"),
    (F.ATECO, "62.10", "62.10", "ateco_short"),
    (F.COMUNE, "Firenze", "Firenze", "comune_elsewhere"),
    (F.LEGAL_FORM, "Consorzio", "Consorzio", "legal_form_unusual"),
]

REFUSED = [
    (F.NAME, " \u200b ", "empty"),
    (F.NAME, "x" * 300, "too_long"),
    (F.ADDRESS, "---", "text_without_words"),
    (F.PARTITA_IVA, "O0743110157", "partita_iva_letters"),
    (F.PARTITA_IVA, "0074311015", "partita_iva_length"),
    (F.PARTITA_IVA, "743110157", "partita_iva_missing_zero"),
    (F.PARTITA_IVA, "00743110158", "partita_iva_check"),
    (F.PARTITA_IVA, "12345678903", "partita_iva_office"),
    (F.PARTITA_IVA, "00000000000", "partita_iva_office"),
    (F.PARTITA_IVA, "RCCMNL83S18D969H", "partita_iva_personal"),
    (F.CODICE_FISCALE, "0074311015", "codice_fiscale_length"),
    (F.CODICE_FISCALE, "RCCMNL83S18D969", "codice_fiscale_length"),
    (F.CODICE_FISCALE, "743110157", "codice_fiscale_missing_zero"),
    (F.CODICE_FISCALE, "00743110158", "codice_fiscale_check"),
    (F.CODICE_FISCALE, "12345678903", "codice_fiscale_office"),
    (F.CODICE_FISCALE, "RCCMNL83S18D969X", "codice_fiscale_letter"),
    (F.CODICE_FISCALE, "1CCMNL83S18D969H", "codice_fiscale_shape"),
    (F.CODICE_SDI, "M5UX€R1", "codice_sdi_characters"),
    (F.CODICE_SDI, "M5UXC", "codice_sdi_length"),
    (F.PHONE, "574 123456", "phone_missing_zero"),
    (F.PHONE, "+39 574 123456", "phone_missing_zero"),
    (F.PHONE, "112", "phone_too_short"),
    (F.PHONE, "0573 123456 7890", "phone_not_valid"),
    (F.PHONE, "0574123456/0574123457", "phone_two_numbers"),
    (F.PHONE, "0574123456 o 333 1234567", "phone_two_numbers"),
    (F.PHONE, "0574123456/7", "phone_more_digits"),
    (F.PHONE, "333 1234567 ore 9", "phone_more_digits"),
    (F.PHONE, "chiedere al bar", "phone_no_digits"),
    (F.EMAIL, "info.ditta.it", "email_missing_at"),
    (F.EMAIL, "a@b.it, c@d.it", "email_two"),
    (F.EMAIL, "Nome <a@b.it>", "email_display_name"),
    (F.EMAIL, "info@ditta,it", "email_comma"),
    (F.EMAIL, "info @ditta.it", "email_space"),
    (F.EMAIL, "a..b@ditta.it", "email_double_dot"),
    (F.EMAIL, "info@ditta", "email_missing_dot"),
    (F.EMAIL, "perché@ditta.it", "email_accent"),
    (F.EMAIL, "info@ditta.test", "email_not_valid"),
    (F.EMAIL, "@ditta.it", "email_not_valid"),
    (F.PEC, "ditta@pec,it", "email_comma"),
    (F.WEBSITE, "info@ditta.it", "website_is_email"),
    (F.WEBSITE, "ditta", "website_shape"),
    (F.ATECO, "parrucchiere", "ateco_shape"),
    (F.ATECO, "00.00.00", "ateco_unknown"),
    (F.CAP, "5110", "cap_shape"),
    (F.COMUNE, "51100 Pistoia", "comune_shape"),
    (F.PROVINCE, "XX", "province_unknown"),
]

BESIDE = [
    (F.CAP, "51016", {F.COMUNE: "Pistoia"}, ("cap_other_comune:Pistoia->51100",)),
    (F.CAP, "51016", {F.COMUNE: "montecatini terme"}, ()),
    (F.CAP, "00100", {F.COMUNE: "Roma"}, ()),
    (F.COMUNE, "Pistoia", {F.CAP: "59100"}, ("cap_other_comune:Pistoia->51100",)),
    (F.COMUNE, "Prato", {F.PROVINCE: "PT"}, ("comune_other_province:Prato->PO",)),
    (F.COMUNE, "Prato", {F.PROVINCE: "PO", F.CAP: "59100"}, ()),
    (F.PROVINCE, "PT", {F.COMUNE: "Vernio"}, ("comune_other_province:Vernio->PO",)),
    (F.CODICE_SDI, "0000000", {F.PEC: "ditta@pec.example.com"}, ()),
    (F.CODICE_SDI, "0000000", {F.PEC: ""}, ("sdi_needs_pec",)),
]


@pytest.mark.parametrize(("field", "text", "value"), READ)
def test_a_good_value_is_kept_in_one_form_without_a_word(field: F, text: str, value: str) -> None:
    assert read_field(field, text) == Reading(value)


@pytest.mark.parametrize(("field", "text", "value", "warning"), WARNED)
def test_an_unusual_value_is_kept_with_a_warning(field: F, text: str, value: str, warning: str) -> None:
    assert read_field(field, text) == Reading(value, (warning,))


@pytest.mark.parametrize(("field", "text", "reason"), REFUSED)
def test_a_wrong_value_is_refused_with_its_reason(field: F, text: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_field(field, text)
    assert refused.value.reason == reason
    assert "{" not in explain(refused.value)


@pytest.mark.parametrize(("field", "text", "known", "warnings"), BESIDE)
def test_a_value_that_disagrees_with_the_others_is_kept_with_a_warning(
    field: F, text: str, known: dict[F, str], warnings: tuple[str, ...]
) -> None:
    assert read_field(field, text, known=known).warnings == warnings


def test_every_reason_has_its_phrase_and_every_phrase_its_reason() -> None:
    assert {reason for *_, reason in REFUSED} == set(INVALID_PHRASES)


def test_every_warning_has_its_phrase_and_every_phrase_its_warning() -> None:
    said = {warning for *_, warning in WARNED} | {w for *_, warnings in BESIDE for w in warnings}
    assert {warning.partition(":")[0] for warning in said} == set(WARNING_PHRASES)
    assert all("{" not in explain_warning(warning) for warning in said)


def test_a_refusal_says_what_to_do_next() -> None:
    with pytest.raises(Invalid) as refused:
        read_field(F.PARTITA_IVA, "743110157")
    assert explain(refused.value) == (
        "La partita IVA ha 11 cifre: qui ne vedo 9. Manca uno zero all'inizio? Sarebbe 00743110157."
    )


def test_two_numbers_in_one_are_both_named() -> None:
    with pytest.raises(Invalid) as refused:
        read_field(F.PHONE, "0574123456/333 1234567")
    assert refused.value.hint == {"first": "0574 123456", "second": "333 123 4567"}


def test_an_old_ateco_code_is_explained_with_the_new_one() -> None:
    (warning,) = read_field(F.ATECO, "96.02.01").warnings
    assert explain_warning(warning) == "96.02.01 è il vecchio codice ATECO: dal 2025 è 96.21.00."


def test_every_field_has_a_label() -> None:
    assert label(F.CODICE_SDI) == "Codice SDI"
    assert len({label(field) for field in F}) == len(F)


def test_the_table_holds_the_twenty_seven_comuni() -> None:
    assert sum(comune.province == "PT" for comune in COMUNI) == 20
    assert sum(comune.province == "PO" for comune in COMUNI) == 7
    for comune in COMUNI:
        known = {F.COMUNE: comune.name, F.PROVINCE: comune.province}
        assert read_field(F.COMUNE, comune.name.upper(), known=known) == Reading(comune.name)
        assert read_field(F.CAP, comune.cap, known=known) == Reading(comune.cap)


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("RCCMNL83S18D969H", True),
        ("rccmnl 83s18 d969h", True),
        ("RCCMNL83S18D969X", True),
        ("RCCMNL83S18DVSVH", True),
        ("RCCMNL83S18D969", False),
        ("00743110157", False),
        ("Fintarelli S.r.l.", False),
    ],
)
def test_a_persons_codice_fiscale_is_recognised_even_mistyped(text: str, personal: bool) -> None:
    assert is_personal_tax_code(text) is personal


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+390574123456", "0574 123456"),
        ("+393331234567", "333 123 4567"),
        ("+393331234567;ext=4", "333 123 4567 int. 4"),
        ("+40721234567", "+40 721 234 567"),
        ("non un numero", "non un numero"),
    ],
)
def test_a_stored_phone_is_shown_as_it_is_dialled(stored: str, shown: str) -> None:
    assert show_phone(stored) == shown


@pytest.mark.parametrize(
    ("field", "cell", "text"),
    [
        (F.PARTITA_IVA, 743110157, "00743110157"),
        (F.PARTITA_IVA, 743110157.0, "00743110157"),
        (F.PARTITA_IVA, "743110157.0", "00743110157"),
        (F.PARTITA_IVA, "7,43110157E+08", "00743110157"),
        (F.PARTITA_IVA, "00743110157", "00743110157"),
        (F.PARTITA_IVA, "743110157", "743110157"),  # a text cell keeps its zeros: this one never had them
        (F.PARTITA_IVA, 7, "00000000007"),
        (F.CODICE_FISCALE, 743110157.0, "00743110157"),
        (F.CODICE_FISCALE, "RCCMNL83S18D969H", "RCCMNL83S18D969H"),
        (F.CAP, 7, "00007"),
        (F.CAP, 187.0, "00187"),
        (F.CAP, 51100, "51100"),
        (F.CODICE_SDI, 0.0, "0000000"),
        (F.CODICE_SDI, 1234567, "1234567"),
        (F.PHONE, 574123456, "0574123456"),
        (F.PHONE, 3331234567.0, "3331234567"),
        (F.MOBILE, Decimal(3331234567), "3331234567"),
        (F.ATECO, 11100, "011100"),
        (F.ATECO, 62.1, "62.1"),
        (F.ATECO, date(2011, 12, 10), "10.12.11"),
        (F.ATECO, datetime.fromisoformat("2000-11-01"), "01.11.00"),
        (F.NAME, date(2026, 11, 18), "18/11/2026"),
        (F.NAME, 1848, "1848"),
        (F.NAME, "Officina 2.0", "Officina 2.0"),
        (F.NAME, "2.0", "2.0"),
        (F.NAME, None, ""),
        (F.NAME, float("nan"), ""),
        (F.NAME, True, "True"),
        (F.EMAIL, " info@ditta.it ", "info@ditta.it"),
    ],
)
def test_a_cell_gets_back_what_the_spreadsheet_took(field: F, cell: object, text: str) -> None:
    assert normalise_cell(field, cell) == text


@pytest.mark.parametrize(
    ("field", "a", "b", "same"),
    [
        (F.PHONE, "0574/123456", "+39 0574 123456", True),
        (F.PHONE, "0574 123456", "0574 123457", False),
        (F.EMAIL, "Mario.Rossi@ditta.it", "mario.rossi@DITTA.it", True),
        (F.PARTITA_IVA, "IT00743110157", "007 431 101 57", True),
        (F.COMUNE, "montecatini terme", "Montecatini-Terme", True),
        (F.WEBSITE, "http://ditta.it/", "ditta.it", True),
        (F.NAME, "MAGLIFICIO  FINTARELLI", "Maglificio Fintarelli", True),
        (F.NAME, "Maglificio Fintarelli", "Maglificio Esempioli", False),
        (F.PARTITA_IVA, "sbagliata", "Sbagliata ", True),
        (F.EMAIL, "", "", True),
        (F.EMAIL, "", "info@ditta.it", False),
    ],
)
def test_two_spellings_of_one_value_are_the_same(field: F, a: str, b: str, same: bool) -> None:
    assert same_value(field, a, b) is same


TYPED = (
    st.text()
    | st.text(alphabet="0123456789 +/.-tel@it,")
    | st.from_regex(r"(\+39|0039)? ?0?[0-9]{2,4}[ /.-]?[0-9]{4,8}( int\. [0-9])?", fullmatch=True)
    | st.from_regex(r"[0-9]{7}(001|047|097|100)[0-9]", fullmatch=True)
    | st.from_regex(r"[0-9]{2}\.[0-9]{1,2}(\.[0-9]{1,2})?", fullmatch=True)
    | st.emails()
    | st.sampled_from([text for _, text, *_ in (*READ, *WARNED)])
)


@settings(deadline=None)  # a busy machine is not a failure
@given(field=st.sampled_from(F), text=TYPED)
def test_any_text_is_read_or_refused_and_what_was_read_reads_the_same(field: F, text: str) -> None:
    try:
        value = read_field(field, text).value
    except Invalid as refused:
        assert explain(refused)  # noqa: PT017 – the phrase of whatever refusal comes, if one comes
    else:
        again = read_field(field, value)
        assert again.value == value
        assert all(explain_warning(warning) for warning in again.warnings)
        assert same_value(field, text, value)


# The short ways, beside the long ones


@settings(max_examples=300)
@given(st.from_regex(r"(?:0[0-9]{1,3}[ ./-]?[0-9]{5,8}|3[0-9]{2}[ ./-]?[0-9]{6,7})", fullmatch=True))
def test_a_plain_number_is_read_as_a_search_in_the_text_finds_it(text: str) -> None:
    def outcome(written: str) -> str:
        try:
            return read_field(RegisterField.PHONE, written).value
        except Invalid:
            return ""

    assert outcome(text) == outcome(f"tel. {text}")


@settings(max_examples=300)
@given(
    st.from_regex(r"[a-z0-9_+-]{1,9}(?:\.[a-z0-9_+-]{1,9}){0,2}", fullmatch=True),
    st.sampled_from(
        ["ditta.it", "Ditta.IT", "pec.ditta.it", "ditta", "ditta..it", "-ditta.it", "d_x.it", "caffè.it"]
    ),
)
def test_a_plain_address_is_read_as_the_library_reads_it_whole(local: str, domain: str) -> None:
    text = f"{local}@{domain}"
    try:
        value = read_field(RegisterField.EMAIL, text).value
    except Invalid:
        value = ""
    try:
        wanted = validate_email(text, check_deliverability=False).ascii_email
    except EmailNotValidError:
        wanted = ""
    assert value == wanted


@given(st.text(st.characters(max_codepoint=127), max_size=30))
def test_plain_letters_are_tidied_and_folded_as_any_others(text: str) -> None:
    assert tidy(f"é {text}") == f"é {tidy(text)}".strip()
    assert fold(f"é {text}") == f"e {fold(text)}".strip()
