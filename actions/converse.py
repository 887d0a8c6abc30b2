"""One step of a guided dialogue: the draft loaded, the script replayed, the answer written. One verb, one
transaction.

A draft in the store is the only truth: a tap says which draft and which revision it saw, and where that
has passed
nothing is written and the question that stands is shown again. Refuses to know buttons, messages and mails.
"""

from dataclasses import dataclass
from typing import Any

from actions.turn import Turn
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


def begin_visit(turn: Turn, company: int) -> Talk:
    """Begin telling a visit, or resume the one begun.

    Raises:
        NotAllowed: the company is not this person's to visit.
        Refusal: `company_ceased`.
    """
    found = company_for_visit(turn, company)
    if found.ceased:
        raise Refusal("company_ceased", company=found.name)
    return _begin(turn, found, FLOWS["visit"], None)


def begin_about_quote(turn: Turn, quote: int, flow: str) -> Talk:
    """Begin (or resume) a short dialogue about a quote: its value, the reason, the day to come back.

    Raises:
        NotAllowed: the quote is not this person's.
    """
    found = quotes.get(turn.tx, quote)
    company = register.company(turn.tx, found.company) if found else None
    if not found or not company or not may_tell(turn.person, found, company):
        raise _refused(turn, "quote", quote)
    return _begin(turn, company, FLOWS[flow], quote)


def resume(turn: Turn, draft: int) -> Talk:
    """The dialogue as it stands, and the chat's focus on it.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    row = _own(turn, draft)
    chats.set_focus(turn.tx, turn.person.id, draft=row.id)
    return _talk(turn, row)


def tell(turn: Turn, draft: int, raw: Tap | Typed, *, seen: int | None = None) -> Talk:
    """Answer the standing question. `seen` is the revision that a tapped button showed.

    What is not understood changes nothing: the question comes back with a hint, the third time with an
    offer of help.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    row = _own(turn, draft)
    if seen is not None and seen != row.draft.revision:
        return _talk(turn, row, note=say("talk.passed"))
    flow, facts = FLOWS[row.draft.flow], _facts(turn, row)
    try:
        content = answer(flow, facts, row.draft, raw)
    except NotUnderstood as hint:
        return _talk(turn, row, note=_hint(turn, hint))
    chats.set_focus(turn.tx, turn.person.id, draft=row.id)
    return _written(turn, row, content)


def go_back(turn: Turn, draft: int, seen: int) -> Talk:
    """Ask the question before again; its answer stands until a new one is given."""
    row = _own(turn, draft)
    if seen != row.draft.revision:
        return _talk(turn, row, note=say("talk.passed"))
    content = back(FLOWS[row.draft.flow], _facts(turn, row), row.draft)
    if content is row.draft:
        return _talk(turn, row, note=say("talk.first_question"))
    return _written(turn, row, content)


def edit(turn: Turn, draft: int, seen: int, key: str) -> Talk:
    """Ask one question of the recap again."""
    row = _own(turn, draft)
    if seen != row.draft.revision:
        return _talk(turn, row, note=say("talk.passed"))
    return _written(turn, row, reopen(row.draft, key))


def cancel(turn: Turn, draft: int) -> None:
    """Throw the draft away; the person has been asked twice.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    row = _own(turn, draft)
    drafts.close(turn.tx, row.id, "cancelled", turn.now)
    chats.set_focus(turn.tx, turn.person.id, draft=None)


def own_open_draft(turn: Turn, draft: int) -> DraftRow:
    """The open draft, if it is this person's; for the verbs that end it (`confirm_visit`, `tell_quote`)."""
    return _own(turn, draft)


def standing_talk(turn: Turn, row: DraftRow, note: str = "") -> Talk:
    """The dialogue of `row` as it stands."""
    return _talk(turn, row, note)


def company_for_visit(turn: Turn, company: int) -> Company:
    """The company, if it is this person's to visit.

    Raises:
        NotAllowed: it is not, or there is none.
    """
    found = register.company(turn.tx, company)
    if not found or not may_visit(turn.person, found):
        raise _refused(turn, "company", company)
    return found


def _begin(turn: Turn, company: Company, flow: Flow[Any, Any], quote: int | None) -> Talk:
    row = drafts.open_of(turn.tx, turn.person.id, company.id, flow.name, quote=quote)
    note = say("talk.resumed") if row else ""
    row = row or drafts.create(turn.tx, turn.person.id, company.id, flow.begin(), turn.now, quote=quote)
    chats.set_focus(turn.tx, turn.person.id, draft=row.id)
    return _talk(turn, row, note=note)


def _own(turn: Turn, draft: int) -> DraftRow:
    row = drafts.load(turn.tx, draft)
    if row is None:
        raise Refusal("draft_closed")
    if row.person != turn.person.id:
        raise _refused(turn, "draft", draft)
    return row


def _written(turn: Turn, row: DraftRow, content: Draft) -> Talk:
    if not drafts.save(turn.tx, row.id, content, turn.now):
        fresh = drafts.load(turn.tx, row.id) or row
        return _talk(turn, fresh, note=say("talk.passed"))
    return _talk(turn, DraftRow(row.id, row.person, row.company, content, turn.now, row.quote))


def _talk(turn: Turn, row: DraftRow, note: str = "") -> Talk:
    flow = FLOWS[row.draft.flow]
    draft = upgraded(flow, row.draft)
    state = standing(flow, _facts(turn, row), draft)
    if isinstance(state, Asking) and state.changed:
        note = f"{note}\n{say('hint.changed')}".strip()
    return Talk(row.id, draft.revision, flow, _company(turn.tx, row), state, row.quote, note)


def _company(tx: Transaction, row: DraftRow) -> Company:
    company = register.company(tx, row.company) if row.company is not None else None
    if company is None:
        raise Refusal("draft_closed")
    return company


def _facts(turn: Turn, row: DraftRow) -> Any:
    company = _company(turn.tx, row)
    if row.quote is None:
        return VisitFacts(turn.today, company, turn.office.campaign.products)
    names = [turn.office.campaign.product(line.product).name for line in quotes.lines(turn.tx, row.quote)]
    return QuoteFacts(turn.today, company.name, join_it(names))


def _hint(turn: Turn, hint: NotUnderstood) -> str:
    misses = chats.miss(turn.tx, turn.person.id)
    asked_help = misses >= MISSES_BEFORE_HELP
    sentence = hint.sentence or say("talk.nothing_asked")
    return f"{sentence}\n{say('hint.help')}" if asked_help else sentence


def _refused(turn: Turn, what: str, which: int) -> NotAllowed:
    audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": what, "id": which})
    return NotAllowed("not_allowed")
