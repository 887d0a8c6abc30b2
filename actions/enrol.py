"""Letting people in and out: the list of people, one-time invitations, leaving.

Refuses to know links and QR codes.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from procedure.people import Person
from store import audit, invitations, people
from store.invitations import Redeemed, Redemption
from store.transaction import Transaction


def invite(tx: Transaction, person: Person, valid_for: timedelta, now: datetime) -> str:
    """A token for one person, good once and until now + `valid_for`; only its hash is kept."""
    token = secrets.token_urlsafe(24)
    invitations.create(tx, person.id, token_hash=_hash(token), expires_at=now + valid_for, now=now)
    audit.note(tx, now, person.email, "invited", {})
    return token


def enter(tx: Transaction, token: str, telegram_id: int, now: datetime) -> Redemption:
    """Bind the Telegram account to the person whom the token was made for; or the reason why not."""
    outcome = invitations.redeem(tx, _hash(token), telegram_id, now)
    who = outcome.person.email if isinstance(outcome, Redeemed) else f"telegram:{telegram_id}"
    what = "entered" if isinstance(outcome, Redeemed) else "invitation_refused"
    audit.note(tx, now, who, what, {} if isinstance(outcome, Redeemed) else {"why": outcome.value})
    return outcome


def dismiss(tx: Transaction, person: Person, now: datetime) -> None:
    """The person leaves: the chat is closed to them from this moment."""
    people.leave(tx, person.id, now.date())
    audit.note(tx, now, person.email, "left", {})


def readmit(tx: Transaction, person: Person, now: datetime) -> None:
    """The person was dismissed by mistake: they are back, and need a new invitation for the chat."""
    people.readmit(tx, person.id)
    audit.note(tx, now, person.email, "readmitted", {})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
