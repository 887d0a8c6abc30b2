"""What a morning is planned from: every deadline that is to be told of, with its owner, at one look.

Read as tuples and written back in one statement, for mornings of thousands. Refuses to judge:
`actions.morning` plans.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import Select, Update, bindparam, func, select

from procedure.deadlines import RULES, DeadlineKind
from procedure.quotes import QuoteState
from store.tables import absences, companies, deadlines, people, preferences, quotes
from store.transaction import Transaction


class Waiting(NamedTuple):
    """A deadline of which somebody is to hear, and how its owner stands today.

    `others` counts what the owner has open until the horizon, this one included. Where the owner is only an
    address, what is said of the person is empty; the last four, where they have set nothing.
    """

    id: int
    kind: DeadlineKind
    starts_on: date
    due_on: date
    last_useful: date
    on_time_until: date
    explanation: str
    about_kind: str
    about_id: int
    postponed_why: str
    company: int
    company_name: str
    company_site: str
    owner: int | None
    owner_email: str
    owner_name: str | None
    owner_site: str | None
    telegram_id: int | None
    is_away: bool
    others: int
    opens: int | None
    closes: int | None
    by_mail: bool | None
    also_by_mail: bool | None


KINDS: Final = {kind.value: kind for kind in DeadlineKind}

_OPEN = deadlines.c.closed_on.is_(None)
_other = deadlines.alias()
_absent = (
    select(absences.c.id)
    .where(absences.c.person_id == deadlines.c.owner_id)
    .where(absences.c.first <= bindparam("day"), absences.c.last >= bindparam("day"))
    .exists()
)
_OTHERS = (
    select(func.count())
    .where(_other.c.owner_id == deadlines.c.owner_id, _other.c.closed_on.is_(None))
    .where(_other.c.due_on <= bindparam("horizon"))
    .scalar_subquery()
)
_ROW = (
    select(
        deadlines.c.id,
        deadlines.c.kind,
        deadlines.c.starts_on,
        deadlines.c.due_on,
        deadlines.c.last_useful,
        deadlines.c.on_time_until,
        deadlines.c.explanation,
        deadlines.c.about_kind,
        deadlines.c.about_id,
        deadlines.c.postponed_why,
        deadlines.c.company_id,
        companies.c.name.label("company_name"),
        companies.c.site.label("company_site"),
        deadlines.c.owner_id,
        func.coalesce(people.c.email, deadlines.c.owner_email),
        people.c.name,
        people.c.site,
        people.c.telegram_id,
        (people.c.left_on.is_not(None) | _absent),
        _OTHERS,
        preferences.c.opens,
        preferences.c.closes,
        preferences.c.by_mail,
        preferences.c.also_by_mail,
    )
    .select_from(deadlines)
    .join(companies, companies.c.id == deadlines.c.company_id)
    .outerjoin(people, people.c.id == deadlines.c.owner_id)
    .outerjoin(preferences, preferences.c.person_id == deadlines.c.owner_id)
)
TO_REMIND: Final = _ROW.where(deadlines.c.remind_on <= bindparam("day"))
"""Also run by the bench, bare."""

_DUE_OF = _ROW.where(
    _OPEN,
    deadlines.c.remind_on.is_not(None),
    deadlines.c.last_useful <= bindparam("day"),
    deadlines.c.opened_at < bindparam("since"),
    deadlines.c.kind.not_in([kind.value for kind, rule in RULES.items() if rule.asked]),  # nobody is late
    deadlines.c.owner_id.in_(bindparam("owners", expanding=True)),
)
_PLAN = (
    deadlines.update()
    .where(deadlines.c.id.in_(bindparam("which", expanding=True)), _OPEN)
    .values(remind_on=bindparam("next_day"))
)
_AGAIN = _PLAN.where(deadlines.c.remind_on > bindparam("next_day"))
_STATES = select(quotes.c.id, quotes.c.state).where(quotes.c.id.in_(bindparam("quotes", expanding=True)))
_AT_ONCE = 500


def to_remind(tx: Transaction, day: date, horizon: date) -> list[Waiting]:
    """Those of which somebody is to hear on `day`, or was to hear before it; in any order."""
    return _all(tx, TO_REMIND, day=day, horizon=horizon)


def due_of(
    tx: Transaction, owners: Iterable[int], day: date, horizon: date, *, opened_before: datetime
) -> list[Waiting]:
    """What these have open that is late or on its last useful day: the truth for who comes back (A43).

    What is opened since `opened_before`, the day's beginning, was told by the dialogue that opened it (A49).
    """
    return _all(tx, _DUE_OF, day=day, horizon=horizon, owners=[*owners], since=opened_before)


def quote_states(tx: Transaction, which: Sequence[int]) -> dict[int, QuoteState]:
    """The state of each of these quotes."""
    some = (which[n : n + _AT_ONCE] for n in range(0, len(which), _AT_ONCE))
    return {key: QuoteState(state) for few in some for key, state in tx.all(_STATES, {"quotes": [*few]})}


def plan(tx: Transaction, days: Iterable[tuple[int, date | None]]) -> None:
    """When each of these is to be told of next; nothing where it is closed. A few statements: a morning has
    thousands of deadlines and a handful of next days.
    """
    by_day: dict[date | None, list[int]] = {}
    for which, day in days:
        by_day.setdefault(day, []).append(which)
    for day, its in by_day.items():
        _write(tx, _PLAN, its, day)


def tell_again(tx: Transaction, which: Iterable[int], day: date) -> None:
    """These were not told after all: they are to be from `day` on, where they are still open."""
    _write(tx, _AGAIN, [*which], day)


def _write(tx: Transaction, statement: Update, which: Sequence[int], day: date | None) -> None:
    for n in range(0, len(which), _AT_ONCE):
        tx.execute(statement, {"which": [*which[n : n + _AT_ONCE]], "next_day": day})


def _all(tx: Transaction, statement: Select[*tuple[object, ...]], **values: object) -> list[Waiting]:
    rows = tx.all(statement, values)
    return [Waiting(key, KINDS[kind], *rest) for key, kind, *rest in rows]
