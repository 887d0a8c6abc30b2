"""What could not leave within its day never does: it is planned anew, with the truth of the next one.

A morning and a digest say how things stand on one day, in one person's hours; carried later they would say
what is no longer so. Refuses to know why nothing left.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from actions import digest
from actions.office import Office
from store import mornings, outbox
from store.outbox import OutboxRow
from store.transaction import Transaction


def take_back(tx: Transaction, office: Office, now: datetime) -> int:
    """Plan anew what has expired; nothing is queued here."""
    for row in outbox.expire(tx, now):
        context = _context(row)
        mornings.tell_again(tx, _deadlines_in(context), now.date())
        if "since" in context:
            digest.forget(tx, context["since"])
    return 0


def _context(row: OutboxRow) -> Mapping[str, Any]:
    payload: Any = row.payload
    context: Mapping[str, Any] = payload["mail"]["context"] if "mail" in payload else payload["context"]
    return context


def _deadlines_in(context: Mapping[str, Any]) -> Iterator[int]:
    """Those that a morning told of, or a sollecito by itself; a digest's are not its reader's to be told."""
    yield from (item["deadline"] for section in context.get("sections", ()) for item in section["items"])
    if "deadline" in context:
        yield context["deadline"]
