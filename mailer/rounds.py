"""The mails of one round and who carries them: side by side, to each person in the order of their writing.

Pure. Refuses to know the wires: who carries is a number.
"""

from collections.abc import Iterable

from actions.deliver import Posted


def recipients_of(mail: Posted) -> list[str]:
    """The addresses it goes to, each once."""
    return list(dict.fromkeys(contact.email for contact in (*mail.mail.to, *mail.mail.cc)))


class Round:
    """What is still to be carried, the oldest first."""

    def __init__(self, mails: Iterable[Posted]) -> None:
        self._waiting = list(mails)
        self._carried: dict[int, list[Posted]] = {}

    def take(self, carrier: int) -> Posted | None:
        """The oldest mail that may leave by this carrier now: nobody whom it goes to waits for another that
        was written before it, or is under way by another carrier.
        """
        others = (mail for other, mails in self._carried.items() if other != carrier for mail in mails)
        busy = {address for mail in others for address in _keys(mail)}
        for mail in self._waiting:
            to = _keys(mail)
            if busy.isdisjoint(to):
                self._waiting.remove(mail)
                self._carried.setdefault(carrier, []).append(mail)
                return mail
            busy |= to
        return None

    def done(self, carrier: int, mail: Posted) -> None:
        """It has been carried, or never will be."""
        self._carried[carrier].remove(mail)


def _keys(mail: Posted) -> set[str]:
    return {address.casefold() for address in recipients_of(mail)}
