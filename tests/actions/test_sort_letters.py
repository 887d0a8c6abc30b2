"""The sorting room: who sees which letter, what a person decides of it, and who reads that letters wait."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from actions import sort_letters
from actions.by_mail.holding import Held, Hold, Option, hold
from actions.by_mail.put_aside import SORTED
from actions.by_mail.record_reply import record_reply
from actions.by_mail.reply import Reply
from actions.by_mail.undo import undo
from actions.open_letter import opened
from actions.tell_to_sort import LISTED, tell_to_sort
from procedure.campaign import Contact
from procedure.correspondence.commands import Command, Heard, Verb
from procedure.correspondence.deciding import Matched, Sent
from procedure.correspondence.evidence import Where
from procedure.errors import NotAllowed, Refusal
from procedure.fields import RegisterField
from procedure.notices import About, Enclosed, Mail, MailKind, Subject
from procedure.people import Role
from store import letters, outbox, people, tables
from store.letters import Letter, Outcome, ReadAs
from tests.actions.house import EVERYTHING, INTEGRATED, House, at

ADA, BRUNO, CARLA, ZENO = "ada.esempioli", "bruno.fintarelli", "carla.immaginelli", "zeno.modellucci"
STRANGER = "mario@altrove.example.com"
RA_DONE = (Command(Verb.DONE, "fatto"),)


def a_letter(
    house: House,
    reason: str = "no_token",
    *,
    sender: str = STRANGER,
    about: About | None = None,
    text: str = "Buongiorno,\nallora che faccio?",
    answers: int | None = None,
    now: datetime | None = None,
) -> int:
    """A letter that waits to be sorted."""
    now = now or at(20)
    uid = 1 + letters.last_uid(house.tx, "INBOX", 7)
    raw = f"From: {sender}\n\nletter {uid}".encode()
    kept = letters.keep(
        house.tx, mailbox="INBOX", uidvalidity=7, uid=uid, message_id=f"<{uid}@x>", raw=raw, now=now
    )
    assert kept is not None
    letters.note(house.tx, kept, ReadAs(sender, f"Oggetto {uid}", text, answers))
    letters.settle(house.tx, kept, outcome=Outcome.TO_SORT, reason=reason, about=about, now=now)
    return kept


def kept(house: House, letter: int) -> Letter:
    found = letters.get(house.tx, letter)
    assert found is not None
    return found


def asked(house: House, kind: MailKind) -> tuple[int, Mail]:
    """The row of the outbox, and the mail, of this kind."""
    (mail,) = [mail for mail in house.mails() if mail.kind is kind]
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    return row.id, mail


def held(house: House, why: Held, commands: Sequence[Command] = RA_DONE, sender: str = STRANGER) -> int:
    """A letter that waits for somebody's word about RA's mail."""
    house.confirms(*EVERYTHING)
    row, mail = asked(house, MailKind.E3_CORRECTIONS_TO_RA)
    letter = a_letter(house, why.value, sender=sender, about=mail.about, text="fatto")
    hold(house.tx, letter, Hold(why, (Option(row, tuple(commands)),), "Un collega"))
    return letter


def seen(house: House, name: str) -> list[int]:
    return [one.id for one in sort_letters.waiting(house.turn(name), 0).items]


def test_the_administrator_sees_all_the_newest_first_and_the_others_none(house: House) -> None:
    first, second = a_letter(house), a_letter(house, "ambiguous")
    assert seen(house, ZENO) == [second, first]
    assert sort_letters.count(house.turn(ZENO)) == 2
    assert sort_letters.count(house.turn(ADA)) == 0
    with pytest.raises(NotAllowed):
        sort_letters.waiting(house.turn(ADA), 0)


def test_an_rs_sees_those_about_companies_of_the_sede(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    about = About(Subject.VISIT, done.visit)
    a_letter(house)
    ours = a_letter(house, "not_understood", about=about)
    assert house.person(CARLA).has(Role.RS)
    assert seen(house, CARLA) == [ours]
    assert opened(house.turn(CARLA), ours).sorts


def test_a_list_is_paged_and_an_offset_beyond_its_end_shows_its_end(house: House) -> None:
    for _ in range(sort_letters.PAGE + 1):
        a_letter(house)
    turn = house.turn(ZENO)
    assert sort_letters.waiting(turn, 0).has_next
    assert len(sort_letters.waiting(turn, sort_letters.PAGE).items) == 1
    assert len(sort_letters.waiting(turn, 2**31 - 1).items) == 1


def test_what_was_dealt_with_by_hand_waits_no_longer_and_the_audit_knows_who(house: House) -> None:
    letter = held(house, Held.COLLEAGUE)
    sort_letters.close(house.turn(ZENO), letter)
    assert (kept(house, letter).outcome, kept(house, letter).reason) == (Outcome.IGNORED, SORTED)
    assert kept(house, letter).held is None
    assert house.traces()[0] == "letter_sorted"
    with pytest.raises(Refusal, match="letter_not_waiting"):
        sort_letters.close(house.turn(ZENO), letter)


def test_who_may_read_it_may_not_therefore_close_it(house: House) -> None:
    """The AV of the visit reads it; to sort it is for others."""
    done = house.confirms(*EVERYTHING)
    letter = a_letter(house, "not_understood", about=About(Subject.VISIT, done.visit))
    assert not opened(house.turn(ADA), letter).sorts
    with pytest.raises(NotAllowed):
        sort_letters.close(house.turn(ADA), letter)
    assert kept(house, letter).outcome is Outcome.TO_SORT


@pytest.mark.parametrize(
    ("name", "may"), [(ZENO, True), (ADA, True), (CARLA, True), (BRUNO, False), ("ivo.prototipelli", False)]
)
def test_a_letter_about_a_visit_is_read_by_its_av_by_who_sorts_and_by_nobody_else(
    house: House, name: str, may: bool
) -> None:
    done = house.confirms(*EVERYTHING)
    letter = a_letter(house, "not_understood", about=About(Subject.VISIT, done.visit))
    if may:
        assert sort_letters.send_original(house.turn(name), letter).kind is MailKind.ORIGINAL
        return
    for does in (opened, sort_letters.send_original):
        with pytest.raises(NotAllowed):
            does(house.turn(name), letter)
    assert house.traces()[0] == "refused"


def test_the_owner_of_a_quote_reads_what_is_about_it(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    letter = a_letter(house, "not_understood", about=About(Subject.QUOTE, quote))
    assert opened(house.turn("ivo.prototipelli"), letter)
    with pytest.raises(NotAllowed):
        opened(house.turn(BRUNO), letter)


def test_the_original_goes_whole_to_ones_own_address_and_twice_in_a_minute_once(house: House) -> None:
    letter = a_letter(house)
    mail = sort_letters.send_original(house.turn(ZENO), letter)
    sort_letters.send_original(house.turn(ZENO), letter)
    assert mail.to == (Contact("Zeno Modellucci", house.person(ZENO).email),)
    assert mail.encloses == (Enclosed(letter),)
    assert [one.key for one in house.mails()].count(mail.key) == 1
    assert "original_sent" in house.traces()


def test_a_letter_that_is_not_there_is_refused_like_a_foreign_one(house: House) -> None:
    with pytest.raises(NotAllowed):
        opened(house.turn(ZENO), 999)


def phone(house: House) -> str:
    return house.company().fields[RegisterField.PHONE]


def test_the_administrator_says_that_a_colleague_s_word_holds(house: House) -> None:
    letter = held(house, Held.COLLEAGUE)
    (choice,) = opened(house.turn(ZENO), letter).choices
    assert choice.says == "anagrafica aggiornata"
    assert choice.answers.startswith("Dati da aggiornare (a RA): Tessitura Finzioni")
    after = sort_letters.decide(house.turn(ZENO), letter, 0)
    assert after.letter.outcome is Outcome.RECORDED
    assert phone(house) == "+390573000999"
    assert after.takes_back


def test_no_records_nothing(house: House) -> None:
    letter = held(house, Held.COLLEAGUE)
    after = sort_letters.decide(house.turn(ZENO), letter, None)
    assert after.letter.outcome is Outcome.IGNORED
    assert phone(house) == "+390573000101"


def test_whom_the_mail_was_sent_to_decides_of_a_colleague_s_word_and_nobody_else(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    row, mail = asked(house, MailKind.E7_QUOTE_TO_AM)
    letter = a_letter(house, Held.COLLEAGUE.value, about=mail.about, answers=row)
    hold(house.tx, letter, Hold(Held.COLLEAGUE, (Option(row, (Command(Verb.DRAFTED, "redatto"),)),)))
    assert opened(house.turn(ADA), letter).choices == ()
    with pytest.raises(NotAllowed):
        sort_letters.decide(house.turn(ADA), letter, 0)
    with pytest.raises(NotAllowed):
        sort_letters.decide(house.turn(BRUNO), letter, 0)
    ivo = house.turn("ivo.prototipelli", at(20))
    assert len(opened(ivo, letter).choices) == 1
    sort_letters.decide(ivo, letter, 0)
    found = house.tx.first(tables.quotes.select().where(tables.quotes.c.id == quote))
    assert found is not None
    assert found.state == "REDATTO"


@pytest.mark.parametrize("option", [0, None])
def test_an_old_button_says_that_it_waits_no_longer(house: House, option: int | None) -> None:
    letter = held(house, Held.GUESS)
    sort_letters.decide(house.turn(ZENO), letter, 0)
    with pytest.raises(Refusal, match="letter_not_waiting"):
        sort_letters.decide(house.turn(ZENO), letter, option)


def test_a_number_beyond_the_choices_does_nothing(house: House) -> None:
    letter = held(house, Held.AMBIGUOUS)
    with pytest.raises(Refusal):
        sort_letters.decide(house.turn(ZENO), letter, 7)
    assert kept(house, letter).outcome is Outcome.TO_SORT


def test_what_was_recorded_is_listed_and_taken_back_by_the_administrator(house: House) -> None:
    letter = held(house, Held.COLLEAGUE)
    sort_letters.decide(house.turn(ZENO), letter, 0)
    assert [one.id for one in sort_letters.with_effect(house.turn(ZENO), 0).items] == [letter]
    with pytest.raises(NotAllowed):
        sort_letters.with_effect(house.turn(CARLA), 0)
    with pytest.raises(NotAllowed):
        sort_letters.take_back(house.turn(ADA), letter)
    sort_letters.take_back(house.turn(ZENO), letter)
    assert phone(house) == "+390573000101"
    assert not opened(house.turn(ZENO), letter).takes_back


def has_a_chat(house: House) -> None:
    people.bind_telegram(house.tx, house.person(ZENO).id, 1009)


def told(house: House, now: datetime) -> int:
    return tell_to_sort(house.tx, house.office, now)


def test_nobody_is_told_of_nothing(house: House) -> None:
    assert told(house, at(20, 9)) == 0


def test_an_administrator_with_a_chat_reads_how_many_wait_once_a_day(house: House) -> None:
    has_a_chat(house)
    a_letter(house)
    assert told(house, at(20, 6)) == 0  # nobody is written to so early
    assert told(house, at(20, 9)) == 1
    assert told(house, at(20, 10)) == 0
    a_letter(house, now=at(20, 11))
    assert told(house, at(20, 12)) == 0
    assert told(house, at(23, 9)) == 1
    (first, second) = [push for push in house.pushes() if push.screen == "letters_to_sort"]
    assert (first.context["count"], second.context["count"]) == (1, 2)


def test_what_is_not_new_is_told_again_after_a_week(house: House) -> None:
    has_a_chat(house)
    a_letter(house)
    assert [told(house, at(day, 9)) for day in (20, 23, 24, 25, 26, 27)] == [1, 0, 0, 0, 0, 1]


def test_without_a_chat_the_letters_come_by_mail_whole_with_why_each_waits(house: House) -> None:
    ones = [a_letter(house) for _ in range(LISTED + 2)]
    assert told(house, at(20, 9)) == 1
    mail = house.mails()[-1]
    assert mail.kind is MailKind.TO_SORT
    newest = [*reversed(ones)][:LISTED]
    assert mail.encloses == tuple(map(Enclosed, newest))
    waiting = mail.context["waiting"]
    assert isinstance(waiting, list)
    assert isinstance(waiting[0], dict)
    assert waiting[0]["line"] == "Buongiorno,"
    assert waiting[0]["why"] == "non risponde a nessuna delle nostre mail"
    assert mail.context["more"] == 2


def test_fatto_under_the_list_closes_those_that_it_lists(house: House) -> None:
    listed = [a_letter(house) for _ in range(2)]
    told(house, at(20, 9))
    since = a_letter(house, now=at(20, 11))
    row, mail = asked(house, MailKind.TO_SORT)
    row_sent = Sent(row, house.message_id(mail), mail)
    answer = a_letter(house, sender=mail.to[0].email, now=at(20, 12))
    heard = Heard((Command(Verb.DONE, "fatto"),))
    reply = Reply(answer, "<a@x>", mail.to[0], "fatto", Matched(row_sent, Where.ADDRESS), heard)
    record_reply(house.tx, house.office, reply, at(20, 12))
    assert [kept(house, one).outcome for one in listed] == [Outcome.IGNORED] * 2
    assert kept(house, since).outcome is Outcome.TO_SORT
    assert kept(house, answer).outcome is Outcome.RECORDED
    assert "2 mail sistemate" in str(house.mails()[-1].context["what"])


def test_and_annulla_opens_them_again(house: House) -> None:
    letter = a_letter(house)
    told(house, at(20, 9))
    row, mail = asked(house, MailKind.TO_SORT)
    answer = a_letter(house, sender=mail.to[0].email, now=at(20, 12))
    its = Matched(Sent(row, house.message_id(mail), mail), Where.ADDRESS)
    heard = Heard((Command(Verb.DONE, "fatto"),))
    record_reply(house.tx, house.office, Reply(answer, "<a@x>", mail.to[0], "fatto", its, heard), at(20, 12))
    assert seen(house, ZENO) == []
    undo(house.tx, house.office, answer, mail.to[0], at(20, 13), channel="mail")
    assert seen(house, ZENO) == [letter]
