"""Before a mail leaves: what would go to an address that nothing reaches goes to who stands in (decision 45).

Refuses to know how the address was found out, and to carry anything.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from actions.deliver import posted
from actions.office import Office
from actions.who_reads import passed_by, reads_instead, sent_on
from procedure.correspondence.bouncing import is_for_another_too
from procedure.notices import Mail
from procedure.notices_json import mail_to_json
from store import deliveries, outbox
from store.outbox import OutboxRow
from store.transaction import Transaction


def divert(tx: Transaction, office: Office, rows: list[OutboxRow], now: datetime) -> list[OutboxRow]:
    """These claimed mails, those to a bad address readdressed; where nobody stands in, it is tried all the
    same. Almost always nothing is bad: one short query.
    """
    bad = deliveries.bad(tx, now) if rows else {}
    return [_readdressed(tx, office, row, bad, now) for row in rows] if bad else rows


def _readdressed(
    tx: Transaction, office: Office, row: OutboxRow, bad: Mapping[str, str], now: datetime
) -> OutboxRow:
    try:
        mail = posted(row).mail
    except (ValueError, KeyError, TypeError):  # whoever carries it finds the same, and tells
        return row
    other = _instead(tx, office, mail, bad, now)
    if other is None or not isinstance(row.payload, dict):
        return row
    payload = {**row.payload, "mail": mail_to_json(other)}
    outbox.rewrite(tx, row.id, payload)
    return replace(row, payload=payload)


def _instead(
    tx: Transaction, office: Office, mail: Mail, bad: Mapping[str, str], now: datetime
) -> Mail | None:
    """The mail to who stands in for the first that it was meant for; of a copy, it is only left out."""
    cc = tuple(one for one in mail.cc if one.email.casefold() not in bad)
    to = tuple(one for one in mail.to if one.email.casefold() not in bad)
    if to:
        return replace(mail, to=to, cc=cc) if (to, cc) != (mail.to, mail.cc) else None
    if not is_for_another_too(mail.kind):
        return None
    besides = {*bad, *map(str, passed_by(mail)), *(one.email.casefold() for one in cc)}
    stand_in = reads_instead(tx, office, mail.to[0].email, besides, now)
    return replace(sent_on(mail, mail.to[0], stand_in), cc=cc) if stand_in else None
