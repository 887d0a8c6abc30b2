"""One step of a guided dialogue: the draft loaded, the script replayed, the answer written. One verb, one
transaction.

A draft in the store is the only truth: a tap says which draft and which revision it saw, and where that
has passed
nothing is written and the question that stands is shown again. Refuses to know buttons, messages and mails.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeAlias

from actions.grounds import GROUNDS, Grounds
from actions.quote_facts import quote_to_discuss
from actions.turn import Turn
from actions.watch_report import report_dropped
from conversations.answers import Draft, Json
from conversations.dialogue import Asking, Complete, Flow, Tap, Typed, back, reopen, standing, told
from conversations.flows import FLOWS
from conversations.form import Filled, Lines, fill
from conversations.phrases import say
from conversations.steps import NotUnderstood
from conversations.upgrades import upgraded
from conversations.visit import VISIT
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Subject
from procedure.permissions import may_visit
from procedure.visits import Company
from store import audit, drafts, register
from store.drafts import DraftRow

State: TypeAlias = Asking | Complete[Any]


@dataclass(frozen=True, slots=True)
class Talk:
    """A dialogue as it stands, for whoever draws it. `note` is said above the question.

    `understood` is False where what was told is no answer; nothing was written then.
    """

    row: DraftRow
    flow: Flow[Any, Any]
    grounds: Grounds
    state: State
    note: str = ""
    understood: bool = True

    @property
    def draft(self) -> int:
        """The draft's id."""
        return self.row.id

    @property
    def title(self) -> str:
        """What it is about, in the words of people: a company's name."""
        return self.grounds.title

    @property
    def revision(self) -> int:
        """The draft's revision, which every button carries."""
        return self.row.draft.revision


@dataclass(frozen=True, slots=True)
class _Open:
    """A draft with all that its script needs."""

    row: DraftRow
    flow: Flow[Any, Any]
    grounds: Grounds

    @property
    def facts(self) -> Any:
        """What the script needs to know."""
        return self.grounds.facts

    def talk(self, note: str = "", *, understood: bool = True, state: State | None = None) -> Talk:
        """The dialogue as it stands; `state`, where it is known already."""
        state = state or standing(self.flow, self.facts, self.row.draft)
        if isinstance(state, Asking) and state.changed:
            note = f"{note}\n{say('hint.changed')}".strip()
        return Talk(self.row, self.flow, self.grounds, state, note, understood)


def begin_visit(turn: Turn, company: int) -> Talk:
    """Begin telling a visit, or resume the one begun.

    Raises:
        NotAllowed: the company is not this person's to visit.
        Refusal: `company_ceased`.
    """
    visitable(turn, company)
    return begin(turn, "visit", About(Subject.COMPANY, company), company=company)


def visitable(turn: Turn, company: int) -> Company:
    """The company, which this person may visit.

    Raises:
        NotAllowed: it is not this person's to visit.
        Refusal: `company_ceased`.
    """
    found = register.company(turn.tx, company)
    if not found or not may_visit(turn.person, found):
        raise _refused(turn, "company", company)
    if found.ceased:
        raise Refusal("company_ceased", company=found.name)
    return found


def begin_about_quote(turn: Turn, quote: int, flow: str, **answers: Json) -> Talk:
    """Begin (or resume) a short dialogue about a quote; what the tap has said already is in `answers`.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: its state leaves nothing to ask; see `actions.quote_facts.quote_to_discuss`.
    """
    _, company = quote_to_discuss(turn, quote, flow)
    return begin(turn, flow, About(Subject.QUOTE, quote), company=company.id, answers=answers)


def resume(turn: Turn, draft: int, note: str = "") -> Talk:
    """The dialogue as it stands.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    return _opened(turn, draft).talk(note)


def tell(turn: Turn, draft: int, raw: Tap | Typed, *, seen: int | None = None) -> Talk:
    """Answer the standing question. `seen` is the revision that a tapped button showed.

    What is not understood changes nothing: the question comes back with a hint.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    its = _opened(turn, draft)
    if seen is not None and seen != its.row.draft.revision:
        return its.talk(say("talk.passed"))
    try:
        content, state = told(its.flow, its.facts, its.row.draft, raw)
    except NotUnderstood as hint:
        return its.talk(hint.sentence or say("talk.nothing_asked"), understood=False)
    return _written(turn, its, content, state)


def tell_lines(turn: Turn, draft: int, lines: Lines) -> tuple[Talk, Filled]:
    """Answer as many questions as the lines of a form do, in one revision; and what they leave open.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    its = _opened(turn, draft)
    filled = fill(its.flow, its.facts, its.row.draft, lines)
    if filled.draft is its.row.draft:
        return its.talk(), filled
    return _written(turn, its, filled.draft), filled


def go_back(turn: Turn, draft: int, seen: int) -> Talk:
    """Ask the question before again; its answer stands until a new one is given."""
    its = _opened(turn, draft)
    if seen != its.row.draft.revision:
        return its.talk(say("talk.passed"))
    content = back(its.flow, its.facts, its.row.draft)
    if content is its.row.draft:
        return its.talk(say("talk.first_question"))
    return _written(turn, its, content)


def edit(turn: Turn, draft: int, seen: int, key: str) -> Talk:
    """Ask one question of the recap again."""
    its = _opened(turn, draft)
    known = any(answered.step.key == key for answered in its.talk().state.trail)
    if seen != its.row.draft.revision or not known:
        return its.talk(say("talk.passed"))
    return _written(turn, its, reopen(its.row.draft, key))


def cancel(turn: Turn, draft: int) -> None:
    """Throw the draft away; the person has been asked twice.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`.
    """
    row = _own(turn, draft)
    drafts.close(turn.tx, row.id, "cancelled", turn.now)
    if row.draft.flow == VISIT.name:
        report_dropped(turn.tx, row.about.id, turn.now)


def begin(
    turn: Turn,
    flow: str,
    about: About,
    *,
    company: int | None = None,
    answers: Mapping[str, Json] = MappingProxyType({}),
) -> Talk:
    """Begin a dialogue, or resume the one begun. Whoever calls has checked that the person may.

    `answers` are given already, by the button that began it.

    Raises:
        Refusal: `draft_closed`: what it is about is gone.
    """
    row = drafts.open_of(turn.tx, turn.person.id, about, flow)
    note = say("talk.resumed") if row and not answers else ""
    if row is None:
        begun = _with(FLOWS[flow].begin(), answers)
        row = drafts.create(turn.tx, turn.person.id, about, begun, turn.now, company=company)
    its = _on_its_grounds(turn, row)
    if all(its.row.draft.answers.get(key) == value for key, value in answers.items()):
        return its.talk(note)
    return _written(turn, its, _with(its.row.draft, answers))


def _with(draft: Draft, answers: Mapping[str, Json]) -> Draft:
    for key, value in answers.items():
        draft = draft.with_answer(key, value)
    return draft


def _opened(turn: Turn, draft: int) -> _Open:
    return _on_its_grounds(turn, _own(turn, draft))


def _own(turn: Turn, draft: int) -> DraftRow:
    row = drafts.load(turn.tx, draft)
    if row is None:
        raise Refusal("draft_closed")
    if row.person != turn.person.id:
        raise _refused(turn, "draft", draft)
    return row


def _on_its_grounds(turn: Turn, row: DraftRow) -> _Open:
    flow = FLOWS[row.draft.flow]
    row = replace(row, draft=upgraded(flow, row.draft))
    return _Open(row, flow, GROUNDS[flow.name](turn, row.about.id))


def _written(turn: Turn, its: _Open, content: Draft, state: State | None = None) -> Talk:
    if not drafts.save(turn.tx, its.row.id, content, turn.now):
        return _opened(turn, its.row.id).talk(say("talk.passed"))
    return replace(its, row=replace(its.row, draft=content)).talk(state=state)


def _refused(turn: Turn, what: str, which: int) -> NotAllowed:
    audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": what, "id": which})
    return NotAllowed("not_allowed")
