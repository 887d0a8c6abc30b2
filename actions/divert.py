"""Mails on their way past addresses that nothing reaches: to who stands in, before they leave and after a
server refused them (decision 45).

Refuses to carry anything, and to know what a bounce looks like.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from actions.deliver import Posted, posted
from actions.office import Office
from actions.who_reads import passed_by, reads_instead, send_instead, sent_on, told_with
from procedure.correspondence.bouncing import is_for_another_too, missed, says_it_is_bad
from procedure.correspondence.machines import Undelivered
from procedure.notices import Mail
from procedure.notices_json import mail_to_json
from store import deliveries, outbox
from store.outbox import OutboxRow
from store.transaction import Transaction

_STATUS: Final = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
_UNTOLD: Final = "5.0"
"""A refusal without an enhanced status may be of the mail as well: it marks no address."""


@dataclass(frozen=True, slots=True)
class Detours:
    """What whoever carries mails asks of this room."""

    office: Office

    def before(self, tx: Transaction, rows: list[OutboxRow], now: datetime) -> list[OutboxRow]:
        """These claimed mails, those to a bad address readdressed; where nobody stands in, it is tried all
        the same. Almost always nothing is bad: one short query.
        """
        bad = deliveries.bad(tx, now) if rows else {}
        return [self._readdressed(tx, row, bad, now) for row in rows] if bad else rows

    def after(
        self, tx: Transaction, mail: Posted, refused: Mapping[str, str], now: datetime
    ) -> dict[str, str]:
        """A server refused these for good, by address with its words: each mail goes on to who stands in; the
        words, and who has got it.
        """
        return {address: self._refused(tx, mail, address, words, now) for address, words in refused.items()}

    def _refused(self, tx: Transaction, mail: Posted, address: str, words: str, now: datetime) -> str:
        contact, status = missed(mail.mail, address), _STATUS.search(words)
        if contact is None:
            return words
        failed = Undelivered(address, permanent=True, status=status.group() if status else _UNTOLD)
        if says_it_is_bad(failed):
            deliveries.mark_bad(tx, address, words, now)
        other = send_instead(tx, self.office, mail, contact, f"refused:{address.casefold()}", now=now)
        return told_with(words, other)

    def _readdressed(
        self, tx: Transaction, row: OutboxRow, bad: Mapping[str, str], now: datetime
    ) -> OutboxRow:
        try:
            mail = posted(row).mail
        except (ValueError, KeyError, TypeError):  # whoever carries it finds the same, and tells
            return row
        other = self._instead(tx, mail, bad, now)
        if other is None or not isinstance(row.payload, dict):
            return row
        payload = {**row.payload, "mail": mail_to_json(other)}
        outbox.rewrite(tx, row.id, payload)
        return replace(row, payload=payload)

    def _instead(self, tx: Transaction, mail: Mail, bad: Mapping[str, str], now: datetime) -> Mail | None:
        """The mail to who stands in for the first that it was meant for; of a copy, it is only left out."""
        cc = tuple(one for one in mail.cc if one.email.casefold() not in bad)
        to = tuple(one for one in mail.to if one.email.casefold() not in bad)
        if to:
            return replace(mail, to=to, cc=cc) if (to, cc) != (mail.to, mail.cc) else None
        if not is_for_another_too(mail.kind):
            return None
        besides = {*bad, *map(str, passed_by(mail)), *(one.email.casefold() for one in cc)}
        stand_in = reads_instead(tx, self.office, mail.to[0].email, besides, now)
        return replace(sent_on(mail, mail.to[0], stand_in), cc=cc) if stand_in else None
