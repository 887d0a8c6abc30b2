"""The demo's past: whatever the day it begins, every case that it must show is there."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from actions.deliver import Minting
from actions.office import Office
from actions.remind import remind
from dopovisita.archive import open_archive, sync_people
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import ROME
from dopovisita.demo_cast import QUICK_REPLIES, posts
from dopovisita.demo_register import demo_register, write_csv
from dopovisita.demo_story import ADA, BRUNO, CARLA, DARIO, ELENA, FABIO, GINA, is_told, tell_story
from dopovisita.importing import import_file
from dopovisita.secret import SecretUrl
from procedure.deadlines import DeadlineKind, is_late
from procedure.quotes import Quote, QuoteState
from procedure.visits import CreditOutcome, Form, FormOutcome, VisitReport
from procedure.workdays import calendars
from store import absences, deadlines, drafts, letters, outbox, people, quotes, register, visits
from store.deadlines import DeadlineRow
from store.letters import Outcome
from store.outbox import Channel
from store.transaction import Transaction
from tests.dopovisita.conftest import EXAMPLE

T = TypeVar("T")

CAMPAIGN = load_campaign(EXAMPLE)
OFFICE = Office(
    CAMPAIGN.campaign, calendars(CAMPAIGN.campaign), Minting(b"k" * 32, "associazione.example.com")
)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ROME)
BEGINNINGS = (
    MONDAY,
    datetime(2026, 4, 7, 9, 0, tzinfo=ROME),  # after Easter
    datetime(2026, 12, 28, 17, 59, tzinfo=ROME),
    datetime(2027, 1, 4, 8, 0, tzinfo=ROME),
    datetime(2027, 7, 26, 9, 0, tzinfo=ROME),  # after Pistoia's saint
    datetime(2027, 8, 23, 9, 0, tzinfo=ROME),  # after the closure
)


async def told(directory: Path, now: datetime, look: Callable[[Transaction], T]) -> T:
    """The demo's archive on its first day, looked at."""
    async with open_archive(SecretUrl(f"sqlite:///{directory / 'demo.db'}")) as store:
        await sync_people(store, CAMPAIGN, now)
        write_csv(directory / "aziende.csv", demo_register(now.date()))
        path = directory / "aziende.csv"
        report = await import_file(store, CAMPAIGN.campaign, path, who="prova", now=now)
        assert report.loaded is not None, report.refused
        await store.run(lambda tx: tell_story(tx, OFFICE, now))
        return await store.run(look)


def owed(tx: Transaction, email: str) -> dict[tuple[DeadlineKind, str], DeadlineRow]:
    person = people.by_email(tx, email)
    assert person is not None
    rows = deadlines.of_person(tx, person.id)
    return {(row.due.kind, _ref(tx, row.company)): row for row in rows}


def _ref(tx: Transaction, company: int) -> str:
    found = register.company(tx, company)
    assert found is not None
    return found.ref


def visited(tx: Transaction, ref: str) -> tuple[VisitReport, list[Quote]]:
    company = register.by_ref(tx, ref)
    assert company is not None
    [visit] = visits.of_company(tx, company.id)
    return visit.report, quotes.of_visit(tx, visit.id)


@pytest.mark.parametrize("now", BEGINNINGS, ids=lambda now: f"{now:%Y-%m-%d}")
async def test_ada_begins_with_a_draft_a_duty_of_today_and_a_sollecito_of_tomorrow(
    tmp_path: Path, now: datetime
) -> None:
    def look(tx: Transaction) -> None:
        today, tomorrow = now.date(), OFFICE.calendar("Pistoia").add(now.date(), 1)
        mine = owed(tx, ADA)
        assert mine[DeadlineKind.D6, "D0003"].due.due_on == today
        follow_up = mine[DeadlineKind.D13, "D0006"]
        assert (follow_up.due.due_on, follow_up.remind_on) == (tomorrow, tomorrow)
        assert is_late(mine[DeadlineKind.D1, "D0002"].due, today) or now.month == 8
        assert mine[DeadlineKind.D1, "D0001"].due.due_on == today + timedelta(days=3)
        ada = people.by_email(tx, ADA)
        assert ada is not None
        [draft] = drafts.open_all(tx, ada.id)
        assert set(draft.draft.answers) == {"credit", "visited_on", "mode"}

    await told(tmp_path, now, look)


@pytest.mark.parametrize("now", BEGINNINGS, ids=lambda now: f"{now:%Y-%m-%d}")
async def test_the_other_cases_are_there_whatever_the_day(tmp_path: Path, now: datetime) -> None:
    def look(tx: Transaction) -> None:
        today = now.date()
        assert is_late(owed(tx, BRUNO)[DeadlineKind.D13, "D0022"].due, today)
        assert is_late(owed(tx, CARLA)[DeadlineKind.D6, "D0041"].due, today)
        assert visited(tx, "D0057")[1][0].state is QuoteState.THINKING
        expired = visited(tx, "D0101")[1][0]
        assert expired.delivered_on is not None
        ended = expired.delivered_on + timedelta(days=30)
        assert (ended.isoweekday(), ended < today) == (7, True)
        bruno, dario = people.by_email(tx, BRUNO), people.by_email(tx, DARIO)
        assert bruno is not None
        absence = absences.on(tx, bruno.id, today)
        assert dario is not None
        assert absence is not None
        assert absence.deputy == dario.id

    await told(tmp_path, now, look)


async def test_the_visits_show_each_way_of_ending(tmp_path: Path) -> None:
    def look(tx: Transaction) -> None:
        society, _ = visited(tx, "D0003")
        [rid] = [form for form in society.forms if form.form is Form.RID]
        assert rid.outcome is FormOutcome.REFUSED
        assert len({form.partner for form in society.forms}) == 3
        unpaid, none = visited(tx, "D0071")
        assert (unpaid.credit, none) == (CreditOutcome.UNCOLLECTED, [])
        letter = letters.get(tx, 1)
        assert letter is not None
        assert (letter.outcome, letter.reason) == (Outcome.RECORDED, "collected")
        nothing, _ = visited(tx, "D0072")
        assert (nothing.interests, nothing.no_interest_reason) == ((), "Già seguita da altri")
        mixed, of_two = visited(tx, "D0087")
        assert [one.product for one in mixed.interests] == ["PAGHE", "SICUREZZA", "HACCP"]
        assert [quote.state for quote in of_two] == [QuoteState.DRAFTED, QuoteState.TO_DRAFT]
        _, [accepted] = visited(tx, "D0021")
        assert (accepted.state, str(accepted.value)) == (QuoteState.ACCEPTED, "2400.00")
        assert visited(tx, "D0041")[0].credit is CreditOutcome.AGREED

    await told(tmp_path, MONDAY, look)


async def test_only_the_mails_since_the_last_noon_leave_and_no_chat_message(tmp_path: Path) -> None:
    def look(tx: Transaction) -> list[datetime]:
        assert outbox.next_due(tx, Channel.CHAT, MONDAY) is None
        rows = outbox.claim(tx, Channel.MAIL, MONDAY, limit=100, lease=timedelta(minutes=1))
        return [row.created_at for row in rows]

    leaving = await told(tmp_path, MONDAY, look)
    assert 5 <= len(leaving) <= 15
    assert min(leaving) >= datetime(2026, 11, 20, 12, tzinfo=ROME)


async def test_this_mornings_reminders_have_been_given_and_tomorrows_reach_ada(tmp_path: Path) -> None:
    def look(tx: Transaction) -> tuple[int, int]:
        tomorrow = datetime.combine(date(2026, 11, 24), time(8), ROME)
        return remind(tx, OFFICE, MONDAY), remind(tx, OFFICE, tomorrow)

    today, tomorrow = await told(tmp_path, MONDAY, look)
    assert today == 0
    assert tomorrow > 0


async def test_the_past_is_told_once_and_is_the_same_each_time(tmp_path: Path) -> None:
    def look(tx: Transaction) -> list[tuple[str, date, DeadlineKind]]:
        assert is_told(tx)
        everyone = (ADA, BRUNO, CARLA, DARIO, ELENA, FABIO, GINA)
        return [(ref, row.due.due_on, kind) for who in everyone for (kind, ref), row in owed(tx, who).items()]

    first, again = tmp_path / "first", tmp_path / "again"
    first.mkdir()
    again.mkdir()
    assert await told(first, MONDAY, look) == await told(again, MONDAY, look)


def test_the_mailboxes_begin_with_the_roles_and_the_answers_with_fatto() -> None:
    labels = [post.label for post in posts(CAMPAIGN)]
    assert labels[:4] == [
        "Olga Bozzettoni (RA)",
        "Quinto Facsimilli (RPA)",
        "Rita Simulotti (recupero crediti)",
        "Ufficio Essere Impresa",
    ]
    assert len(set(labels)) == len(labels)
    assert QUICK_REPLIES[0] == "Fatto"
