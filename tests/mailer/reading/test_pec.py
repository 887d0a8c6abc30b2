import pytest

from mailer.reading.letter import content_of, read
from procedure.correspondence.authenticity import Authentic
from procedure.correspondence.machines import Automatic, Receipt
from tests.mailer.reading.enveloped import INNER, OURS, envelope, receipt

BOX = "<consegna>Tessitura@pec.example.com</consegna>\n"


@pytest.mark.parametrize("encoding", ["7bit", "base64"])
def test_of_an_envelope_the_mail_inside_is_read(encoding: str) -> None:
    letter = read(envelope(encoding=encoding))
    assert (letter.certified, letter.unreadable, letter.machine) == (True, "", None)
    assert (letter.sender, letter.text) == ("tessitura@pec.example.com", "Fatto")
    assert (letter.message_id, letter.in_reply_to) == ("<r1@pec.example.com>", OURS)
    assert letter.subject == "R: Dati da aggiornare"


def test_where_the_envelope_was_delivered_to_counts_first() -> None:
    assert read(envelope()).recipients == ("visite+tok@visite.example.com", "visite@visite.example.com")


def test_an_ordinary_mail_that_came_to_a_box_of_pec_is_read_and_is_not_certified() -> None:
    letter = read(envelope(transport="errore"))
    assert (letter.certified, letter.sender, letter.text) == (False, "tessitura@pec.example.com", "Fatto")


def test_an_envelope_is_opened_once() -> None:
    letter = read(envelope(envelope().decode().replace("=_", "=2_")))
    assert letter.text == "Il giorno 19/11/2026 il messaggio è stato inviato."
    assert letter.sender == "posta-certificata@pec.provider.example.com"


def test_what_the_provider_writes_on_an_empty_envelope_is_not_read_as_its_senders() -> None:
    letter = read(envelope(None))
    assert (letter.unreadable, letter.text) == ("no_postacert", "")


def test_a_machine_inside_an_envelope_is_one() -> None:
    letter = read(envelope("Auto-Submitted: auto-replied\n" + INNER))
    assert letter.machine == Automatic("auto-submitted", "Fatto")


def test_a_mail_that_only_encloses_a_postacert_is_no_envelope() -> None:
    letter = read(envelope(transport="altro"))
    assert (letter.certified, letter.sender) == (False, "posta-certificata@pec.provider.example.com")


def test_a_file_in_an_envelope_is_found_again() -> None:
    inner = (
        'From: a@pec.example.com\nContent-Type: multipart/mixed; boundary="=_inner"\n\n--=_inner\n\nEcco\n'
        "--=_inner\nContent-Type: application/pdf; name=preventivo.pdf\n\n%PDF-1.7 ecco\n--=_inner--\n"
    )
    raw = envelope(inner, encoding="base64")
    [file] = read(raw).enclosures
    assert file.name == "preventivo.pdf"
    assert content_of(raw, file.part) == b"%PDF-1.7 ecco"


@pytest.mark.parametrize(
    ("result", "authentic"),
    [("pass", Authentic.UNKNOWN), ("none", Authentic.UNKNOWN), ("fail", Authentic.FAILED)],
)
def test_a_provider_that_passes_vouches_for_nobody_inside_and_one_that_fails_is_forged(
    result: str, authentic: Authentic
) -> None:
    head = f"Authentication-Results: mx.example.com; dmarc={result} header.from=pec.provider.example.com\n"
    assert read(head.encode() + envelope(), "mx.example.com").authentic is authentic


def test_results_written_inside_the_envelope_count_for_nothing() -> None:
    inner = "Authentication-Results: mx.example.com; dmarc=pass header.from=pec.example.com\n" + INNER
    assert read(envelope(inner), "mx.example.com").authentic is Authentic.UNKNOWN


ALL_OF_THEM = ("tessitura@pec.example.com", "altra@ditta.example.com")
ITS_BOX = ("tessitura@pec.example.com",)


@pytest.mark.parametrize(
    ("kind", "more", "addresses"),
    [
        ("accettazione", "", ALL_OF_THEM),
        ("non-accettazione", "<errore-esteso>indirizzo errato</errore-esteso>", ALL_OF_THEM),
        ("presa-in-carico", "<ricezione>tessitura@pec.example.com</ricezione>", ITS_BOX),
        ("avvenuta-consegna", BOX, ITS_BOX),
        ("errore-consegna", BOX, ITS_BOX),
        ("preavviso-errore-consegna", BOX, ITS_BOX),
        ("rilevazione-virus", "", ALL_OF_THEM),
    ],
)
@pytest.mark.parametrize("names_it", [True, False])
def test_a_receipt_says_which_of_what_and_for_whom(
    kind: str, more: str, addresses: tuple[str, ...], names_it: bool
) -> None:
    assert read(receipt(kind, more, names_it=names_it)).machine == Receipt(kind, OURS, addresses)


def test_a_receipt_with_our_mail_in_it_is_a_receipt() -> None:
    letter = read(receipt("avvenuta-consegna", BOX, mail=INNER))
    assert isinstance(letter.machine, Receipt)
    assert not letter.certified


def test_a_receipt_whose_data_were_made_to_explode_is_read_without_them() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + "<consegna>&b;@x.example.com</consegna>"
    )
    raw = receipt("avvenuta-consegna", bomb * 5_000)
    assert read(raw).machine == Receipt("avvenuta-consegna", OURS)
