"""The outcome Crediti changes after the visit; whoever had been told of it hears what holds now (A8).

From Non riscosso: N7 to those who had E1 and E2, who must not chase a credit that is paid. To it: E1 and E2.
Refuses to know how it was asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from actions.converse import Talk, begin
from actions.credit_facts import own_visit
from actions.deliver import put_mail
from actions.turn import Turn
from conversations.credit import CHANGE_CREDIT, CreditChange, said
from procedure.amending import Addressed, Amended, Amendment, amended
from procedure.errors import Refusal
from procedure.notices import About, Mail, MailKind, Subject
from procedure.notices_json import mail_from_json
from procedure.people import Role
from procedure.routing import Visited, credit_mails
from procedure.visits import Company, CreditOutcome
from store import history, outbox, people, visits
from store.history import Hand
from store.transaction import Transaction
from store.visits import RecordedVisit

_TOLD = (
    (MailKind.E1_UNCOLLECTED_TO_RPA, Role.RPA),
    (MailKind.E2_UNCOLLECTED_TO_RECOVERY, Role.RECOVERY),
)
"""Who hears of a credit that was not collected [r.99]."""


@dataclass(frozen=True, slots=True)
class CreditChanged:
    """What holds now, and the mails that leave."""

    company: Company
    outcome: str
    mails: tuple[Mail, ...]


def begin_changing_credit(turn: Turn, visit: int) -> Talk:
    """Begin (or resume) the dialogue.

    Raises:
        NotAllowed: the visit is not this person's.
    """
    _, company = own_visit(turn, visit)
    return begin(turn, CHANGE_CREDIT.name, About(Subject.VISIT, visit), company=company.id)


def changed_in_dialogue(turn: Turn, talk: Talk, result: CreditChange) -> CreditChanged:
    """Do what the confirmed dialogue says. See `change_credit`."""
    return change_credit(turn, talk.row.about.id, result)


def change_credit(turn: Turn, visit: int, change: CreditChange) -> CreditChanged:
    """Write the outcome that holds now, and tell whom it concerns.

    Raises:
        NotAllowed: the visit is not this person's.
        Refusal: `credit_same`.
    """
    recorded, company = own_visit(turn, visit)
    old = recorded.report
    if (old.credit, old.partly_collected) == (change.outcome, change.partly):
        raise Refusal("credit_same")
    hand = Hand(turn.person.email, turn.now, "chat")
    visits.set_credit(turn.tx, visit, change.outcome, partly=change.partly, hand=hand)
    mails = tuple(_mails(turn, recorded, company, change))
    for mail in mails:
        put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    return CreditChanged(company, said(change.outcome, change.partly), mails)


def _mails(turn: Turn, recorded: RecordedVisit, company: Company, change: CreditChange) -> Iterable[Mail]:
    av = people.by_id(turn.tx, recorded.av) or turn.person
    report = replace(recorded.report, credit=change.outcome, partly_collected=change.partly)
    visited = Visited(recorded.id, report, company, av, {})
    if recorded.report.credit is CreditOutcome.UNCOLLECTED:
        return tuple(_amended(turn, recorded, visited, change))
    again = f":{_changes(turn.tx, recorded.id)}"
    mails = credit_mails(turn.office.campaign, visited)
    silent = turn.office.campaign.sent_by_gestionale
    return tuple(replace(m, key=f"{m.key}{again}") for m in mails if m.kind.value not in silent)


def _amended(turn: Turn, recorded: RecordedVisit, visited: Visited, change: CreditChange) -> Iterable[Mail]:
    old = recorded.report
    field = Amended("Crediti", said(old.credit, old.partly_collected), said(change.outcome, change.partly))
    about = About(Subject.VISIT, recorded.id)
    key = f"visit:{recorded.id}:credit:{_changes(turn.tx, recorded.id)}"
    what = Amendment(key, about, (field,), change.reason, turn.person.name)
    for kind, role in _TOLD:
        mail = amended(turn.office.campaign, visited, what, _reached(turn.tx, recorded.id, kind, role))
        if mail:
            yield mail


def _reached(tx: Transaction, visit: int, kind: MailKind, role: Role) -> Addressed:
    """Whom the last mail of this kind about the visit reached; none, where it did not leave from here."""
    base = f"visit:{visit}:{kind.value}"
    keys = [*(f"{base}:{n}" for n in range(_changes(tx, visit), 0, -1)), base]
    for key in keys:
        row = outbox.by_key(tx, key)
        if row and isinstance(row.payload, dict) and isinstance(mail := row.payload["mail"], dict):
            return Addressed(kind, role, mail_from_json(mail).to)
    return Addressed(kind, role)


def _changes(tx: Transaction, visit: int) -> int:
    """How often the outcome has changed: what tells one change's mails from another's."""
    fields = {"credit", "partly_collected"}
    moments = {one.hand.at for one in history.changes(tx, "visits", visit) if one.field in fields}
    return len(moments)
