"""MANCA … and ERRORE …: the question reaches the AV, the answer goes back; nothing is closed by either."""

import pytest

from mailer.compose import render
from procedure.campaign import Contact
from procedure.correspondence.commands import Command, Heard, Verb
from procedure.correspondence.deciding import Matched, Sent
from procedure.correspondence.evidence import Where
from procedure.notices import Mail, MailKind
from store import outbox, visits
from store.letters import Letter, Outcome
from tests.actions.by_mail.test_record_reply import answered, arrives, sent
from tests.actions.house import AT, EVERYTHING, House
from tests.mailer.samples import an_envelope

K = MailKind
ADA = Contact("Ada Esempioli", "ada.esempioli" + AT)
ASKED = [
    (K.E3_CORRECTIONS_TO_RA, Command(Verb.MISSING, "MANCA la PEC", words="la PEC")),
    (K.E4_FORMS_TO_OFFICE, Command(Verb.WRONG, "ERRORE firma illeggibile", words="firma illeggibile")),
]


def asks(house: House, kind: MailKind, *commands: Command) -> Letter:
    house.confirms(*EVERYTHING)
    its = Matched(sent(house, kind), Where.ADDRESS)
    return arrives(house, its, commands[-1].said, None, heard=Heard(commands))


def question(house: House) -> Mail:
    return [mail for mail in house.mails() if mail.kind is K.QUESTION][-1]


def answers_it(house: House, words: str) -> Letter:
    mail = question(house)
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    its = Matched(Sent(row.id, row.message_id or "", mail), Where.ADDRESS)
    return arrives(house, its, words, None, sender=ADA)


@pytest.mark.parametrize(("kind", "command"), ASKED)
def test_the_question_reaches_the_av_by_mail_and_in_chat(
    house: House, kind: MailKind, command: Command
) -> None:
    letter = asks(house, kind, command)
    assert (letter.outcome, letter.reason) == (Outcome.RECORDED, command.verb.value)
    mail = question(house)
    assert mail.to == (ADA,)
    assert f"«{command.words}»" in render(mail, an_envelope())[1]
    (push,) = (push for push in house.pushes() if push.screen == "question")
    assert (push.person, push.context["words"]) == (house.person("ada.esempioli").id, command.words)
    assert "domanda passata a Ada Esempioli" in str(answered(house, letter).context["what"])


@pytest.mark.parametrize(("kind", "command"), ASKED)
def test_nothing_is_closed_by_a_question(house: House, kind: MailKind, command: Command) -> None:
    asks(house, kind, command)
    assert "D6" in {row.due.kind.value for row in house.open()}
    visit = visits.get(house.tx, sent(house, kind).mail.about.id)
    assert visit is not None
    assert visit.corrections_closed is None


@pytest.mark.parametrize(("kind", "command"), ASKED)
def test_the_av_s_answer_goes_back_in_the_thread_of_who_asked(
    house: House, kind: MailKind, command: Command
) -> None:
    asked = asks(house, kind, command)
    letter = answers_it(house, "È a@pec.example.com,\nte la confermo")
    assert (letter.outcome, letter.reason) == (Outcome.RECORDED, "passed_on")
    back = question(house)
    assert back.to[0].email == sent(house, kind).mail.to[0].email
    assert back.asks is kind
    row = outbox.by_key(house.tx, back.key)
    assert row is not None
    assert isinstance(row.payload, dict)
    assert row.payload["in_reply_to"] == asked.message_id
    text = render(back, an_envelope())[1]
    assert "È a@pec.example.com,\nte la confermo" in text
    assert f"La tua domanda era: «{command.words}»" in text


def test_who_asked_closes_it_under_the_answer(house: House) -> None:
    asks(house, *ASKED[0])
    answers_it(house, "È a@pec.example.com")
    mail = question(house)
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    its = Matched(Sent(row.id, row.message_id or "", mail), Where.ADDRESS)
    assert arrives(house, its, "Fatto", Command(Verb.DONE, "Fatto")).outcome is Outcome.RECORDED
    visit = visits.get(house.tx, mail.about.id)
    assert visit is not None
    assert visit.corrections_closed is not None


def test_several_words_in_one_letter_are_done_in_order_and_told_together(house: House) -> None:
    letter = asks(house, K.E4_FORMS_TO_OFFICE, Command(Verb.RECEIVED, "Ricevuti"), ASKED[1][1])
    assert letter.reason == "received+wrong"
    back = answered(house, letter)
    assert back.context["done"] == [
        "moduli ricevuti",
        "domanda passata a Ada Esempioli: «firma illeggibile»",
    ]
    told = [push for push in house.pushes() if push.screen == "reply_recorded"]
    assert [push.context["what"] for push in told] == ["moduli ricevuti"]


def test_what_of_several_is_refused_is_told_beside_what_was_done(house: House) -> None:
    commands = (Command(Verb.TAKEN, "preso in carico"), Command(Verb.ACCEPTED, "accettato 900 €"))
    letter = asks(house, K.E7_QUOTE_TO_AM, *commands)
    assert (letter.outcome, letter.reason) == (Outcome.RECORDED, "taken")
    text = render(answered(house, letter), an_envelope())[1]
    assert "- preso in carico" in text
    assert "Non abbiamo registrato:\n- «accettato 900 €»:" in text
    assert "Prossima scadenza: redazione del preventivo, entro" in text


def test_what_was_written_beside_reaches_the_av_in_one_line(house: House) -> None:
    house.confirms(*EVERYTHING)
    its = Matched(sent(house, K.E6_RID_TO_RPA), Where.ADDRESS)
    heard = Heard((Command(Verb.RECEIVED, "Ricevuto"),), note="manca però\nla data")
    arrives(house, its, "Ricevuto", None, heard=heard)
    push = house.pushes()[-1]
    assert (push.screen, push.context["note"]) == ("reply_recorded", "manca però la data")
