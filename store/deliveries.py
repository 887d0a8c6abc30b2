"""What servers told of mails after they had left; and the addresses that are not written to now.

Refuses to know how a server says it, and who reads in place of whom.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from store.tables import bad_addresses, deliveries
from store.transaction import Transaction

SHUNNED_FOR: Final = timedelta(days=7)
"""How long an address that does not exist is not written to; then it is tried again (decision 45)."""

BOUNCED: Final = "bounced"
DELAYED: Final = "delayed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing a server said of a mail: `bounced`, `delayed`, or the name of a receipt of PEC."""

    outbox: int
    letter: int
    address: str
    kind: str
    words: str
    at: datetime


def note(tx: Transaction, said: Delivery) -> None:
    """Keep it."""
    row = {
        "outbox_id": said.outbox,
        "letter_id": said.letter,
        "address": said.address.casefold()[:320],
        "kind": said.kind[:32],
        "words": said.words,
        "at": said.at,
    }
    tx.execute(deliveries.insert(), row)


def of_mail(tx: Transaction, outbox: int) -> list[Delivery]:
    """All that was said of the mail in this row of the outbox, as it came."""
    rows = tx.all(select(deliveries).where(deliveries.c.outbox_id == outbox).order_by(deliveries.c.id))
    return [Delivery(row.outbox_id, row.letter_id, row.address, row.kind, row.words, row.at) for row in rows]


def mark_bad(tx: Transaction, address: str, why: str, now: datetime) -> None:
    """Nothing arrives there: from now on, and why."""
    clear(tx, address)
    tx.execute(bad_addresses.insert(), {"address": address.casefold(), "since": now, "why": why})


def clear(tx: Transaction, address: str) -> None:
    """Somebody wrote from there: it is an address again."""
    tx.execute(bad_addresses.delete().where(bad_addresses.c.address == address.casefold()))


def bad(tx: Transaction, now: datetime) -> dict[str, str]:
    """The addresses that are not written to now, in lower case, and why; there are few."""
    rows = tx.all(select(bad_addresses).where(bad_addresses.c.since > now - SHUNNED_FOR))
    return {row.address: row.why for row in rows}


def bad_among(tx: Transaction, addresses: Iterable[str], now: datetime) -> dict[str, str]:
    """Those of these that are not written to now, in lower case, and why."""
    wanted = {address.casefold() for address in addresses}
    return {address: why for address, why in bad(tx, now).items() if address in wanted}
