"""The one way in: a link for one person, good once and for a while.

Refuses to know the token, only its hash.
"""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import select

from procedure.people import Person
from store import people
from store.tables import invitations
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The account is now this person's."""

    person: Person


class Unredeemed(enum.StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    LEFT = "left"  # the person has left the organisation
    ACCOUNT_TAKEN = "account_taken"  # the account belongs to another person


Redemption: TypeAlias = Redeemed | Unredeemed


def create(tx: Transaction, person: int, *, token_hash: str, expires_at: datetime, now: datetime) -> None:
    """A new link for this person."""
    values = {"person_id": person, "token_hash": token_hash, "expires_at": expires_at, "created_at": now}
    tx.insert(invitations, values)


def redeem(tx: Transaction, token_hash: str, telegram_id: int, now: datetime) -> Redemption:
    """Tie the account to the person the link was made for; a new phone replaces the old one."""
    link = tx.first(select(invitations).where(invitations.c.token_hash == token_hash))
    if link is None:
        return Unredeemed.UNKNOWN
    refused = _refused(tx, link, telegram_id, now)
    if refused is not None:
        return refused
    used = invitations.update().where(invitations.c.id == link.id)
    tx.execute(used.values(redeemed_at=now, telegram_id=telegram_id))
    people.bind_telegram(tx, link.person_id, telegram_id)
    person = people.by_telegram(tx, telegram_id)
    return Redeemed(person) if person else Unredeemed.LEFT


def _refused(tx: Transaction, link: AnyRow, telegram_id: int, now: datetime) -> Unredeemed | None:
    if link.redeemed_at is not None:
        return Unredeemed.USED
    if link.expires_at <= now:
        return Unredeemed.EXPIRED
    owner = people.by_telegram(tx, telegram_id)
    if owner is not None and owner.id != link.person_id:
        return Unredeemed.ACCOUNT_TAKEN
    return None if people.is_here(tx, link.person_id) else Unredeemed.LEFT
