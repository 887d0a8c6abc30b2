"""One step of a guided dialogue: the draft loaded, the script replayed, the answer written. One verb, one transaction.

A draft in the store is the only truth: a tap says which draft and which revision it saw, and where that has passed
nothing is written and the question that stands is shown again. Refuses to know buttons, messages and mails.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.office import Office
from conversations.answers import Draft
from conversations.dialogue import Asking, Complete, Flow, Tap, Typed, answer, back, reopen, standing
from conversations.flows import FLOWS
from conversations.phrases import say
from conversations.quote import QuoteFacts
from conversations.steps import NotUnderstood
from conversations.upgrades import upgraded
from conversations.visit import VisitFacts
from procedure.errors import NotAllowed, Refusal
from procedure.italian import join_it
from procedure.people import Person
from procedure.permissions import may_tell, may_visit
from procedure.visits import Company
from store import audit, chats, drafts, quotes, register
from store.drafts import DraftRow
from store.transaction import Transaction

MISSES_BEFORE_HELP = 3


@dataclass(frozen=True, slots=True)
class Talk:
    """A dialogue as it stands, for whoever draws it. `note` is said above the question."""

    draft: int
    revision: int
    flow: Flow[Any, Any]
    company: Company
    state: Asking | Complete[Any]
    quote: int | None = None
    note: str = ""


def begin_visit(tx: Transaction, office: Office, person: Person, company: int, now: datetime) -> Talk:
    """Begin telling a visit, or resume the one begun.

    Raises:
        NotAllowed: the company is not this person's to visit.
        Refusal: `company_ceased`.
    """
    found = company_for_visit(tx, person, company, now)
    if found.ceased:
        raise Refusal("company_ceased", company=found.name)
    return _begin(tx, office, person, found, FLOWS["visit"], None, now)


def begin_about_quote(
    tx: Transaction, office: Office, person: Person, quote: int, flow: str, now: datetime
) -> Talk:
    """Begin (or resume) a short dialogue about a quote: its value, the reason, the day to come back.

    Raises:
        NotAllowed: the quote is not this person's.
    """
    found = quotes.get(tx, quote)
    company = register.company(tx, found.company) if found else None
    if not found or not company or not may_tell(person, found, company):
        raise _refused(tx, person, "quote", quote, now)
    return _begin(tx, office, person, company, FLOWS[flow], quote, now)


def resume(tx: Transaction, office: Office, person: Person, draft: int, now: datetime) -> Talk:
    """The dialogue as it stands, and the chat's focus on it.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    row = _own(tx, person, draft, now)
    chats.set_focus(tx, person.id, draft=row.id)
    return _talk(tx, office, row, now)


def tell(
    tx: Transaction,
    office: Office,
    person: Person,
    draft: int,
    raw: Tap | Typed,
    now: datetime,
    *,
    seen: int | None = None,
) -> Talk:
    """Answer the standing question. `seen` is the revision that a tapped button showed.

    What is not understood changes nothing: the question comes back with a hint, the third time with an offer of help.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    row = _own(tx, person, draft, now)
    if seen is not None and seen != row.draft.revision:
        return _talk(tx, office, row, now, note=say("talk.passed"))
    flow, facts = FLOWS[row.draft.flow], _facts(tx, office, row, now.date())
    try:
        content = answer(flow, facts, row.draft, raw)
    except NotUnderstood as hint:
        return _talk(tx, office, row, now, note=_hint(tx, person, hint))
    chats.set_focus(tx, person.id, draft=row.id)
    return _written(tx, office, row, content, now)


def go_back(tx: Transaction, office: Office, person: Person, draft: int, seen: int, now: datetime) -> Talk:
    """Ask the question before again; its answer stands until a new one is given."""
    row = _own(tx, person, draft, now)
    if seen != row.draft.revision:
        return _talk(tx, office, row, now, note=say("talk.passed"))
    content = back(FLOWS[row.draft.flow], _facts(tx, office, row, now.date()), row.draft)
    if content is row.draft:
        return _talk(tx, office, row, now, note=say("talk.first_question"))
    return _written(tx, office, row, content, now)


def edit(
    tx: Transaction, office: Office, person: Person, draft: int, seen: int, key: str, now: datetime
) -> Talk:
    """Ask one question of the recap again."""
    row = _own(tx, person, draft, now)
    if seen != row.draft.revision:
        return _talk(tx, office, row, now, note=say("talk.passed"))
    return _written(tx, office, row, reopen(row.draft, key), now)


def cancel(tx: Transaction, person: Person, draft: int, now: datetime) -> None:
    """Throw the draft away; the person has been asked twice.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    row = _own(tx, person, draft, now)
    drafts.close(tx, row.id, "cancelled", now)
    chats.set_focus(tx, person.id, draft=None)


def own_open_draft(tx: Transaction, person: Person, draft: int, now: datetime) -> DraftRow:
    """The open draft, if it is this person's; for the verbs that end it (`confirm_visit`, `tell_quote`)."""
    return _own(tx, person, draft, now)


def standing_talk(tx: Transaction, office: Office, row: DraftRow, now: datetime, note: str = "") -> Talk:
    """The dialogue of `row` as it stands."""
    return _talk(tx, office, row, now, note)


def company_for_visit(tx: Transaction, person: Person, company: int, now: datetime) -> Company:
    """The company, if it is this person's to visit.

    Raises:
        NotAllowed: it is not, or there is none.
    """
    found = register.company(tx, company)
    if not found or not may_visit(person, found):
        raise _refused(tx, person, "company", company, now)
    return found


def _begin(
    tx: Transaction,
    office: Office,
    person: Person,
    company: Company,
    flow: Flow[Any, Any],
    quote: int | None,
    now: datetime,
) -> Talk:
    row = drafts.open_of(tx, person.id, company.id, flow.name, quote=quote)
    note = say("talk.resumed") if row else ""
    row = row or drafts.create(tx, person.id, company.id, flow.begin(), now, quote=quote)
    chats.set_focus(tx, person.id, draft=row.id)
    return _talk(tx, office, row, now, note=note)


def _own(tx: Transaction, person: Person, draft: int, now: datetime) -> DraftRow:
    row = drafts.load(tx, draft)
    if row is None:
        raise Refusal("draft_closed")
    if row.person != person.id:
        raise _refused(tx, person, "draft", draft, now)
    return row


def _written(tx: Transaction, office: Office, row: DraftRow, content: Draft, now: datetime) -> Talk:
    if not drafts.save(tx, row.id, content, now):
        fresh = drafts.load(tx, row.id) or row
        return _talk(tx, office, fresh, now, note=say("talk.passed"))
    return _talk(tx, office, DraftRow(row.id, row.person, row.company, content, now, row.quote), now)


def _talk(tx: Transaction, office: Office, row: DraftRow, now: datetime, note: str = "") -> Talk:
    flow = FLOWS[row.draft.flow]
    draft = upgraded(flow, row.draft)
    state = standing(flow, _facts(tx, office, row, now.date()), draft)
    if isinstance(state, Asking) and state.changed:
        note = f"{note}\n{say('hint.changed')}".strip()
    return Talk(row.id, draft.revision, flow, _company(tx, row), state, row.quote, note)


def _company(tx: Transaction, row: DraftRow) -> Company:
    company = register.company(tx, row.company) if row.company is not None else None
    if company is None:
        raise Refusal("draft_closed")
    return company


def _facts(tx: Transaction, office: Office, row: DraftRow, today: date) -> Any:
    company = _company(tx, row)
    if row.quote is None:
        return VisitFacts(today, company, office.campaign.products)
    names = [office.campaign.product(line.product).name for line in quotes.lines(tx, row.quote)]
    return QuoteFacts(today, company.name, join_it(names))


def _hint(tx: Transaction, person: Person, hint: NotUnderstood) -> str:
    misses = chats.miss(tx, person.id)
    asked_help = misses >= MISSES_BEFORE_HELP
    sentence = hint.sentence or say("talk.nothing_asked")
    return f"{sentence}\n{say('hint.help')}" if asked_help else sentence


def _refused(tx: Transaction, person: Person, what: str, which: int, now: datetime) -> NotAllowed:
    audit.note(tx, now, person.email, "refused", {"what": what, "id": which})
    return NotAllowed("not_allowed")
