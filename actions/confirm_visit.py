"""The visit is confirmed: everything that the procedure wants of it happens in this one transaction.

Visit, credit, corrections, forms and interests are recorded; quotes opened, with their terms; one outbox row a mail.
Refuses to know how mails are worded and sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from actions.converse import Talk, own_open_draft, standing_talk
from actions.deliver import put_mail
from actions.office import Office
from actions.watch import open_deadline
from conversations.dialogue import Complete
from conversations.phrases import say
from procedure.campaign import Contact
from procedure.deadlines import DeadlineKind, Due, due
from procedure.notices import About, Mail, Subject
from procedure.people import Person
from procedure.routing import OFFICE_FORMS, Share, Visited, after_visit, shares
from procedure.visits import Company, Form, VisitReport
from store import chats, deadlines, drafts, people, quotes, visits
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the AV is told: the visit's id, the mails that leave, the terms that run, whose each is."""

    visit: int
    company: Company
    report: VisitReport
    mails: tuple[Mail, ...]
    terms: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline that runs from here, and who is to meet it."""

    due: Due
    owner: str


def confirm_visit(
    tx: Transaction, office: Office, person: Person, draft: int, seen: int, now: datetime
) -> Confirmed | Talk:
    """Record the visit that the draft tells; or the dialogue as it stands, where it is not complete or has moved on.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`, also at the second of two taps on the button.
    """
    row = own_open_draft(tx, person, draft, now)
    talk = standing_talk(tx, office, row, now)
    if seen != talk.revision or not isinstance(talk.state, Complete):
        return standing_talk(tx, office, row, now, note=say("talk.passed"))
    drafts.close(tx, row.id, "confirmed", now)
    chats.set_focus(tx, person.id, draft=None)
    return _record(tx, office, person, talk.company, talk.state.result, now)


def _record(
    tx: Transaction, office: Office, av: Person, company: Company, report: VisitReport, now: datetime
) -> Confirmed:
    visit = visits.record(tx, report, av=av.id, completed_at=now)
    visited = Visited(visit, report, company, av, _dues(office, company, report))
    terms = [*_form_terms(tx, office, visited, now), *_open_quotes(tx, office, visited, now)]
    _close_first_visit(tx, company, report.visited_on)
    mails = after_visit(office.campaign, visited)
    for mail in mails:
        put_mail(tx, mail, minted_by=office.minting, now=now)
    return Confirmed(visit, company, report, mails, tuple(terms))


def _dues(office: Office, company: Company, report: VisitReport) -> Mapping[DeadlineKind, Due]:
    """The terms that run from DATA VISITA (section 8)."""
    calendar, terms = office.calendar(company.site), office.campaign.terms
    kinds = (DeadlineKind.D6, DeadlineKind.D7, DeadlineKind.D8, DeadlineKind.D10)
    return {kind: due(kind, report.visited_on, calendar, terms) for kind in kinds}


def _form_terms(tx: Transaction, office: Office, visited: Visited, now: datetime) -> Iterable[Term]:
    """Signed forms are to be handed over: D6 to Ufficio Essere Impresa [r.128], D7 to RPA [r.132]."""
    about = About(Subject.VISIT, visited.id)
    for kind, forms in ((DeadlineKind.D6, OFFICE_FORMS), (DeadlineKind.D7, (Form.RID,))):
        if visited.report.signed(*forms):
            term = visited.dues[kind]
            open_deadline(
                tx,
                office,
                term,
                about=about,
                company=visited.company,
                owner=visited.av.id,
                owner_email=visited.av.email,
                now=now,
            )
            yield Term(term, visited.av.name)


def _open_quotes(tx: Transaction, office: Office, visited: Visited, now: datetime) -> Iterable[Term]:
    """T1 and T2: one quote per owner, D10 running from the visit [r.145, A5b]."""
    av = Contact(visited.av.name, visited.av.email)
    for share in shares(office.campaign, visited.report, av):
        owner = people.by_email(tx, share.owner.email)
        quote = _open_quote(tx, visited, share, owner.id if owner else None, now.date())
        open_deadline(
            tx,
            office,
            visited.dues[DeadlineKind.D10],
            about=About(Subject.QUOTE, quote),
            company=visited.company,
            owner=owner.id if owner else None,
            owner_email=share.owner.email,
            now=now,
        )
        yield Term(visited.dues[DeadlineKind.D10], share.owner.name)


def _open_quote(tx: Transaction, visited: Visited, share: Share, owner: int | None, today: date) -> int:
    return quotes.open_quote(
        tx,
        visit=visited.id,
        company=visited.company.id,
        kind=share.kind,
        owner=owner,
        owner_email=share.owner.email,
        opened_on=today,
        lines=share.interests,
    )


def _close_first_visit(tx: Transaction, company: Company, visited_on: date) -> None:
    """D1 is met by the first visit (A36)."""
    if company.is_new_member:
        deadlines.close(
            tx,
            kinds=[DeadlineKind.D1],
            about=About(Subject.COMPANY, company.id),
            on=visited_on,
            how="DATA VISITA",
        )
