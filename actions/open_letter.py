"""A letter opened by a person: whether it is for them to read, and what they may do with it.

Refuses to do any of it: `actions.sort_letters` does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actions.by_mail.holding import Held, Hold, waiting_with
from actions.deliver import name_of, posted
from actions.turn import Turn
from conversations.replies import tell_command
from procedure.errors import NotAllowed
from procedure.notices import Mail, Subject
from procedure.permissions import in_their_place, may_read_letter, may_sort_letter, may_undo
from procedure.quotes import Quote
from store import audit, letters, outbox, quotes, recorded, register, sorting, visits
from store.letters import Outcome
from store.sorting import LetterLine


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a held letter may mean: what would be recorded, and of which mail."""

    says: str
    answers: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter opened by a person, and what they may do with it."""

    letter: LetterLine
    why: Held | None
    choices: tuple[Choice, ...]
    sorts: bool
    takes_back: bool


def opened(turn: Turn, letter: int) -> Opened:
    """One letter, and what this person may do with it.

    Raises:
        NotAllowed: it is not for them to read, or there is none.
    """
    line = readable(turn, letter)
    hold = held_with(turn, letter) if line.outcome is Outcome.TO_SORT else None
    decides = hold is not None and _may_decide(turn, line, hold)
    return Opened(
        letter=line,
        why=hold.why if hold else None,
        choices=tuple(_choices(turn, hold)) if hold and decides else (),
        sorts=line.outcome is Outcome.TO_SORT and may_sort_letter(turn.person, line.site),
        takes_back=_takes_back(turn, line),
    )


def readable(turn: Turn, letter: int) -> LetterLine:
    """The letter, if it is for this person to read: who sorts it, whose visit or quote it is about, who had
    the mail that it answers, who wrote it.

    Raises:
        NotAllowed: it is not, or there is none.
    """
    line = sorting.get(turn.tx, letter)
    if line is None or not (
        may_sort_letter(turn.person, line.site)
        or _is_concerned(turn, line)
        or _addresses(turn) & {line.sender.casefold(), *_written_to(turn, [line.answers])}
    ):
        raise refused(turn, letter)
    return line


def _is_concerned(turn: Turn, line: LetterLine) -> bool:
    about = line.about
    quote = quotes.get(turn.tx, about.id) if about and about.kind is Subject.QUOTE else None
    its = about.id if about and about.kind is Subject.VISIT else _visit_of(quote)
    visit = visits.get(turn.tx, its)
    company = register.company(turn.tx, visit.report.company) if visit else None
    return bool(visit and company and may_read_letter(turn.person, company, visit.av, quote))


def _visit_of(quote: Quote | None) -> int:
    return quote.visit if quote else 0


def _may_decide(turn: Turn, line: LetterLine, hold: Hold) -> bool:
    """As `actions.by_mail.held` has it: a colleague's word is for whom the mail was sent to, what its sender
    left open for the sender; the administrator decides anything.
    """
    match hold.why:
        case Held.COLLEAGUE:
            theirs = _written_to(turn, [option.outbox for option in hold.options])
        case Held.AMBIGUOUS | Held.GUESS:
            theirs = {line.sender.casefold()}
        case Held.ABSENCE:
            theirs = set()
    return may_sort_letter(turn.person, "") or bool(_addresses(turn) & theirs)


def _addresses(turn: Turn) -> set[str]:
    """The person's address, and those of whom they stand in for."""
    return {one.email.casefold() for one in in_their_place(turn.person)}


def _choices(turn: Turn, hold: Hold) -> Iterator[Choice]:
    for option, mail in zip(hold.options, _mails(turn, [one.outbox for one in hold.options]), strict=True):
        yield Choice("; ".join(map(tell_command, option.commands)), name_of(mail))


def _written_to(turn: Turn, rows: Iterable[int | None]) -> set[str]:
    """Whom these mails reached, in lower case."""
    mails = _mails(turn, rows)
    return {to.email.casefold() for mail in mails for to in (*mail.to, *mail.cc)}


def _mails(turn: Turn, rows: Iterable[int | None]) -> list[Mail]:
    found = (outbox.get(turn.tx, row) for row in rows if row is not None)
    return [posted(row).mail for row in found if row]


def held_with(turn: Turn, letter: int) -> Hold | None:
    """What waits with this letter."""
    found = letters.get(turn.tx, letter)
    return waiting_with(found) if found else None


def _takes_back(turn: Turn, line: LetterLine) -> bool:
    """True where there is something that the person might take back; whether it still can be, `undo` says."""
    found = recorded.get(turn.tx, line.id)
    stands = found is not None and found.changes is not None and found.undone_at is None
    return stands and may_undo(turn.person.email, turn.person, line.sender)


def refused(turn: Turn, letter: int) -> NotAllowed:
    """The refusal, written down."""
    audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "letter", "id": letter})
    return NotAllowed("not_allowed")
