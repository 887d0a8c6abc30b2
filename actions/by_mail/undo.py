"""ANNULLA: what a letter did is taken back, for as long as nothing was built on it (decision 43).

Rows go back to what they were, what has not left yet never does, and whoever heard of it hears that it holds
no longer. Refuses to know the words and the buttons.
"""

from dataclasses import dataclass
from datetime import datetime

from actions.by_mail.answering import Answering
from actions.by_mail.withdrawal import Withdrawal
from actions.deliver import posted
from actions.office import Office
from actions.unsay import unsay
from conversations.phrases import has_phrase, say
from procedure.campaign import Contact
from procedure.correspondence.commands import Command
from procedure.errors import NotAllowed, Refusal
from procedure.italian import write_date
from procedure.notices import About, MailKind
from procedure.permissions import may_undo
from store import audit, outbox, people, recorded, undoing
from store.history import Hand
from store.pictures import Changes
from store.recorded import Recorded
from store.transaction import Transaction
from store.undoing import BuiltOn


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the sentence that had told it, and what it was about."""

    what: str
    about: About | None


def undo(tx: Transaction, office: Office, letter: int, by: Contact, now: datetime, *, channel: str) -> Undone:
    """Take back what this letter did; all of it or nothing.

    Args:
        tx: one transaction for all of it.
        office: the campaign and how its mails are signed.
        letter: its row.
        by: who wants it back: its sender, or an administrator.
        now: the moment.
        channel: `mail` or `chat`: for the histories.

    Raises:
        NotAllowed: it is neither theirs nor are they an administrator.
        Refusal: `undo_nothing`, `undo_twice`, `undo_lasting`, `undo_built_on`.
    """
    found = _own(tx, letter, by, now)
    changes = _still_standing(tx, found)
    what = _what(tx, letter)
    undoing.restore(tx, changes, Hand(by.email.casefold(), now, channel))
    recorded.undone(tx, letter, now)
    gone = {one.id for one in changes.rows if one.table == "deadlines" and one.before is None}
    unsay(tx, gone, now)
    Withdrawal(tx, office, found, what, by, now).tell(changes.queued, hears_anyway=channel == "mail")
    audit.note(tx, now, by.email.casefold(), "letter_undone", {"letter": letter})
    return Undone(what, found.about)


def undo_by_mail(its: Answering, _command: Command) -> str:
    """ANNULLA under the mail that told what was recorded, or under the one that had asked; the sentence.

    Raises:
        Refusal: as `undo`.
    """
    undone = undo(its.tx, its.office, _meant(its), its.sender, its.now, channel="mail")
    return say("undo.done", what=undone.what)


def _meant(its: Answering) -> int:
    """The letter whose effect is meant: that which N8 answers; else the sender's last about the same mail."""
    match its.mail.key.split(":"):
        case ["letter", letter, *_] if letter.isdigit():
            return int(letter)
    row = outbox.by_key(its.tx, its.mail.key)
    found = recorded.last(its.tx, row.id, its.sender.email) if row else None
    if found is None:
        raise Refusal("undo_nothing")
    return found.id


def _own(tx: Transaction, letter: int, by: Contact, now: datetime) -> Recorded:
    found = recorded.get(tx, letter)
    if found is None:
        raise Refusal("undo_nothing")
    if not may_undo(by.email, people.by_email(tx, by.email), found.sender):
        audit.note(tx, now, by.email.casefold(), "refused", {"what": "letter", "id": letter})
        raise NotAllowed("not_allowed")
    return found


def _still_standing(tx: Transaction, found: Recorded) -> Changes:
    """What the letter changed, where it can be taken back."""
    if found.undone_at is not None:
        raise Refusal("undo_twice", day=write_date(found.undone_at.date()))
    if found.changes is None:
        raise Refusal("undo_nothing")
    if undoing.lasts(found.changes):
        raise Refusal("undo_lasting")
    built = undoing.built_on(tx, found.changes, found.at)
    if built is not None:
        raise Refusal("undo_built_on", what=_told(built))
    return found.changes


def _told(built: BuiltOn) -> str:
    """What has come on top, in Italian: `il preventivo è stato consegnato (giovedì 3 dicembre 2026)`."""
    if built.on is None:
        return say(f"undo.built.{built.table}")
    is_known = has_phrase(f"undo.told.{built.event}")
    event = say(f"undo.told.{built.event}") if is_known else say("undo.told.other", event=built.event)
    return f"{event} ({write_date(built.on)})"


def _what(tx: Transaction, letter: int) -> str:
    """The sentence by which N8 told it."""
    row = outbox.by_key(tx, f"letter:{letter}:{MailKind.REPLY_RECORDED.value}")
    return str(posted(row).mail.context["what"]) if row else say("undo.what")
