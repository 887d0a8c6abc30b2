"""How the demo's past is made: invented people do what people do, by the real actions, on days gone by.

Each scene is a moment and what somebody did then. Nothing is written but by an action, so the past is such as
the service would have left it. Refuses to know the story.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

from actions.by_mail.record_reply import record_reply
from actions.by_mail.reply import Reply
from actions.confirm_visit import Confirmed
from actions.converse import Talk, begin_visit, tell
from actions.deliver import LEASE, claim_mails, posted, settle_sent
from actions.finish import finish
from actions.hand_over import hand_over
from actions.office import Office
from actions.remind import remind
from actions.tell_quote import tell_quote
from actions.turn import Turn
from conversations.dialogue import Asking, Tap, Typed
from conversations.steps import Many, Step, Words
from conversations.values import RegisterText
from emulator.letters import written
from mailer.reading.letter import read
from mailer.replying import reply_of
from procedure.correspondence.deciding import Matched
from procedure.notices import Mail, MailKind
from procedure.quotes import QuoteEvent
from procedure.visits import Company
from store import absences, letters, outbox, people, quotes, register
from store.outbox import Channel
from store.transaction import Transaction

Answers = Mapping[str, str | Sequence[str]]
"""By question: the button's key or the words; of a question with several answers, all of them."""

_PLAIN: Answers = {
    "credit": "none",
    "mode": "company",
    "register": (),
    "forms": "in_order",
    "interest": (),
    "why_none": "no_need",
    "mood": "good",
    "extras": (),
}
_SEASON = timedelta(days=90)
_MANY = 1000  # more rows than a story has


@dataclass
class Past:
    """The past while it is written, in one transaction. `confirmed` has each company's visit, by its code."""

    tx: Transaction
    office: Office
    confirmed: dict[str, Confirmed] = field(default_factory=dict)

    def turn(self, email: str, now: datetime) -> Turn:
        """That person's turn, then."""
        person = people.by_email(self.tx, email)
        if person is None:
            raise LookupError(email)
        return Turn(self.tx, self.office, person, now)

    def company(self, ref: str) -> Company:
        """The company of this internal code."""
        company = register.by_ref(self.tx, ref)
        if company is None:
            raise LookupError(ref)
        return company

    def carried(self, now: datetime) -> None:
        """What waited to leave has left, and lies in no mailbox: the emulator's are as old as the demo."""
        for row in claim_mails(self.tx, now, limit=_MANY):
            settle_sent(self.tx, posted(row), now)

    def told(self, now: datetime) -> None:
        """What waited to be told by chat has been read: nobody's telephone is older than the demo."""
        for row in outbox.claim(self.tx, Channel.CHAT, now, limit=_MANY, lease=LEASE):
            outbox.sent(self.tx, row.id, now)


class Scene(Protocol):
    """Something that happened."""

    @property
    def at(self) -> datetime:
        """When, in Italian time."""

    def happen(self, past: Past) -> None:
        """Write it."""


@dataclass(frozen=True)
class Visited:
    """An AV tells a visit of that day and confirms it; what `answers` leaves out is the plainest answer."""

    at: datetime
    who: str
    ref: str
    answers: Answers = field(default_factory=dict)

    def happen(self, past: Past) -> None:
        """Told and confirmed."""
        turn = past.turn(self.who, self.at)
        talk = _told(turn, past.company(self.ref), {**_PLAIN, **self._days(), **self.answers})
        confirmed = finish(turn, talk.draft, talk.revision)
        if not isinstance(confirmed, Confirmed):
            raise TypeError(f"the visit to {self.ref} is not complete: {talk.state} {talk.note}")
        past.confirmed[self.ref] = confirmed

    def _days(self) -> Answers:
        day = self.at.date()
        return {"visited_on": day.isoformat(), "next_contact": (day + _SEASON).isoformat()}


@dataclass(frozen=True)
class LeftInTheMiddle:
    """An AV begins to tell a visit, gives these answers and stops at the next question."""

    at: datetime
    who: str
    ref: str
    answers: Answers

    def happen(self, past: Past) -> None:
        """Told as far as it goes."""
        _told(past.turn(self.who, self.at), past.company(self.ref), self.answers)


@dataclass(frozen=True)
class Quoted:
    """The owner of a quote tells what became of it."""

    at: datetime
    who: str
    ref: str
    event: QuoteEvent
    value: Decimal | None = None

    def happen(self, past: Past) -> None:
        """Told."""
        turn = past.turn(self.who, self.at)
        [quote] = [
            quote.id
            for quote in quotes.of_visit(past.tx, past.confirmed[self.ref].visit)
            if quote.owner_email == self.who
        ]
        tell_quote(turn, quote, self.event, turn.today, channel="chat", value=self.value)


@dataclass(frozen=True)
class HandedOver:
    """An AV brings the signed forms: `kind` is D6 or D7."""

    at: datetime
    who: str
    ref: str
    kind: str

    def happen(self, past: Past) -> None:
        """Brought."""
        hand_over(past.turn(self.who, self.at), past.confirmed[self.ref].visit, self.kind)


@dataclass(frozen=True)
class Answered:
    """Who was written to answers that mail, in these words."""

    at: datetime
    ref: str
    kind: MailKind
    words: str

    def happen(self, past: Past) -> None:
        """Written, read and recorded."""
        mail = next(mail for mail in past.confirmed[self.ref].mails if mail.kind is self.kind)
        record_reply(past.tx, past.office, self._read(past, self._letter(past, mail)), self.at)

    def _letter(self, past: Past, mail: Mail) -> bytes:
        row = outbox.by_key(past.tx, mail.key)
        if row is None or row.message_id is None:
            raise LookupError(mail.key)
        [service] = {f"dopovisita@{past.office.minting.domain}"}
        letter = written(mail.to[0].email, [service], "Re:", self.words, at=self.at, seed=mail.key)
        letter["In-Reply-To"] = row.message_id
        return bytes(letter)

    def _read(self, past: Past, raw: bytes) -> Reply:
        """As `mailer.mailbox` does with what it fetches."""
        letter = read(raw)
        kept = letters.keep(
            past.tx,
            mailbox="storia",
            uidvalidity=1,
            uid=letters.last_uid(past.tx, "storia", 1) + 1,
            message_id=letter.message_id,
            raw=raw,
            now=self.at,
        )
        reply = reply_of(past.tx, past.office.minting.secret, kept or 0, letter, self.at)
        if kept is None or not isinstance(reply.decision, Matched):
            raise ValueError(f"the answer about {self.ref} answers nothing: {reply.decision}")
        return reply


@dataclass(frozen=True)
class Absent:
    """Somebody is away, both days included, and says who stands in."""

    at: datetime
    who: str
    first: date
    last: date
    deputy: str

    def happen(self, past: Past) -> None:
        """Recorded."""
        away, deputy = (past.turn(email, self.at).person.id for email in (self.who, self.deputy))
        absences.add(past.tx, away, self.first, self.last, deputy)


@dataclass(frozen=True)
class Morning:
    """The service reminds, as each working morning."""

    at: datetime

    def happen(self, past: Past) -> None:
        """Reminded."""
        remind(past.tx, past.office, self.at)


def _told(turn: Turn, company: Company, answers: Answers) -> Talk:
    """The visit told as far as the answers go."""
    numbers = {partner.id: number for number, partner in enumerate(company.partners, 1)}
    talk, asked = begin_visit(turn, company.id), ""
    while isinstance(talk.state, Asking) and talk.state.step.key != asked:
        step = talk.state.step
        answer = _answer_to(_name(step.key, numbers), answers)
        if answer is None:
            break
        for raw in _raws(step, answer):
            talk = tell(turn, talk.draft, raw)
        asked = step.key
    return talk


def _name(key: str, numbers: Mapping[int, int]) -> str:
    """A question about a socio by the socio's number in the company: `form:71:rid` is `form:1:rid`."""
    head, *rest = key.split(":")
    if head in {"forms", "form"} and rest:
        rest[0] = str(numbers.get(int(rest[0]), 1))
    return ":".join([head, *rest])


def _answer_to(name: str, answers: Answers) -> str | Sequence[str] | None:
    if name.startswith("need:"):
        return answers.get(name, "")
    return answers.get(name)


def _raws(step: Step[Any], answer: str | Sequence[str]) -> Iterable[Tap | Typed]:
    match step, answer:
        case Many(), _:
            return [*(Tap(key) for key in answer), Tap("=")]
        case ((Words() | RegisterText()), str(words)) if words:
            return [Typed(words)]
        case Words(), _:
            return [Tap("-")]
        case _, str(option):
            return [Tap(option)]
    raise TypeError(f"{answer!r} cannot answer {step.key}")
