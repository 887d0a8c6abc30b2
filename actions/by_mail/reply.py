"""A letter as the actions are given it: read, its sender known, understood as far as it could be.

Refuses to know how a mail is parsed and in which words it says what it says.
"""

from dataclasses import dataclass

from procedure.campaign import Contact
from procedure.correspondence.commands import NOTHING_HEARD, Heard
from procedure.correspondence.deciding import Decision
from procedure.correspondence.enclosures import Enclosure


@dataclass(frozen=True, slots=True)
class Reply:
    """A letter read and understood, as far as it could be.

    Attributes:
        letter: its row.
        text: what its sender wrote, without what is quoted, signed or added by a program.
        heard: of the mail that it answers; of an ambiguous one, `options` has it for each candidate.
        references: the thread that the letter stands in, the nearest last; without its own Message-ID.
    """

    letter: int
    message_id: str
    sender: Contact
    text: str
    decision: Decision
    heard: Heard = NOTHING_HEARD
    options: tuple[Heard, ...] = ()
    subject: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def thread(self) -> tuple[str, ...]:
        """The References of a mail that answers it."""
        return (*self.references, self.message_id) if self.message_id else self.references

    @property
    def first_line(self) -> str:
        """The first line of the text that says something."""
        return next((line.strip() for line in self.text.split("\n") if line.strip()), "")
