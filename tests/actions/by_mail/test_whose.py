"""Whose a letter is decides what it may do: a colleague's waits for a yes, one of several for a choice, a
stranger's is answered once a day, a robot's at last no more.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.by_mail.held import drop, release
from actions.by_mail.patience import ON_A_THREAD, TO_A_SENDER
from actions.by_mail.strangers import MOST
from mailer.compose import render
from mailer.understanding.understand import understand
from procedure.campaign import Contact
from procedure.correspondence.commands import Command, Heard, Verb
from procedure.correspondence.deciding import Ambiguous, As, Colleague, Matched, Sent, Unknown, Why
from procedure.correspondence.evidence import Where
from procedure.errors import NotAllowed, Refusal
from procedure.fields import RegisterField
from procedure.notices import Mail, MailKind
from store import audit, history, letters, outbox
from store.letters import Letter, Outcome
from tests.actions.by_mail.test_record_reply import answered, arrives, sent
from tests.actions.house import AT, EVERYTHING, INTEGRATED, House, at
from tests.mailer.samples import an_envelope

K = MailKind
LUCA = Contact("Luca Neri", "luca.neri" + AT)
RA = Contact("Responsabile Anagrafica", "anagrafica" + AT)
IVO = Contact("Ivo Prototipelli", "ivo.prototipelli" + AT)
FATTO = Command(Verb.DONE, "Fatto")
NEW = "+390573000999"


def a_colleague_says(house: House, kind: MailKind = K.E3_CORRECTIONS_TO_RA, line: str = "Fatto") -> Letter:
    its = sent(house, kind)
    heard = understand(its.mail, line, at(20).date())
    return arrives(house, Colleague(its, Where.ADDRESS, As.OFFICE), line, None, heard=heard, sender=LUCA)


def last(house: House, kind: MailKind) -> Mail:
    return [mail for mail in house.mails() if mail.kind is kind][-1]


def sent_mail(house: House, mail: Mail) -> Sent:
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    return Sent(row.id, row.message_id or "", mail)


def says(house: House, mail: Mail, line: str, day: int = 20) -> Letter:
    """Whom this mail was sent to answers it."""
    heard = understand(mail, line, at(day).date())
    return arrives(house, Matched(sent_mail(house, mail), Where.ADDRESS), line, None, day, heard=heard)


def phone(house: House) -> str:
    return house.company().fields[RegisterField.PHONE]


# A colleague's word


def test_a_colleague_s_word_does_nothing_and_asks_the_addressee(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = a_colleague_says(house)
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "colleague")
    assert letter.whose == "colleague: address, same office"
    assert phone(house) != NEW
    asked = last(house, K.CONFIRM_COLLEAGUE)
    assert asked.to == sent(house, K.E3_CORRECTIONS_TO_RA).mail.to
    text = render(asked, an_envelope())[1]
    assert "Luca Neri (luca.neri@associazione.example.com) ha risposto al posto tuo" in text
    assert "«Fatto»" in text
    assert "- anagrafica aggiornata" in text
    assert "- SÌ" in text


def test_one_word_of_the_addressee_does_it_and_both_read_it(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = a_colleague_says(house)
    yes = says(house, last(house, K.CONFIRM_COLLEAGUE), "Sì")
    assert (yes.outcome, yes.reason) == (Outcome.RECORDED, "yes")
    now = letters.get(house.tx, letter.id)
    assert now is not None
    assert (now.outcome, now.reason, now.held) == (Outcome.RECORDED, "done", None)
    assert phone(house) == NEW
    thanks, told = house.mails()[-1], house.mails()[-2]
    assert (told.kind, told.to) == (K.REPLY_RECORDED, (LUCA,))
    assert "Lo ha confermato Olga Bozzettoni" in render(told, an_envelope())[1]
    assert thanks.kind is K.REPLY_RECORDED
    assert "confermata la risposta di Luca Neri" in str(thanks.context["what"])
    assert audit.latest(house.tx, 1)[0].what == "letter_released"


def test_the_history_names_the_colleague_who_wrote(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    a_colleague_says(house)
    says(house, last(house, K.CONFIRM_COLLEAGUE), "Sì")
    (change,) = (c for c in history.changes(house.tx, "companies", done.company.id) if c.field == "phone")
    assert (change.hand.who, change.hand.channel) == (LUCA.email, "mail")


def test_a_no_does_nothing_and_the_colleague_reads_it(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = a_colleague_says(house)
    says(house, last(house, K.CONFIRM_COLLEAGUE), "No")
    now = letters.get(house.tx, letter.id)
    assert now is not None
    assert (now.outcome, now.reason, now.held) == (Outcome.IGNORED, "declined", None)
    assert phone(house) != NEW
    assert last(house, K.REPLY_NOT_UNDERSTOOD).to == (LUCA,)
    assert "non ha confermato" in str(last(house, K.REPLY_NOT_UNDERSTOOD).context["why"])


def test_who_confirmed_takes_it_back(house: House) -> None:
    house.confirms(*EVERYTHING)
    before = phone(house)
    a_colleague_says(house)
    says(house, last(house, K.CONFIRM_COLLEAGUE), "Sì")
    assert says(house, house.mails()[-1], "ANNULLA").reason == "undo"
    assert phone(house) == before


def test_an_unclear_word_to_our_question_is_asked_again_and_can_be_answered_there(house: House) -> None:
    house.confirms(*EVERYTHING)
    a_colleague_says(house)
    heard = len(house.pushes())
    unclear = says(house, last(house, K.CONFIRM_COLLEAGUE), "Mah, chiedo a Luca e ti dico")
    assert unclear.reason == "not_understood"
    assert len(house.pushes()) == heard
    says(house, answered(house, unclear), "Sì")
    assert phone(house) == NEW


def test_a_second_yes_finds_nothing_that_waits(house: House) -> None:
    house.confirms(*EVERYTHING)
    a_colleague_says(house)
    asked = last(house, K.CONFIRM_COLLEAGUE)
    says(house, asked, "Sì")
    again = says(house, asked, "Sì")
    assert (again.outcome, again.reason) == (Outcome.TO_SORT, "closed")
    assert "non aspetta più" in str(last(house, K.REPLY_NOT_UNDERSTOOD).context["why"])


def test_an_addressee_with_a_chat_is_asked_there_too(house: House) -> None:
    house.quote(*INTEGRATED)
    letter = a_colleague_says(house, K.E7_QUOTE_TO_AM, "Redatto 19/11")
    (push,) = (push for push in house.pushes() if push.screen == "colleague_asked")
    assert push.person == house.person("ivo.prototipelli").id
    assert (push.context["letter"], push.context["who"]) == (letter.id, "Luca Neri")
    assert push.context["would"] == ["preventivo redatto giovedì 19 novembre 2026"]
    what = release(house.tx, house.office, letter.id, 0, by=IVO, now=at(20))
    assert "preventivo redatto" in what


@pytest.mark.parametrize("by", [LUCA, Contact("X", "x@altrove.it"), Contact("Gina", "gina" + AT)])
def test_nobody_else_confirms_a_colleague_s_word(house: House, by: Contact) -> None:
    house.confirms(*EVERYTHING)
    letter = a_colleague_says(house)
    with pytest.raises(NotAllowed):
        release(house.tx, house.office, letter.id, 0, by=by, now=at(20))
    with pytest.raises(NotAllowed):
        drop(house.tx, house.office, letter.id, by=by, now=at(20))
    assert phone(house) != NEW


def test_an_option_that_is_none_is_refused(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = a_colleague_says(house)
    for number in (-1, 1):
        with pytest.raises(Refusal, match="hold_gone"):
            release(house.tx, house.office, letter.id, number, by=RA, now=at(20))


@pytest.mark.parametrize("verb", [Verb.YES, Verb.UNDO, Verb.ABSENT])
def test_what_nobody_says_in_another_s_place_waits_for_nobody(house: House, verb: Verb) -> None:
    house.confirms(*EVERYTHING)
    its = sent(house, K.E3_CORRECTIONS_TO_RA)
    letter = arrives(house, Colleague(its, Where.ADDRESS), "…", Command(verb, "…"), sender=LUCA)
    assert (letter.reason, letter.held) == ("sender_not_allowed", None)


def test_a_colleague_confirms_no_colleague(house: House) -> None:
    house.confirms(*EVERYTHING)
    a_colleague_says(house)
    asked = sent_mail(house, last(house, K.CONFIRM_COLLEAGUE))
    letter = arrives(house, Colleague(asked, Where.ADDRESS), "Sì", Command(Verb.YES, "Sì"), sender=LUCA)
    assert (letter.outcome, letter.reason, letter.held) == (Outcome.TO_SORT, "sender_not_allowed", None)
    assert phone(house) != NEW


# One of several mails


def ambiguous(house: House, line: str = "Ricevuto") -> Letter:
    """The office answers, and it might be E4 or E6."""
    house.confirms(*EVERYTHING)
    both = (sent(house, K.E4_FORMS_TO_OFFICE), sent(house, K.E6_RID_TO_RPA))
    options = tuple(understand(its.mail, line, at(20).date()) for its in both)
    return arrives(house, Ambiguous(both), line, None, options=options, sender=both[0].mail.to[0])


def test_the_sender_of_an_ambiguous_letter_chooses_by_a_number(house: House) -> None:
    letter = ambiguous(house)
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "ambiguous")
    assert {row.due.kind.value for row in house.open()} >= {"D6", "D7"}
    asked = last(house, K.WHICH_MAIL)
    text = render(asked, an_envelope())[1]
    assert "- 1: Moduli firmati (a Ufficio Essere Impresa): Tessitura Finzioni S.r.l. (A001)" in text
    assert "- 2: Modello RID (a RPA): Tessitura Finzioni S.r.l. (A001)" in text
    assert says(house, asked, "2").outcome is Outcome.RECORDED
    assert {row.due.kind.value for row in house.open()} & {"D6", "D7"} == {"D6"}
    now = letters.get(house.tx, letter.id)
    assert now is not None
    assert (now.outcome, now.reason, now.held) == (Outcome.RECORDED, "received", None)


def test_an_unclear_choice_is_asked_again_and_can_be_made_there(house: House) -> None:
    ambiguous(house)
    unclear = says(house, last(house, K.WHICH_MAIL), "quella di ieri")
    again = answered(house, unclear)
    assert (
        "Rispondi con il numero di una di queste mail: 1 (Moduli firmati" in render(again, an_envelope())[1]
    )
    assert says(house, again, "2").outcome is Outcome.RECORDED
    assert {row.due.kind.value for row in house.open()} & {"D6", "D7"} == {"D6"}


def test_each_candidate_is_a_ready_answer_with_its_own_token(house: House) -> None:
    ambiguous(house)
    envelope = an_envelope()
    html = render(last(house, K.WHICH_MAIL), envelope)[2]
    for kind in (K.E4_FORMS_TO_OFFICE, K.E6_RID_TO_RPA):
        token = sent(house, kind).message_id.strip("<>").partition("@")[0]
        assert f"mailto:{envelope.reply_to.replace(envelope.token, token)}?subject=" in html
        assert f"body=Ricevuto%0D%0A%0D%0A%5B%23{token}%5D" in html


def test_the_right_mail_answered_settles_what_was_asked(house: House) -> None:
    letter = ambiguous(house)
    its = sent(house, K.E4_FORMS_TO_OFFICE)
    heard = understand(its.mail, "Ricevuto", at(20).date())
    arrives(house, Matched(its, Where.ADDRESS), "Ricevuto", None, heard=heard, sender=its.mail.to[0])
    now = letters.get(house.tx, letter.id)
    assert now is not None
    assert (now.outcome, now.reason, now.held) == (Outcome.IGNORED, "said_again", None)


def test_of_more_than_three_mails_the_right_one_is_to_be_answered(house: House) -> None:
    house.confirms(*EVERYTHING)
    its = sent(house, K.E4_FORMS_TO_OFFICE)
    four = tuple(replace(its, outbox_id=number) for number in range(4))
    heard = Heard((Command(Verb.RECEIVED, "Ricevuto"),))
    letter = arrives(house, Ambiguous(four), "Ricevuto", None, options=(heard,) * 4, sender=its.mail.to[0])
    assert letter.held is None
    assert "direttamente alla mail" in render(last(house, K.WHICH_MAIL), an_envelope())[1]


# A guess


def test_what_was_probably_meant_is_asked_and_a_yes_does_it(house: House) -> None:
    house.confirms(*EVERYTHING)
    its = Matched(sent(house, K.E3_CORRECTIONS_TO_RA), Where.ADDRESS)
    letter = arrives(house, its, "ok", None, heard=Heard(guess=Command(Verb.DONE, "ok")))
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "guess")
    assert phone(house) != NEW
    asked = answered(house, letter)
    subject, text, html = render(asked, an_envelope())
    assert "Hai detto così? anagrafica aggiornata" in subject
    assert "Forse volevi dire: anagrafica aggiornata?" in text
    assert "body=S%C3%8C" in html
    says(house, asked, "sì")
    assert phone(house) == NEW


def test_a_no_to_a_guess_leaves_all_as_it_is(house: House) -> None:
    house.confirms(*EVERYTHING)
    its = Matched(sent(house, K.E3_CORRECTIONS_TO_RA), Where.ADDRESS)
    letter = arrives(house, its, "ok", None, heard=Heard(guess=Command(Verb.DONE, "ok")))
    says(house, answered(house, letter), "no")
    now = letters.get(house.tx, letter.id)
    assert now is not None
    assert (now.outcome, now.reason) == (Outcome.IGNORED, "declined")
    assert phone(house) != NEW


# Strangers


def strangers_read(house: House) -> list[Contact]:
    return [mail.to[0] for mail in house.mails() if mail.kind is K.WHERE_TO_WRITE]


@pytest.mark.parametrize("why", [Why.NO_TOKEN, Why.NO_SUCH_MAIL, Why.SENDER_NOT_ALLOWED])
def test_a_stranger_reads_where_to_write_once_a_day(house: House, why: Why) -> None:
    for _ in range(3):
        letter = arrives(house, Unknown(why), "Buongiorno", None)
        assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, why.value)
    assert len(strangers_read(house)) == 1
    arrives(house, Unknown(why), "Buongiorno", None, day=23)
    assert len(strangers_read(house)) == 2
    text = render(last(house, K.WHERE_TO_WRITE), an_envelope())[1]
    assert house.office.campaign.sites[0].mailbox in text


def test_a_stranger_who_answers_that_is_still_a_stranger(house: House) -> None:
    arrives(house, Unknown(Why.NO_TOKEN), "Buongiorno", None)
    letter = says(house, last(house, K.WHERE_TO_WRITE), "Ma io volevo un preventivo")
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "no_token")
    assert len(house.mails()) == 1


def test_thanks_for_a_confirmation_are_not_answered(house: House) -> None:
    house.confirms(*EVERYTHING)
    arrives(house, Matched(sent(house, K.E3_CORRECTIONS_TO_RA), Where.ADDRESS), "Fatto", FATTO)
    told = len(house.mails())
    letter = says(house, last(house, K.REPLY_RECORDED), "Grazie mille, buona giornata!")
    assert (letter.outcome, letter.reason, len(house.mails())) == (Outcome.IGNORED, "courtesy", told)


@pytest.mark.parametrize("why", [Why.FORGED, Why.UNREADABLE])
def test_a_forged_letter_is_never_answered(house: House, why: Why) -> None:
    arrives(house, Unknown(why), "Fatto", None)
    assert house.mails() == []


def test_many_strangers_in_a_day_are_not_all_answered(house: House) -> None:
    for number in range(MOST + 5):
        sender = Contact("", f"x{number}@altrove.it")
        arrives(house, Unknown(Why.NO_TOKEN), "Buongiorno", None, sender=sender)
    assert len(strangers_read(house)) == MOST


# A robot


def test_what_is_never_understood_is_asked_back_a_few_times_then_administrators_hear_once(
    house: House,
) -> None:
    house.confirms(*EVERYTHING)
    its = Matched(sent(house, K.E3_CORRECTIONS_TO_RA), Where.ADDRESS)
    most = ON_A_THREAD[0].most
    reasons = [arrives(house, its, "La sua richiesta è stata presa", None).reason for _ in range(most + 3)]
    assert reasons == ["not_understood"] * most + ["too_many"] * 3
    assert sum(mail.kind is K.REPLY_NOT_UNDERSTOOD for mail in house.mails()) == most
    heard = [push for push in house.pushes() if push.screen == "too_many_letters"]
    assert len(heard) == len({push.person for push in heard}) >= 1
    house.now += timedelta(days=1)
    assert arrives(house, its, "Buongiorno", None, day=21).reason == "not_understood"


def test_what_is_recorded_is_answered_however_often(house: House) -> None:
    """RA answers a morning's worth of mails at once."""
    house.confirms(*EVERYTHING)
    for number in range(TO_A_SENDER[0].most + 5):
        its = replace(sent(house, K.E1_UNCOLLECTED_TO_RPA), outbox_id=1000 + number)
        letter = arrives(house, Matched(its, Where.ADDRESS), "Preso in carico", Command(Verb.TAKEN, "Preso"))
        assert letter.outcome is Outcome.RECORDED
