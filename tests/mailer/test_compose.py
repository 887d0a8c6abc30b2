import email
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.compose import TEMPLATES, compose, render
from mailer.understanding.words import WORDS, answers
from procedure.campaign import Contact
from procedure.notices import Json, MailKind
from procedure.people import Role
from tests.mailer.samples import COMMON, CONTEXTS, DUE, a_mail, an_envelope

WITHOUT_DUE = {
    MailKind.MORNING,
    MailKind.DIGEST,
    MailKind.REPLY_RECORDED,
    MailKind.REPLY_NOT_UNDERSTOOD,
    MailKind.UNDELIVERED,
    MailKind.NEWS,
    MailKind.APPOINTMENT,
    MailKind.PROPOSALS,
    MailKind.VISIT_FORM,
    MailKind.CONFIRM_COLLEAGUE,
    MailKind.WHICH_MAIL,
    MailKind.WHERE_TO_WRITE,
    MailKind.QUESTION,
    MailKind.TO_SORT,
    MailKind.ORIGINAL,
    MailKind.ABSENCE_READ,
}
ABOUT_A_COMPANY = sorted(set(MailKind) - WITHOUT_DUE)


def parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=default)


def plain_of(message: EmailMessage) -> str:
    return str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # a text is always there


def html_of(message: EmailMessage) -> str:
    return str(message.get_body(("html",)).get_content())  # type: ignore[union-attr]  # likewise


def test_every_kind_of_mail_has_its_three_texts() -> None:
    for kind in MailKind:
        names = {path.name for path in (TEMPLATES / kind.value).iterdir()}
        assert names == {"subject.txt", "body.txt", "body.html"}


def test_no_folder_of_texts_is_without_its_kind() -> None:
    assert {path.name for path in TEMPLATES.iterdir() if path.is_dir()} == {kind.value for kind in MailKind}


@pytest.mark.parametrize("kind", MailKind)
def test_a_mail_goes_out_whole(kind: MailKind) -> None:
    message = parsed(compose(a_mail(kind), an_envelope()))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Auto-Submitted"].startswith("auto-")
    assert message["Message-ID"] == an_envelope().message_id
    assert message["Reply-To"] == an_envelope().reply_to
    assert message["Date"].datetime == an_envelope().sent_at
    assert len(message["Subject"]) <= 78
    assert not message.defects


@pytest.mark.parametrize("kind", ABOUT_A_COMPANY)
def test_both_texts_name_company_code_site_visitor_day_and_due_date(kind: MailKind) -> None:
    message = parsed(compose(a_mail(kind), an_envelope()))
    for said in (COMMON["company"], "1042", "Prato", "Anna Verdi", "mercoledì 18 novembre 2026", DUE):
        assert str(said) in plain_of(message)
        assert str(said).replace("&", "&amp;") in html_of(message)


@pytest.mark.parametrize("kind", MailKind)
def test_both_texts_say_the_same_words(kind: MailKind) -> None:
    _, plain, html = render(a_mail(kind, company="Forno Gori"), an_envelope())
    html = html[html.index("<body") :].replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">")
    html = re.sub(r"<(?!richiama|b>)[^>]*>", " ", html.replace("&amp;", "&"))
    missing = {word for word in re.findall(r"\w{4,}", plain.casefold()) if word not in html.casefold()}
    assert missing == set()


@pytest.mark.parametrize("kind", sorted(WORDS))
def test_each_answer_is_offered_as_a_word_and_as_a_link_that_opens_a_ready_reply(kind: MailKind) -> None:
    _, plain, html = render(a_mail(kind), an_envelope(plus=False))
    offered = answers(a_mail(kind))
    for word in offered:
        assert f"- {word.offered}{word.hint}\n" in plain
        if word.later:
            continue
        ready = quote(word.ready, safe="")
        assert f"body={ready}%0D%0A%0D%0A%5B%23{an_envelope().token}%5D" in html
    assert html.count("mailto:visite@visite.example.com?subject=Re%3A%20") == sum(
        not word.later for word in offered
    ) + (kind is MailKind.VISIT_FORM)  # and one that opens the form to be filled in


def test_a_vacant_role_is_said_at_the_top_and_in_the_subject() -> None:
    message = parsed(compose(a_mail(uncovered=Role.RA), an_envelope()))
    assert message["Subject"].strip().startswith("[ruolo scoperto] ")
    for text in (plain_of(message), html_of(message)):
        assert "nessuno ricopre il ruolo di Responsabile Anagrafica" in text
    assert plain_of(message).startswith("RUOLO SCOPERTO: Responsabile Anagrafica.")


def test_without_a_plus_address_the_subject_carries_the_token() -> None:
    envelope = an_envelope(plus=False)
    assert parsed(compose(a_mail(), envelope))["Subject"].endswith(f"[#{envelope.token}]")
    assert "[#" not in parsed(compose(a_mail(), an_envelope()))["Subject"]


def test_the_body_always_carries_the_token() -> None:
    message = parsed(compose(a_mail(), an_envelope()))
    assert an_envelope().token in plain_of(message)
    assert an_envelope().token in html_of(message)


@given(st.text(), st.text())
def test_no_text_breaks_out_of_its_header(company: str, person: str) -> None:
    company, person = f"{company}\r\nBcc: x@y.example.com", f"{person}\nX-Evil: 1"
    mail = a_mail(to=(Contact(person, "ra@associazione.example.com"),), company=company)
    message = email.message_from_bytes(compose(mail, an_envelope()))
    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted",
        "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]  # type: ignore[union-attr]  # parts, since it is multipart


def test_what_a_person_typed_is_escaped_in_the_html_alone() -> None:
    _, plain, html = render(a_mail(MailKind.COMPLAINT), an_envelope())
    assert "Nessuno <richiama> mai." in plain
    assert "Nessuno &lt;richiama&gt; mai." in html


def test_a_template_in_the_data_is_only_text() -> None:
    _, plain, _ = render(a_mail(company="{{ 7 * 7 }}{% if %}"), an_envelope())
    assert "{{ 7 * 7 }}{% if %}" in plain


@pytest.mark.parametrize("kind", MailKind)
def test_the_html_asks_for_nothing_from_outside(kind: MailKind) -> None:
    _, _, html = render(a_mail(kind), an_envelope())
    assert not re.search(r"<img|<script|<link|url\(|https?:", html)


def test_the_same_mail_gives_the_same_bytes() -> None:
    assert compose(a_mail(), an_envelope()) == compose(a_mail(), an_envelope())


def test_an_answer_threads_under_what_it_answers() -> None:
    envelope = replace(an_envelope(), in_reply_to="<their@own.example.com>")
    message = parsed(compose(a_mail(MailKind.REPLY_RECORDED), envelope))
    assert message["In-Reply-To"] == message["References"] == "<their@own.example.com>"
    assert message["Auto-Submitted"] == "auto-replied"


OUTLOOK_S = f"<{'AM0PR08MB' + '0123456789ABCDEF' * 4}@AM0PR08MB1234.eurprd08.prod.outlook.com>"


def test_a_thread_is_taken_up_with_all_its_ids_each_as_it_is() -> None:
    """The library would encode the long ones of Exchange, and Outlook would show no thread."""
    thread = tuple(f"<{number}@own.example.com>" for number in range(30))
    envelope = replace(an_envelope(), in_reply_to=OUTLOOK_S, references=(*thread, OUTLOOK_S))
    raw = compose(a_mail(MailKind.REPLY_RECORDED), envelope)
    assert f"In-Reply-To: {OUTLOOK_S}\r\n".encode() in raw
    assert str(parsed(raw)["References"]).split() == [*thread[-19:], OUTLOOK_S]


@pytest.mark.parametrize("forged", ["<è@own.example.com>", "<a\x00b@c>", "<a b@c>", "no brackets", "<>"])
def test_an_id_that_no_server_would_take_is_left_out(forged: str) -> None:
    envelope = replace(an_envelope(), in_reply_to=forged, references=("<good@own.example.com>",))
    message = parsed(compose(a_mail(MailKind.REPLY_RECORDED), envelope))
    assert (message["In-Reply-To"], message["References"]) == (None, "<good@own.example.com>")


@pytest.mark.parametrize("kind", MailKind)
def test_a_mail_is_polite_to_machines_and_no_list(kind: MailKind) -> None:
    message = parsed(compose(a_mail(kind), an_envelope()))
    assert message["X-Auto-Response-Suppress"] == "All"
    assert not any(name.lower().startswith("list-") or name.lower() == "precedence" for name in message)


def test_letters_beyond_ascii_go_encoded_in_the_headers_and_come_back_as_they_were() -> None:
    """RFC 2047, which Outlook reads; a header of bare UTF-8 it does not."""
    name = "Società Perché Più & Co. di Forlì, «già» S.n.c."
    raw = compose(a_mail(to=(Contact(name, "ra@associazione.example.com"),), company=name), an_envelope())
    assert raw.isascii()
    to = str(make_header(decode_header(email.message_from_bytes(raw)["To"])))
    assert to == f"{name} <ra@associazione.example.com>"
    assert name[:44] in parsed(raw)["Subject"]


def test_a_missing_value_is_an_error_and_never_a_gap() -> None:
    mail = a_mail()
    del mail.context["site"]
    with pytest.raises(Exception, match="'site' is undefined"):
        compose(mail, an_envelope())


@pytest.mark.parametrize("address", ["", "senza-chiocciola", "a@b@c", "a b@c.example.com", "a@b\r\nBcc: x@y"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        compose(a_mail(to=(Contact("X", address),)), an_envelope())


def test_the_samples_cover_every_kind() -> None:
    assert set(CONTEXTS) == set(MailKind)


def test_an_acceptance_says_product_by_product_what_was_accepted_for_how_much() -> None:
    """A30."""
    for text in render(a_mail(MailKind.E10_ACCEPTED_TO_SERVICES), an_envelope())[1:]:
        plain = re.sub("<[^>]*>", "", text)
        for said in (
            "Paghe: 1.200,00\u00a0€",
            "Privacy: accettato, nel totale",
            "Ambiente: non accettato (costa troppo)",
            "(accettazione tardiva)",
        ):
            assert said in plain


def test_an_acceptance_queued_by_an_older_version_still_leaves() -> None:
    mail = a_mail(MailKind.E11_ACCEPTED_TO_RPA)
    del mail.context["lines"], mail.context["late"]
    assert "Paghe, Privacy. Valore: 1.200,00\u00a0€" in render(mail, an_envelope())[1]


def test_a_morning_offers_each_item_its_answers_by_number_and_an_older_one_still_leaves() -> None:
    """Section 9.1."""
    older = a_mail(MailKind.MORNING)
    assert "Rispondi:" not in render(older, an_envelope())[1]
    answers: list[Json] = [{"word": "CONSEGNATO", "then": ""}, {"word": "ACCETTATO", "then": "importo"}]
    item: Json = {
        "n": 1,
        "title": "sollecito: Forno",
        "explanation": "entro domani",
        "late": False,
        "answers": answers,
    }
    section: Json = {"name": "today", "head": "Oggi", "items": [item]}
    _, plain, html = render(a_mail(MailKind.MORNING, sections=[section], numbered=[{"n": 1}]), an_envelope())
    assert "1. sollecito: Forno" in plain
    assert "Rispondi: 1 CONSEGNATO · 1 ACCETTATO … (importo)" in plain
    assert "body=1%20CONSEGNATO%0D%0A" in html
    assert "body=1%20ACCETTATO%20%0D%0A" in html  # the amount is to be written
