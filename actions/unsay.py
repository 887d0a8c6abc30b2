"""What waits to be told of a term by dates that hold no longer is taken back before it leaves.

A reminder by itself never leaves; out of a morning's message only the one line is taken. Refuses to know why
the dates changed.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from store import outbox
from store.transaction import Transaction


def unsay(tx: Transaction, terms: Collection[int], now: datetime) -> None:
    """Take back what no carrier has taken up yet of these deadlines."""
    for row in outbox.waiting(tx, "deadline:", "morning:"):
        payload: Any = row.payload
        context = payload["mail"]["context"] if "mail" in payload else payload["context"]
        if context.get("deadline") in terms:
            outbox.withdraw(tx, row.id, now)
        elif _takes_out(context, terms):
            if context["sections"]:
                outbox.rewrite(tx, row.id, payload)
            else:
                outbox.withdraw(tx, row.id, now)


def _takes_out(context: dict[str, Any], terms: Collection[int]) -> bool:
    """Leave these out of a morning's message; False where it says nothing of them."""
    sections = context.get("sections", [])
    kept = [_without(section, terms) for section in sections]
    if kept == sections:
        return False
    context["sections"] = [section for section in kept if section["items"]]
    return True


def _without(section: dict[str, Any], terms: Collection[int]) -> dict[str, Any]:
    return {**section, "items": [item for item in section["items"] if item["deadline"] not in terms]}
