r"""The reader of the service's mailbox: fetches, keeps, has recorded, flags; then waits for the next letter.

The raw bytes are kept first, unique by mailbox, UIDVALIDITY and UID; the effect is a second transaction;
\Seen comes after its commit. So a kill at any point leaves a letter that is kept once and takes effect once.
A letter that cannot be read is kept, set aside for a person and passed over. Refuses to know IMAP, SQL and
what a reply does.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from actions.by_mail.reply import Reply
from mailer.reading.letter import Letter, read
from mailer.replying import reply_of
from mailer.wires.imap import HEAD, Fetched, Inbox, MailboxUnreachable
from store import letters
from store.engine import Store
from store.letters import Outcome
from store.transaction import Transaction

RENEW = 540.0
"""Seconds of IDLE: a router forgets a silent connection after ten minutes or so."""

FIRST_LOOK = timedelta(days=30)
"""How far back a mailbox never read before is looked at, beside what is unseen in it."""

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds before the first try to connect again, the second, …"""

LARGE = 1_000_000
"""Bytes beyond which a letter is read in a thread, so that the loop is not stalled."""

_log = logging.getLogger(__name__)


class Mailbox:
    """Reads one mailbox, one process at a time.

    Args:
        store: the open store.
        connect: makes an unopened connection; called again after each loss.
        name: the mailbox's name in the store: the same for ever, such as user@host/INBOX.
        secret: of the reply tokens.
        record: does what a letter says, or sets it aside, and settles it; all in the transaction it is given.
        now: the clock.
    """

    def __init__(
        self,
        *,
        store: Store,
        connect: Callable[[], Inbox],
        name: str,
        secret: bytes,
        record: Callable[[Transaction, Reply, datetime], None],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._connect = connect
        self._name = name
        self._secret = secret
        self._record = record
        self._now = now
        self._losses = 0

    async def run(self) -> None:
        """Read until cancelled; a lost connection is opened again, a fault is logged and does not end it."""
        while True:
            inbox = self._connect()
            try:
                await self._attend(inbox)
            except MailboxUnreachable as error:
                _log.warning("the mailbox is out of reach: %s", error)
            except Exception:  # the store may be away; what was not committed is fetched again
                _log.exception("the mailbox reader stumbled")
            finally:
                inbox.close()
            await asyncio.sleep(PAUSES[min(self._losses, len(PAUSES) - 1)])
            self._losses += 1

    async def _attend(self, inbox: Inbox) -> None:
        await inbox.open()
        await self.settle_kept()
        await self._flag(inbox)
        last = await self._store.read(
            partial(letters.last_uid, mailbox=self._name, uidvalidity=inbox.uidvalidity)
        )
        while True:
            while (newest := await self._read_new(inbox, last)) > last:
                last = newest  # and look again: some servers do not tell in IDLE what came before it
            self._losses = 0
            await inbox.wait(RENEW)

    async def _read_new(self, inbox: Inbox, last: int) -> int:
        """Read what is above `last`; the highest UID read."""
        uids = await inbox.uids_after(last, since=(self._now() - FIRST_LOOK).date())
        async for batch in inbox.fetch(uids):
            keep = partial(self._keep, uidvalidity=inbox.uidvalidity, batch=batch, now=self._now())
            known = await self._store.run(keep)
            await self.settle_kept()
            await self._flag(inbox)
            await inbox.flag_seen(known)
        return max(uids, default=last)

    async def settle_kept(self) -> None:
        """Read every letter that is kept and not yet settled."""
        for kept in await self._store.read(letters.unsettled):
            letter = await _read(kept.raw)
            try:
                await self._store.run(partial(self._settle, kept=kept.id, letter=letter, now=self._now()))
            except Exception as error:  # the letter's fault; or the store's, and then this raises as well
                _log.exception("letter %d could not be recorded", kept.id)
                fault = type(error).__name__
                await self._store.run(partial(_set_aside, letter=kept.id, fault=fault, now=self._now()))

    def _keep(self, tx: Transaction, uidvalidity: int, batch: list[Fetched], now: datetime) -> list[int]:
        """Keep the raw bytes of each; the UIDs of those that were kept before, at another place."""
        known = []
        for fetched in batch:
            kept = letters.keep(
                tx,
                mailbox=self._name,
                uidvalidity=uidvalidity,
                uid=fetched.uid,
                message_id=read(fetched.raw[:HEAD]).message_id,
                raw=fetched.raw,
                now=now,
            )
            if kept is None:
                known.append(fetched.uid)
            elif not fetched.whole:
                letters.settle(tx, kept, outcome=Outcome.TO_SORT, reason="too_large", about=None, now=now)
        return known

    def _settle(self, tx: Transaction, kept: int, letter: Letter, now: datetime) -> None:
        self._record(tx, reply_of(tx, self._secret, kept, letter, now), now)

    async def _flag(self, inbox: Inbox) -> None:
        settled = await self._store.read(
            partial(letters.unflagged, mailbox=self._name, uidvalidity=inbox.uidvalidity)
        )
        if settled:
            await inbox.flag_seen([uid for _, uid in settled])
            await self._store.run(partial(_all_seen, ids=[letter for letter, _ in settled], now=self._now()))


async def _read(raw: bytes) -> Letter:
    return await asyncio.to_thread(read, raw) if len(raw) > LARGE else read(raw)


def _set_aside(tx: Transaction, letter: int, fault: str, now: datetime) -> None:
    letters.settle(tx, letter, outcome=Outcome.TO_SORT, reason=f"fault: {fault}", about=None, now=now)


def _all_seen(tx: Transaction, ids: list[int], now: datetime) -> None:
    for letter in ids:
        letters.seen(tx, letter, now)
