"""Who might visit a company until somebody says yes or no (A15), and the ledger of who was given what (A12).

What was settled with an outcome of `GIVEN` is a line of the ledger: a company counts for its last one, also
after the RS has handed it to an addetto; a company that came attributed with the list has no line, and counts
for its assignee. Refuses to weigh the counts: `procedure.attribution` does.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, literal, or_, select

from procedure.attribution import Held, Proposal, Reason, Rule, Unassigned, bucket_of
from procedure.notices import Json
from procedure.people import Role
from procedure.visits import Code
from procedure.why import reason_from_json, reason_to_json
from store.page import Page
from store.tables import companies, people, proposals
from store.transaction import AnyRow, Transaction


class Outcome(enum.StrEnum):
    """What became of a proposal, or how a company was given without one."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"  # confirmed, with another person
    MANUAL = "manual"  # given by hand, with a reason
    IMPORTED = "imported"  # as the list has it
    HANDED = "handed"  # handed on by whom it was given to: it goes on counting for them
    REJECTED = "rejected"
    OVERTAKEN = "overtaken"  # meanwhile it was attributed, ceased, or the person left


GIVEN = frozenset({Outcome.CONFIRMED, Outcome.CHANGED, Outcome.MANUAL, Outcome.IMPORTED})
TOLD = GIVEN | {Outcome.HANDED}


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal, the company and the person whom it names. `reason` is None where no rule named them."""

    id: int
    company: int
    company_name: str
    comune: str
    has_services: bool
    person: int
    person_name: str
    rule: Rule
    reason: Reason | None
    why: str  # a person's own reason; empty where a rule named them
    made_at: datetime
    settled_at: datetime | None
    settled_by: str
    outcome: Outcome | None


_AT_ONCE = 500  # rows named by one statement
_OPEN = proposals.c.settled_at.is_(None)
_GIVEN = proposals.c.outcome.in_(sorted(one.value for one in GIVEN))
_HAD = proposals.alias("had")
_LAST_GIVEN = select(func.max(proposals.c.id)).where(_GIVEN).group_by(proposals.c.company_id)
_LAST_SETTLED = (
    select(_HAD.c.outcome)
    .where(_HAD.c.company_id == companies.c.id, _HAD.c.settled_at.is_not(None))
    .order_by(_HAD.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_BUCKET = (companies.c.code, companies.c.has_services, companies.c.site, companies.c.trade)
_NOBODY_S = and_(
    companies.c.assignee_id.is_(None), companies.c.ceased.is_(False), companies.c.not_visitable == ""
)
_UNPROPOSED = and_(
    _NOBODY_S,
    ~select(_HAD.c.id).where(_HAD.c.company_id == companies.c.id, _HAD.c.settled_at.is_(None)).exists(),
)
_ROW = (
    select(
        proposals,
        companies.c.name.label("company_name"),
        companies.c.comune,
        companies.c.has_services,
        people.c.name.label("person_name"),
    )
    .join(companies, companies.c.id == proposals.c.company_id)
    .join(people, people.c.id == proposals.c.person_id)
)
_BY_ID = _ROW.where(proposals.c.id == bindparam("which"))
_LINES = (
    _ROW.where(
        proposals.c.company_id == bindparam("company"),
        proposals.c.outcome.in_(bindparam("outcomes", expanding=True)),
    )
    .order_by(proposals.c.id.desc())
    .limit(1)
)
_OVERTAKEN = (
    proposals.update()
    .where(
        _OPEN,
        or_(
            proposals.c.company_id.in_(select(companies.c.id).where(~_NOBODY_S)),
            proposals.c.person_id.in_(select(people.c.id).where(people.c.left_on.is_not(None))),
        ),
    )
    .values(settled_at=bindparam("at"), settled_by="", outcome=Outcome.OVERTAKEN.value)
)


def unassigned(tx: Transaction) -> list[Unassigned]:
    """The companies that wait for a proposal, the longest joined first; not those of which one was rejected:
    a person has them in hand.
    """
    waiting = _unproposed().where(func.coalesce(_LAST_SETTLED, "") != Outcome.REJECTED.value)
    return [_unassigned(row) for row in tx.all(waiting)]


def without(tx: Transaction, services: Iterable[bool], *, offset: int, limit: int) -> Page[Unassigned]:
    """The companies that nobody visits and nobody is proposed for, of those with services or without."""
    conditions = (_UNPROPOSED, companies.c.has_services.in_(list(services)))
    total = tx.scalar(select(func.count()).select_from(companies).where(*conditions))
    rows = tx.all(_unproposed().where(*conditions).offset(offset).limit(limit))
    return Page(tuple(_unassigned(row) for row in rows), total, offset)


def held(tx: Transaction) -> list[Held]:
    """How many companies of each bucket each person was given or is proposed for, on which side (A12)."""
    its_line = proposals.c.company_id == companies.c.id
    line = select(*_BUCKET, proposals.c.person_id, proposals.c.side, func.count()).join(proposals, its_line)
    grouped = (*_BUCKET, proposals.c.person_id, proposals.c.side)
    written = line.where(proposals.c.id.in_(_LAST_GIVEN), companies.c.assignee_id.is_not(None)).group_by(
        *grouped
    )
    proposed = line.where(_OPEN).group_by(*grouped)
    in_ledger = select(_HAD.c.id).where(
        _HAD.c.company_id == companies.c.id, _HAD.c.outcome.in_(sorted(one.value for one in GIVEN))
    )
    imported = (
        select(*_BUCKET, companies.c.assignee_id, literal(""), func.count())
        .where(companies.c.assignee_id.is_not(None), ~in_ledger.exists())
        .group_by(*_BUCKET, companies.c.assignee_id)
    )
    return [_held(row) for some in (written, proposed, imported) for row in tx.all(some)]


def put(tx: Transaction, made: Sequence[Proposal], now: datetime) -> None:
    """Write down what is proposed."""
    if made:
        tx.execute(proposals.insert(), [_new_row(each, now) for each in made])


def note_given(
    tx: Transaction,
    company: int,
    person: int,
    *,
    rule: Rule,
    side: Role | None,
    why: str,
    outcome: Outcome,
    by: str,
    now: datetime,
) -> None:
    """A line of the ledger that no proposal stands behind."""
    values: dict[str, Any] = {
        "company_id": company,
        "person_id": person,
        "rule": rule.value,
        "side": side.value if side else "",
        "reason": {"why": why},
        "made_at": now,
        "settled_at": now,
        "settled_by": by,
        "outcome": outcome.value,
    }
    tx.insert(proposals, values)


def unlist(tx: Transaction, some: Sequence[int], at: datetime) -> None:
    """Forget the ledger's lines that a load wrote at that moment about these companies."""
    listed = proposals.c.outcome == Outcome.IMPORTED.value, proposals.c.settled_at == at
    for start in range(0, len(some), _AT_ONCE):
        its = proposals.c.company_id.in_(some[start : start + _AT_ONCE])
        tx.execute(proposals.delete().where(its, *listed))


def get(tx: Transaction, which: int) -> ProposalRow | None:
    """The proposal of this id, open or settled."""
    row = tx.first(_BY_ID, {"which": which})
    return _row(row) if row else None


def open_of(tx: Transaction, company: int) -> ProposalRow | None:
    """What is proposed for this company."""
    row = tx.first(_ROW.where(proposals.c.company_id == company, _OPEN))
    return _row(row) if row else None


def given(tx: Transaction, company: int) -> ProposalRow | None:
    """The ledger's last line of this company; None where it came attributed with the list."""
    return _last(tx, company, GIVEN)


def last_told(tx: Transaction, company: int) -> ProposalRow | None:
    """How the company came to whom it is with now; None where it came attributed with the list."""
    return _last(tx, company, TOLD)


def was_rejected(tx: Transaction, company: int) -> bool:
    """True where the last proposal for this company was refused: a person has it in hand."""
    settled = select(_HAD.c.outcome).where(_HAD.c.company_id == company, _HAD.c.settled_at.is_not(None))
    return bool(tx.scalar(settled.order_by(_HAD.c.id.desc()).limit(1)) == Outcome.REJECTED.value)


def waiting(tx: Transaction, services: Iterable[bool], *, offset: int, limit: int) -> Page[ProposalRow]:
    """What waits for a yes or a no, the oldest first, of companies with services or without."""
    conditions = (_OPEN, companies.c.has_services.in_(list(services)))
    total = tx.scalar(select(func.count()).select_from(_ROW.where(*conditions).subquery("waiting")))
    rows = tx.all(_ROW.where(*conditions).order_by(proposals.c.id).offset(offset).limit(limit))
    return Page(tuple(_row(row) for row in rows), total, offset)


def open_after(tx: Transaction, services: Iterable[bool], *, after: int, upto: int) -> list[ProposalRow]:
    """What waits among the proposals numbered after one and up to another."""
    some: Select[*tuple[Any, ...]] = _ROW.where(
        _OPEN,
        companies.c.has_services.in_(list(services)),
        proposals.c.id > after,
        proposals.c.id <= upto,
    )
    return [_row(row) for row in tx.all(some.order_by(proposals.c.id))]


def newest(tx: Transaction) -> int:
    """The number of the last proposal made; 0 where there is none."""
    return int(tx.scalar(select(func.max(proposals.c.id))) or 0)


def settle(
    tx: Transaction,
    which: int,
    outcome: Outcome,
    *,
    by: str,
    now: datetime,
    person: int | None = None,
    side: Role | None = None,
) -> bool:
    """Somebody has decided, for another `person` where given, who counts on that `side`; False where it was
    settled before.
    """
    values: dict[str, Any] = {"settled_at": now, "settled_by": by, "outcome": outcome.value}
    if person is not None:
        values |= {"person_id": person, "side": side.value if side else ""}
    return tx.changed(proposals.update().where(proposals.c.id == which, _OPEN).values(values)) > 0


def settle_overtaken(tx: Transaction, now: datetime) -> int:
    """Close the proposals that nothing can come of any more; how many."""
    return tx.changed(_OVERTAKEN, {"at": now})


def _last(tx: Transaction, company: int, outcomes: Iterable[Outcome]) -> ProposalRow | None:
    row = tx.first(_LINES, {"company": company, "outcomes": [one.value for one in outcomes]})
    return _row(row) if row else None


def _unproposed() -> Select[*tuple[Any, ...]]:
    ordered = select(companies.c.id, *_BUCKET).where(_UNPROPOSED)
    return ordered.order_by(companies.c.joined_on.is_(None), companies.c.joined_on, companies.c.ref)


def _unassigned(row: AnyRow) -> Unassigned:
    company, code, has_services, site, trade = row
    return Unassigned(company, Code(code), has_services, site, trade)


def _held(row: AnyRow) -> Held:
    code, has_services, site, trade, person, side, count = row
    bucket = bucket_of(Code(code), site, trade, has_services=has_services)
    return Held(bucket, person, Role(side) if side else None, count)


def _new_row(made: Proposal, now: datetime) -> dict[str, Any]:
    kept: dict[str, Json] = reason_to_json(made.reason)
    return {
        "company_id": made.company,
        "person_id": made.person,
        "rule": made.reason.rule.value,
        "side": made.reason.side.value,
        "reason": kept,
        "made_at": now,
        "settled_by": "",
        "outcome": "",
    }


def _row(row: AnyRow) -> ProposalRow:
    kept: Any = row.reason
    return ProposalRow(
        id=row.id,
        company=row.company_id,
        company_name=row.company_name,
        comune=row.comune,
        has_services=row.has_services,
        person=row.person_id,
        person_name=row.person_name,
        rule=Rule(row.rule),
        reason=reason_from_json(kept),
        why=kept.get("why", "") if isinstance(kept, dict) else "",
        made_at=row.made_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )
