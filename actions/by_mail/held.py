"""What waited with a letter is decided: done in the authority of who says yes, or dropped; both sides hear.

Buttons in chat and words by mail come here. Refuses to know which it was.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from actions.by_mail.answering import Answering
from actions.by_mail.asking_back import say_why_not
from actions.by_mail.carry_out import carry_out
from actions.by_mail.holding import Held, Hold, Option, waiting_with
from actions.by_mail.reply import Reply
from actions.deliver import posted
from actions.office import Office
from actions.standing_in import with_the_absent
from conversations.phrases import say
from procedure.campaign import Contact
from procedure.correspondence.commands import Heard
from procedure.correspondence.deciding import Matched, Sent
from procedure.correspondence.evidence import Where
from procedure.errors import NotAllowed, Refusal
from procedure.people import Role
from store import audit, letters, outbox, people
from store.letters import Letter, Outcome
from store.transaction import Transaction


def release(tx: Transaction, office: Office, letter: int, option: int, *, by: Contact, now: datetime) -> str:
    """Do what waits with the letter: of several options this one, counted from 0. The sentence that tells it.

    Raises:
        NotAllowed: it is not theirs to decide.
        Refusal: `hold_gone`: nothing waits any more, or there is no such option.
    """
    waiting = _waiting(tx, letter)
    if not 0 <= option < len(waiting.hold.options):
        raise Refusal("hold_gone")
    its = _answering(tx, office, waiting, option, now)
    _must_be_theirs(its, waiting.hold, by)
    if waiting.hold.why is Held.COLLEAGUE:
        its = replace(its, authority=by)
    letters.hold(tx, letter, None)
    audit.note(tx, now, by.email, "letter_released", {"letter": letter, "option": option})
    carried = carry_out(its, its.reply.heard.commands)
    if not carried.done:
        return say("reply.not_released", who=its.sender.name)
    return say("reply.released", who=its.sender.name, what=carried.what) if its.authority else carried.what


def drop(tx: Transaction, office: Office, letter: int, *, by: Contact, now: datetime) -> None:
    """It does not hold: nothing is done, and a colleague who wrote hears it.

    Raises:
        NotAllowed: it is not theirs to decide.
        Refusal: `hold_gone`.
    """
    waiting = _waiting(tx, letter)
    its = _answering(tx, office, waiting, 0, now)
    _must_be_theirs(its, waiting.hold, by)
    letters.hold(tx, letter, None)
    audit.note(tx, now, by.email, "letter_dropped", {"letter": letter})
    its.settle(Outcome.IGNORED, "declined")
    if waiting.hold.why is Held.COLLEAGUE:
        say_why_not(its, say("reply.declined", who=by.name or by.email))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A letter, and what waits with it."""

    letter: Letter
    hold: Hold

    def again(self, sent: Sent, option: Option) -> Reply:
        """The letter as it was read, in answer to the mail of this option."""
        return Reply(
            letter=self.letter.id,
            message_id=self.letter.message_id,
            sender=Contact(self.hold.name or self.letter.sender, self.letter.sender),
            text=self.letter.text,
            decision=Matched(sent, Where.ADDRESS),
            heard=Heard(option.commands),
            subject=self.letter.subject,
            references=self.hold.references,
        )


def _waiting(tx: Transaction, letter: int) -> _Waiting:
    kept = letters.get(tx, letter)
    hold = waiting_with(kept) if kept else None
    if kept is None or hold is None:
        raise Refusal("hold_gone")
    return _Waiting(kept, hold)


def _answering(tx: Transaction, office: Office, waiting: _Waiting, number: int, now: datetime) -> Answering:
    option = waiting.hold.options[number]
    row = outbox.get(tx, option.outbox)
    if row is None:
        raise Refusal("hold_gone")
    sent = Sent(row.id, row.message_id or "", posted(row).mail)
    return Answering(tx, office, waiting.again(sent, option), sent.mail, now, row.id)


def _must_be_theirs(its: Answering, hold: Hold, by: Contact) -> None:
    """A colleague's word is for whom the mail was sent to, what the sender left open for the sender, an
    absence for administrators; who stands in may as well, and an administrator anything.
    """
    person = people.by_email(its.tx, by.email)
    mine = {by.email.casefold()}
    if person is not None:
        if person.has(Role.ADMIN):
            return
        stands_for = with_the_absent(its.tx, person, its.today).stands_for
        mine |= {absent.email.casefold() for absent in stands_for}
    if not mine & _deciders(its, hold):
        audit.note(its.tx, its.now, by.email, "refused", {"what": "letter", "id": its.reply.letter})
        raise NotAllowed("not_allowed")


def _deciders(its: Answering, hold: Hold) -> set[str]:
    match hold.why:
        case Held.COLLEAGUE:
            theirs = [contact.email for contact in (*its.mail.to, *its.mail.cc)]
        case Held.AMBIGUOUS | Held.GUESS:
            theirs = [its.sender.email]
        case Held.ABSENCE:
            theirs = []
    return {address.casefold() for address in theirs}
