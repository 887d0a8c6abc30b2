"""The sorting room: letters that nobody could place, one by one, and what a person decides of each.

A decision about what is held (`actions.by_mail.held`) is the person's; the letter's own words stay the
sender's. Refuses to know the screens and the mails that ask the same.
"""

from actions.by_mail.held import drop, release
from actions.by_mail.put_aside import put_aside
from actions.by_mail.undo import Undone, undo
from actions.deliver import put_mail
from actions.open_letter import Opened, held_with, opened, readable, refused
from actions.turn import Turn
from procedure.campaign import Contact
from procedure.errors import Refusal
from procedure.italian import write_date
from procedure.notices import About, Enclosed, Mail, MailKind, Subject
from procedure.permissions import may_sort_letter, sorts_letters
from store import audit, sorting
from store.letters import Outcome
from store.page import Page
from store.sorting import LetterLine

PAGE = 8


def waiting(turn: Turn, offset: int) -> Page[LetterLine]:
    """A page of those to sort that are this person's to sort, the newest first.

    Raises:
        NotAllowed: they sort none.
    """
    if not sorts_letters(turn.person):
        raise refused(turn, 0)
    return sorting.waiting(turn.tx, _site(turn), offset=offset, limit=PAGE)


def count(turn: Turn) -> int:
    """How many wait for this person."""
    return sorting.count(turn.tx, _site(turn)) if sorts_letters(turn.person) else 0


def with_effect(turn: Turn, offset: int) -> Page[LetterLine]:
    """A page of the letters that were recorded, the newest first, for who may take any of them back.

    Raises:
        NotAllowed: they may not.
    """
    if not may_sort_letter(turn.person, ""):
        raise refused(turn, 0)
    return sorting.with_effect(turn.tx, offset=offset, limit=PAGE)


def decide(turn: Turn, letter: int, option: int | None) -> Opened:
    """What is held is recorded as this option says it (from 0 on), or not at all (None).

    Raises:
        NotAllowed: it is not theirs to decide.
        Refusal: `letter_not_waiting`; as `release`.
    """
    line = readable(turn, letter)
    hold = held_with(turn, letter)
    if hold is None or line.outcome is not Outcome.TO_SORT:
        raise Refusal("letter_not_waiting")
    by = Contact(turn.person.name, turn.person.email)
    if option is None:
        drop(turn.tx, turn.office, letter, by=by, now=turn.now)
    else:
        release(turn.tx, turn.office, letter, option, by=by, now=turn.now)
    return opened(turn, letter)


def close(turn: Turn, letter: int) -> Opened:
    """It was dealt with by hand: it waits no longer, and nothing of it is recorded.

    Raises:
        NotAllowed: it is not theirs to sort.
        Refusal: `letter_not_waiting`.
    """
    line = readable(turn, letter)
    if not may_sort_letter(turn.person, line.site):
        raise refused(turn, letter)
    if not put_aside(turn.tx, letter, turn.person.email, turn.now):
        raise Refusal("letter_not_waiting")
    return opened(turn, letter)


def take_back(turn: Turn, letter: int) -> Undone:
    """What it did is undone, as if its sender had written ANNULLA.

    Raises:
        NotAllowed: it is not theirs to take back.
        Refusal: as `undo`.
    """
    readable(turn, letter)
    by = Contact(turn.person.name, turn.person.email)
    return undo(turn.tx, turn.office, letter, by, turn.now, channel="chat")


def send_original(turn: Turn, letter: int) -> Mail:
    """The whole letter, as it came, to the person's own address; twice in the same minute it is one mail.

    Raises:
        NotAllowed: it is not for them to read.
    """
    line, person = readable(turn, letter), turn.person
    mail = Mail(
        key=f"original:{letter}:{person.id}:{turn.now:%Y-%m-%dT%H:%M}",
        kind=MailKind.ORIGINAL,
        about=line.about or About(Subject.PERSON, person.id),
        to=(Contact(person.name, person.email),),
        context={
            "sender": line.sender,
            "subject": line.subject,
            "arrived": write_date(line.received_at.astimezone(turn.now.tzinfo).date()),
            "told_of": line.company,
        },
        encloses=(Enclosed(letter),),
    )
    put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    audit.note(turn.tx, turn.now, person.email, "original_sent", {"letter": letter})
    return mail


def _site(turn: Turn) -> str | None:
    """The sede whose letters the person sorts; None: all."""
    return None if may_sort_letter(turn.person, "") else turn.person.site
