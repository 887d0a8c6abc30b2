"""The files that come with a reply: kept, told of, linked; a quote's PDF; scans that go on."""

from dataclasses import replace
from hashlib import sha256

import pytest

from actions.by_mail.record_reply import record_reply
from actions.by_mail.reply import Reply
from actions.scanned import scanned_on
from actions.send_quote_file import send_quote_file
from procedure.campaign import Contact
from procedure.correspondence.commands import NOTHING_HEARD, Command, Heard, Verb
from procedure.correspondence.deciding import Decision, Matched, Sent, Unknown, Why
from procedure.correspondence.enclosures import Enclosure, Refused
from procedure.correspondence.evidence import Where
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Enclosed, Mail, MailKind, Subject
from procedure.visits import Form
from store import deliveries, enclosures, letters, outbox, quotes
from store.letters import Letter, Outcome
from store.outbox import OutboxRow, State
from tests.actions.by_mail.test_record_reply import sent
from tests.actions.house import AT, EVERYTHING, INTEGRATED, House, at

K = MailKind
ENCLOSED = Command(Verb.ENCLOSED, "allegati")


def a_file(name: str, media_type: str = "image/jpeg", *, part: int = 2, refused: str = "") -> Enclosure:
    return Enclosure(part, name, media_type, 90_000, sha256(name.encode()).hexdigest(), refused)


def files(*names: str) -> tuple[Enclosure, ...]:
    kinds = {"pdf": "application/pdf", "jpg": "image/jpeg"}
    return tuple(a_file(name, kinds[name[-3:]], part=at) for at, name in enumerate(names, 2))


def arrives(
    house: House,
    decision: Decision,
    enclosed: tuple[Enclosure, ...] = (),
    *,
    text: str = "",
    command: Command | None = ENCLOSED,
    sender: Contact | None = None,
) -> Letter:
    uid = 1 + letters.last_uid(house.tx, "INBOX", 1)
    kept = letters.keep(
        house.tx,
        mailbox="INBOX",
        uidvalidity=1,
        uid=uid,
        message_id=f"<{uid}@p>",
        raw=f"{uid}".encode(),
        now=at(20),
    )
    assert kept is not None
    writer = sender or (
        decision.sent.mail.to[0] if isinstance(decision, Matched) else Contact("X", "x@y.example.com")
    )
    heard = Heard((command,)) if command else NOTHING_HEARD
    reply = Reply(
        kept, f"<{uid}@p>", writer, text, decision, heard, subject="Re: moduli", enclosures=enclosed
    )
    record_reply(house.tx, house.office, reply, at(20))
    letter = letters.get(house.tx, kept)
    assert letter is not None
    return letter


def answers(house: House, kind: MailKind, *names: str, text: str = "", command: Command = ENCLOSED) -> Letter:
    return arrives(
        house, Matched(sent(house, kind), Where.ADDRESS), files(*names), text=text, command=command
    )


def forwarded(house: House) -> dict[str, list[tuple[int, int | None]]]:
    """The mails with scans: to whom, which part of which letter."""
    mails = [mail for mail in house.mails() if mail.kind is K.SCANS_SENT]
    return {mail.to[0].email: [(one.letter, one.part) for one in mail.encloses] for mail in mails}


def box(house: House, kind: MailKind) -> str:
    return sent(house, kind).mail.to[0].email


def last(house: House, kind: MailKind) -> Mail:
    return [mail for mail in house.mails() if mail.kind is kind][-1]


def test_every_file_of_a_letter_is_kept_whoever_wrote_it(house: House) -> None:
    letter = arrives(house, Unknown(Why.NO_TOKEN), files("a.pdf", "b.jpg"), command=None)
    kept = enclosures.of_letter(house.tx, letter.id)
    assert [(one.file.name, one.about) for one in kept] == [("a.pdf", None), ("b.jpg", None)]


def test_the_pdf_that_comes_with_a_word_is_the_quote(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    letter = answers(house, K.E7_QUOTE_TO_AM, "preventivo.pdf", command=Command(Verb.DRAFTED, "Redatto"))
    [kept] = enclosures.usable(house.tx, About(Subject.QUOTE, quote))
    assert (kept.file.name, kept.letter) == ("preventivo.pdf", letter.id)
    what = str(last(house, K.REPLY_RECORDED).context["what"])
    assert what.startswith("preventivo redatto")
    assert what.endswith("PDF del preventivo ricevuto: preventivo.pdf")


def test_the_pdf_alone_is_the_quote_and_tells_nothing_of_its_state(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    before = quotes.get(house.tx, quote)
    letter = answers(house, K.E7_QUOTE_TO_AM, "preventivo.pdf")
    assert letter.outcome is Outcome.RECORDED
    assert quotes.get(house.tx, quote) == before
    assert enclosures.usable(house.tx, About(Subject.QUOTE, quote))


def test_a_file_alone_where_none_was_asked_waits_for_a_person(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = answers(house, K.E3_CORRECTIONS_TO_RA, "foto.jpg")
    assert letter.outcome is Outcome.TO_SORT
    assert "scrivi anche che cosa" in str(last(house, K.REPLY_NOT_UNDERSTOOD).context["why"])


@pytest.mark.parametrize("refused", Refused)
def test_a_file_that_is_refused_is_told_and_never_usable(house: House, refused: Refused) -> None:
    quote = house.quote(*INTEGRATED)
    decision = Matched(sent(house, K.E7_QUOTE_TO_AM), Where.ADDRESS)
    file = replace(a_file("x.pdf", "application/pdf"), refused=refused.value)
    arrives(house, decision, (file,), command=Command(Verb.DRAFTED, "Redatto"))
    words = last(house, K.REPLY_RECORDED).context["not_taken"]
    assert isinstance(words, list)
    [word] = words
    assert str(word).startswith("x.pdf: è ") or str(word).startswith("x.pdf: gli ")
    assert not enclosures.usable(house.tx, About(Subject.QUOTE, quote))


def test_who_made_a_visit_with_signed_forms_is_asked_for_scans(house: House) -> None:
    house.confirms(*EVERYTHING)
    mail = sent(house, K.SCANS_WANTED).mail
    assert mail.to[0].email == "ada.esempioli" + AT
    assert [row["form"] for row in mail.context["forms"]] == [form.value for form in Form]  # type: ignore[index, call-overload, union-attr]  # rows of the mail


def test_a_visit_without_signed_forms_asks_for_none(house: House) -> None:
    house.confirms(*INTEGRATED)
    assert not [mail for mail in house.mails() if mail.kind is K.SCANS_WANTED]


def test_scans_go_where_their_forms_go_and_no_term_is_met(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    terms = {row.due.kind for row in house.open(done.company)}
    letter = answers(house, K.SCANS_WANTED, "rid.pdf", "delega inps.jpg", "revoca inps.jpg")
    assert letter.outcome is Outcome.RECORDED
    assert forwarded(house) == {
        box(house, K.E4_FORMS_TO_OFFICE): [(letter.id, 3), (letter.id, 4)],
        box(house, K.E6_RID_TO_RPA): [(letter.id, 2)],
    }
    assert {row.due.kind for row in house.open(done.company)} == terms
    assert set(scanned_on(house.turn(), done.visit)) == {Form.RID, Form.DELEGA_INPS, Form.REVOCA_INPS}
    assert "gli originali restano da consegnare" in str(last(house, K.REPLY_RECORDED).context["what"])


def test_what_is_not_certain_is_asked_by_number_and_the_answer_sends_it(house: House) -> None:
    house.confirms(*EVERYTHING)
    first = answers(house, K.SCANS_WANTED, "foto1.jpg", "foto2.jpg")
    asked = last(house, K.REPLY_NOT_UNDERSTOOD)
    assert (first.outcome, asked.asks) == (Outcome.TO_SORT, K.SCANS_WANTED)
    assert "1 foto1.jpg, 2 foto2.jpg" in str(asked.context["why"])
    assert not forwarded(house)
    row = outbox.by_key(house.tx, asked.key)
    assert row is not None
    its = Sent(row.id, house.message_id(asked), asked)
    arrives(house, Matched(its, Where.ADDRESS), text="1 RID, 2 delega INPS")
    assert forwarded(house) == {
        box(house, K.E4_FORMS_TO_OFFICE): [(first.id, 3)],
        box(house, K.E6_RID_TO_RPA): [(first.id, 2)],
    }
    settled = letters.get(house.tx, first.id)
    assert settled is not None
    assert settled.outcome is Outcome.RECORDED


def test_a_file_with_several_forms_goes_to_each_office(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = answers(house, K.SCANS_WANTED, "moduli.pdf", text="tutti")
    assert [*forwarded(house).values()] == [[(letter.id, 2)]] * 2


def test_scans_that_went_on_are_not_sent_again_with_later_ones(house: House) -> None:
    house.confirms(*EVERYTHING)
    answers(house, K.SCANS_WANTED, "rid.pdf")
    later = answers(house, K.SCANS_WANTED, "revoca inps.pdf")
    sent_on = [one for mail in house.mails() if mail.kind is K.SCANS_SENT for one in mail.encloses]
    assert [one.letter for one in sent_on].count(later.id) == 1
    assert len(sent_on) == 2


def test_no_scan_and_no_photo_goes_through_a_chat(house: House) -> None:
    house.confirms(*EVERYTHING)
    before = len(house.pushes())
    answers(house, K.SCANS_WANTED, "rid.pdf")
    assert len(house.pushes()) == before


def test_who_writes_from_a_bad_address_has_a_good_one_again(house: House) -> None:
    house.confirms(*EVERYTHING)
    ra = box(house, K.E3_CORRECTIONS_TO_RA)
    deliveries.mark_bad(house.tx, ra, "non esiste", at(18))
    answers(house, K.E3_CORRECTIONS_TO_RA, command=Command(Verb.DONE, "Fatto"))
    assert not deliveries.bad(house.tx, at(20))


def test_the_quote_s_pdf_goes_by_mail_to_who_may_see_it_and_to_nobody_else(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    with pytest.raises(Refusal, match="no_quote_file"):
        send_quote_file(house.turn(), quote)
    old = answers(house, K.E7_QUOTE_TO_AM, "vecchio.pdf", command=Command(Verb.DRAFTED, "Redatto"))
    new = answers(house, K.E7_QUOTE_TO_AM, "nuovo.pdf")
    mail = send_quote_file(house.turn(), quote)
    assert old.id != new.id
    assert (mail.to[0].email, mail.encloses) == ("ada.esempioli" + AT, (Enclosed(new.id, 2),))
    with pytest.raises(NotAllowed):
        send_quote_file(house.turn("bruno.fintarelli"), quote)


def test_a_pdf_put_right_is_kept_though_its_word_was_said_before(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    drafted = Command(Verb.DRAFTED, "Ecco il preventivo")
    answers(house, K.E7_QUOTE_TO_AM, "uno.pdf", command=drafted)
    answers(house, K.E7_QUOTE_TO_AM, command=Command(Verb.DELIVERED, "Consegnato"))
    answers(house, K.E7_QUOTE_TO_AM, "due.pdf", command=drafted)
    kept = enclosures.usable(house.tx, About(Subject.QUOTE, quote))
    assert [one.file.name for one in kept] == ["uno.pdf", "due.pdf"]


def test_annulla_takes_a_pdf_from_its_quote_and_scans_from_their_forms(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    answers(house, K.E7_QUOTE_TO_AM, "sbagliato.pdf")
    undo_last(house)
    assert not enclosures.usable(house.tx, About(Subject.QUOTE, quote))


def test_annulla_keeps_scans_from_leaving(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    answers(house, K.SCANS_WANTED, "rid.pdf")
    undo_last(house)
    assert not scanned_on(house.turn(), done.visit)
    [row] = [row for row in outbox_rows(house) if ":SCANSIONI:" in row.key]
    assert row.state is State.WITHDRAWN


def undo_last(house: House) -> None:
    told = last(house, K.REPLY_RECORDED)
    row = outbox.by_key(house.tx, told.key)
    assert row is not None
    its = Sent(row.id, house.message_id(told), told)
    arrives(house, Matched(its, Where.ADDRESS), text="ANNULLA", command=Command(Verb.UNDO, "ANNULLA"))


def outbox_rows(house: House) -> list[OutboxRow]:
    return [row for number in range(1, 99) if (row := outbox.get(house.tx, number))]
