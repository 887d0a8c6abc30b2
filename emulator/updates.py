"""The queue of updates between the phones and the bot: polled or pushed, in order, until the bot has
confirmed them.

An update leaves the queue when a later getUpdates passes a higher offset, or when the webhook answers 2xx;
not before. It refuses to know what an update says.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import chain, islice

import aiohttp

from emulator.state import Journal, Json
from emulator.wording import OTHER_POLLER, WEBHOOK_ACTIVE, ApiError

_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_FIRST_UPDATE = 700_000_000
_PATIENCE = 30.0  # seconds a webhook may take to answer
_LONGEST_PAUSE = 2.0  # seconds between two attempts at a webhook


@dataclass
class Webhook:
    """Where updates are pushed.

    Attributes:
        last_error_date: seconds since the epoch by the emulator's clock, or None.
    """

    url: str
    secret: str | None = None
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


class Updates:
    """Pending updates, oldest first, kept in the journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        counters = journal.table("counter")
        self.pending: dict[int, Json] = {u["update_id"]: u for u in journal.table("update").values()}
        self.last_id: int = counters.get("update", _FIRST_UPDATE)
        self._allowed: list[str] | None = counters.get("allowed")
        stored = journal.table("bot").get("webhook")
        self.webhook = Webhook(**stored) if stored else None
        self._held = False
        self._twice = 0
        self._doubled: set[int] = set()
        self._again: list[Json] = []
        self._delivered: deque[Json] = deque(maxlen=1_000)
        self._poller: asyncio.Future[None] | None = None
        self._pushable = asyncio.Event()

    # ---- what happens on the phones --------------------------------------------------------------

    def add(self, kind: str, content: Json) -> int:
        """Queue an update of that kind, unless the bot does not want the kind; gives its update_id."""
        self.last_id += 1
        self._journal.put("counter", "update", self.last_id)
        if self._wanted(kind):
            update = {"update_id": self.last_id, kind: content}
            self.pending[self.last_id] = update
            self._double(self.last_id)
            self._journal.put("update", self.last_id, update)
            self._wake()
        return self.last_id

    def hold(self) -> None:
        """Keep what comes from now on, as a phone without network does."""
        self._held = True
        self._pushable.clear()

    def release(self) -> None:
        """Deliver what was held, in one burst."""
        self._held = False
        self._wake()

    def duplicate_next(self, updates: int = 1) -> None:
        """Deliver each of the next updates that come into being twice, with the same update_id."""
        self._twice += updates

    def redeliver(self, update_id: int | None = None) -> None:
        """Deliver once more an update that was delivered before (default: the last one), confirmed or not.

        Raises:
            LookupError: no such update was delivered lately.
        """
        found = [u for u in self._delivered if update_id in {None, u["update_id"]}]
        if not found:
            raise LookupError(f"no update {update_id or ''} was delivered yet")
        self._again.append(found[-1])
        self._wake()

    # ---- polling ---------------------------------------------------------------------------------

    async def poll(self, offset: int, limit: int, seconds: float, allowed: list[str] | None) -> list[Json]:
        """What getUpdates gives: confirms below `offset`, then waits up to `seconds` for something to give.

        Raises:
            ApiError: a webhook is set, or another getUpdates came meanwhile.
        """
        if self.webhook:
            raise ApiError(409, WEBHOOK_ACTIVE)
        self._allow(allowed)
        self._confirm(offset)
        self._take_over()
        if not (batch := self._batch(limit)) and seconds > 0:
            await self._something(seconds)
            batch = self._batch(limit)
        return batch

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates is waiting."""
        return self._poller is not None and not self._poller.done()

    def _allow(self, allowed: list[str] | None) -> None:
        if allowed is not None:
            self._allowed = allowed
            self._journal.put("counter", "allowed", allowed)

    def _wanted(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in _NOT_BY_DEFAULT

    def _confirm(self, offset: int) -> None:
        """Forget what the offset confirms: below it, or all but the last -offset when it is negative."""
        if offset < 0:
            offset = next(islice(reversed(self.pending), -offset - 1, None), 0)
        while self.pending and (oldest := next(iter(self.pending))) < offset:
            self._done(oldest)

    def _done(self, update_id: int) -> None:
        del self.pending[update_id]
        self._journal.drop("update", update_id)

    def _take_over(self) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_exception(ApiError(409, OTHER_POLLER))

    async def _something(self, seconds: float) -> None:
        self._poller = poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass

    def _batch(self, limit: int) -> list[Json]:
        if self._held:
            return []
        again, self._again = self._again, []
        batch = list(islice(chain(again, self.pending.values()), limit))
        batch = [update for once in batch for update in [once] * self._copies(once)]
        self._delivered.extend(batch)
        return batch

    def _double(self, update_id: int) -> None:
        if self._twice:
            self._twice -= 1
            self._doubled.add(update_id)

    def _copies(self, update: Json) -> int:
        """How often to deliver it: twice the first time, when that was asked."""
        if update["update_id"] not in self._doubled:
            return 1
        self._doubled.discard(update["update_id"])
        return 2

    def _wake(self) -> None:
        if self._held:
            return
        self._pushable.set()
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    # ---- pushing ---------------------------------------------------------------------------------

    def set_webhook(self, webhook: Webhook | None, allowed: list[str] | None, *, drop: bool) -> None:
        """Push to the webhook from now on, or (None) wait to be polled; `drop` forgets what is pending."""
        self._allow(allowed)
        self.webhook = webhook
        self._journal.put("bot", "webhook", asdict(webhook) if webhook else None)
        for update_id in list(self.pending) if drop else ():
            self._done(update_id)
        self._take_over()
        self._wake()

    async def push(self, seconds_now: Callable[[], int]) -> None:
        """Post the updates to the webhook, one at a time, each until it is taken; runs until cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE)) as session:
            pause = 0.05
            while True:
                await self._pushable.wait()
                update = self._next_to_push()
                if update is None or self.webhook is None:
                    self._pushable.clear()
                elif error := await _posted(session, self.webhook, update):
                    self.webhook.last_error_date, self.webhook.last_error_message = seconds_now(), error
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE)
                else:
                    self._pushed(update)
                    pause = 0.05

    def _next_to_push(self) -> Json | None:
        if self._held:
            return None
        return self._again[0] if self._again else next(iter(self.pending.values()), None)

    def _pushed(self, update: Json) -> None:
        self._delivered.append(update)
        if self._again:
            self._again.pop(0)
        elif self._copies(update) == 1 and update["update_id"] in self.pending:
            self._done(update["update_id"])

    def reset(self) -> None:
        """Forget what is pending; the numbers go on, and the webhook and the kinds wanted stay."""
        for update_id in list(self.pending):
            self._done(update_id)
        self._journal.put("counter", "update", self.last_id)
        self._journal.put("counter", "allowed", self._allowed)
        self._journal.put("bot", "webhook", asdict(self.webhook) if self.webhook else None)

    def close(self) -> None:
        """Send the waiting getUpdates away, as a server that goes down does."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(ApiError(502, "Bad Gateway"))


async def _posted(session: aiohttp.ClientSession, webhook: Webhook, update: Json) -> str | None:
    """Post one update; None when it was taken, else Telegram's word for what went wrong."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
    try:
        async with session.post(webhook.url, json=update, headers=headers) as answer:
            if 200 <= answer.status < 300:
                return None
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientError as error:
        return f"Connection failed: {error}"
