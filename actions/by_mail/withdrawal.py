"""Whoever heard what a letter did hears that it was taken back; what has not left yet never does.

Refuses to know what was taken back: `actions.by_mail.undo` does it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from actions.deliver import posted, put_mail, put_push
from actions.office import Office
from conversations.phrases import say
from procedure.amending import Addressed, Amended, Amendment, amended
from procedure.campaign import Contact
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.notices_json import push_from_json
from procedure.people import Role
from procedure.routing import Visited
from store import outbox, people, quotes, register, visits
from store.outbox import Channel, OutboxRow, State
from store.recorded import Recorded
from store.transaction import Transaction

_LEFT: Final = frozenset({State.SENT, State.UNCERTAIN, State.IN_FLIGHT})

_ASKED: Final = frozenset(
    {
        *(MailKind.E1_UNCOLLECTED_TO_RPA, MailKind.E2_UNCOLLECTED_TO_RECOVERY, MailKind.E3_CORRECTIONS_TO_RA),
        *(MailKind.E4_FORMS_TO_OFFICE, MailKind.E6_RID_TO_RPA, MailKind.E7_QUOTE_TO_AM),
        *(MailKind.E8_QUOTES_TO_RPS, MailKind.E9_CATALOGUE_TO_REFERENCE, MailKind.A8_AGREEMENT_TO_RECOVERY),
        *(MailKind.E10_ACCEPTED_TO_SERVICES, MailKind.E11_ACCEPTED_TO_RPA, MailKind.AMENDED),
    }
)
"""Mails on which their readers act: N7 tells them that it holds no longer."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Whoever heard what the letter did, hears that it holds no longer."""

    tx: Transaction
    office: Office
    found: Recorded
    what: str
    by: Contact
    now: datetime

    def tell(self, queued: Iterable[int], *, hears_anyway: bool) -> None:
        """What waits is withdrawn; of what has left, a mail is corrected and a person told.

        The AV is told too, unless they hear of the answer that took it back (`hears_anyway`).
        """
        hears = set(self._av())
        for row in self._queued(queued):
            if row.done_at is None and row.claimed_until is None:
                outbox.withdraw(self.tx, row.id, self.now)
            elif row.state in _LEFT and row.channel is Channel.CHAT:
                hears.add(push_from_json(row.payload).person)  # type: ignore[arg-type] # a chat row is one
            elif row.state in _LEFT:
                self._correct(posted(row).mail)
        for person in sorted(hears - set(self._av()) if hears_anyway else hears):
            self._tell(person)

    def _queued(self, queued: Iterable[int]) -> Iterator[OutboxRow]:
        """What the letter set off, and what that became: a rest put off, a mail in a message's place."""
        for key in queued:
            if row := outbox.get(self.tx, key):
                yield row
                yield from outbox.waiting(self.tx, f"{row.key}~", f"{row.key}:mail")

    def _av(self) -> Iterable[int]:
        """The AV of the visit, unless it is they who take it back."""
        visit = self._visited()
        return () if visit is None or visit.av.email == self.by.email.casefold() else (visit.av.id,)

    def _tell(self, person: int) -> None:
        visited = self._visited()
        context: dict[str, Json] = {
            "company": visited.company.name if visited else "",
            "who": self.by.name or self.by.email,
            "what": self.what,
        }
        key = f"letter:{self.found.id}:undone:{person}"
        about = self.found.about or About(Subject.PERSON, person)
        put_push(self.tx, Push(key, "reply_undone", about, person, context), now=self.now)

    def _correct(self, mail: Mail) -> None:
        """N7 to those whom it reached, where they act on it."""
        visited = self._visited()
        key = f"letter:{self.found.id}:undone:{mail.key}"
        if visited is None or mail.kind not in _ASKED:
            return
        field = Amended(say("undo.field"), self.what, say("undo.value"))
        reason = say("undo.reason")
        what = Amendment(key, mail.about, (field,), reason, self.by.name or self.by.email)
        correction = amended(self.office.campaign, visited, what, Addressed(mail.asks, Role.RPA, mail.to))
        if correction:
            put_mail(self.tx, correction, minted_by=self.office.minting, now=self.now)

    def _visited(self) -> Visited | None:
        """The visit that the letter is about, as mails tell it."""
        about: Any = self.found.about
        quote = quotes.get(self.tx, about.id) if about and about.kind is Subject.QUOTE else None
        number = quote.visit if quote else about.id if about and about.kind is Subject.VISIT else 0
        visit = visits.get(self.tx, number)
        company = register.company(self.tx, visit.report.company) if visit else None
        av = people.by_id(self.tx, visit.av) if visit else None
        return Visited(visit.id, visit.report, company, av, {}) if visit and company and av else None
