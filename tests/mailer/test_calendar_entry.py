"""The calendar entry of an appointment, read back as a calendar does; alone, and as the mail carries it."""

import email
from datetime import UTC, datetime
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.compose import compose
from mailer.papers.drawing import draw
from procedure.notices import Attachment, MailKind
from tests import calendar_file
from tests.mailer.samples import CONTEXTS, a_mail, an_envelope

AT = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
EVENT: dict[str, Any] = CONTEXTS[MailKind.APPOINTMENT]["event"]  # type: ignore[assignment]  # Json


def drawn(**changed: Any) -> tuple[str, calendar_file.Event]:
    paper = draw(Attachment.APPOINTMENT, {"event": {**EVENT, **changed}}, AT)
    assert paper.parameters["charset"] == "utf-8"
    method, event = calendar_file.parsed(paper.content)
    assert paper.parameters["method"] == method
    return method, event


def test_it_says_when_where_and_with_whom_in_utc() -> None:
    method, event = drawn()
    assert method == "PUBLISH"
    assert event["UID"] == "appuntamento-7@visite.example.com"
    assert event["SEQUENCE"] == "1"
    assert event["STATUS"] == "CONFIRMED"
    assert calendar_file.moment(event["DTSTART"]) == datetime(2026, 11, 26, 14, tzinfo=UTC)
    assert calendar_file.moment(event["DTEND"]) == datetime(2026, 11, 26, 15, tzinfo=UTC)
    assert calendar_file.moment(event["DTSTAMP"]) == AT
    assert calendar_file.text(event["SUMMARY"]) == "Visita: Tessitura Bianchi & Figli S.r.l."
    assert calendar_file.text(event["LOCATION"]) == "Via della Prova 1, 59100 Prato PO"
    assert "ATTENDEE" not in event  # RFC 5546, 3.2.1: a published event has none


def test_a_cancelled_one_is_taken_back() -> None:
    method, event = drawn(cancelled=True, sequence=2)
    assert method == "CANCEL"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "2")
    assert event["ATTENDEE"] == event["ORGANIZER"]


def test_what_is_not_known_is_left_out() -> None:
    _, event = drawn(location="", description="")
    assert not {"LOCATION", "DESCRIPTION"} & set(event)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=300))
def test_whatever_a_note_says_comes_back_as_it_was(note: str) -> None:
    note = "".join(char for char in note if char.isprintable()) or "x"
    _, event = drawn(description=f"prima\n{note}")
    assert calendar_file.text(event["DESCRIPTION"]) == f"prima\n{note}"


@pytest.mark.parametrize("mark", ["\r\nATTENDEE:mailto:x@x.it", "\x00", "\x07", "\u2028"])
def test_no_note_adds_a_line_to_the_file(mark: str) -> None:
    _, event = drawn(description=f"uno{mark}")
    assert "ATTENDEE" not in event
    assert calendar_file.text(event["DESCRIPTION"]).startswith("uno")


def test_the_mail_carries_it_as_a_calendar_and_is_the_same_at_every_resend() -> None:
    mail = a_mail(MailKind.APPOINTMENT, attachments=(Attachment.APPOINTMENT,))
    raw = compose(mail, an_envelope())
    message = email.message_from_bytes(raw, policy=default)
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    assert part.get_filename() == "appuntamento.ics"
    calendar_file.parsed(part.get_content().encode())
    assert raw == compose(mail, an_envelope())
    assert not message.defects


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("fissato", "hai un appuntamento con Forno Gori: giovedì 26"),
        ("spostato", "spostato da mercoledì 25 novembre 2026 alle 9:00 a giovedì 26"),
        ("annullato", "è annullato: un impegno"),
    ],
)
def test_the_mail_says_what_happened(change: str, says: str) -> None:
    mail = a_mail(MailKind.APPOINTMENT, change=change, company="Forno Gori", reason="un impegno")
    message = email.message_from_bytes(compose(mail, an_envelope()), policy=default)
    assert says in " ".join(message.get_body(("plain",)).get_content().split())  # type: ignore[union-attr]  # it has one
