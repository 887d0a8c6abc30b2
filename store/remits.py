"""What an EM, an EA and a CS answer for [r.78-80]. Refuses to judge who may be given what."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from procedure.attribution import Remit
from store.people import normal
from store.tables import people, remits
from store.transaction import Transaction

_TRADE, _SITE, _FIRM = "trade", "site", "firm"


def sync(tx: Transaction, listed: Mapping[str, Remit]) -> None:
    """Make the remits those of the list, by the persons' addresses; who is not in it has none."""
    ids = {row.email: row.id for row in tx.all(select(people.c.id, people.c.email))}
    tx.execute(remits.delete())
    rows = [
        row for email, remit in listed.items() if (who := ids.get(normal(email))) for row in _rows(who, remit)
    ]
    if rows:
        tx.execute(remits.insert(), rows)


def by_person(tx: Transaction) -> dict[int, Remit]:
    """The remit of everyone who has one."""
    kept: dict[int, dict[str, set[str]]] = {}
    for row in tx.all(select(remits)):
        kept.setdefault(row.person_id, {}).setdefault(row.kind, set()).add(row.value)
    return {person: _remit(of) for person, of in kept.items()}


def _rows(person: int, remit: Remit) -> Iterator[dict[str, Any]]:
    told = {_TRADE: remit.trades, _SITE: remit.sites, _FIRM: {remit.firm} if remit.firm else ()}
    for kind, values in told.items():
        for value in sorted(values):
            yield {"person_id": person, "kind": kind, "value": value}


def _remit(kept: Mapping[str, set[str]]) -> Remit:
    firm = min(kept.get(_FIRM, {""}))
    return Remit(frozenset(kept.get(_TRADE, ())), frozenset(kept.get(_SITE, ())), firm)
