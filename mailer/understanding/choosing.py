"""Which of several mails was meant: the number of one of them, or which in the row. Refuses to guess."""

import re
from typing import Final

from conversations.hearing.heard import even
from procedure.correspondence.commands import NOTHING_HEARD, Command, Heard, Verb
from procedure.notices import Mail

_ORDINALS: Final = {"prima": 1, "primo": 1, "seconda": 2, "secondo": 2, "terza": 3, "terzo": 3}
_CHOICE: Final = re.compile(r"(?:e )?(?:(?:la|il|al|alla) )?(?:numero |n )?(?P<which>\w+)")


def chosen(mail: Mail, text: str) -> Heard:
    """`2`, `la seconda`, `numero 2`: a yes to that one; nothing where the first line says more or else."""
    candidates = mail.context.get("candidates")
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    found = _CHOICE.fullmatch(re.sub(r"[^\w ]+", "", even(line)).strip())
    if found is None or not isinstance(candidates, list):
        return NOTHING_HEARD
    which = found["which"]
    number = int(which) if which.isdecimal() and which.isascii() else _ORDINALS.get(which, 0)
    if not 1 <= number <= len(candidates):
        return NOTHING_HEARD
    return Heard((Command(Verb.YES, line, item=number),))
