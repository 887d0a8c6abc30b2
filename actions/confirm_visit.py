"""The visit is confirmed: everything that the procedure wants of it happens in this one transaction.

Visit, credit, corrections, forms and interests are recorded; quotes opened, with their terms; one outbox
row a mail.
Refuses to know how mails are worded and sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from actions.converse import Talk
from actions.deliver import put_mail
from actions.office import Office
from actions.settle_appointment import settle_visited
from actions.standing_in import note_standing_in
from actions.turn import Turn
from actions.watch import Owner, open_deadline, owner_at
from actions.watch_report import report_settled
from procedure.appointments import Appointment
from procedure.campaign import Contact
from procedure.deadlines import DeadlineKind, Due, days_left, due, is_late
from procedure.errors import NotAllowed
from procedure.explanations import explain_left
from procedure.notices import About, Mail, Subject
from procedure.permissions import may_visit
from procedure.routing import OFFICE_FORMS, Visited, after_visit, shares
from procedure.visits import Company, Form, VisitReport
from store import audit, deadlines, quotes, visits


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the AV is told: the visit's id, the mails that leave, the terms that run, whose each is.

    `late_with` is D8 where the scheda comes after its day (A5b); `later` what is fixed with the company for
    another day, in local time.
    """

    visit: int
    on: date  # the day it is recorded
    company: Company
    report: VisitReport
    mails: tuple[Mail, ...]
    terms: tuple["Term", ...]
    late_with: Due | None = None
    later: tuple[Appointment, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline that runs from here, and who is to meet it."""

    due: Due
    owner: str


def confirm_visit(turn: Turn, talk: Talk, report: VisitReport) -> Confirmed:
    """Record the visit that the dialogue told.

    Raises:
        NotAllowed: the company is no longer this person's to visit.
    """
    company: Company = talk.grounds.facts.company
    if not may_visit(turn.person, company):
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "company", "id": company.id})
        raise NotAllowed("not_allowed")
    note_standing_in(turn, "company", company.id, lambda one: may_visit(one, company))
    return _record(turn, company, report)


def _record(turn: Turn, company: Company, report: VisitReport) -> Confirmed:
    visit = visits.record(turn.tx, report, av=turn.person.id, completed_at=turn.now)
    dues = _dues(turn.office, company, report)
    left = _left(turn, company, dues[DeadlineKind.D10])
    visited = Visited(visit, report, company, turn.person, dues, left)
    terms = (*_form_terms(turn, visited), *_open_quotes(turn, visited))
    _close_first_visit(turn, visited)
    later = settle_visited(turn, company.id)
    report_settled(turn.tx, company.id, turn.today, "scheda")
    mails = after_visit(turn.office.campaign, visited)
    for mail in mails:
        put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    late_with = visited.dues[DeadlineKind.D8]
    return Confirmed(
        visit,
        turn.today,
        company,
        report,
        mails,
        terms,
        late_with=late_with if is_late(late_with, turn.today) else None,
        later=tuple(later),
    )


def _dues(office: Office, company: Company, report: VisitReport) -> Mapping[DeadlineKind, Due]:
    """The terms that run from DATA VISITA (section 8)."""
    calendar, terms = office.calendar(company.site), office.campaign.terms
    kinds = (DeadlineKind.D6, DeadlineKind.D7, DeadlineKind.D8, DeadlineKind.D10)
    return {kind: due(kind, report.visited_on, calendar, terms) for kind in kinds}


def _left(turn: Turn, company: Company, drafting: Due) -> str:
    """The scheda may come late; whoever drafts the quote reads how long they really have (A5b)."""
    left = days_left(drafting, turn.today, turn.office.calendar(company.site))
    return explain_left(left, late=is_late(drafting, turn.today))


def _form_terms(turn: Turn, visited: Visited) -> Iterable[Term]:
    """Signed forms are to be handed over: D6 to Ufficio Essere Impresa [r.128], D7 to RPA [r.132]."""
    av = Owner(visited.av.id, visited.av.email, visited.av.name)
    about = About(Subject.VISIT, visited.id)
    for kind, forms in ((DeadlineKind.D6, OFFICE_FORMS), (DeadlineKind.D7, (Form.RID,))):
        if visited.report.signed(*forms):
            yield _term(turn, visited, kind, about, av)


def _open_quotes(turn: Turn, visited: Visited) -> Iterable[Term]:
    """T1 and T2: one quote per owner, D10 running from the visit [r.145, A5b]."""
    av = Contact(visited.av.name, visited.av.email)
    for share in shares(turn.office.campaign, visited.report, av):
        owner = owner_at(turn.tx, share.owner)
        quote = quotes.open_quote(
            turn.tx,
            visit=visited.id,
            company=visited.company.id,
            kind=share.kind,
            owner=owner.person,
            owner_email=owner.email,
            opened_on=turn.today,
            lines=share.interests,
        )
        yield _term(turn, visited, DeadlineKind.D10, About(Subject.QUOTE, quote), owner)


def _term(turn: Turn, visited: Visited, kind: DeadlineKind, about: About, owner: Owner) -> Term:
    term = visited.dues[kind]
    open_deadline(turn.tx, turn.office, term, about=about, company=visited.company, owner=owner, now=turn.now)
    return Term(term, owner.name)


def _close_first_visit(turn: Turn, visited: Visited) -> None:
    """D1 is met by the first visit (A36)."""
    about = About(Subject.COMPANY, visited.company.id)
    on = visited.report.visited_on
    deadlines.close(turn.tx, kinds=[DeadlineKind.D1], about=about, on=on, how="DATA VISITA")
