"""On the first working day of the month each RS reads which paper copies are missing at the sede (A64, M17).

Refuses to know how a copy gets into the archive; `file_paper` does.
"""

from datetime import datetime
from typing import Final

from actions.deliver import put_push
from actions.monthly import whose_month_begins
from actions.office import Office
from procedure.italian import write_date
from procedure.notices import About, Json, Push, Subject
from procedure.people import Person, Role
from store import paper_copies, people
from store.paper_copies import MissingCopy
from store.transaction import Transaction

PATIENCE: Final = 5
"""Working days from the delivery in which a copy may well be on its way."""


def list_missing_copies(tx: Transaction, office: Office, now: datetime) -> int:
    """Queue the month's lists; how many. A sede without an RS is read by RPS (A42).

    Where nothing is missing nothing is said.
    """
    readers = {site.name: _readers(tx, site.name) for site in office.campaign.sites}
    everybody = {one.id: one for of_site in readers.values() for one in of_site}
    ready = {one.id for one in whose_month_begins(tx, office, now, "missing_copies", everybody.values())}
    queued = 0
    for site, of_site in readers.items():
        told = [one for one in of_site if one.id in ready]
        if told and (copies := overdue(tx, office, site, now)):
            queued += sum(put_push(tx, _list(site, one, copies, now), now=now) for one in told)
    return queued


def overdue(tx: Transaction, office: Office, site: str, now: datetime) -> list[MissingCopy]:
    """The copies missing at a sede more than five of its working days after the delivery."""
    calendar = office.calendar(site)
    missing = paper_copies.missing_at(tx, site)
    return [copy for copy in missing if calendar.between(copy.delivered_on, now.date()) > PATIENCE]


def _readers(tx: Transaction, site: str) -> list[Person]:
    return people.with_role(tx, Role.RS, site) or people.with_role(tx, Role.RPS)


def _list(site: str, reader: Person, copies: list[MissingCopy], now: datetime) -> Push:
    rows: list[Json] = [
        {
            "quote": copy.quote,
            "company": copy.company,
            "ref": copy.company_ref,
            "day": write_date(copy.delivered_on),
            "owner": copy.owner,
        }
        for copy in copies
    ]
    key = f"missing_copies:{site}:{reader.id}:{now:%Y-%m}"
    return Push(
        key, "missing_copies", About(Subject.PERSON, reader.id), reader.id, {"site": site, "copies": rows}
    )
