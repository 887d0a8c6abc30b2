"""What a letter does: each verb of each mail, what is not understood, strangers, machines; settled once."""

from datetime import date

import pytest

from actions.by_mail.effects import EFFECTS
from actions.by_mail.record_reply import record_reply
from actions.by_mail.reply import Reply
from actions.remind import remind
from actions.tell_quote import tell_quote
from mailer.compose import Envelope, render
from mailer.understanding.understand import understand
from procedure.campaign import Contact
from procedure.correspondence.commands import NOTHING_HEARD, Command, Heard, Verb
from procedure.correspondence.deciding import Ambiguous, Automated, Decision, Matched, Sent, Unknown, Why
from procedure.correspondence.evidence import Where
from procedure.correspondence.machines import Automatic
from procedure.fields import RegisterField
from procedure.notices import Mail, MailKind
from procedure.quotes import QuoteEvent, QuoteState
from store import history, letters, outbox, quotes, register, visits
from store.letters import Letter, Outcome
from tests.actions.house import CATALOGUE, EVERYTHING, INTEGRATED, House, at
from tests.mailer.samples import an_envelope

K = MailKind
RA = "anagrafica@associazione.example.com"
STRANGER = Contact("X", "x@altrove.it")


def arrives(
    house: House,
    decision: Decision,
    line: str,
    command: Command | None,
    day: int = 20,
    *,
    heard: Heard = NOTHING_HEARD,
    options: tuple[Heard, ...] = (),
    sender: Contact | None = None,
) -> Letter:
    """A letter is kept and recorded; as it is afterwards."""
    uid = 1 + letters.last_uid(house.tx, "INBOX", 1)
    raw = f"letter {uid}".encode()
    kept = letters.keep(
        house.tx, mailbox="INBOX", uidvalidity=1, uid=uid, message_id=f"<{uid}@ra>", raw=raw, now=at(day)
    )
    assert kept is not None
    addressee = decision.sent.mail.to[0] if isinstance(decision, Matched) else STRANGER
    heard = Heard((command,)) if command else heard
    reply = Reply(kept, f"<{uid}@ra>", sender or addressee, line, decision, heard, options)
    record_reply(house.tx, house.office, reply, at(day))
    letter = letters.get(house.tx, kept)
    assert letter is not None
    return letter


def sent(house: House, kind: MailKind, number: int = 0) -> Sent:
    mail = [mail for mail in house.mails() if mail.kind is kind][number]
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    return Sent(row.id, house.message_id(mail), mail)


def answers(house: House, kind: MailKind, line: str, *, day: int = 20, number: int = 0) -> Letter:
    """Whom the mail was sent to answers it with this line."""
    its = sent(house, kind, number)
    heard = understand(its.mail, line, at(day).date())
    return arrives(house, Matched(its, Where.ADDRESS), line, None, day, heard=heard)


def answered(house: House, letter: Letter) -> Mail:
    """The mail that went back to the sender."""
    mail = house.mails()[-1]
    assert mail.key.startswith(f"letter:{letter.id}:")
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    assert isinstance(row.payload, dict)
    assert row.payload["in_reply_to"] == letter.message_id
    return mail


VERBS = [
    (K.E1_UNCOLLECTED_TO_RPA, "Preso in carico", Verb.TAKEN, "preso in carico"),
    (K.E1_UNCOLLECTED_TO_RPA, "Incassato", Verb.COLLECTED, "credito incassato"),
    (K.E2_UNCOLLECTED_TO_RECOVERY, "Incassato", Verb.COLLECTED, "credito incassato"),
    (K.E3_CORRECTIONS_TO_RA, "Fatto", Verb.DONE, "anagrafica aggiornata: Telefono"),
    (K.E4_FORMS_TO_OFFICE, "Ricevuto", Verb.RECEIVED, "moduli ricevuti"),
    (
        K.E4_FORMS_TO_OFFICE,
        "Inviato a RA",
        Verb.SENT_TO_RA,
        "originali inviati a RA venerdì 20 novembre 2026",
    ),
    (K.E6_RID_TO_RPA, "Ricevuto", Verb.RECEIVED, "RID ricevuto"),
    (K.E7_QUOTE_TO_AM, "Preso in carico", Verb.TAKEN, "preso in carico"),
    (K.E7_QUOTE_TO_AM, "Redatto", Verb.DRAFTED, "preventivo redatto (venerdì 20 novembre 2026)"),
    (
        K.E7_QUOTE_TO_AM,
        "Consegnato 19/11",
        Verb.DELIVERED,
        "preventivo consegnato (giovedì 19 novembre 2026)",
    ),
]


@pytest.mark.parametrize(("kind", "line", "verb", "what"), VERBS)
def test_each_word_is_recorded_told_to_the_av_and_answered(
    house: House, kind: MailKind, line: str, verb: Verb, what: str
) -> None:
    house.confirms(*EVERYTHING)
    about = sent(house, kind).mail.about
    letter = answers(house, kind, line)
    assert (letter.outcome, letter.reason, letter.about) == (Outcome.RECORDED, verb.value, about)
    push = house.pushes()[-1]
    screen = "credit_collected" if verb is Verb.COLLECTED else "reply_recorded"
    assert (push.screen, push.person) == (screen, house.person("ada.esempioli").id)
    assert str(push.context["what"]).startswith(what)
    back = answered(house, letter)
    assert back.kind is K.REPLY_RECORDED
    assert back.to == (sent(house, kind).mail.to[0],)
    assert str(back.context["what"]).startswith(what)


def test_every_verb_has_its_test() -> None:
    about_no_visit = {Verb.CONFIRMED, Verb.ABSENT}  # tests/actions/test_tell_waiting.py, test_absence.py
    of_a_quote = {  # tests/actions/by_mail/test_quote.py
        *(Verb.CONTACTED, Verb.THINKING, Verb.FOLLOWED_UP, Verb.ACCEPTED, Verb.REFUSED),
        *(Verb.POSTPONED, Verb.NOT_MINE),
    }
    questions = {Verb.MISSING, Verb.WRONG}  # test_questions.py
    of_an_av = {Verb.REPORTED, Verb.FORM, Verb.NOT_HELD, Verb.ARCHIVED}  # who works by mail
    elsewhere = of_a_quote | about_no_visit | questions | of_an_av | {Verb.UNDO, Verb.ENCLOSED}
    assert {verb for _, _, verb, _ in VERBS} == set(EFFECTS) - elsewhere


def test_ra_s_word_brings_the_corrections_into_the_register_with_their_history(house: House) -> None:
    """A56."""
    done = house.confirms(*EVERYTHING)
    answers(house, K.E3_CORRECTIONS_TO_RA, "Fatto")
    assert house.company().fields[RegisterField.PHONE] == "+390573000999"
    (change,) = (c for c in history.changes(house.tx, "companies", done.company.id) if c.field == "phone")
    assert (change.old, change.new, change.hand.who, change.hand.channel) == (
        "+390573000101", "+390573000999", RA, "mail",
    )  # fmt: skip
    visit = visits.get(house.tx, done.visit)
    assert visit is not None
    assert visit.corrections_closed is not None
    assert visit.corrections_closed.by == RA


def test_a_second_word_of_ra_brings_nothing_old_back(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    answers(house, K.E3_CORRECTIONS_TO_RA, "Fatto")
    field = RegisterField.PHONE
    register.set_field(house.tx, done.company.id, field, "+390573000555", who=RA, at=at(21), channel="mail")
    letter = answers(house, K.E3_CORRECTIONS_TO_RA, "Aggiornato", day=23)
    assert (letter.outcome, letter.reason) == (Outcome.IGNORED, "already")
    assert house.company().fields[field] == "+390573000555"
    assert "già aggiornata venerdì 20 novembre 2026" in str(answered(house, letter).context["already"])


def test_papers_received_meet_their_term_and_only_theirs(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    answers(house, K.E4_FORMS_TO_OFFICE, "Ricevuti")
    assert {row.due.kind.value for row in house.open()} == {"D7", "D10"}
    answers(house, K.E6_RID_TO_RPA, "Ricevuto", day=23)
    assert {row.due.kind.value for row in house.open()} == {"D10"}
    visit = visits.get(house.tx, done.visit)
    assert visit is not None
    assert {f.received_on for f in visit.forms} == {date(2026, 11, 20), date(2026, 11, 23)}


def test_papers_passed_on_to_ra_had_come(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    answers(house, K.E4_FORMS_TO_OFFICE, "Inviato a RA")
    assert {row.due.kind.value for row in house.open()} == {"D7", "D10"}
    visit = visits.get(house.tx, done.visit)
    assert visit is not None
    told = {(f.received_on, f.original_to_ra_on) for f in visit.forms if f.result.form != "RID (mandato SDD)"}
    assert told == {(date(2026, 11, 20), date(2026, 11, 20))}


def test_each_am_s_word_moves_their_own_quote(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    answers(house, K.E7_QUOTE_TO_AM, "Redatto 19/11", number=1)
    states = {q.owner_email: (q.state, q.drafted_on) for q in quotes.of_visit(house.tx, done.visit)}
    assert states == {
        "ivo.prototipelli@associazione.example.com": (QuoteState.TO_DRAFT, None),
        "lia.segnapostini@associazione.example.com": (QuoteState.DRAFTED, date(2026, 11, 19)),
    }


def test_a_reference_person_s_word_moves_the_av_s_quote(house: House) -> None:
    """A22c."""
    done = house.confirms(*CATALOGUE)
    assert answers(house, K.E9_CATALOGUE_TO_REFERENCE, "Redatto").outcome is Outcome.RECORDED
    (quote,) = quotes.of_visit(house.tx, done.visit)
    assert quote.state is QuoteState.DRAFTED


def test_a_word_that_does_not_fit_the_quote_waits_for_a_person(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn("ivo.prototipelli", at(20))
    tell_quote(ivo, quote, QuoteEvent.DELIVERED, date(2026, 11, 20), channel="chat")
    letter = answers(house, K.E7_QUOTE_TO_AM, "Consegnato 23/11", day=23)
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "refused")
    kept = quotes.get(house.tx, quote)
    assert kept is not None
    assert kept.delivered_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (K.E1_UNCOLLECTED_TO_RPA, "Preso in carico"),
        (K.E1_UNCOLLECTED_TO_RPA, "Incassato"),
        (K.E3_CORRECTIONS_TO_RA, "Fatto"),
        (K.E6_RID_TO_RPA, "Ricevuto"),
        (K.E7_QUOTE_TO_AM, "Redatto 19/11"),
    ],
)
def test_the_same_word_twice_is_recorded_once_and_told_kindly(
    house: House, kind: MailKind, line: str
) -> None:
    house.confirms(*EVERYTHING)
    first, second = answers(house, kind, line), answers(house, kind, line, day=23)
    assert first.outcome is Outcome.RECORDED
    assert (second.outcome, second.reason) == (Outcome.IGNORED, "already")
    back = answered(house, second)
    assert back.context["already"]
    assert "risulta già così" in render(back, an_envelope())[1]


def test_a_word_for_what_has_ended_waits_for_a_person_and_says_how_it_stands(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn("ivo.prototipelli", at(20))
    tell_quote(ivo, quote, QuoteEvent.REFUSED, date(2026, 11, 20), channel="chat", reason="cara")
    letter = answers(house, K.E7_QUOTE_TO_AM, "Redatto 19/11", day=23)
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "closed")
    assert "già chiuso" in str(answered(house, letter).context["why"])


def test_the_same_delivery_twice_opens_its_terms_once(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    assert answers(house, K.E7_QUOTE_TO_AM, "Consegnato").outcome is Outcome.RECORDED
    assert answers(house, K.E7_QUOTE_TO_AM, "Consegnato").outcome is Outcome.IGNORED
    assert [row.due.kind.value for row in house.open()] == ["D13", "D14"]
    assert len(quotes.story(house.tx, quote)) == 1


@pytest.mark.parametrize("line", ["Ci sentiamo domani", "Fatto, ma manca la PEC", "", "FATTO?? chi lo dice"])
def test_what_is_not_understood_is_shown_to_the_av_and_asked_back(house: House, line: str) -> None:
    house.confirms(*EVERYTHING)
    letter = arrives(house, Matched(sent(house, K.E3_CORRECTIONS_TO_RA), Where.ADDRESS), line, None)
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "not_understood")
    assert house.pushes()[-1].screen == "reply_to_read"
    assert house.pushes()[-1].context["first_line"] == line
    back = answered(house, letter)
    assert back.kind is K.REPLY_NOT_UNDERSTOOD
    assert back.asks is K.E3_CORRECTIONS_TO_RA
    assert house.company().fields[RegisterField.PHONE] == "+390573000101"


def test_the_question_back_may_be_answered_in_its_place(house: House) -> None:
    house.confirms(*EVERYTHING)
    arrives(house, Matched(sent(house, K.E3_CORRECTIONS_TO_RA), Where.ADDRESS), "boh", None)
    letter = answers(house, K.REPLY_NOT_UNDERSTOOD, "Fatto")
    assert letter.outcome is Outcome.RECORDED
    assert house.company().fields[RegisterField.PHONE] == "+390573000999"


ELSEWHERE: list[tuple[Decision, Outcome, str]] = [
    (Ambiguous(()), Outcome.TO_SORT, "ambiguous"),
    *((Unknown(why), Outcome.TO_SORT, why.value) for why in Why),
    (Automated(Automatic("auto-submitted")), Outcome.IGNORED, "auto-submitted"),
]


@pytest.mark.parametrize(("decision", "outcome", "reason"), ELSEWHERE)
def test_a_stranger_s_or_a_machine_s_letter_has_no_effect(
    house: House, decision: Decision, outcome: Outcome, reason: str
) -> None:
    house.confirms(*EVERYTHING)
    before = (house.pushes(), house.open(), house.company())
    letter = arrives(house, decision, "Fatto", Command(Verb.DONE, "Fatto"))
    assert (letter.outcome, letter.reason, letter.about) == (outcome, reason, None)
    assert (house.pushes(), house.open(), house.company()) == before


def test_a_letter_to_sort_waits_with_those_to_sort(house: House) -> None:
    letter = arrives(house, Unknown(Why.NO_TOKEN), "Buongiorno", None)
    assert [kept.id for kept in letters.to_sort(house.tx)] == [letter.id]
    assert letters.unsettled(house.tx) == []


def test_an_answer_to_a_morning_s_mail_is_asked_back_without_a_fault(house: House) -> None:
    about = sent_morning(house)
    letter = arrives(house, Matched(about, Where.ADDRESS), "Fatto", None)
    assert letter.outcome is Outcome.TO_SORT
    back = answered(house, letter)
    envelope = Envelope("<abc@x.example>", "io+abc@x.example", Contact("Dopovisita", "io@x.example"), at(24))
    assert "non abbiamo registrato nulla" in render(back, envelope)[1]


def sent_morning(house: House) -> Sent:
    house.confirms(*EVERYTHING)
    remind(house.tx, house.office, at(24, 8))
    return sent(house, K.MORNING)


def test_a_word_said_twice_leaves_no_trace_the_second_time(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    for line in ("Redatto", "Consegnato"):
        answers(house, K.E7_QUOTE_TO_AM, line)
    before = (quotes.story(house.tx, quote), house.pushes(), house.open())
    letter = answers(house, K.E7_QUOTE_TO_AM, "Consegnato")
    assert (letter.outcome, letter.reason) == (Outcome.IGNORED, "already")
    assert (quotes.story(house.tx, quote), house.pushes(), house.open()) == before


def test_papers_received_on_another_day_came_on_that_day(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    answers(house, K.E4_FORMS_TO_OFFICE, "Ricevuti ieri", day=20)
    visit = visits.get(house.tx, done.visit)
    assert visit is not None
    assert {f.received_on for f in visit.forms if f.received_on} == {date(2026, 11, 19)}


def test_the_answer_calls_the_sender_as_the_house_does(house: House) -> None:
    house.confirms(*EVERYTHING)
    its = sent(house, K.E3_CORRECTIONS_TO_RA)
    nameless = Contact("", its.mail.to[0].email)
    letter = arrives(
        house, Matched(its, Where.ADDRESS), "Fatto", Command(Verb.DONE, "Fatto"), sender=nameless
    )
    assert answered(house, letter).to == (its.mail.to[0],)
