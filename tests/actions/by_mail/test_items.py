"""A numbered list answered by mail: every kind of item an AV has, each in its own words, several at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from actions.by_mail.agenda import SECTIONS, answers_of, day_mail, quotes_mail
from actions.deliver import put_mail
from actions.remind import remind
from actions.tell_quote import tell_quote
from conversations.phrases import phrase_keys
from mailer.compose import Envelope, render
from mailer.understanding.understand import understand
from procedure.campaign import Contact
from procedure.correspondence.commands import Command, Verb
from procedure.correspondence.deciding import Matched, Sent
from procedure.correspondence.evidence import Where
from procedure.hours import Preferences
from procedure.notices import Json, Mail, MailKind
from procedure.quotes import QuoteEvent, QuoteState
from store import appointments, outbox, paper_copies, preferences, quotes, visits
from store.letters import Letter, Outcome
from tests.actions.by_mail.letters import arrives
from tests.actions.house import CATALOGUE, EVERYTHING, House, at

ADA = Contact("Ada Esempioli", "ada.esempioli@associazione.example.com")


def the_list(house: House, day: int = 19, month: int = 11) -> Sent:
    """Ada asks for her day."""
    turn = house.turn(at=at(day, month=month))
    mail = day_mail(turn, f"test:day:{len(house.mails())}")
    put_mail(house.tx, mail, minted_by=house.office.minting, now=turn.now)
    return sent(house, mail)


def sent(house: House, mail: Mail) -> Sent:
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    return Sent(row.id, house.message_id(mail), mail)


def number(mail: Mail, what: str, company: str = "") -> int:
    """The number of the item of this kind."""
    listed = mail.context["numbered"]
    assert isinstance(listed, list)
    found = [
        one["n"]
        for one in listed
        if isinstance(one, dict) and one["what"] == what and company in str(one["company"])
    ]
    assert len(found) == 1, (what, listed)
    assert isinstance(found[0], int)
    return found[0]


def answers(house: House, its: Sent, text: str, day: int = 19, month: int = 11) -> Letter:
    """Ada answers the list in these words."""
    heard = understand(its.mail, text, date(2026, month, day))
    its_mail = Matched(its, Where.ADDRESS)
    return arrives(house, its_mail, text, *heard.commands, day=day, month=month, sender=ADA)


def told(house: House) -> str:
    """What the last mail says was done, or why it was not."""
    mail = house.mails()[-1]
    return str({**mail.context, "numbered": ""})


def kinds(house: House, ref: str = "A001") -> set[str]:
    return {row.due.kind.value for row in house.open(house.company(ref))}


def test_papers_handed_over_are_told_by_number_with_their_day(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    its = the_list(house, 20)
    letter = answers(house, its, f"{number(its.mail, 'D6')} consegnati ieri", 20)
    assert letter.outcome is Outcome.RECORDED
    assert "D6" not in kinds(house)
    assert "D7" in kinds(house)
    visit = visits.get(house.tx, done.visit)
    assert visit is not None
    assert {form.handed_over_on for form in visit.forms if form.handed_over_on} == {date(2026, 11, 19)}
    assert "giovedì 19 novembre 2026" in told(house)


def test_several_items_are_answered_in_one_reply_and_told_in_one_mail(house: House) -> None:
    house.confirms(*EVERYTHING)
    house.quote(*CATALOGUE, ref="A002")
    its = the_list(house, 19)
    text = (
        f"{number(its.mail, 'D6')} fatto\n{number(its.mail, 'D7')}) rinvia a lunedì\n"
        f"{number(its.mail, 'D10', 'Inventati')} redatto"
    )
    before = len(house.mails())
    assert answers(house, its, text).outcome is Outcome.RECORDED
    (back,) = house.mails()[before:]
    assert back.kind is MailKind.REPLY_RECORDED
    assert "D6" not in kinds(house)
    assert kinds(house, "A002") == {"D11"}
    (rid,) = (row for row in house.open() if row.due.kind.value == "D7")
    assert rid.remind_on == date(2026, 11, 23)
    assert all(name in told(house) for name in ("Tessitura Finzioni", "Fratelli Inventati", "lunedì 23"))


def test_what_is_refused_is_told_with_its_reason_beside_what_was_done(house: House) -> None:
    house.confirms(*EVERYTHING)
    its = the_list(house)
    forms, rid = number(its.mail, "D6"), number(its.mail, "D7")
    answers(house, its, f"{forms} consegnati 1/11\n{rid} consegnato")
    assert kinds(house) >= {"D6"}
    assert "D7" not in kinds(house)
    assert "Quel giorno è prima della visita." in told(house)


def test_a_number_that_is_not_there_does_nothing(house: House) -> None:
    house.confirms(*EVERYTHING)
    its = the_list(house)
    before = kinds(house)
    heard = Command(
        next(iter(understand(its.mail, "1 fatto", date(2026, 11, 19)).commands)).verb, "fatto", item=9
    )
    letter = arrives(house, Matched(its, Where.ADDRESS), "9 fatto", heard, day=19, sender=ADA)
    assert letter.outcome is Outcome.TO_SORT
    assert "la numero 9 non c'è" in told(house)
    assert kinds(house) == before


def test_a_word_without_a_number_is_asked_which(house: House) -> None:
    house.confirms(*EVERYTHING)
    its = the_list(house)
    before = kinds(house)
    answers(house, its, "fatto")
    assert kinds(house) == before


def test_the_course_of_the_av_s_own_quote_is_told_by_number_to_its_acceptance(house: House) -> None:
    quote = house.quote(*CATALOGUE)

    def tells(word: str, kind: str, day: int, month: int = 11) -> QuoteState:
        its = the_list(house, day, month)
        assert answers(house, its, f"{number(its.mail, kind)} {word}", day, month).outcome is Outcome.RECORDED
        found = quotes.get(house.tx, quote)
        assert found is not None
        return found.state

    assert tells("fatto", "D10", 20) is QuoteState.DRAFTED
    assert tells("fatto", "D11", 23) is QuoteState.DRAFTED
    assert kinds(house) == {"A22b"}
    assert tells("fatto", "A22b", 24) is QuoteState.DELIVERED
    assert tells("archiviata", "copy", 24) is QuoteState.DELIVERED
    assert paper_copies.filing(house.tx, quote) is not None
    assert tells("sollecitato ieri", "D13", 1, 12) is QuoteState.FOLLOWED_UP
    assert tells("accettato 1.200 €", "D14", 18, 12) is QuoteState.ACCEPTED
    found = quotes.get(house.tx, quote)
    assert found is not None
    assert (found.value, found.followed_up_on) == (Decimal(1200), date(2026, 11, 30))


def test_a_closing_is_not_done_by_fatto(house: House) -> None:
    quote = house.quote(*CATALOGUE)
    tell_quote(house.turn(at=at(20)), quote, QuoteEvent.DELIVERED, date(2026, 11, 20), channel="chat")
    its = the_list(house, 15, 12)
    answers(house, its, f"{number(its.mail, 'D14')} fatto", 15, 12)
    assert "ACCETTATO" in told(house)


@pytest.mark.parametrize("word", ["scheda", "fatto", "visita fatta"])
def test_a_first_visit_s_item_sends_its_form(house: House, word: str) -> None:
    house.opens_d1("A003")
    its = the_list(house, 30)
    assert answers(house, its, f"{number(its.mail, 'D1')} {word}", 30).outcome is Outcome.RECORDED
    form = next(mail for mail in house.mails() if mail.kind is MailKind.VISIT_FORM)
    assert (form.to, form.context["company_ref"]) == ((ADA,), "A003")


def fixed(house: House, ref: str = "A003", day: int = 19, hour: int = 9) -> int:
    ada = house.person("ada.esempioli")
    when, now = at(day, hour), at(18)
    company = house.company(ref).id
    return appointments.fix(house.tx, company=company, person=ada.id, starts_at=when, note="", now=now)


def test_an_appointment_s_item_is_told_as_held_or_not(house: House) -> None:
    which = fixed(house)
    its = the_list(house)
    n = number(its.mail, "appointment")
    answers(house, its, f"{n} visita fatta")
    assert [mail.context["company_ref"] for mail in house.mails() if mail.kind is MailKind.VISIT_FORM] == [
        "A003"
    ]
    assert answers(house, its, f"{n} saltata: non c'era nessuno").outcome is Outcome.RECORDED
    found = appointments.get(house.tx, which)
    assert found is not None
    assert not found.is_open
    assert found.reason == "non c'era nessuno"


def test_what_an_item_was_told_is_taken_back_by_annulla(house: House) -> None:
    which = fixed(house)
    quote = house.quote(*CATALOGUE)
    tell_quote(house.turn(at=at(18)), quote, QuoteEvent.DELIVERED, date(2026, 11, 18), channel="chat")
    its = the_list(house)
    meeting, copy = number(its.mail, "appointment"), number(its.mail, "copy")
    answers(house, its, f"{meeting} saltata: non c'era nessuno\n{copy} archiviata")
    back = sent(house, house.mails()[-1])
    undone = arrives(
        house, Matched(back, Where.ADDRESS), "annulla", Command(Verb.UNDO, "annulla"), day=19, sender=ADA
    )
    assert undone.outcome is Outcome.RECORDED
    found = appointments.get(house.tx, which)
    assert found is not None
    assert found.is_open
    assert paper_copies.filing(house.tx, quote) is None


def test_each_answer_that_a_list_offers_is_understood_and_is_of_its_item(house: House) -> None:
    """What the two taps of a phone send; where words are to follow, with words."""
    words = {"giorno": "lunedì", "importo": "1200", "motivo": "costa troppo"}
    mail = the_list(house).mail
    offered = [
        key.removeprefix("by_mail.answers.") for key in phrase_keys() if key.startswith("by_mail.answers.")
    ]
    for kind in offered:
        for answer in answers_of(kind):
            assert isinstance(answer, dict)
            item: dict[str, Json] = {"n": 1, "kind": "N3", "what": kind}
            listed = replace(mail, context={**mail.context, "numbered": [item]})
            said = f"1 {answer['word']} {words.get(str(answer['then']), '')}".strip()
            heard = understand(listed, said, date(2026, 11, 19))
            assert [command.item for command in heard.commands] == [1], (kind, said, heard)


def test_every_deadline_that_is_reminded_of_has_its_answers() -> None:
    kinds = {
        key.removeprefix("by_mail.answers.") for key in phrase_keys() if key.startswith("by_mail.answers.")
    }
    assert kinds == {"D1", "D6", "D7", "D8", "D10", "D11", "A22b", "D13", "D14", "appointment", "copy"}
    assert {f"push.morning.{name}" for name in SECTIONS} <= phrase_keys()


def test_the_morning_by_mail_is_numbered_and_has_the_appointments_and_copies_beside(house: House) -> None:
    preferences.put(house.tx, house.person("ada.esempioli").id, Preferences(by_mail=True))
    house.confirms(*EVERYTHING)
    fixed(house, day=19, hour=15)
    remind(house.tx, house.office, at(19, 8))
    (mail,) = (mail for mail in house.mails() if mail.kind is MailKind.MORNING)
    assert number(mail, "appointment") == 3
    envelope = Envelope("<abc@x.example>", "io+abc@x.example", Contact("Dopovisita", "io@x.example"), at(19))
    _, plain, html = render(mail, envelope)
    assert "1. moduli all'Ufficio Essere Impresa: Tessitura Finzioni S.r.l." in plain
    assert "Rispondi: 1 CONSEGNATI · 1 RINVIA … (giorno)" in plain
    assert "body=1%20CONSEGNATI%0D%0A" in html


def test_who_wants_both_has_the_message_and_the_numbered_mail(house: House) -> None:
    preferences.put(house.tx, house.person("ada.esempioli").id, Preferences(also_by_mail=True))
    house.confirms(*EVERYTHING)
    remind(house.tx, house.office, at(19, 8))
    assert [push.screen for push in house.pushes()] == ["morning"]
    (mail,) = (mail for mail in house.mails() if mail.kind is MailKind.MORNING)
    assert mail.context["numbered"]


def test_the_quotes_alone_may_be_asked_for(house: House) -> None:
    house.quote(*CATALOGUE)
    mail = quotes_mail(house.turn(), "test:quotes")
    assert number(mail, "D10") == 1


def test_an_am_s_word_about_an_item_is_told_to_the_av(house: House) -> None:
    house.confirms(*EVERYTHING)
    house.confirms(*EVERYTHING, ref="A002")
    remind(house.tx, house.office, at(24, 8))
    mail = next(m for m in house.mails() if m.kind is MailKind.MORNING and m.to[0].email.startswith("lia."))
    its = sent(house, mail)
    heard = understand(mail, "1 redatto", date(2026, 11, 24))
    arrives(house, Matched(its, Where.ADDRESS), "1 redatto", *heard.commands, day=24, sender=mail.to[0])
    push = house.pushes()[-1]
    assert (push.screen, push.person) == ("reply_recorded", house.person("ada.esempioli").id)
