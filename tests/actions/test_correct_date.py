"""A date put right in the office: what moves, what is kept of it, who hears, and who may."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from actions.correct_date import DateCorrected, begin_redating, correct_date
from actions.finish import finish
from actions.remind import remind
from actions.tell_quote import tell_quote
from conversations.dialogue import Asking, Typed
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Mail, MailKind, Subject
from procedure.quotes import QuoteEvent
from procedure.redating import DateField, Redating
from store import deadlines, history, outbox, people, quotes, tables, visits
from store.deadlines import DeadlineRow
from store.letters import Outcome
from tests.actions.by_mail.test_record_reply import answers
from tests.actions.house import AT, CATALOGUE, INTEGRATED, PLAIN_NEW, House, at

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 16)


def corrects(house: House, about: About, *raws: Any, by: str = "ada.esempioli") -> DateCorrected:
    """The whole dialogue, to its last tap."""
    turn = house.turn(by)
    talk = house.goes_on(begin_redating(turn, about), *raws, turn=turn)
    done = finish(turn, talk.draft, talk.revision)
    assert isinstance(done, DateCorrected), done
    return done


def visit_of(house: House, ref: str = "A001") -> About:
    made = visits.last_made(house.tx, house.company(ref).id)
    assert made is not None
    return About(Subject.VISIT, made.id)


def term(house: House, kind: str, ref: str = "A001") -> DeadlineRow:
    (row,) = (row for row in house.open(house.company(ref)) if row.due.kind == kind)
    return row


def n7(house: House) -> list[Mail]:
    return [mail for mail in house.mails() if mail.kind is MailKind.AMENDED]


def test_a_visit_told_for_a_wrong_day_moves_the_drafting_and_its_reminder(house: House) -> None:
    house.confirms(*INTEGRATED)
    assert term(house, "D10").due.due_on == date(2026, 11, 25)

    done = corrects(house, visit_of(house), "2026-11-16", "mistake", "save")

    moved = term(house, "D10")
    assert done.moved == ("redazione del preventivo: da mercoledì 25 a lunedì 23 novembre",)
    assert (moved.due.starts_on, moved.due.due_on) == (MONDAY, date(2026, 11, 23))
    assert "dalla visita di lunedì 16" in moved.due.explanation
    assert moved.remind_on == date(2026, 11, 20)  # the eve, on Friday
    recorded = visits.get(house.tx, visit_of(house).id)
    assert recorded is not None
    assert recorded.report.visited_on == MONDAY


def test_the_last_question_shows_what_moves_before_anything_is_written(house: House) -> None:
    house.confirms(*INTEGRATED)
    turn = house.turn()

    talk = house.goes_on(begin_redating(turn, visit_of(house)), "2026-11-16", "mistake", turn=turn)

    assert isinstance(talk.state, Asking)
    prompt = talk.state.view.prompt
    assert "Da mercoledì 18 novembre 2026 a lunedì 16 novembre 2026." in prompt
    assert "• redazione del preventivo: da mercoledì 25 a lunedì 23 novembre" in prompt
    assert [o.label for o in talk.state.view.options] == ["Salva", "Lascia com'era"]
    assert term(house, "D10").due.due_on == date(2026, 11, 25)


def test_left_as_it_was_nothing_is_written_and_nobody_hears(house: House) -> None:
    house.confirms(*INTEGRATED)

    done = corrects(house, visit_of(house), "2026-11-16", "mistake", "leave")

    assert not done.saved
    assert term(house, "D10").due.due_on == date(2026, 11, 25)
    assert n7(house) == []
    assert [push for push in house.pushes() if push.screen == "date_corrected"] == []


def test_the_reason_is_kept_with_the_change(house: House) -> None:
    """A51."""
    house.confirms(*INTEGRATED)
    about = visit_of(house)

    corrects(house, about, "2026-11-16", Typed("era lunedì"), "save")

    (change,) = history.changes(house.tx, "visits", about.id)
    assert (change.field, change.old, change.new) == ("visited_on", "2026-11-18", "2026-11-16")
    assert (change.reason, change.hand.who) == ("era lunedì", f"ada.esempioli{AT}")
    assert "date_corrected" in house.traces()


def test_the_am_and_rps_are_told_once_by_n7_on_the_thread_of_what_they_were_told(house: House) -> None:
    house.confirms(*INTEGRATED)

    done = corrects(house, visit_of(house), "2026-11-16", "mistake", "save")

    mails = {mail.to[0].email: mail for mail in n7(house)}
    assert set(mails) == {f"ivo.prototipelli{AT}", f"politiche.servizi{AT}"}
    am = mails[f"ivo.prototipelli{AT}"]
    assert am.context["moves"] == ["redazione del preventivo: da mercoledì 25 a lunedì 23 novembre"]
    assert am.context["visited_on"] == "lunedì 16 novembre 2026"
    assert str(am.context["due"]).startswith("entro lunedì 23 novembre 2026")
    assert am.asks is MailKind.E7_QUOTE_TO_AM
    row = outbox.by_key(house.tx, am.key)
    e7 = next(mail for mail in house.mails() if mail.kind is MailKind.E7_QUOTE_TO_AM)
    assert row is not None
    assert isinstance(row.payload, dict)
    assert row.payload["in_reply_to"] == house.message_id(e7)
    assert "Ivo Prototipelli" in done.told
    assert house.pushes() == []  # Ada corrects, Ivo and RPS have the mail: nobody twice


def test_the_rettifica_may_be_answered_like_the_mail_that_it_puts_right(house: House) -> None:
    house.confirms(*INTEGRATED)
    corrects(house, visit_of(house), "2026-11-16", "mistake", "save")
    number = [mail.to[0].email for mail in n7(house)].index(f"ivo.prototipelli{AT}")

    letter = answers(house, MailKind.AMENDED, "Redatto 19/11", number=number)

    assert letter.outcome is Outcome.RECORDED
    assert term(house, "D11").due.starts_on == date(2026, 11, 19)


def test_of_a_catalogue_quote_the_reference_person_is_told_and_rps_in_copy_gets_its_own(house: House) -> None:
    house.confirms(*CATALOGUE)

    corrects(house, visit_of(house), "2026-11-16", "mistake", "save")

    told = sorted(mail.to[0].email for mail in n7(house))
    e9 = [mail for mail in house.mails() if mail.kind is MailKind.E9_CATALOGUE_TO_REFERENCE]
    assert told == sorted({*(mail.to[0].email for mail in e9), f"politiche.servizi{AT}"})


def test_a_quote_already_drafted_is_not_written_about_again(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, QuoteEvent.DRAFTED, date(2026, 11, 18))

    done = corrects(house, visit_of(house), "2026-11-17", "mistake", "save")

    assert done.moved == ()
    assert n7(house) == []


def tells(house: House, quote: int, event: QuoteEvent, day: date, by: str = "ivo.prototipelli") -> None:
    tell_quote(house.turn(by), quote, event, day, channel="chat", value=Decimal(1200))


def delivered(house: House, day: date = date(2026, 11, 18)) -> int:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, QuoteEvent.DELIVERED, day)
    return quote


def heard(house: House) -> list[str]:
    """Who was told by chat."""
    told = [push.person for push in house.pushes() if push.screen == "date_corrected"]
    found = (people.by_id(house.tx, person) for person in told)
    return [person.email.removesuffix(AT) for person in found if person]


def test_a_delivery_put_right_moves_the_sollecito_and_the_closing(house: House) -> None:
    house.now = at(20)
    quote = delivered(house, date(2026, 11, 18))
    assert (term(house, "D13").due.due_on, term(house, "D14").due.due_on) == (
        date(2026, 11, 27),
        date(2026, 12, 18),
    )

    about = About(Subject.QUOTE, quote)
    done = corrects(house, about, "delivered_on", "2026-11-20", "mistake", "save", by="ivo.prototipelli")

    assert done.moved == (
        "sollecito: da venerdì 27 novembre a martedì 1 dicembre",
        "chiusura del preventivo: da venerdì 18 a domenica 20 dicembre",
    )
    assert term(house, "D13").due.due_on == date(2026, 12, 1)
    assert term(house, "D14").due.on_time_until == date(2026, 12, 21)
    found = quotes.get(house.tx, quote)
    assert found is not None
    assert found.delivered_on == FRIDAY
    assert heard(house) == ["ada.esempioli"]  # the AV; Ivo has corrected it himself
    assert n7(house) == []  # no mail had told the delivery


def test_who_corrects_for_another_tells_the_owner_and_the_av_once_each(house: House) -> None:
    house.now = at(20)
    quote = delivered(house)

    about = About(Subject.QUOTE, quote)
    corrects(house, about, "delivered_on", "2026-11-19", "mistake", "save", by="carla.immaginelli")

    assert sorted(heard(house)) == ["ada.esempioli", "ivo.prototipelli"]


def test_an_owner_who_is_only_a_mailbox_hears_by_n7(house: House) -> None:
    house.now = at(20)
    quote = delivered(house)
    known = house.person("ivo.prototipelli")
    people.leave(house.tx, known.id, house.now.date())
    house.tx.execute(tables.quotes.update().values(owner_id=None))

    corrects(house, About(Subject.QUOTE, quote), "delivered_on", "2026-11-19", "mistake", "save")

    (mail,) = n7(house)
    assert mail.to[0].email == known.email
    assert mail.to[0].name == "Ivo Prototipelli"
    assert "sollecito: da venerdì 27 a lunedì 30 novembre" in str(mail.context["moves"])


def test_what_was_met_stays_met_and_its_lateness_follows_from_the_dates(house: House) -> None:
    """Drafted on Thursday 26 of a visit of the 18th it was late by a day; of the 19th it is in time."""
    house.now = at(26)
    quote = house.quote(*INTEGRATED)
    tells(house, quote, QuoteEvent.DRAFTED, date(2026, 11, 26))

    done = corrects(house, visit_of(house), "2026-11-19", "mistake", "save")

    (row,) = (r for r in ever(house, quote) if r.due.kind == "D10")
    assert done.moved == ("redazione del preventivo: risulta in tempo",)
    assert (row.closed_on, row.due.due_on) == (date(2026, 11, 26), date(2026, 11, 26))
    assert row.remind_on is None
    assert n7(house) == []  # nothing is left to do


def ever(house: House, quote: int) -> list[DeadlineRow]:
    return deadlines.ever_about(house.tx, [About(Subject.QUOTE, quote)])


def test_a_drafting_put_right_moves_the_contact_and_the_proof_of_the_drafting(house: House) -> None:
    house.now = at(27)
    quote = house.quote(*INTEGRATED)
    tells(house, quote, QuoteEvent.DRAFTED, date(2026, 11, 26))

    about = About(Subject.QUOTE, quote)
    done = corrects(house, about, "drafted_on", "2026-11-25", "mistake", "save", by="ivo.prototipelli")

    (drafting,) = (r for r in ever(house, quote) if r.due.kind == "D10")
    assert done.moved == (
        "redazione del preventivo: risulta in tempo",
        "contatto per la consegna: da lunedì 30 a venerdì 27 novembre",
    )
    assert drafting.closed_on == date(2026, 11, 25)


def test_a_contact_put_right_changes_the_day_on_which_it_was_met(house: House) -> None:
    house.now = at(24)
    quote = house.quote(*INTEGRATED)
    tells(house, quote, QuoteEvent.DRAFTED, date(2026, 11, 18))
    tells(house, quote, QuoteEvent.CONTACTED, date(2026, 11, 23))

    about = About(Subject.QUOTE, quote)
    done = corrects(house, about, "contacted_on", "2026-11-20", "mistake", "save", by="ivo.prototipelli")

    (met,) = (r for r in ever(house, quote) if r.due.kind == "D11")
    assert met.closed_on == FRIDAY
    assert done.moved == ("contatto per la consegna: risulta in tempo",)


def test_a_sollecito_put_right_changes_the_field_and_no_term_that_runs(house: House) -> None:
    house.now = at(25)
    quote = delivered(house)
    tells(house, quote, QuoteEvent.FOLLOWED_UP, date(2026, 11, 24))
    before = term(house, "D14").due

    about = About(Subject.QUOTE, quote)
    done = corrects(house, about, "followed_up_on", "2026-11-23", "mistake", "save", by="ivo.prototipelli")

    assert done.moved == ()
    assert term(house, "D14").due == before
    found = quotes.get(house.tx, quote)
    assert found is not None
    assert found.followed_up_on == date(2026, 11, 23)


def test_a_closing_put_right_is_told_to_who_had_e10_and_e11(house: House) -> None:
    house.now = at(25)
    quote = delivered(house)
    tells(house, quote, QuoteEvent.ACCEPTED, date(2026, 11, 25))
    told = {m.to[0].email for m in house.mails() if m.kind.value in {"E10", "E11"}}
    assert len(told) == 2

    about = About(Subject.QUOTE, quote)
    corrects(house, about, "closed_on", "2026-11-24", "mistake", "save", by="ivo.prototipelli")

    assert {mail.to[0].email for mail in n7(house)} == told
    (closing,) = (r for r in ever(house, quote) if r.due.kind == "D14")
    assert closing.closed_on == date(2026, 11, 24)


def test_the_proof_of_the_thirty_days_follows_the_visit(house: House) -> None:
    """D1 of a member of 2 November ends on 2 December; told of the 4th the visit was late, of the 1st not."""
    house.opens_d1("A003")
    house.now = at(4, month=12)
    house.confirms(PLAIN_NEW[0], "2026-12-04", *PLAIN_NEW[2:], ref="A003")

    done = corrects(house, visit_of(house, "A003"), "2026-12-01", "mistake", "save")

    assert done.moved == ("visita alla nuova associata: risulta in tempo",)
    (row,) = deadlines.ever_about(house.tx, [About(Subject.COMPANY, house.company("A003").id)])
    assert row.closed_on == date(2026, 12, 1)


def test_a_second_visit_leaves_the_proof_to_the_first(house: House) -> None:
    """A36."""
    house.opens_d1("A003")
    house.now = at(23)
    house.confirms(PLAIN_NEW[0], "2026-11-18", *PLAIN_NEW[2:], ref="A003")
    house.confirms(PLAIN_NEW[0], "2026-11-23", *PLAIN_NEW[2:], ref="A003")

    corrects(house, visit_of(house, "A003"), "2026-11-20", "mistake", "save")

    (row,) = deadlines.ever_about(house.tx, [About(Subject.COMPANY, house.company("A003").id)])
    assert row.closed_on == date(2026, 11, 18)


def test_a_day_that_contradicts_another_is_asked_back_and_not_refused(house: House) -> None:
    house.now = at(20)
    quote = delivered(house, date(2026, 11, 19))
    turn = house.turn("carla.immaginelli")
    about = About(Subject.QUOTE, quote)

    talk = house.goes_on(begin_redating(turn, about), "visited_on", "2026-11-20", "mistake", turn=turn)
    assert isinstance(talk.state, Asking)
    assert "⚠ Non torna con Redazione: giovedì 19 novembre 2026." in talk.state.view.prompt
    assert "⚠ Non torna con Consegna: giovedì 19 novembre 2026." in talk.state.view.prompt
    assert talk.state.view.options[0].label == "Salva lo stesso"

    talk = house.goes_on(talk, "save", turn=turn)
    finish(turn, talk.draft, talk.revision)
    recorded = visits.get(house.tx, visit_of(house).id)
    assert recorded is not None
    assert recorded.report.visited_on == FRIDAY


def test_a_day_to_come_and_one_before_the_joining_are_refused(house: House) -> None:
    house.confirms(*PLAIN_NEW, ref="A003")
    about, turn = visit_of(house, "A003"), house.turn()
    talk = begin_redating(turn, about)

    for typed, hint in (("19/11/2026", "deve ancora arrivare"), ("1/11/2026", "prima dell'adesione")):
        asked = house.goes_on(talk, Typed(typed), turn=turn)
        assert not asked.understood
        assert hint in asked.note
    for day, phrase in ((date(2026, 11, 19), "day_to_come"), (date(2026, 11, 1), "day_before_joining")):
        with pytest.raises(Refusal) as refused:
            correct_date(turn, about, Redating(DateField.VISIT, day), "forged")
        assert refused.value.phrase == phrase


def test_a_date_that_is_not_set_cannot_be_put_right(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    change = Redating(DateField.DELIVERY, date(2026, 11, 18), quote)

    with pytest.raises(Refusal, match="no_date_to_correct"):
        correct_date(house.turn(), About(Subject.QUOTE, quote), change, "forged")
    with pytest.raises(Refusal, match="no_date_to_correct"):
        begin_redating(house.turn("ivo.prototipelli"), About(Subject.QUOTE, quote))  # no visit's date for him


def test_who_has_nothing_to_do_with_it_is_refused_and_the_audit_knows(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    change = Redating(DateField.VISIT, MONDAY)
    for by, about in (
        ("bruno.fintarelli", visit_of(house)),
        ("bruno.fintarelli", About(Subject.QUOTE, quote)),
        ("ivo.prototipelli", visit_of(house)),
        ("ada.esempioli", About(Subject.VISIT, 999)),
        ("ada.esempioli", About(Subject.PERSON, 1)),
    ):
        with pytest.raises(NotAllowed):
            correct_date(house.turn(by), about, change, "forged")
    assert house.traces()[:5] == ["refused"] * 5


def test_a_sollecito_that_waits_to_be_told_never_leaves_of_the_old_day(house: House) -> None:
    quote = delivered(house)
    house.now = at(27, 9)
    remind(house.tx, house.office, house.now)
    row = term(house, "D13")
    (waiting,) = (push for push in house.pushes() if push.screen == "follow_up")
    assert waiting.context["deadline"] == row.id

    about = About(Subject.QUOTE, quote)
    corrects(house, about, "delivered_on", "2026-11-19", "mistake", "save", by="carla.immaginelli")

    taken = outbox.by_key(house.tx, waiting.key)
    assert taken is not None
    assert taken.state is outbox.State.WITHDRAWN
    assert waiting.key not in [one.key for one in claimed(house)]


def claimed(house: House) -> list[outbox.OutboxRow]:
    channel, lease = outbox.Channel.CHAT, timedelta(minutes=3)
    return outbox.claim(house.tx, channel, house.now, limit=50, lease=lease)


def test_out_of_a_morning_that_waits_only_the_line_of_the_old_day_is_taken(house: House) -> None:
    house.confirms(*CATALOGUE)
    house.confirms(*CATALOGUE, ref="A002")
    house.now = at(24, 9)
    remind(house.tx, house.office, house.now)
    (morning,) = (push for push in house.pushes() if push.screen == "morning")

    corrects(house, visit_of(house), "2026-11-19", "mistake", "save")

    (left,) = (push for push in house.pushes() if push.key == morning.key)
    assert "Tessitura" in str(morning.context["sections"])
    assert "Tessitura" not in str(left.context["sections"])
    assert "Inventati" in str(left.context["sections"])
