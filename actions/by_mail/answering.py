"""A reply under way: the mail it answers, whose company it is about, and how people hear of it.

What every effect of `actions.by_mail` is given. Refuses to know what the reply says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from actions.by_mail.quote import quote_of
from actions.by_mail.refused_files import not_taken
from actions.by_mail.reply import Reply
from actions.deliver import put_mail, put_push
from actions.office import Office
from procedure.campaign import Contact
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from store import letters, people, quotes, register, visits
from store.letters import Outcome
from store.transaction import Transaction

LONGEST_WORDS = 160


def on_one_line(text: str) -> str:
    """The words as they are quoted back: one line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORDS else line[: LONGEST_WORDS - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Answering:
    """A reply matched to the mail it answers, while its transaction lasts.

    Attributes:
        outbox: the row of that mail.
        authority: who answers for what was written, where that is not its sender: they confirmed it.
    """

    tx: Transaction
    office: Office
    reply: Reply
    mail: Mail
    now: datetime
    outbox: int = 0
    authority: Contact | None = None

    @property
    def today(self) -> date:
        """The day it is recorded."""
        return self.now.date()

    @property
    def sender(self) -> Contact:
        """Who wrote."""
        return self.reply.sender

    @property
    def words(self) -> str:
        """What the sender wrote, on one line."""
        return on_one_line(self.reply.text)

    @property
    def about(self) -> About:
        """What the reply is about: a morning's, its one quote."""
        quote = quote_of(self.tx, self.mail) if self.mail.kind is MailKind.MORNING else None
        return About(Subject.QUOTE, quote.id) if quote else self.mail.about

    @property
    def visit(self) -> int:
        """The visit that the mail came from; 0 where it came from none."""
        about = self.about
        if about.kind is Subject.VISIT:
            return about.id
        quote = quotes.get(self.tx, about.id) if about.kind is Subject.QUOTE else None
        return quote.visit if quote else 0

    def settle(self, outcome: Outcome, reason: str) -> None:
        """Say what came of the letter."""
        letters.settle(
            self.tx, self.reply.letter, outcome=outcome, reason=reason, about=self.about, now=self.now
        )

    def tell_av(self, screen: str, context: Mapping[str, Json]) -> None:
        """Tell the AV of the visit, unless it was the AV who wrote."""
        visit = visits.get(self.tx, self.visit)
        company = register.company(self.tx, visit.report.company) if visit else None
        av = people.by_id(self.tx, visit.av) if visit else None
        if company and av and av.email != self.sender.email.casefold():
            told: dict[str, Json] = {"company": company.name, "who": self.called, **context}
            told["letter"] = self.reply.letter
            key = f"letter:{self.reply.letter}:{screen}"
            put_push(self.tx, Push(key, screen, self.about, av.id, told), now=self.now)

    @property
    def called(self) -> str:
        """The sender as the mail that is answered called them."""
        wanted = self.sender.email.casefold()
        known = (c.name for c in (*self.mail.to, *self.mail.cc) if c.email.casefold() == wanted)
        return next(known, self.sender.name or self.sender.email)

    def answer(self, kind: MailKind, context: Mapping[str, Json]) -> None:
        """Write back to the sender, on the thread of the letter (N8, N9)."""
        common = {
            key: value
            for key, value in self.mail.context.items()
            if isinstance(value, str) or key == "numbered"  # a list's answer may be answered by number again
        }
        key = f"letter:{self.reply.letter}:{kind.value}"
        files: dict[str, Json] = {"not_taken": not_taken(self.reply.enclosures)}
        whole = {**self._company(), **common, **files, **context}
        to = Contact(self.called, self.sender.email)
        mail = Mail(key, kind, self.about, (to,), (), whole)
        put_mail(
            self.tx,
            mail,
            minted_by=self.office.minting,
            now=self.now,
            in_reply_to=self.reply.message_id,
            references=self.reply.thread,
        )
        letters.answered(self.tx, self.reply.letter, self.now)

    def _company(self) -> dict[str, Json]:
        """Of a quote, the company that it is for: a morning's mail names it among others."""
        quote = quote_of(self.tx, self.mail)
        company = register.company(self.tx, quote.company) if quote else None
        return {"company": company.name, "company_ref": company.ref} if company else {}
