"""An AM without a chat carries a quote to its end by mail (section 9.1); and what a mail may not move."""

from datetime import date
from decimal import Decimal

import pytest

from actions.pass_on_quote import pass_on
from actions.remind import remind
from mailer.compose import render
from mailer.understanding.words import answers as offered
from procedure.campaign import Contact
from procedure.correspondence.commands import Command, Verb
from procedure.correspondence.deciding import Matched, Sent
from procedure.correspondence.evidence import Where
from procedure.notices import Mail, MailKind
from procedure.quotes import Quote, QuoteState
from store import deadlines, outbox, people, quotes
from store.letters import Letter, Outcome
from tests.actions.by_mail import test_record_reply as letters
from tests.actions.house import CATALOGUE, INTEGRATED, House, at
from tests.mailer.samples import an_envelope

K, S = MailKind, QuoteState
LIA = "lia.segnapostini@associazione.example.com"
SAFETY = (*INTEGRATED[:5], "SICUREZZA", *INTEGRATED[6:])  # Lia has no chat


def kept(house: House, quote: int) -> Quote:
    found = quotes.get(house.tx, quote)
    assert found is not None
    return found


def says(house: House, line: str, day: int, kind: MailKind = K.E7_QUOTE_TO_AM) -> Letter:
    return letters.answers(house, kind, line, day=day)


def last(house: House, kind: MailKind) -> Mail:
    return [mail for mail in house.mails() if mail.kind is kind][-1]


COURSE = [
    ("Redatto", S.DRAFTED, "preventivo redatto (venerdì 20 novembre 2026)"),
    ("Contattata", S.DRAFTED, "azienda contattata (venerdì 20 novembre 2026)"),
    ("Consegnato", S.DELIVERED, "preventivo consegnato (venerdì 20 novembre 2026)"),
    ("Ci pensa", S.THINKING, "preventivo in riflessione (venerdì 20 novembre 2026)"),
    ("Sollecitato", S.FOLLOWED_UP, "preventivo sollecitato (venerdì 20 novembre 2026)"),
    (
        "Accettato 1.200 €",
        S.ACCEPTED,
        "preventivo accettato per 1.200,00\N{NO-BREAK SPACE}€ (venerdì 20 novembre 2026)",
    ),
]


def test_every_step_of_a_quote_is_said_in_answer_to_the_mail_that_asked_for_it(house: House) -> None:
    quote = house.quote(*SAFETY)
    for line, state, what in COURSE:
        letter = says(house, line, 20)
        assert (letter.outcome, kept(house, quote).state) == (Outcome.RECORDED, state), line
        assert str(last(house, K.REPLY_RECORDED).context["what"]).startswith(what)
    assert kept(house, quote).value == Decimal(1200)
    assert {mail.kind.value for mail in house.mails()} >= {"E10", "E11"}
    assert [line.value for line in quotes.lines(house.tx, quote)] == [Decimal(1200)]


def test_a_refusal_by_mail_keeps_its_reason(house: House) -> None:
    quote = house.quote(*SAFETY)
    says(house, "Consegnato", 20)
    says(house, "NON ACCETTATO: costa troppo", 24)
    assert (kept(house, quote).state, kept(house, quote).reason) == (S.ARCHIVED, "costa troppo")


def test_a_reminder_is_put_off_by_mail_and_the_term_stays(house: House) -> None:
    quote = house.quote(*SAFETY)
    says(house, "Rinvia 27/11", 20)
    (row,) = deadlines.of_quote(house.tx, quote)
    assert (row.due.due_on, row.remind_on) == (date(2026, 11, 25), date(2026, 11, 27))
    assert "venerdì 27 novembre 2026" in str(last(house, K.REPLY_RECORDED).context["what"])


def test_somebody_else_s_quote_is_said_by_mail_and_asked_of_rps(house: House) -> None:
    quote = house.quote(*SAFETY)
    says(house, "Non mio, è di Ivo", 20)
    asked = [push for push in house.pushes() if push.screen == "quote_not_mine"]
    assert [push.person for push in asked] == [house.person("sandro.apocrifelli").id]
    assert (asked[0].context["words"], asked[0].context["who"]) == ("è di Ivo", "Lia Segnapostini")
    assert kept(house, quote).owner == house.person("lia.segnapostini").id


def test_the_history_says_who_wrote(house: House) -> None:
    """A22c: the reference person drafts, the AV answers for it."""
    quote = house.quote(*CATALOGUE)
    says(house, "Redatto", 20, K.E9_CATALOGUE_TO_REFERENCE)
    (move,) = quotes.story(house.tx, quote)
    assert (move.hand.who, move.hand.channel) == ("certificazioni@associazione.example.com", "mail")
    assert house.pushes()[-1].screen == "reply_recorded"


# An odd day


def test_an_odd_day_is_asked_back_by_mail_and_done_when_confirmed(house: House) -> None:
    """Section 10: asked, never refused."""
    quote = house.quote(*SAFETY)
    letter = says(house, "Redatto 16/11", 20)
    assert (letter.outcome, letter.reason, kept(house, quote).state) == (Outcome.TO_SORT, "guess", S.TO_DRAFT)
    asked = last(house, K.REPLY_NOT_UNDERSTOOD)
    why = str(asked.context["why"])
    assert "lunedì 16 novembre 2026 è prima della visita (mercoledì 18 novembre 2026)" in why
    assert asked.context["guess"] == "preventivo redatto lunedì 16 novembre 2026"
    yes = letters.arrives(house, Matched(sent(house, asked), Where.ADDRESS), "Sì", Command(Verb.YES, "Sì"))
    assert (yes.outcome, yes.reason) == (Outcome.RECORDED, "yes")
    assert kept(house, quote).drafted_on == date(2026, 11, 16)


def test_what_does_not_fit_says_why(house: House) -> None:
    house.quote(*SAFETY)
    says(house, "Accettato 900 €", 20)
    mail = last(house, K.REPLY_NOT_UNDERSTOOD)
    assert "non risulta ancora consegnato" in str(mail.context["why"])
    assert "non risulta ancora consegnato" in render(mail, an_envelope())[1]


# The morning's mail


def morning(house: House, day: int) -> Mail:
    remind(house.tx, house.office, at(day, 8))
    return last(house, K.MORNING)


def sent(house: House, mail: Mail) -> Sent:
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    return Sent(row.id, house.message_id(mail), mail)


def test_a_morning_that_tells_of_one_quote_is_answered_in_its_place(house: House) -> None:
    quote = house.quote(*SAFETY)
    mail = morning(house, 24)
    assert mail.context["quotes"] == [quote]
    assert "'word': 'REDATTO'" in str(mail.context["sections"])
    letter = says(house, "Redatto ieri", 24, K.MORNING)
    assert (letter.outcome, kept(house, quote).drafted_on) == (Outcome.RECORDED, date(2026, 11, 23))
    back = last(house, K.REPLY_RECORDED)
    assert (back.context["company"], back.context["company_ref"]) == ("Tessitura Finzioni S.r.l.", "A001")
    render(back, an_envelope())


def test_a_morning_of_two_quotes_is_asked_which_by_a_word_without_its_number(house: House) -> None:
    first, second = house.quote(*SAFETY), house.quote(*SAFETY, ref="A002")
    mail = morning(house, 24)
    assert sorted(str(one) for one in mail.context["quotes"]) == [str(first), str(second)]  # type: ignore[union-attr]  # a list
    assert offered(mail) == ()
    letter = says(house, "Redatto", 24, K.MORNING)
    assert letter.outcome is Outcome.TO_SORT
    assert {kept(house, one).state for one in (first, second)} == {S.TO_DRAFT}
    assert "A quale delle voci?" in str(last(house, K.REPLY_NOT_UNDERSTOOD).context["why"])


# Whose it is no longer


def test_a_quote_passed_on_is_not_moved_by_who_had_it_and_is_by_who_has_it(house: House) -> None:
    quote = house.quote(*SAFETY)
    ivo = people.by_email(house.tx, "ivo.prototipelli@associazione.example.com")
    assert ivo is not None
    old = sent(house, last(house, K.E7_QUOTE_TO_AM))
    pass_on(house.turn("sandro.apocrifelli", at(20)), quote, ivo.id)
    command = Command(Verb.DRAFTED, "Redatto")
    letter = letters.arrives(house, Matched(old, Where.ADDRESS), "Redatto", command, 23)
    assert (letter.outcome, kept(house, quote).state) == (Outcome.TO_SORT, S.TO_DRAFT)
    new = last(house, K.E7_QUOTE_TO_AM)
    assert new.to == (Contact("Ivo Prototipelli", ivo.email),)
    letters.arrives(house, Matched(sent(house, new), Where.ADDRESS), "Redatto", command, 23)
    assert kept(house, quote).state is S.DRAFTED


@pytest.mark.parametrize("line", ["Redatto 21/11", "Accettato", "Ci vediamo lunedì"])
def test_what_is_not_understood_changes_nothing(house: House, line: str) -> None:
    quote = house.quote(*SAFETY)
    before = kept(house, quote)
    assert says(house, line, 20).outcome is Outcome.TO_SORT
    assert kept(house, quote) == before
