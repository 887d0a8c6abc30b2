"""What machines say: a mail did not arrive, or has by PEC; somebody is away; our own came back.

None of it touches a visit and none is answered, so no loop can begin here. A mail that did not arrive is told
and goes to who stands in. Refuses to know how a machine is recognised.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from actions.by_mail.absence_read import offer_absence
from actions.by_mail.reply import Reply
from actions.deliver import Posted, posted, tell_undelivered
from actions.office import Office
from actions.who_reads import send_instead, told_with
from conversations.phrases import say
from procedure.correspondence.bouncing import failed_receipt, missed, says_it_is_bad
from procedure.correspondence.deciding import Automated
from procedure.correspondence.machines import Automatic, Bounced, Receipt, Undelivered, reason_of
from store import deliveries, letters, outbox
from store.deliveries import BOUNCED, DELAYED, Delivery
from store.letters import Outcome
from store.transaction import Transaction


def record_machine(tx: Transaction, office: Office, reply: Reply, decision: Automated, now: datetime) -> None:
    """Write down what the machine says, tell whom it concerns, and settle the letter."""
    machine = decision.machine
    row = outbox.get(tx, decision.sent.outbox_id) if decision.sent else None
    mail = posted(row) if row else None
    match machine:
        case Automatic() if mail and offer_absence(tx, office, reply, mail.row.id, now):
            return
        case Bounced(_, undelivered) if mail:
            its = _Bounce(tx, office, mail, reply.letter, now)
            for number, failed in enumerate(_failures(mail, undelivered)):
                its.record(failed, number)
        case Receipt() if mail:
            _received(_Bounce(tx, office, mail, reply.letter, now), machine)
    about = mail.mail.about if mail else None
    reason = reason_of(machine) if mail or not isinstance(machine, Bounced) else "bounce of no mail of ours"
    letters.settle(tx, reply.letter, outcome=Outcome.IGNORED, reason=reason, about=about, now=now)


def _failures(mail: Posted, undelivered: tuple[Undelivered, ...]) -> Iterator[Undelivered]:
    """What failed; a bounce that names no address speaks of the only one that the mail had, but does not say
    that it is bad.
    """
    yield from undelivered
    everyone = (*mail.mail.to, *mail.mail.cc)
    if not undelivered and len(everyone) == 1:
        yield Undelivered(everyone[0].email, permanent=True, status="5.0")


def _received(its: "_Bounce", receipt: Receipt) -> None:
    """A receipt of PEC (RFC 6109): kept; one that says it will not arrive is a bounce."""
    kind = receipt.kind.strip().casefold()
    addresses = receipt.addresses or tuple(one.email for one in (*its.mail.mail.to, *its.mail.mail.cc))
    for number, address in enumerate(addresses):
        if failed_receipt(kind):
            its.record(Undelivered(address, permanent=True, status="5.0", words=kind), number)
        else:
            its.note(address, kind, "")


@dataclass(frozen=True, slots=True)
class _Bounce:
    """A mail that came back, while its transaction lasts."""

    tx: Transaction
    office: Office
    mail: Posted
    letter: int
    now: datetime

    def note(self, address: str, kind: str, words: str) -> None:
        """Keep what the server said."""
        deliveries.note(self.tx, Delivery(self.mail.row.id, self.letter, address, kind, words, self.now))

    def record(self, failed: Undelivered, number: int) -> None:
        """It did not arrive there: kept; and for good, told once and sent to who stands in."""
        contact = missed(self.mail.mail, failed.address)
        is_known = contact is not None and self._is_known(contact.email)
        address = contact.email if contact else failed.address
        self.note(address, BOUNCED if failed.permanent else DELAYED, failed.words)
        if contact is None or is_known or not failed.permanent:
            return
        if says_it_is_bad(failed) and contact.email.casefold() == failed.address.casefold():
            deliveries.mark_bad(self.tx, contact.email, failed.words or failed.status, self.now)
        heard = f"{self.letter}.{number}."
        other = send_instead(self.tx, self.office, self.mail, contact, heard, now=self.now)
        told = {contact.email: told_with(failed.words or say("delivery.no_words"), other)}
        tell_undelivered(self.tx, self.mail, told, self.office.minting, self.now, heard=heard)

    def _is_known(self, address: str) -> bool:
        """True where it has been said before: several servers may tell of the same mail."""
        said = deliveries.of_mail(self.tx, self.mail.row.id)
        return any(one.kind == BOUNCED and one.address == address.casefold() for one in said)
