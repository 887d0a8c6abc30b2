"""When and where each person wants to be written to. Refuses to judge: `procedure.hours` does."""

from collections.abc import Collection

from sqlalchemy import bindparam, select

from procedure.hours import DEFAULT, Preferences
from store.tables import preferences
from store.transaction import Transaction

_SET = (preferences.c.opens, preferences.c.closes, preferences.c.by_mail, preferences.c.also_by_mail)
_ROW = select(preferences.c.person_id, *_SET)
_SOME = _ROW.where(preferences.c.person_id.in_(bindparam("which", expanding=True)))
_AT_ONCE = 500
_OF_PERSON = _ROW.where(preferences.c.person_id == bindparam("person"))


def get(tx: Transaction, person: int) -> Preferences:
    """What the person has set; the defaults where they have set nothing."""
    row = tx.first(_OF_PERSON, {"person": person})
    return Preferences(row.opens, row.closes, row.by_mail, row.also_by_mail) if row else DEFAULT


def everybody(tx: Transaction) -> dict[int, Preferences]:
    """Those of all who have set something, by person."""
    return {key: Preferences(*chosen) for key, *chosen in tx.all(_ROW)}


def some(tx: Transaction, which: Collection[int]) -> dict[int, Preferences]:
    """Those of these people who have set something, by person."""
    every = [*which]
    some = (every[n : n + _AT_ONCE] for n in range(0, len(every), _AT_ONCE))
    rows = (row for few in some for row in tx.all(_SOME, {"which": few}))
    return {key: Preferences(*chosen) for key, *chosen in rows}


def put(tx: Transaction, person: int, chosen: Preferences) -> None:
    """Set them."""
    values = {
        "opens": chosen.opens,
        "closes": chosen.closes,
        "by_mail": chosen.by_mail,
        "also_by_mail": chosen.also_by_mail,
    }
    its = preferences.update().where(preferences.c.person_id == person)
    if tx.changed(its.values(values)) == 0:
        tx.execute(preferences.insert(), {"person_id": person, **values})
