"""The calendar changes under open terms: they are reckoned anew, and who has some that move hears once."""

from dataclasses import replace
from datetime import date

import pytest

from actions.office import Office
from actions.reckon_again import SHOWN, reckon_again
from actions.remind import remind
from procedure.campaign import Campaign, Closure
from procedure.deadlines import DeadlineKind, due
from procedure.notices import About, MailKind, Subject
from procedure.workdays import calendars
from store import deadlines, outbox, tables
from store.deadlines import DeadlineRow
from tests.actions.house import AT, CATALOGUE, INTEGRATED, House, at

BRIDGE = Closure(date(2026, 11, 23), date(2026, 11, 24), "ponte")


def with_campaign(house: House, campaign: Campaign) -> None:
    """The service starts again with another campaign file."""
    house.office = Office(campaign, calendars(campaign), house.office.minting)


def closing(house: House, *closures: Closure) -> None:
    with_campaign(house, replace(house.office.campaign, closures=closures))


def drafting(house: House, ref: str = "A001") -> DeadlineRow:
    (row,) = (row for row in house.open(house.company(ref)) if row.due.kind == "D10")
    return row


def told(house: House) -> list[tuple[int, list[object]]]:
    pushes = [push for push in house.pushes() if push.screen == "terms_moved"]
    return [(push.person, list(push.context["lines"])) for push in pushes]  # type: ignore[arg-type] # Json


def reckons(house: House) -> int:
    return reckon_again(house.tx, house.office, house.now)


@pytest.fixture
def settled(house: House) -> House:
    """Two visits told, the terms reckoned on the calendar of the example."""
    house.confirms(*CATALOGUE)
    house.confirms(*CATALOGUE, ref="A002")
    assert reckons(house) == 0
    return house


def test_a_closure_entered_later_moves_what_it_falls_into(settled: House) -> None:
    closing(settled, BRIDGE)

    assert reckons(settled) == 1

    row = drafting(settled)
    assert row.due.due_on == date(2026, 11, 27)
    assert "2 giorni (chiusura: ponte)" in row.due.explanation
    assert row.remind_on == date(2026, 11, 26)


def test_the_owner_is_told_once_of_all_that_moves(settled: House) -> None:
    closing(settled, BRIDGE)
    reckons(settled)

    ((person, lines),) = told(settled)
    assert person == settled.person("ada.esempioli").id
    assert lines == [
        "È cambiato il calendario, o la durata dei termini. Cambiano 2 scadenze:",
        "• Tessitura Finzioni S.r.l., redazione del preventivo: da mercoledì 25 a venerdì 27 novembre",
        "• Fratelli Inventati S.n.c., redazione del preventivo: da mercoledì 25 a venerdì 27 novembre",
    ]
    assert reckons(settled) == 0
    assert len(told(settled)) == 1


def test_a_closure_of_another_time_moves_nothing_and_tells_nobody(settled: House) -> None:
    before = drafting(settled)
    closing(settled, Closure(date(2027, 8, 2), date(2027, 8, 6), "ferie"))

    assert reckons(settled) == 0
    assert drafting(settled) == before


def test_the_lengths_of_the_terms_count_too(settled: House) -> None:
    campaign = settled.office.campaign
    with_campaign(settled, replace(campaign, terms=replace(campaign.terms, drafting=3)))

    assert reckons(settled) == 1
    assert drafting(settled).due.due_on == date(2026, 11, 23)
    assert drafting(settled).due.explanation.startswith("entro lunedì 23 novembre 2026: 3 giorni lavorativi")


def test_saturday_worked_counts_too(settled: House) -> None:
    campaign = settled.office.campaign
    with_campaign(settled, replace(campaign, terms=replace(campaign.terms, saturday_works=True)))

    reckons(settled)

    assert drafting(settled).due.due_on == date(2026, 11, 24)
    assert drafting(settled).due.explanation.endswith("saltata domenica 22")


def test_a_patron_of_another_sede_moves_nothing_here(settled: House) -> None:
    sites = tuple(
        replace(site, patron=(11, 23), patron_name="San Prova") if site.name == "Prato" else site
        for site in settled.office.campaign.sites
    )
    with_campaign(settled, replace(settled.office.campaign, sites=sites))

    assert reckons(settled) == 0
    assert drafting(settled).due.due_on == date(2026, 11, 25)


def test_a_sede_that_the_file_no_longer_has_leaves_its_terms_as_they_are(settled: House) -> None:
    before = drafting(settled)
    sites = tuple(site for site in settled.office.campaign.sites if site.name != "Pistoia")
    with_campaign(settled, replace(settled.office.campaign, sites=sites, closures=(BRIDGE,)))

    assert reckons(settled) == 0
    assert drafting(settled) == before


def test_what_was_put_off_stays_put_off_where_its_term_does_not_move(settled: House) -> None:
    row = drafting(settled)
    deadlines.put_off(settled.tx, row.id, date(2026, 11, 20), "aspetto")
    closing(settled, Closure(date(2027, 8, 2), date(2027, 8, 6), "ferie"))

    reckons(settled)

    assert drafting(settled).remind_on == date(2026, 11, 20)


def test_a_reminder_whose_day_is_now_a_day_of_rest_moves_though_the_term_does_not(settled: House) -> None:
    """A closing of a Sunday is useful until Thursday 24 December; with that day closed, until the 23rd."""
    company, ada = settled.company(), settled.person("ada.esempioli")
    terms, calendar = settled.office.campaign.terms, settled.office.calendar(company.site)
    number = deadlines.open_deadline(
        settled.tx,
        due(DeadlineKind.D14, date(2026, 11, 27), calendar, terms),
        about=About(Subject.QUOTE, 99),
        company=company.id,
        owner=ada.id,
        owner_email=ada.email,
        remind_on=date(2026, 12, 23),
        now=settled.now,
    )
    closing(settled, Closure(date(2026, 12, 24), date(2026, 12, 24), "vigilia"))

    reckons(settled)

    row = deadlines.get(settled.tx, number)
    assert row is not None
    assert (row.due.due_on, row.due.last_useful) == (date(2026, 12, 27), date(2026, 12, 23))
    assert row.remind_on == date(2026, 12, 22)
    assert told(settled) == []  # neither the day nor how long it is in time has changed


def test_who_is_only_an_address_hears_by_mail(house: House) -> None:
    house.confirms(*INTEGRATED)
    reckons(house)
    house.tx.execute(tables.deadlines.update().values(owner_id=None))
    closing(house, BRIDGE)

    reckons(house)

    (mail,) = (mail for mail in house.mails() if mail.kind is MailKind.NEWS)
    assert mail.to[0].email == f"ivo.prototipelli{AT}"
    assert "Cambia una scadenza:" in str(mail.context["text"])


def test_a_long_list_is_cut_and_says_how_many_are_left(house: House) -> None:
    reckons(house)
    company, ada = house.company(), house.person("ada.esempioli")
    calendar, terms = house.office.calendar(company.site), house.office.campaign.terms
    for number in range(SHOWN + 3):
        deadlines.open_deadline(
            house.tx,
            due(DeadlineKind.D10, date(2026, 11, 18), calendar, terms),
            about=About(Subject.QUOTE, number),
            company=company.id,
            owner=ada.id,
            owner_email=ada.email,
            remind_on=date(2026, 11, 24),
            now=house.now,
        )
    closing(house, BRIDGE)

    reckons(house)

    ((_, lines),) = told(house)
    assert len(lines) == SHOWN + 2
    assert lines[-1] == "… e altre 3."


def test_a_morning_that_waits_does_not_tell_the_old_dates(settled: House) -> None:
    settled.now = at(24, 9)
    remind(settled.tx, settled.office, settled.now)
    (morning,) = (push for push in settled.pushes() if push.screen == "morning")
    closing(settled, BRIDGE)

    reckons(settled)

    row = outbox.by_key(settled.tx, morning.key)
    assert row is not None
    assert row.state is outbox.State.WITHDRAWN


def test_a_term_that_is_met_stays_as_it_was_met(settled: House) -> None:
    row = drafting(settled)
    deadlines.close(
        settled.tx, kinds=[DeadlineKind.D10], about=row.about, on=date(2026, 11, 18), how="redatto"
    )
    closing(settled, BRIDGE)

    reckons(settled)

    met = deadlines.get(settled.tx, row.id)
    assert met is not None
    assert met.due == row.due


def test_what_nobody_is_to_hear_of_moves_in_silence(settled: House) -> None:
    """A D1 without an assignee, or of a company that is not to be visited (A47)."""
    row = drafting(settled)
    deadlines.set_remind_on(settled.tx, row.id, None)
    closing(settled, BRIDGE)

    assert reckons(settled) == 1

    moved = drafting(settled)
    assert (moved.due.due_on, moved.remind_on) == (date(2026, 11, 27), None)
    ((_, lines),) = told(settled)
    assert not any("Tessitura" in str(line) for line in lines)
