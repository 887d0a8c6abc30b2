"""What a button carries: a verb and its few arguments in at most 64 bytes.

Refuses to know what the verb does.
"""

import enum
from dataclasses import dataclass

LIMIT = 64  # bytes of callback_data, Telegram's own
LARGEST = 2**31 - 1
_BETWEEN = ":"


class Verb(enum.StrEnum):
    """Everything a button can ask for."""

    ANSWER = "a"  # draft, revision, option
    BACK = "b"  # draft, revision
    EDIT = "e"  # draft, revision, question
    CONFIRM = "c"  # draft, revision
    RESUME = "r"  # draft
    CANCEL = "x"  # draft: asks once more
    CANCEL_SURELY = "X"  # draft
    HOME = "h"
    COMPANIES = "l"  # offset
    SEARCH = "s"  # offset, words
    COMPANY = "k"  # company
    VISIT = "v"  # company
    QUOTE = "q"  # quote
    QUOTE_EVENT = "Q"  # quote, event
    QUOTES = "Ql"  # offset
    QUOTE_ASK = "d"  # quote, flow of the dialogue
    QUOTE_WHEN = "Qw"  # quote, event: of another day
    QUOTE_SURE = "Qy"  # quote, event, day: odd, but right
    QUOTE_EXPIRED = "Qx"  # quote: archived, its term is over
    QUOTE_SIGNED = "Qf"  # quote, 1 or 0
    QUOTE_WHOSE = "Qp"  # quote, offset: to whom
    QUOTE_GIVE = "Qt"  # quote, person
    QUOTE_SPLIT = "Qs"  # quote
    CREDIT_CHANGE = "Qd"  # visit: asks what it is now
    CREDIT_COLLECTED = "Qc"  # visit: Riscosso
    HANDED_OVER = "f"  # visit, kind of deadline
    FILED = "Ff"  # quote, "l" from the list
    NOT_FILED = "Fx"  # quote, "l" from the list
    COVER = "Fc"  # quote, "l" from the list
    MISSING_COPIES = "Fm"
    QUOTE_FILE = "Fq"  # quote: its PDF, to one's own address
    FORMS = "Fv"  # visit
    HANDED_OVER_WHEN = "Fd"  # visit, kind of deadline
    HAND_OVER_LIST = "Fp"  # visit
    TARGETS = "Oo"
    SET_TARGET = "On"
    DROP_TARGET = "Ox"  # target: asks once more
    DROP_TARGET_SURELY = "OX"  # target
    POSTPONE = "Rp"  # deadline
    HELP = "?"
    ABSENCES = "Z0"  # person
    ABSENCE_NEW = "Z1"  # person
    ABSENCE_OTHERS = "Z2"  # offset, words
    ABSENCE_END = "Z3"  # absence: asks from when
    ABSENCE_BACK = "Z4"  # absence, day
    SETTING = "Z5"  # what, value
    PROPOSALS = "Aa"  # offset
    PROPOSAL = "Ab"  # proposal
    PROPOSAL_YES = "Ac"  # proposal
    PROPOSALS_YES = "Ad"  # the last proposal shown: asks once more
    PROPOSALS_SURELY = "Ae"  # the last proposal shown
    PROPOSAL_OTHER = "Af"  # proposal, offset
    PROPOSAL_TO = "Ag"  # proposal, person
    PROPOSAL_NO = "Ah"  # proposal
    NAME = "Ai"  # company, offset
    NAME_TO = "Aj"  # company, person
    WHY_MINE = "Ak"  # company
    NOT_VISITABLE = "Al"  # company
    NOT_VISITABLE_WHY = "Am"  # company, reason: asks once more
    NOT_VISITABLE_SURELY = "An"  # company, reason
    VISITABLE = "Ao"  # company
    CHANGES = "Ap"  # offset
    CHANGE = "Aq"  # change of the register
    CHANGE_YES = "Ar"  # change of the register
    CHANGE_NO = "As"  # change of the register
    TO_COLLEAGUE = "At"  # company
    ASSIGN = "A0"  # offset
    ASSIGN_PICK = "A1"  # offset, company
    ASSIGN_PAGE = "A2"  # offset
    ASSIGN_WHOM = "A3"
    ASSIGN_TO = "A4"  # person: asks once more
    ASSIGN_SURELY = "A5"  # person
    BACK_WHOM = "A6"
    BACK_FROM = "A7"  # person, offset
    BACK_PICK = "A8"  # person, offset, company
    BACK_ASK = "A9"  # person: asks once more
    BACK_SURELY = "Au"  # person
    REDATE_QUOTE = "Dq"  # quote
    REDATE_VISIT = "Dv"  # visit
    TODAY = "Pt"  # offset
    APPOINTMENTS = "Pp"  # offset
    APPOINT = "Pf"  # company
    APPOINTMENT = "Pa"  # appointment
    APPOINTMENT_MOVE = "Pm"  # appointment
    APPOINTMENT_GIVE_UP = "Px"  # appointment
    CREDIT_CHECKED = "Pc"  # appointment
    CREDIT_LATER = "Pl"  # appointment
    LETTERS = "Ml"  # offset: those to sort
    LETTER = "Mc"  # letter
    LETTER_ORIGINAL = "Mo"  # letter: to one's own address
    LETTER_HOLDS = "My"  # letter, option: what is held is recorded
    LETTER_HOLDS_NOT = "Mn"  # letter
    LETTER_SORTED = "Md"  # letter: dealt with by hand
    LETTERS_RECORDED = "Mr"  # offset
    LETTER_UNDO = "Mu"  # letter: asks once more
    LETTER_UNDO_SURELY = "MU"  # letter


class Garbled(Exception):
    """A button that this service never made."""


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it asks for."""

    label: str
    verb: Verb
    args: tuple[str, ...] = ()
    key: str | None = None  # what may be typed in its place; None: the screen numbers it, "": nothing

    @property
    def data(self) -> str:
        """The callback_data.

        Raises:
            ValueError: more than 64 bytes; a fault of the code, found by the walker's test.
        """
        packed = _BETWEEN.join((self.verb.value, *self.args))
        if len(packed.encode()) > LIMIT:
            raise ValueError(f"a button carries at most {LIMIT} bytes: {packed}")
        return packed


def button(label: str, verb: Verb, *args: object, key: str | None = None) -> Button:
    """A button whose arguments are written as text."""
    return Button(label, verb, tuple(str(arg) for arg in args), key)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A tapped button, read back. Its arguments come from outside and are to be checked like any."""

    verb: Verb
    args: tuple[str, ...]

    def number(self, place: int) -> int:
        """The argument at `place` as a whole number, as large as a database's.

        Raises:
            Garbled: there is none, or it is no such number.
        """
        try:
            number = int(self.args[place])
        except (IndexError, ValueError):
            raise Garbled from None
        if not 0 <= number <= LARGEST:
            raise Garbled
        return number

    def word(self, place: int) -> str:
        """The argument at `place`.

        Raises:
            Garbled: there is none.
        """
        if not 0 <= place < len(self.args):
            raise Garbled
        return self.args[place]

    def rest(self, place: int) -> str:
        """Everything from `place` on, as it was packed; empty where there is nothing."""
        return _BETWEEN.join(self.args[place:])


def read(data: str) -> Pressed:
    """What a button's callback_data asks for.

    Raises:
        Garbled: this service never made it.
    """
    verb, *args = data.split(_BETWEEN)
    try:
        return Pressed(Verb(verb), tuple(args))
    except ValueError:
        raise Garbled from None
