"""The post of this world: mailboxes for everyone, an SMTP server to send by, an IMAP server for the service's
own.

It refuses to know what the letters are about.
"""

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime

from emulator.feed import Feed
from emulator.imap import ImapServer
from emulator.mailboxes import Mailboxes
from emulator.smtp import SmtpServer
from emulator.state import Journal


class Mail:
    """All of it.

    Attributes:
        mailboxes: `mail.mailboxes[address].messages`, `arrives`, `reply`, `compose`.
        smtp: its moods: `refuses`, `rejects`, `hangs`, `cuts_after_data`, `behaves`.
        service_address: whose INBOX the IMAP server serves; also its user name.
    """

    def __init__(
        self,
        service_address: str,
        journal: Journal,
        feed: Feed,
        now: Callable[[], datetime],
        *,
        password: str,
    ) -> None:
        self.service_address = service_address
        self.password = password
        self._journal = journal
        self._uid_validity: int = journal.table("counter").get("uid_validity") or int(now().timestamp())
        self.mailboxes = Mailboxes(journal, feed, now, service_address)
        self.smtp = SmtpServer(self.mailboxes)
        self.imap = ImapServer(
            self.mailboxes,
            service_address,
            user=service_address,
            password=password,
            uid_validity=self._uid_validity,
        )

    async def open(self, stack: AsyncExitStack, *, smtp_port: int = 0, imap_port: int = 0) -> None:
        """Open both servers on loopback until the stack unwinds."""
        self._journal.put("counter", "uid_validity", self._uid_validity)
        await self.imap.open(stack, imap_port)
        await self.smtp.open(stack, smtp_port)

    def reset(self) -> None:
        """Empty every mailbox; INBOX gets a new UIDVALIDITY, so that a reader forgets what it knew."""
        self._uid_validity += 1
        self._journal.put("counter", "uid_validity", self._uid_validity)
        self.mailboxes.reset()
        self.smtp.behaves()
        self.imap.renew(self._uid_validity)
