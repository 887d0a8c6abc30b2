from datetime import date

import pytest

from actions.file_paper import file_paper, take_paper_out
from actions.send_cover import send_cover
from actions.tell_quote import tell_quote
from procedure.errors import NotAllowed, Refusal
from procedure.notices import Attachment, MailKind
from procedure.quotes import QuoteEvent
from store import history, paper_copies
from tests.actions.house import AT, CATALOGUE, INTEGRATED, House, at

DELIVERED_ON = date(2026, 11, 20)


def delivered(house: House, answers: tuple[str, ...] = CATALOGUE) -> int:
    """A quote delivered on Friday 20."""
    quote = house.quote(*answers)
    owner = "ada.esempioli" if answers is CATALOGUE else "ivo.prototipelli"
    tell_quote(house.turn(owner, at(20)), quote, QuoteEvent.DELIVERED, DELIVERED_ON, channel="chat")
    return quote


def missing(house: House, name: str) -> list[int]:
    return [copy.quote for copy in paper_copies.missing_for(house.tx, house.person(name))]


def test_a_delivered_quote_opens_the_task_of_its_copy(house: House) -> None:
    quote = house.quote(*CATALOGUE)
    assert missing(house, "ada.esempioli") == []
    tell_quote(house.turn(at=at(20)), quote, QuoteEvent.DELIVERED, DELIVERED_ON, channel="chat")
    assert missing(house, "ada.esempioli") == [quote]


def test_the_task_outlives_the_quote_s_answer(house: House) -> None:
    quote = delivered(house)
    turn = house.turn(at=at(23))
    tell_quote(turn, quote, QuoteEvent.REFUSED, date(2026, 11, 23), channel="chat", reason="costa")
    assert missing(house, "ada.esempioli") == [quote]


def test_filing_closes_the_task_and_history_says_who_and_when(house: House) -> None:
    quote = delivered(house)
    done = file_paper(house.turn(at=at(23)), quote)
    assert done.filing is not None
    assert (done.filing.on, done.filing.by) == (date(2026, 11, 23), f"ada.esempioli{AT}")
    assert missing(house, "ada.esempioli") == []
    changes = history.changes(house.tx, "quotes", quote)
    assert ("filed_on", "", "2026-11-23", f"ada.esempioli{AT}") in [
        (change.field, change.old, change.new, change.hand.who) for change in changes
    ]


def test_told_twice_the_first_day_stands(house: House) -> None:
    quote = delivered(house)
    file_paper(house.turn(at=at(23)), quote)
    again = file_paper(house.turn("carla.immaginelli", at(24)), quote)
    assert again.filing is not None
    assert again.filing.on == date(2026, 11, 23)


def test_a_mistake_is_taken_back_and_stays_in_the_history(house: House) -> None:
    quote = delivered(house)
    file_paper(house.turn(at=at(23)), quote)
    assert take_paper_out(house.turn(at=at(24)), quote).filing is None
    assert missing(house, "ada.esempioli") == [quote]
    told = [change.new for change in history.changes(house.tx, "quotes", quote) if change.field == "filed_on"]
    assert told == ["2026-11-23", ""]


def test_before_the_delivery_there_is_no_copy_and_no_cover(house: House) -> None:
    quote = house.quote(*CATALOGUE)
    for verb in (file_paper, send_cover):
        with pytest.raises(Refusal, match="quote_not_delivered"):
            verb(house.turn(at=at(20)), quote)


def test_another_s_copy_is_not_filed_and_the_audit_knows(house: House) -> None:
    quote = delivered(house)
    for verb in (file_paper, take_paper_out, send_cover):
        with pytest.raises(NotAllowed):
            verb(house.turn("bruno.fintarelli", at(23)), quote)
    assert house.traces().count("refused") == 3
    assert paper_copies.filing(house.tx, quote) is None


def test_the_rs_sees_what_is_missing_at_the_sede_and_may_file_it(house: House) -> None:
    quote = delivered(house, INTEGRATED)
    assert missing(house, "ivo.prototipelli") == missing(house, "carla.immaginelli") == [quote]
    assert missing(house, "dario.provenzoni") == missing(house, "ada.esempioli") == []
    (copy,) = paper_copies.missing_for(house.tx, house.person("carla.immaginelli"))
    assert copy.owner == "Ivo Prototipelli"
    file_paper(house.turn("carla.immaginelli", at(23)), quote)
    assert missing(house, "ivo.prototipelli") == []


def test_the_cover_goes_to_who_asks_with_all_that_stands_on_it_and_no_amount(house: House) -> None:
    quote = delivered(house, INTEGRATED)
    mail = send_cover(house.turn("ivo.prototipelli", at(23)), quote)
    assert (mail.kind, mail.attachments) == (MailKind.COVER, (Attachment.COVER,))
    assert [contact.email for contact in mail.to] == [f"ivo.prototipelli{AT}"]
    wanted = {
        "company": "Tessitura Finzioni S.r.l.",
        "company_ref": "A001",
        "site": "Pistoia",
        "av": "Ada Esempioli",
        "visited_on": "mercoledì 18 novembre 2026",
        "due": "",
        "campaign": "Fidelizzazione 2026 - 2028",
        "number": str(quote),
        "products": ["Paghe e amministrazione del personale"],
        "drafted_on": "venerdì 20 novembre 2026",
        "delivered_on": "venerdì 20 novembre 2026",
        "owner": "Ivo Prototipelli",
    }
    assert {name: mail.context[name] for name in wanted} == wanted
    assert "value" not in mail.context
    assert mail in house.mails()


def test_two_taps_in_a_minute_are_one_mail_and_a_later_one_is_another(house: House) -> None:
    quote = delivered(house)
    for minute in (0, 0, 1):
        send_cover(house.turn(at=at(23, minute=minute)), quote)
    assert len([mail for mail in house.mails() if mail.kind is MailKind.COVER]) == 2
