"""Whatever people tell of quotes, in any order, on any day, by anybody: section 10's invariants hold.

A machine of Hypothesis on the real actions and a real SQLite file. What must hold is written here from the
text of section 10, not from the code: which terms a state has open, which moves there are, how days stand.
"""

from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from actions.correct_date import correct_date
from actions.pass_on_quote import pass_on, say_not_mine
from actions.sign_acceptance import sign_acceptance
from actions.split_quote import split_quote
from actions.tell_quote import OddDay, tell_quote
from actions.turn import Turn
from dopovisita.clock import ROME
from procedure.errors import Refusal
from procedure.notices import About, Subject
from procedure.quote_lines import LineOutcome
from procedure.quotes import Quote, QuoteEvent, QuoteState
from procedure.redating import DateField, Redating
from store import deadlines, quotes, visits
from store.quotes import QuoteMove
from tests.actions.house import PLAIN, House, at, opened

E: TypeAlias = QuoteEvent
S: TypeAlias = QuoteState
BEGAN = date(2026, 11, 18)
OWNERS = ("ivo.prototipelli", "lia.segnapostini", "ada.esempioli")
WATCHERS = ("sandro.apocrifelli", "carla.immaginelli", "teresa.verosimiletti")
STRANGERS = ("bruno.fintarelli", "olga.bozzettoni")
VISITS = {
    "one AM": (*PLAIN[:5], "PAGHE", "CONT", "=", "-", "-", "good", "="),
    "two AMs": (*PLAIN[:5], "PAGHE", "SICUREZZA", "=", "-", "-", "good", "="),
    "mixed": (*PLAIN[:5], "PAGHE", "+", "=", "PRIVACY", "=", "-", "-", "good", "="),
    "catalogue": (*PLAIN[:5], "+", "=", "PRIVACY", "HACCP", "=", "-", "-", "good", "="),
}
ENDS = {S.ACCEPTED, S.ARCHIVED, S.CANCELLED}
MOVES = {  # T4 to T16, each with the states it may leave and where it leads
    E.DRAFTED: ({S.TO_DRAFT, S.DRAFTED}, {S.DRAFTED}),
    E.CONTACTED: ({S.TO_DRAFT, S.DRAFTED}, {S.DRAFTED}),
    E.DELIVERED: ({S.TO_DRAFT, S.DRAFTED, S.DELIVERED}, {S.DELIVERED}),
    E.THINKING: ({S.DELIVERED, S.THINKING, S.FOLLOWED_UP}, {S.THINKING, S.FOLLOWED_UP}),
    E.FOLLOWED_UP: ({S.DELIVERED, S.THINKING, S.FOLLOWED_UP}, {S.FOLLOWED_UP}),
    E.ACCEPTED: ({S.DELIVERED, S.THINKING, S.FOLLOWED_UP, S.ARCHIVED}, {S.ACCEPTED}),
    E.REFUSED: (set(S) - ENDS, {S.ARCHIVED}),
    E.CANCELLED: ({S.TO_DRAFT, S.DRAFTED}, {S.CANCELLED}),
    E.CORRECTED: ({S.ACCEPTED}, {S.ACCEPTED}),
    E.WITHDRAWN: ({S.ACCEPTED}, {S.ARCHIVED}),
}
COURSES = (
    *((), (E.DRAFTED,), (E.DRAFTED, E.CONTACTED), (E.CONTACTED, E.DELIVERED)),
    *((E.DELIVERED, E.THINKING), (E.DELIVERED, E.FOLLOWED_UP), (E.DELIVERED, E.REFUSED)),
)
"""How far the first quote has come when a course begins, so that none is rare."""

SAME_DAY_AGAIN = {E.DRAFTED, E.CONTACTED, E.DELIVERED}  # told again, of the same day: nothing changes


def due_of(quote: Quote, visited_on: date) -> dict[str, date | None]:
    """The terms that a quote has open, each with the day it runs from (section 10, "Deadline checked")."""
    match quote.state:
        case S.TO_DRAFT:
            return {"D10": visited_on}
        case S.DRAFTED if quote.contacted_on is None:
            return {"D11": quote.drafted_on}
        case S.DRAFTED:
            return {"A22b": quote.contacted_on}
        case S.DELIVERED | S.THINKING:
            return {"D13": quote.delivered_on, "D14": quote.delivered_on}
        case S.FOLLOWED_UP:
            return {"D14": quote.delivered_on}
        case _:
            return {}


@dataclass
class Seen:
    """What was seen of a quote before: its story, and whether a day was confirmed that is odd."""

    story: list[QuoteMove] = field(default_factory=list)
    odd: bool = False


class Quotes(RuleBasedStateMachine):
    """An office whose people tell anything."""

    opened_quotes = Bundle("quotes")

    def __init__(self) -> None:
        super().__init__()
        self.doors = ExitStack()
        directory = Path(self.doors.enter_context(TemporaryDirectory()))
        self.house: House = self.doors.enter_context(opened(directory))
        self.today = BEGAN
        self.seen: dict[int, Seen] = {}

    def teardown(self) -> None:
        self.doors.close()

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, time(10), tzinfo=ROME)

    def turn(self, who: str) -> Turn:
        return self.house.turn(who, self.now)

    def attempt(self, quote: int, act: Any) -> bool:
        """Do it as the store does: whole, or not at all. False where it is refused."""
        before = self.picture(quote)
        with suppress(Refusal):
            with self.house.undone_if_it_fails():
                act()
            return True
        assert self.picture(quote) == before, "a refusal left something behind"
        return False

    def picture(self, quote: int) -> tuple[Any, ...]:
        tx = self.house.tx
        return (
            quotes.get(tx, quote),
            quotes.lines(tx, quote),
            quotes.story(tx, quote),
            deadlines.of_quote(tx, quote),
            len(self.house.mails()),
        )

    # What people do

    @initialize(
        target=opened_quotes,
        kind=st.sampled_from(sorted(VISITS)),
        course=st.sampled_from(COURSES),
    )
    def visited(self, kind: str, course: tuple[E, ...]) -> Any:
        done = self.house.confirms(*VISITS[kind], turn=self.turn("ada.esempioli"))
        made = [quote.id for quote in quotes.of_visit(self.house.tx, done.visit)]
        self.seen |= {one: Seen() for one in made}
        for event in course:
            self.tells(made[0], event, self.owner(made[0]))
        return multiple(*made)

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(
        quote=opened_quotes,
        event=st.sampled_from(sorted(set(E) - {E.ACCEPTED, E.CORRECTED})),
        ago=st.sampled_from((0, 0, 0, 1, 3, 12, -1)),
        who=st.sampled_from((*OWNERS, *OWNERS, *WATCHERS, *STRANGERS)),
        told=st.fixed_dictionaries(
            {"sure": st.booleans(), "reason": st.sampled_from(("costa", "costa", ""))}
        ),
    )
    def somebody_tells(self, quote: int, event: E, ago: int, who: str, told: dict[str, Any]) -> None:
        self.tells(quote, event, who, ago=ago, **told)

    @rule(quote=opened_quotes, data=st.data())
    def the_owner_goes_on(self, quote: int, data: st.DataObject) -> None:
        """Something that the quote's state allows, so that every course is gone to its end."""
        state = self.got(quote).state
        possible = sorted(event for event, (may_leave, _) in MOVES.items() if state in may_leave)
        if possible:
            self.tells(quote, data.draw(st.sampled_from(possible)), self.owner(quote), value=Decimal(100))

    @rule(
        quote=opened_quotes,
        event=st.sampled_from((E.ACCEPTED, E.ACCEPTED, E.CORRECTED)),
        worth=st.lists(st.one_of(st.none(), st.decimals(0, 9999, places=2)), min_size=3, max_size=3),
        ago=st.sampled_from((0, 0, 1, 40)),
        as_total=st.booleans(),
    )
    def the_company_answers(
        self, quote: int, event: E, worth: list[Decimal | None], ago: int, as_total: bool
    ) -> None:
        told = {"value": worth[0]} if as_total else {"lines": self.answers(quote, event, worth)}
        self.tells(quote, event, self.owner(quote), ago=ago, sure=True, **told)

    def answers(self, quote: int, event: E, worth: list[Decimal | None]) -> tuple[LineOutcome, ...]:
        """A value is a yes, none is a no; of a correction only what was accepted."""
        lines = quotes.lines(self.house.tx, quote)
        if event is E.CORRECTED:
            lines = [line for line in lines if line.accepted]
            return tuple(
                LineOutcome(one.id, True, value or Decimal(0))
                for one, value in zip(lines, worth, strict=False)
            )
        return tuple(
            LineOutcome(one.id, value is not None, value, "" if value is not None else "costa")
            for one, value in zip(lines, worth, strict=False)
        )

    @rule(quote=opened_quotes, to=st.sampled_from((*OWNERS, *STRANGERS)), who=st.sampled_from(WATCHERS))
    def somebody_passes_it_on(self, quote: int, to: str, who: str) -> None:
        person, owner = self.house.person(to).id, self.owner(quote)
        self.attempt(quote, lambda: say_not_mine(self.turn(owner), quote, "mah", channel="chat"))
        self.attempt(quote, lambda: pass_on(self.turn(who), quote, person))

    @rule(target=opened_quotes, quote=opened_quotes)
    def the_av_splits_it(self, quote: int) -> Any:
        made: list[int] = []
        self.attempt(quote, lambda: made.append(split_quote(self.turn("ada.esempioli"), quote).quote))
        self.seen |= {one: Seen() for one in made}
        return multiple(*made)

    @rule(quote=opened_quotes, signed=st.booleans())
    def the_paper_is_signed(self, quote: int, signed: bool) -> None:
        owner = self.owner(quote)
        self.attempt(quote, lambda: sign_acceptance(self.turn(owner), quote, signed=signed))

    @rule(
        quote=opened_quotes,
        which=st.sampled_from((DateField.DRAFTING, DateField.DELIVERY, DateField.FOLLOW_UP)),
        ago=st.integers(-1, 9),
    )
    def a_date_is_put_right(self, quote: int, which: DateField, ago: int) -> None:
        change = Redating(which, self.today - timedelta(days=ago), quote)
        about, owner = About(Subject.QUOTE, quote), self.owner(quote)
        if self.attempt(quote, lambda: correct_date(self.turn(owner), about, change, "sbaglio")):
            self.seen[quote].odd = True  # its dialogue asks about an odd day; here it is as if it had

    def tells(self, quote: int, event: E, who: str, *, ago: int = 0, **told: Any) -> None:
        on = self.today - timedelta(days=ago)
        before, said = self.got(quote), {"reason": "costa", **told}
        odd: list[bool] = []

        def act() -> None:
            try:
                tell_quote(self.turn(who), quote, event, on, channel="chat", **said)
            except OddDay:
                odd.append(True)
                raise

        done = self.attempt(quote, act)
        assert not (odd and said.get("sure")), "an odd day is asked, never refused"
        if not done:
            return
        self.seen[quote].odd |= bool(said.get("sure"))
        assert who not in STRANGERS
        assert on <= self.today
        if event in SAME_DAY_AGAIN and self.got(quote) == before:
            return
        may_leave, may_reach = MOVES[event]
        assert before.state in may_leave, (before.state, event)
        assert self.got(quote).state in may_reach
        if event is E.ACCEPTED and before.state is S.ARCHIVED:
            assert self.got(quote).accepted_late
            assert before.closed_on is not None
            assert self.today <= before.closed_on + timedelta(days=60) or who in WATCHERS  # T15

    def owner(self, quote: int) -> str:
        return self.got(quote).owner_email.partition("@")[0]

    def got(self, quote: int) -> Quote:
        found = quotes.get(self.house.tx, quote)
        assert found is not None
        return found

    # What holds

    @invariant()
    def each_quote_has_open_what_its_state_asks_for(self) -> None:
        for one in self.seen:
            quote = self.got(one)
            visit = visits.get(self.house.tx, quote.visit)
            assert visit is not None
            rows = deadlines.of_quote(self.house.tx, one)
            open_now = {row.due.kind.value: row.due.starts_on for row in rows}
            assert open_now == due_of(quote, visit.report.visited_on)
            assert {(row.owner, row.owner_email) for row in rows} <= {(quote.owner, quote.owner_email)}

    @invariant()
    def the_fields_of_the_gestionale_agree(self) -> None:
        for one in self.seen:
            quote = self.got(one)
            assert (quote.value is not None) == (quote.state is S.ACCEPTED)  # VALORE PREVENTIVO
            assert (quote.closed_on is not None) == (quote.state in ENDS)  # TIPO CHIUSURA
            assert quote.followed_up_on is None or quote.delivered_on is not None  # DATA SOLLECITO
            assert not quote.accepted_late or quote.state is S.ACCEPTED
            assert not quote.acceptance_signed or quote.state is S.ACCEPTED

    @invariant()
    def its_days_are_past_and_in_order_but_for_what_was_confirmed(self) -> None:
        for one, seen in self.seen.items():
            quote = self.got(one)
            days = [BEGAN, quote.drafted_on, quote.delivered_on, quote.followed_up_on, quote.closed_on]
            told = [day for day in days if day]
            assert max(told) <= self.today
            assert seen.odd or told == sorted(told)

    @invariant()
    def the_lines_add_up(self) -> None:
        for one in self.seen:
            quote, lines = self.got(one), quotes.lines(self.house.tx, one)
            assert lines, "a quote without products"
            worth = [line.value for line in lines if line.accepted]
            if quote.state is S.ACCEPTED:
                assert all(line.accepted is not None for line in lines)
                assert worth, "accepted, and no line is"
                assert None in worth or sum(filter(None, worth), Decimal(0)) == quote.value
            assert quote.state is S.ACCEPTED or not worth
            assert all(line.value is None for line in lines if not line.accepted)

    @invariant()
    def the_story_only_grows(self) -> None:
        for one, seen in self.seen.items():
            story = quotes.story(self.house.tx, one)
            assert story[: len(seen.story)] == seen.story
            assert all(move.old_state is None or move.new_state in S for move in story)
            seen.story = story

    @invariant()
    def every_yes_is_told_and_everything_taken_back_too(self) -> None:
        mails = Counter((m.kind.value, m.about.id) for m in self.house.mails() if m.about.kind == "quote")
        for one in self.seen:
            story = quotes.story(self.house.tx, one)
            told = Counter(move.event for move in story)
            assert mails["E10", one] == mails["E11", one] == told[E.ACCEPTED.value]
            put_right = 2 * (told[E.CORRECTED.value] + told[E.WITHDRAWN.value])
            never_delivered = self.ended_undelivered(story)
            assert put_right <= mails["N7", one] <= put_right + never_delivered
        keys = [mail.key for mail in self.house.mails()]
        assert len(keys) == len(set(keys))

    @staticmethod
    def ended_undelivered(story: list[QuoteMove]) -> int:
        """T14: RPS hears once."""
        early = {S.TO_DRAFT, S.DRAFTED}
        return sum(move.old_state in early and move.new_state in ENDS for move in story)


Quotes.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a failing course is short enough to be read
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class TestQuotes(Quotes.TestCase):  # type: ignore[valid-type, misc]  # made by Hypothesis at run time
    """Whatever people tell."""


@pytest.mark.parametrize("kind", VISITS)
def test_the_machine_begins_with_what_its_visits_open(kind: str, house: House) -> None:
    """Else it would prove nothing."""
    done = house.confirms(*VISITS[kind], turn=house.turn(at=at(18)))
    owners = [quote.owner_email.partition(".")[0] for quote in quotes.of_visit(house.tx, done.visit)]
    expected = {"one AM": ["ivo"], "two AMs": ["ivo", "lia"], "mixed": ["ivo"], "catalogue": ["ada"]}
    assert owners == expected[kind]
