"""What a reply says is done, one thing after the other; what cannot be done is told with its reason.

What changes nothing, and was said before, is no second record and leaves no trace. Refuses to know whose the
letter is and who vouches for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from actions.by_mail.answering import Answering, on_one_line
from actions.by_mail.asking_back import already_so, ask_back, not_done, why_not
from actions.by_mail.effects import do
from actions.by_mail.items import meant
from actions.by_mail.quote import quote_of
from actions.by_mail.remembering import remembering
from actions.tell_quote import OddDay
from conversations.phrases import say
from conversations.quote import odd_day
from procedure.correspondence.commands import Command, Verb
from procedure.errors import Refusal
from procedure.notices import Json, MailKind
from procedure.visits import CreditOutcome
from store import deadlines, letters, undoing, visits
from store.letters import Outcome

LEAVE_NO_TRACE: Final = frozenset({Verb.TAKEN, Verb.COLLECTED, Verb.MISSING, Verb.WRONG, Verb.NOT_MINE})
"""Words that are told on and written nowhere else: only the letter itself says that they were said."""

CHANGE: Final = frozenset(
    {
        *(Verb.DONE, Verb.RECEIVED, Verb.SENT_TO_RA, Verb.DRAFTED, Verb.DELIVERED, Verb.CONTACTED),
        *(Verb.THINKING, Verb.ACCEPTED, Verb.REFUSED, Verb.CONFIRMED),
    }
)
"""Words that change something, unless it is so already; a second sollecito is another one (A33)."""

ASKED_OF_THE_AV: Final = frozenset({Verb.MISSING, Verb.WRONG})
"""Questions to the AV, who reads them as such."""

CLOSED: Final = frozenset({"visit_gone", "quote_not_open", "proposal_settled", "registry_closed"})
"""Refusals of what has come to its end: no other word would do."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of the commands: each that was done with the sentence that tells it, each refused with why.

    Attributes:
        changed: False where all is as it was before.
        final: ANNULLA cannot take it back: it was one, or a visit was told.
    """

    done: tuple[tuple[Command, str], ...]
    refused: tuple[tuple[Command, Refusal], ...]
    changed: bool
    final: bool = False

    @property
    def told(self) -> list[str]:
        """The sentences; none of an effect that has answered by itself."""
        return [sentence for _, sentence in self.done if sentence]

    @property
    def what(self) -> str:
        """All that was done, in one sentence."""
        return "; ".join(self.told)

    @property
    def reason(self) -> str:
        """The words that were recorded, as a letter's reason."""
        return "+".join(dict.fromkeys(command.verb.value for command, _ in self.done))


def carry_out(its: Answering, commands: Sequence[Command], note: str = "") -> Carried:
    """Do what the reply says, settle its letter, tell the AV and answer the sender."""
    with its.tx.apart() as forget:
        carried = _done(its, commands)
        already = bool(carried.done) and _was_so(its, carried)
        if already:
            forget()
    if already:
        already_so(its, carried.what)
    elif carried.done:
        _record(its, carried, note)
    else:
        _refuse(its, carried.refused)
    return carried


def _done(its: Answering, commands: Sequence[Command]) -> Carried:
    done, refused = [], []
    with remembering(its) as kept:
        for command in (meant(its.mail, one) for one in commands):
            try:
                done.append((command, do(its, command)))
            except Refusal as refusal:
                refused.append((command, refusal))
    changed = any(changes.rows or changes.fields for changes in kept)
    return Carried(tuple(done), tuple(refused), changed, not kept or any(map(undoing.lasts, kept)))


def _was_so(its: Answering, carried: Carried) -> bool:
    """True where nothing changed that these words change; or they leave no trace and were recorded before."""
    verbs = {command.verb for command, _ in carried.done}
    if carried.changed or not carried.told or not verbs <= CHANGE | LEAVE_NO_TRACE:
        return False
    if any(command.fields for command, _ in carried.done):  # that a field is not in is news
        return False
    return verbs <= CHANGE or letters.recorded_so(its.tx, its.outbox, carried.reason)


def _record(its: Answering, carried: Carried, note: str) -> None:
    its.settle(Outcome.RECORDED, carried.reason)
    if not carried.told:
        return
    _tell_av(its, carried, note)
    done: list[Json] = [*carried.told]
    refused: list[Json] = [say("reply.not_done", said=c.said, why=why_not(r)) for c, r in carried.refused]
    its.answer(
        MailKind.REPLY_RECORDED,
        {
            "what": carried.what,
            "done": done,
            "refused": refused,
            "next": _next_term(its),
            "original": its.words,
            "final": carried.final,
            "asks": its.mail.asks.value,
            "confirmed_by": its.authority.name if its.authority else "",
        },
    )


def _tell_av(its: Answering, carried: Carried, note: str) -> None:
    """What was recorded, but for what they were asked: that they have read. Of a credit that came in, with
    the tap that says so (9.1).
    """
    what = "; ".join(sentence for command, sentence in carried.done if command.verb not in ASKED_OF_THE_AV)
    collected = any(command.verb is Verb.COLLECTED for command, _ in carried.done)
    visit = visits.get(its.tx, its.mail.about.id) if collected else None
    asks = visit if visit and visit.report.credit is CreditOutcome.UNCOLLECTED else None
    if asks:
        its.tell_av("credit_collected", {"what": what, "visit": asks.id})
    if what and (note or not asks):
        its.tell_av("reply_recorded", {"what": what, "note": on_one_line(note)})
    elif note:
        its.tell_av("reply_to_read", {"first_line": on_one_line(note)})


def _next_term(its: Answering) -> str:
    """The term that runs now, of a quote."""
    quote = quote_of(its.tx, its.mail)
    first = next(iter(deadlines.of_quote(its.tx, quote.id)), None) if quote else None
    return say("reply.next", what=first.due.kind.label, explanation=first.due.explanation) if first else ""


def _refuse(its: Answering, refused: Sequence[tuple[Command, Refusal]]) -> None:
    """Nothing was done: an odd day is asked back, the rest waits for a person; the sender reads why."""
    command, refusal = refused[0]
    if isinstance(refusal, OddDay):
        ask_back(its, replace(command, sure=True), odd_day(refusal.earlier, refusal.on))
        return
    reason = "closed" if refusal.phrase in CLOSED else "refused"
    not_done(its, reason, " ".join(why_not(one) for _, one in refused))
