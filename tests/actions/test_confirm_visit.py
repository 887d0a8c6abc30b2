"""The confirmation: all of it in one transaction, once, with each term's owner and day."""

from dataclasses import replace
from datetime import date

import pytest

from actions import converse
from actions.confirm_visit import Confirmed
from actions.converse import Talk
from actions.finish import finish
from procedure.errors import NotAllowed, Refusal
from procedure.fields import RegisterField
from procedure.notices import Subject
from procedure.visits import Form, FormOutcome
from store import deadlines, drafts, outbox, quotes, register, tables, visits
from store.outbox import Channel
from tests.actions.house import (
    CATALOGUE,
    EVERYTHING,
    INTEGRATED,
    OFFICE,
    PLAIN,
    PLAIN_NEW,
    WEDNESDAY,
    House,
    at,
)

ADA, IVO, LIA = (
    f"{name}@associazione.example.com" for name in ("ada.esempioli", "ivo.prototipelli", "lia.segnapostini")
)


def terms(house: House, ref: str = "A001") -> set[tuple[str, str, date]]:
    return {(row.due.kind.value, row.owner_email, row.due.due_on) for row in house.open(house.company(ref))}


def test_a_plain_visit_is_recorded_as_it_was_told(house: House) -> None:
    done = house.confirms(*PLAIN)
    visit = visits.get(house.tx, done.visit)
    assert visit is not None
    assert visit.report == done.report
    assert (visit.av, visit.completed_at) == (house.person("ada.esempioli").id, WEDNESDAY)
    assert done.mails == ()
    assert done.terms == ()


def test_a_visit_with_everything_is_recorded_whole(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    visit = visits.get(house.tx, done.visit)
    assert visit is not None
    assert visit.report == done.report
    assert [c.field for c in visit.report.corrections] == [RegisterField.PHONE]
    assert {f.result.outcome for f in visit.forms} == {FormOutcome.SIGNED}
    assert [mail.kind.value for mail in done.mails] == [
        "E1",
        "E2",
        "E3",
        "E4",
        "E6",
        "MODULI",
        "E7",
        "E7",
        "E8",
        "RECLAMO",
    ]
    assert [mail.key for mail in house.mails()] == [mail.key for mail in done.mails]


def test_the_register_waits_for_ra(house: House) -> None:
    """A correction is asked of RA, not made."""
    house.confirms(*EVERYTHING)
    assert house.company().fields[RegisterField.PHONE] == "+390573000101"


def test_each_term_has_its_owner_and_its_day(house: House) -> None:
    house.confirms(*EVERYTHING)
    assert terms(house) == {
        ("D6", ADA, date(2026, 11, 19)),
        ("D7", ADA, date(2026, 11, 19)),
        ("D10", IVO, date(2026, 11, 25)),
        ("D10", LIA, date(2026, 11, 25)),
    }


def test_a_friday_s_papers_are_due_on_monday(house: House) -> None:
    """A1."""
    raws = [*EVERYTHING[:2], "2026-11-20", *EVERYTHING[3:]]
    house.confirms(*raws, turn=house.turn(at=at(20, 18)))
    assert {day for kind, _, day in terms(house) if kind in {"D6", "D7"}} == {date(2026, 11, 23)}


def test_a_catalogue_quote_is_the_av_s(house: House) -> None:
    done = house.confirms(*CATALOGUE)
    assert terms(house) == {("D10", ADA, date(2026, 11, 25))}
    assert {(m.kind.value, m.to[0].email.partition("@")[0]) for m in done.mails} == {
        ("E9", "formazione"),
        ("E9", "certificazioni"),
    }
    (quote,) = quotes.of_visit(house.tx, done.visit)
    assert (quote.owner, quote.owner_email) == (house.person("ada.esempioli").id, ADA)


def test_only_what_was_signed_opens_a_term(house: House) -> None:
    raws = [*PLAIN[:4], "each", "signed", "refused", "to_sign", "to_sign", *PLAIN[5:]]
    house.confirms(*raws)
    assert terms(house) == {("D6", ADA, date(2026, 11, 19))}


def test_terms_of_a_visit_told_late_run_from_its_day(house: House) -> None:
    """A49: late at once, and told so."""
    done = house.confirms("none", "2026-11-18", *INTEGRATED[2:], turn=house.turn(at=at(30)))
    (term,) = done.terms
    assert term.due.due_on == date(2026, 11, 25)
    assert term.due.on_time_until < done.on


def test_the_first_visit_meets_the_thirty_days_of_a_new_member(house: House) -> None:
    """A36."""
    house.opens_d1("A003")
    house.opens_d1("A004")
    assert ("D1", ADA, date(2026, 12, 2)) in terms(house, "A003")
    house.confirms(*PLAIN_NEW, ref="A003")
    assert terms(house, "A003") == set()
    (closed,) = house.tx.all(tables.deadlines.select().where(tables.deadlines.c.closed_on.is_not(None)))
    assert (closed.closed_on, closed.closed_how) == (date(2026, 11, 18), "DATA VISITA")
    assert terms(house, "A004") != set()


def test_a_second_visit_is_a_record_of_its_own(house: House) -> None:
    first, second = house.confirms(*INTEGRATED), house.confirms(*INTEGRATED, turn=house.turn(at=at(19)))
    assert first.visit != second.visit
    assert len(terms(house)) == 1
    assert len(house.open()) == 2


def test_a_second_tap_on_confirm_does_nothing_more(house: House) -> None:
    talk = house.tells(*EVERYTHING)
    assert isinstance(finish(house.turn(), talk.draft, talk.revision), Confirmed)
    sent = len(house.mails())
    with pytest.raises(Refusal) as refused:
        finish(house.turn(), talk.draft, talk.revision)
    assert refused.value.phrase == "draft_closed"
    assert len(house.mails()) == sent
    assert len(visits.of_company(house.tx, talk.row.about.id)) == 1


def test_an_unfinished_or_moved_draft_is_not_confirmed(house: House) -> None:
    talk = house.tells(*PLAIN)
    converse.edit(house.turn(), talk.draft, talk.revision, "mood")
    for seen in (talk.revision, talk.revision + 1):
        shown = finish(house.turn(), talk.draft, seen)
        assert isinstance(shown, Talk)
        assert "già passata" in shown.note
    assert visits.of_company(house.tx, talk.row.about.id) == []


def test_another_s_draft_is_not_confirmed(house: House) -> None:
    talk = house.tells(*PLAIN)
    with pytest.raises(NotAllowed):
        finish(house.turn("carla.immaginelli"), talk.draft, talk.revision)
    assert house.traces() == ["refused"]
    assert drafts.load(house.tx, talk.draft) is not None


def test_a_failure_in_the_middle_leaves_nothing(house: House) -> None:
    talk = house.tells(*EVERYTHING)
    nowhere = replace(house, office=replace(OFFICE, calendars={}))
    with pytest.raises(KeyError), house.undone_if_it_fails():
        finish(nowhere.turn(), talk.draft, talk.revision)
    assert visits.of_company(house.tx, talk.row.about.id) == []
    assert house.mails() == []
    assert drafts.load(house.tx, talk.draft) is not None


def test_every_mail_is_queued_with_its_message_id_and_none_twice(house: House) -> None:
    house.confirms(*EVERYTHING)
    rows = outbox.claim(house.tx, Channel.MAIL, house.now, limit=99, lease=at(19) - at(18))
    assert len({row.message_id for row in rows}) == len(rows) == 10
    assert all(row.message_id and row.message_id.endswith("@x.example>") for row in rows)


def test_a_company_whose_list_names_no_socio_is_confirmed_too(house: House) -> None:
    done = house.confirms(*PLAIN[:4], "all", *PLAIN[5:], ref="A005")
    visit = visits.get(house.tx, done.visit)
    assert visit is not None
    assert [(f.partner, f.form) for f in visit.report.forms] == [(0, form) for form in Form]
    e4, e6, _scans = done.mails
    assert e6.context["partners"] == ["Bottega Senza Soci"]
    assert e4.kind.value == "E4"


@pytest.mark.parametrize("ref", ["A001", "A002", "A003", "A004", "A005"])
def test_the_whole_of_every_kind_of_company_can_be_told_and_confirmed(house: House, ref: str) -> None:
    new = house.company(ref).is_new_member
    raws = [*EVERYTHING[:7], *EVERYTHING[8:]] if new else EVERYTHING
    done = house.confirms(*raws, ref=ref)
    kinds = {mail.kind.value for mail in done.mails}
    assert kinds == {"E1", "E2", "E3", "E7", "E8", "RECLAMO"} | (set() if new else {"E4", "E6", "MODULI"})
    assert {row.about.kind for row in deadlines.of_company(house.tx, done.company.id)} <= {
        Subject.QUOTE,
        Subject.VISIT,
    }
    assert register.by_ref(house.tx, ref) is not None
