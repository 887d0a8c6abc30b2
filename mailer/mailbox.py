"""The reader of the service's mailbox: fetches, keeps, has recorded, files; then waits for the next letter.

The raw bytes are kept first, unique by mailbox, UIDVALIDITY and UID; the effect is a second transaction; the
mailbox is told (flagged, or moved to a folder) after its commit. So a kill at any point leaves a letter that
is kept once and takes effect once. What waits is first kept, all of it, and then read: an outage of the
server finds us with what we had fetched. A letter that cannot be read is kept, set aside for a person and
passed over. Refuses to know IMAP, SQL and what a reply does.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from actions.by_mail.reply import Reply
from mailer.reading.letter import Letter, message_id_of, read
from mailer.replying import reply_of
from mailer.wires.imap import HEAD, Inbox
from mailer.wires.imap_answers import Fetched, MailboxUnreachable
from store import letters
from store.engine import Store
from store.letters import Arrived, Outcome
from store.transaction import Transaction

RENEW = 300.0
"""Seconds of IDLE: a router forgets a silent connection after ten minutes or so."""

SOON = 2.0
"""Seconds of the first IDLE after a look: some servers tell in IDLE only what comes after it began."""

FIRST_LOOK = timedelta(days=30)
"""How far back a mailbox never read before is looked at, beside what is unseen in it."""

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds before the first try to connect again, the second, …"""

AT_ONCE = 50
"""Letters taken from the store together to be read."""

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
        trusted: the receiving server whose `Authentication-Results` count; empty where none does.
        folders: where what came to each end is put; what has none is only flagged seen.
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
        trusted: str = "",
        folders: Mapping[Outcome, str] | None = None,
    ) -> None:
        self._store = store
        self._connect = connect
        self._name = name
        self._secret = secret
        self._record = record
        self._now = now
        self._trusted = trusted
        self._folders = folders or {}
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
        await self._catch_up(inbox)
        last = await self._store.read(
            partial(letters.last_uid, mailbox=self._name, uidvalidity=inbox.uidvalidity)
        )
        pause = SOON
        while True:
            while (newest := await self._read_new(inbox, last)) > last:
                last, pause = newest, SOON
            self._losses = 0
            await inbox.wait(pause)
            pause = RENEW

    async def _read_new(self, inbox: Inbox, last: int) -> int:
        """Read what is above `last`; the highest UID read."""
        uids = await inbox.uids_after(last, since=(self._now() - FIRST_LOOK).date())
        if uids:
            await inbox.flag_seen(await self._keep_all(inbox, uids))
            await self._catch_up(inbox)
        return max(uids, default=last)

    async def _keep_all(self, inbox: Inbox, uids: list[int]) -> list[int]:
        """Keep these, each batch while the next is on the wire; the UIDs that were here from elsewhere."""
        known: list[int] = []

        async def keep(batch: list[Fetched]) -> None:
            work = partial(self._keep, uidvalidity=inbox.uidvalidity, batch=batch, now=self._now())
            known.extend(await self._store.run(work))

        keeping: asyncio.Task[None] | None = None
        try:
            async with asyncio.TaskGroup() as tasks:
                async for batch in inbox.fetch(uids):
                    if keeping:
                        await keeping
                    keeping = tasks.create_task(keep(batch))
        except ExceptionGroup as faults:  # the wire's or the store's own word says more than a group of one
            raise faults.exceptions[0] from None
        return known

    async def _catch_up(self, inbox: Inbox) -> None:
        """Settle what is kept, and tell the mailbox now and then what came of it."""
        while await self._settle_some():
            await self._tell(inbox)
        await self._tell(inbox)

    async def _settle_some(self) -> bool:
        """Read some letters that are kept and not yet settled; False where there are none."""
        kept = await self._store.read(partial(letters.unsettled, most=AT_ONCE))
        for one in kept:
            await self._settle_one(one.id, one.raw)
        return bool(kept)

    async def _settle_one(self, kept: int, raw: bytes) -> None:
        try:
            letter = await _read(raw, self._trusted)
            await self._store.run(partial(self._settle, kept=kept, letter=letter, now=self._now()))
        except Exception as error:  # the letter's fault; or the store's, and then this raises as well
            _log.exception("letter %d could not be recorded", kept)
            fault = type(error).__name__
            await self._store.run(partial(_set_aside, letter=kept, fault=fault, now=self._now()))

    def _keep(self, tx: Transaction, uidvalidity: int, batch: list[Fetched], now: datetime) -> list[int]:
        """Keep the raw bytes of each; the UIDs of those that were kept before, at another place."""
        arrived = [Arrived(one.uid, _message_id(one.raw), one.raw) for one in batch]
        ids = letters.keep_all(tx, mailbox=self._name, uidvalidity=uidvalidity, arrived=arrived, now=now)
        for kept in (ids[one.uid] for one in batch if not one.whole and one.uid in ids):
            letters.settle(tx, kept, outcome=Outcome.TO_SORT, reason="too_large", about=None, now=now)
        return [one.uid for one in batch if one.uid not in ids]

    def _settle(self, tx: Transaction, kept: int, letter: Letter, now: datetime) -> None:
        self._record(tx, reply_of(tx, self._secret, kept, letter, now), now)

    async def _tell(self, inbox: Inbox) -> None:
        """Flag or move what is settled; one that is there no longer was put away by somebody."""
        settled = await self._store.read(
            partial(letters.untold, mailbox=self._name, uidvalidity=inbox.uidvalidity)
        )
        for outcome in Outcome:
            if some := [(letter, uid) for letter, uid, came in settled if came is outcome]:
                await self._put_away(inbox, [uid for _, uid in some], self._folders.get(outcome, ""))
                ids = [letter for letter, _ in some]
                await self._store.run(partial(letters.told, ids=ids, now=self._now()))

    async def _put_away(self, inbox: Inbox, uids: list[int], folder: str) -> None:
        if folder:
            await inbox.file(uids, folder)
        else:
            await inbox.flag_seen(uids)


def _message_id(raw: bytes) -> str:
    """Of a letter that nobody has read yet: what breaks the reader must not keep it from being kept."""
    try:
        return message_id_of(raw[:HEAD])
    except Exception:  # then its bytes alone are what it is known by
        _log.exception("a letter without a readable Message-ID")
        return ""


async def _read(raw: bytes, trusted: str) -> Letter:
    return await asyncio.to_thread(read, raw, trusted) if len(raw) > LARGE else read(raw, trusted)


def _set_aside(tx: Transaction, letter: int, fault: str, now: datetime) -> None:
    letters.settle(tx, letter, outcome=Outcome.TO_SORT, reason=f"fault: {fault}", about=None, now=now)
