"""Where the service had come to: the last morning swept, the last update fetched.

Refuses to know what they mean.
"""

from typing import Any

from sqlalchemy import select

from procedure.notices import Json
from store.tables import marks
from store.transaction import Transaction


def get(tx: Transaction, name: str) -> Any:
    """What was set under this name; None where nothing was."""
    return tx.scalar(select(marks.c.value).where(marks.c.name == name))


def put(tx: Transaction, name: str, value: Json) -> None:
    """Set it."""
    if tx.changed(marks.update().where(marks.c.name == name).values(value=value)) == 0:
        tx.execute(marks.insert(), {"name": name, "value": value})
