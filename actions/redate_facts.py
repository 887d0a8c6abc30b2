"""What the correction of a date stands on: the visit, its quotes, every term that hangs on their dates.

Refuses to know the questions, and what becomes of the answer.
"""

from dataclasses import dataclass

from actions.turn import Turn
from conversations.redate import RedateFacts
from procedure.deadlines import DeadlineKind
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Subject
from procedure.permissions import may_redate
from procedure.quotes import Quote
from procedure.redating import OF_QUOTE, DateField, OpenedTerm, Standing
from procedure.visits import Company
from store import audit, deadlines, quotes, register, visits
from store.deadlines import DeadlineRow
from store.visits import RecordedVisit


@dataclass(frozen=True, slots=True)
class Redatable:
    """A visit (and the quote in hand, if one is) whose dates the person may put right.

    `rows` has the terms of `standing`, as they are stored, by their ids.
    """

    company: Company
    visit: RecordedVisit
    quote: Quote | None
    standing: Standing
    fields: tuple[DateField, ...]
    rows: dict[int, DeadlineRow]

    @property
    def about(self) -> About:
        """What is in hand."""
        if self.quote:
            return About(Subject.QUOTE, self.quote.id)
        return About(Subject.VISIT, self.visit.id)


def redatable(turn: Turn, about: About) -> Redatable:
    """What may be put right of this visit, or of this quote and its visit.

    Raises:
        NotAllowed: nothing of it, by this person; or there is no such thing.
        Refusal: `no_date_to_correct`: none of its dates is set yet.
    """
    quote = quotes.get(turn.tx, about.id) if about.kind is Subject.QUOTE else None
    visit = visits.get(turn.tx, quote.visit if quote else about.id)
    company = register.company(turn.tx, visit.report.company) if visit else None
    is_there = quote is not None or about.kind is Subject.VISIT
    if not is_there or not visit or not company or not may_redate(turn.person, company, visit.av, quote):
        detail = {"what": about.kind.value, "id": about.id}
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {**detail})
        raise NotAllowed("not_allowed")
    rows = _terms(turn, visit, company)
    standing = _standing(turn, visit, company, rows)
    fields = redatable_fields(turn, company, visit.av, quote)
    if not fields:
        raise Refusal("no_date_to_correct")
    return Redatable(company, visit, quote, standing, fields, {row.id: row for row in rows})


def redate_facts(turn: Turn, about: About) -> RedateFacts:
    """The same, as the dialogue wants it."""
    found = redatable(turn, about)
    quote = found.quote.id if found.quote else None
    company = found.company
    return RedateFacts(turn.today, company.name, company.joined_on, found.standing, quote, found.fields)


def redatable_fields(turn: Turn, company: Company, av: int, quote: Quote | None) -> tuple[DateField, ...]:
    """The dates that are set and that this person may put right."""
    visit = (DateField.VISIT,) if may_redate(turn.person, company, av) else ()
    if quote is None or not may_redate(turn.person, company, av, quote):
        return visit
    return (*visit, *(field for field in OF_QUOTE if getattr(quote, field.value)))


def _terms(turn: Turn, visit: RecordedVisit, company: Company) -> list[DeadlineRow]:
    """Of the company only D1 hangs on its visits."""
    abouts = [
        About(Subject.VISIT, visit.id),
        About(Subject.COMPANY, company.id),
        *(About(Subject.QUOTE, quote.id) for quote in quotes.of_visit(turn.tx, visit.id)),
    ]
    rows = deadlines.ever_about(turn.tx, abouts)
    of_company = (row for row in rows if row.about.kind is Subject.COMPANY)
    others = {row.id for row in of_company if row.due.kind is not DeadlineKind.D1}
    return [row for row in rows if row.id not in others]


def _standing(turn: Turn, visit: RecordedVisit, company: Company, rows: list[DeadlineRow]) -> Standing:
    others = (one for one in visits.of_company(turn.tx, company.id) if one.id != visit.id)
    return Standing(
        visited_on=visit.report.visited_on,
        quotes=tuple(quotes.of_visit(turn.tx, visit.id)),
        terms=tuple(_opened(row) for row in rows),
        calendar=turn.office.calendar(company.site),
        lengths=turn.office.campaign.terms,
        other_visits=tuple(one.report.visited_on for one in others),
    )


def _opened(row: DeadlineRow) -> OpenedTerm:
    quote = row.about.id if row.about.kind is Subject.QUOTE else None
    return OpenedTerm(row.id, row.due, quote, row.closed_on)
