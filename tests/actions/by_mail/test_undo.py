"""ANNULLA: what a letter did is taken back, whoever heard hears; what was built on, stays (decision 43)."""

from typing import Any

import pytest

from actions.by_mail.undo import undo
from actions.deliver import claim_mails
from actions.file_paper import file_paper
from actions.tell_quote import tell_quote
from conversations.phrases import has_phrase
from procedure.campaign import Contact
from procedure.correspondence.commands import Command, Verb
from procedure.correspondence.deciding import Matched, Sent
from procedure.correspondence.evidence import Where
from procedure.errors import NotAllowed, Refusal
from procedure.fields import RegisterField
from procedure.notices import Mail, MailKind
from procedure.people import Role
from procedure.quotes import QuoteEvent, QuoteState
from store import history, outbox, quotes, tables
from store.letters import Letter, Outcome
from store.outbox import State
from store.pictures import OWNED
from tests.actions.by_mail.test_record_reply import VERBS, answered, answers, arrives, sent
from tests.actions.house import AT, EVERYTHING, INTEGRATED, House, at

K = MailKind
WORD = Command(Verb.UNDO, "ANNULLA")
IVO = Contact("Ivo Prototipelli", "ivo.prototipelli" + AT)
OF_A_QUOTE = [  # what is told of a quote, after what, and the day
    ("Redatto", ()),
    ("Consegnato 19/11", ("Redatto 19/11",)),
    ("Contattata", ("Redatto",)),
    ("Ci pensa", ("Consegnato 19/11",)),
    ("Sollecitato", ("Consegnato 19/11",)),
    ("Accettato 1200 €", ("Consegnato 19/11",)),
    ("Non accettato troppo caro", ("Consegnato 19/11",)),
    ("Rinvia 27/11", ()),
    ("Non mio", ()),
]


def everything(house: House) -> dict[str, list[Any]]:
    """All rows that anything of a letter may change, but histories, letters and what leaves."""
    return {
        table.name: [tuple(row) for row in house.tx.all(table.select().order_by(table.c.id))]
        for table, *_ in OWNED
        if table is not tables.letters
    }


def takes_back(house: House, letter: Letter, day: int = 20) -> Letter:
    """The sender answers ANNULLA under N8."""
    told = answered_to(house, letter)
    return arrives(house, Matched(told, Where.ADDRESS), "ANNULLA", WORD, day)


def answered_to(house: House, letter: Letter) -> Sent:
    row = outbox.by_key(house.tx, f"letter:{letter.id}:N8")
    assert row is not None
    assert isinstance(row.payload, dict)
    (mail,) = [mail for mail in house.mails() if mail.key == row.key]
    return Sent(row.id, row.message_id or "", mail)


def all_leaves(house: House) -> None:
    """Everything that waits in the outbox is carried."""
    for row in outbox.waiting(house.tx, ""):
        outbox.sent(house.tx, row.id, house.now)


@pytest.mark.parametrize(("kind", "line", "verb", "what"), VERBS)
def test_every_word_is_taken_back_whole(
    house: House, kind: MailKind, line: str, verb: Verb, what: str
) -> None:
    house.confirms(*EVERYTHING)
    before = everything(house)
    letter = answers(house, kind, line)
    undone = takes_back(house, letter)
    assert (undone.outcome, undone.reason) == (Outcome.RECORDED, "undo")
    assert everything(house) == before
    assert str(answered(house, undone).context["what"]).startswith(f"annullato: {what}")


@pytest.mark.parametrize(("line", "after"), OF_A_QUOTE)
def test_every_word_about_a_quote_is_taken_back_whole(
    house: House, line: str, after: tuple[str, ...]
) -> None:
    house.quote(*INTEGRATED)
    for earlier in after:
        assert answers(house, K.E7_QUOTE_TO_AM, earlier).outcome is Outcome.RECORDED
    before = everything(house)
    letter = answers(house, K.E7_QUOTE_TO_AM, line)
    assert letter.outcome is Outcome.RECORDED
    assert takes_back(house, letter).reason == "undo"
    assert everything(house) == before


def test_an_absence_is_taken_back(house: House) -> None:
    house.quote(*INTEGRATED)
    before = everything(house)
    letter = answers(house, K.E7_QUOTE_TO_AM, "ASSENTE fino al 10 dicembre")
    assert everything(house) != before
    takes_back(house, letter)
    assert everything(house) == before
    assert "absence_set" in house.traces()


@pytest.mark.parametrize(("line", "then"), [("Redatto", "Consegnato"), ("Consegnato 19/11", "Ci pensa")])
def test_what_was_built_on_stays_and_the_answer_says_what_it_was(house: House, line: str, then: str) -> None:
    house.quote(*INTEGRATED)
    letter = answers(house, K.E7_QUOTE_TO_AM, line)
    answers(house, K.E7_QUOTE_TO_AM, then, day=24)
    before = everything(house)
    refused = takes_back(house, letter, day=25)
    assert refused.outcome is Outcome.TO_SORT
    assert everything(house) == before
    assert "nel frattempo" in str(answered(house, refused).context["why"])


def test_the_answer_names_the_event_and_its_day(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    letter = answers(house, K.E7_QUOTE_TO_AM, "Redatto")
    ivo = house.turn("ivo.prototipelli", at(4, month=12))
    tell_quote(ivo, quote, QuoteEvent.DELIVERED, at(3, month=12).date(), channel="chat")
    with pytest.raises(Refusal) as refused:
        undo(house.tx, house.office, letter.id, IVO, at(4, month=12), channel="mail")
    assert refused.value.phrase == "undo_built_on"
    assert refused.value.values == {"what": "il preventivo è stato consegnato (giovedì 3 dicembre 2026)"}


def test_a_paper_filed_on_it_is_built_on_it(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    letter = answers(house, K.E7_QUOTE_TO_AM, "Consegnato 19/11")
    file_paper(house.turn("ivo.prototipelli", at(21)), quote)
    assert takes_back(house, letter, day=23).outcome is Outcome.TO_SORT


def test_the_morning_s_own_bookkeeping_is_not_built_on_it(house: House) -> None:
    house.quote(*INTEGRATED)
    before = everything(house)
    letter = answers(house, K.E7_QUOTE_TO_AM, "Redatto")
    open_ones = tables.deadlines.c.closed_on.is_(None)
    house.tx.execute(tables.deadlines.update().where(open_ones).values(remind_on=at(30).date()))
    takes_back(house, letter, day=23)
    assert everything(house) == before


def test_a_reminder_put_off_again_is_built_on(house: House) -> None:
    house.quote(*INTEGRATED)
    letter = answers(house, K.E7_QUOTE_TO_AM, "Rinvia 27/11")
    answers(house, K.E7_QUOTE_TO_AM, "Rinvia 30/11")
    before = everything(house)
    assert takes_back(house, letter).outcome is Outcome.TO_SORT
    assert everything(house) == before


def test_twice_says_so(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = answers(house, K.E3_CORRECTIONS_TO_RA, "Fatto")
    takes_back(house, letter)
    again = takes_back(house, letter, day=23)
    assert again.outcome is Outcome.TO_SORT
    assert "già stata annullata (venerdì 20 novembre 2026)" in str(answered(house, again).context["why"])


def test_what_was_taken_back_is_not_taken_back_itself_but_said_again(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = answers(house, K.E3_CORRECTIONS_TO_RA, "Fatto")
    undone = takes_back(house, letter)
    assert takes_back(house, undone).outcome is Outcome.TO_SORT
    assert house.company().fields[RegisterField.PHONE] == "+390573000101"
    answers(house, K.E3_CORRECTIONS_TO_RA, "Fatto", day=24)
    assert house.company().fields[RegisterField.PHONE] == "+390573000999"


def test_it_may_be_written_under_the_mail_that_had_asked(house: House) -> None:
    """The last thing recorded of that sender about that mail."""
    house.quote(*INTEGRATED)
    answers(house, K.E7_QUOTE_TO_AM, "Redatto 19/11")
    before = everything(house)
    answers(house, K.E7_QUOTE_TO_AM, "Consegnato 19/11")
    its = sent(house, K.E7_QUOTE_TO_AM)
    undone = arrives_about(house, its)
    assert undone.reason == "undo"
    assert everything(house) == before
    assert arrives_about(house, its).reason == "undo"
    assert arrives_about(house, its).outcome is Outcome.TO_SORT


def arrives_about(house: House, its: Sent) -> Letter:
    return arrives(house, Matched(its, Where.ADDRESS), "ANNULLA", WORD)


def test_histories_keep_the_change_and_that_it_was_taken_back(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    letter = answers(house, K.E3_CORRECTIONS_TO_RA, "Fatto")
    takes_back(house, letter)
    told = [c for c in history.changes(house.tx, "companies", done.company.id) if c.field == "phone"]
    assert [(c.new, c.reason) for c in told] == [("+390573000999", ""), ("+390573000101", "annullata")]


def test_a_quote_s_story_tells_both(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    takes_back(house, answers(house, K.E7_QUOTE_TO_AM, "Redatto"))
    assert [(m.event, m.new_state) for m in quotes.story(house.tx, quote)] == [
        ("redatto", QuoteState.DRAFTED),
        ("annullata: redatto", QuoteState.TO_DRAFT),
    ]


def accepted(house: House) -> Letter:
    house.quote(*INTEGRATED)
    answers(house, K.E7_QUOTE_TO_AM, "Consegnato 19/11")
    all_leaves(house)
    return answers(house, K.E7_QUOTE_TO_AM, "Accettato 1200 €")


def acceptance(mails: list[Mail]) -> list[Mail]:
    return [mail for mail in mails if mail.kind in {K.E10_ACCEPTED_TO_SERVICES, K.E11_ACCEPTED_TO_RPA}]


def test_what_has_not_left_never_leaves(house: House) -> None:
    letter = accepted(house)
    takes_back(house, letter)
    states = [row.state for mail in acceptance(house.mails()) if (row := outbox.by_key(house.tx, mail.key))]
    assert states == [State.WITHDRAWN, State.WITHDRAWN]
    assert not [mail for mail in house.mails() if mail.kind is K.AMENDED]


def test_what_has_left_is_corrected_for_those_who_had_it(house: House) -> None:
    letter = accepted(house)
    all_leaves(house)
    takes_back(house, letter)
    told = [mail for mail in house.mails() if mail.kind is K.AMENDED]
    assert [mail.to for mail in told] == [mail.to for mail in acceptance(house.mails())]
    fields: Any = told[0].context["amended"]
    assert [field["new"] for field in fields] == ["annullato, non tenerne conto"]
    assert "1.200" in fields[0]["old"]


def test_a_mail_on_the_wire_counts_as_left(house: House) -> None:
    letter = accepted(house)
    claim_mails(house.tx, at(20, 11), limit=10)
    takes_back(house, letter)
    assert len([mail for mail in house.mails() if mail.kind is K.AMENDED]) == 2


def test_the_second_yes_leaves_again(house: House) -> None:
    letter = accepted(house)
    takes_back(house, letter)
    answers(house, K.E7_QUOTE_TO_AM, "Accettato 1300 €", day=23)
    assert len(acceptance(house.mails())) == 4


def test_the_av_hears_of_it_once(house: House) -> None:
    letter = accepted(house)
    all_leaves(house)
    before = len(house.pushes())
    takes_back(house, letter)
    (told,) = house.pushes()[before:]
    assert (told.screen, told.person) == ("reply_recorded", house.person("ada.esempioli").id)
    assert str(told.context["what"]).startswith("annullato: preventivo accettato per 1.200")


def test_who_had_a_message_that_the_word_set_off_hears_of_it(house: House) -> None:
    """NON MIO asked RPS."""
    house.quote(*INTEGRATED)
    letter = answers(house, K.E7_QUOTE_TO_AM, "Non mio")
    all_leaves(house)
    takes_back(house, letter)
    told = [push.person for push in house.pushes() if push.screen == "reply_undone"]
    assert told == [house.person("sandro.apocrifelli").id]


def test_an_administrator_may_and_a_stranger_may_not(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = answers(house, K.E3_CORRECTIONS_TO_RA, "Fatto")
    with pytest.raises(NotAllowed):
        undo(house.tx, house.office, letter.id, IVO, at(20), channel="chat")
    assert house.traces()[0] == "refused"
    carla = house.person("carla.immaginelli")
    role = {"person_id": carla.id, "role": Role.ADMIN.value}
    house.tx.execute(tables.person_roles.insert(), role)
    undo(house.tx, house.office, letter.id, Contact(carla.name, carla.email), at(20), channel="chat")
    assert house.company().fields[RegisterField.PHONE] == "+390573000101"
    assert house.traces()[0] == "letter_undone"
    assert house.pushes()[-1].screen == "reply_undone"
    assert house.pushes()[-1].person == house.person("ada.esempioli").id


def test_every_table_and_every_event_has_its_words() -> None:
    assert all(has_phrase(f"undo.built.{table.name}") for table, *_ in OWNED)
    assert all(has_phrase(f"undo.told.{event.value}") for event in QuoteEvent)
