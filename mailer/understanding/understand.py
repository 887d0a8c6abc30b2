"""What a whole reply says: the one way in to this room. Refuses to know who wrote and what follows."""

from datetime import date

from mailer.understanding.first_line import understand as understand_line
from procedure.correspondence.commands import NOTHING_HEARD, Heard
from procedure.correspondence.enclosures import Enclosure
from procedure.notices import Mail


def understand(mail: Mail, text: str, today: date, enclosures: tuple[Enclosure, ...] = ()) -> Heard:
    """What a reply to this mail says.

    Args:
        mail: the mail of ours that is answered.
        text: the new text of the reply.
        today: the day the reply was written.
        enclosures: the files that came with it.
    """
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    command = understand_line(mail.asks, line, today)
    return Heard((command,)) if command else NOTHING_HEARD
