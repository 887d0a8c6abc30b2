"""The Telegram service: python-telegram-bot's application inside our own task group, and what surrounds it.

PTB's `Application` keeps the bot, the lifecycle and the way in (`process_update`, a `TypeHandler`); fetching,
order, keeping and sending are this room's, so that no update is lost and nobody waits for another. It refuses
to know what an update means (`Hooks.desk`) and how the process starts and ends (`dopovisita`).
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self, TypeAlias

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, TypeHandler

from bot.handling import Blocked, Clock, Desk, Handling, Marks, Parts, Waiting, still_open
from bot.intake import Intake
from bot.one_at_a_time import OneAtATime
from bot.pace import Pace
from bot.polling import KINDS, Polling, Take
from bot.push import PushCarrier, Telling
from bot.replies import Call
from bot.sending import Outcome, Pause, Sender, pause_after
from bot.webhook import Webhook, listening
from bot.wire import AiohttpRequest
from procedure.errors import Failure
from procedure.notices import Json
from store.engine import Store
from store.transaction import Transaction

log = logging.getLogger(__name__)

SECONDS_TO_END: Final = 5.0

AfterSend: TypeAlias = Callable[[Transaction, Json, int], None]
"""Told in a transaction which message a `Call.remember` became."""


class TokenRefused(Failure):
    """Telegram does not know the token; the token itself is never said."""

    def __init__(self) -> None:
        super().__init__("Telegram rifiuta il token: controlla DOPOVISITA_TELEGRAM_TOKEN con @BotFather.")


class WebhookRefused(Failure):
    """Telegram does not accept the webhook's address."""

    def __init__(self, url: str) -> None:
        super().__init__(f"Telegram rifiuta l'indirizzo {url}: controlla DOPOVISITA_WEBHOOK_URL.")


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the rooms above decide, each in a transaction."""

    desk: Desk
    telling: Telling
    after_send: AfterSend
    blocked: Blocked


class TelegramService:
    """The chat's side of the service: `async with` opens the wire, `run` serves until `stop`.

    Args:
        token: the bot's.
        base_url: as PTB takes it, the token follows without a slash: "https://api.telegram.org/bot".
        webhook: where Telegram brings updates, or None to fetch them.
        store: migrated and open.
        hooks: what the rooms above decide.
        clock: the time, aware.
        pause: waits so many seconds; a test may wait less.
        seconds_to_end: how long `run` lets what was begun come to its end after `stop`.
    """

    def __init__(
        self,
        *,
        token: str,
        base_url: str,
        webhook: Webhook | None,
        store: Store,
        hooks: Hooks,
        clock: Clock,
        pause: Pause = asyncio.sleep,
        seconds_to_end: float = SECONDS_TO_END,
    ) -> None:
        self._application = telegram_application(token, base_url)
        self._webhook = webhook
        self._store = store
        self._hooks = hooks
        self._pause = pause
        self._seconds_to_end = seconds_to_end
        self._stopping = asyncio.Event()
        self._intake = Intake(store, clock)
        self._marks = Marks(store, clock)
        self._sender = Sender(self.bot, self._remember, pause)
        parts = Parts(store, self._sender, clock, Pace())
        handling = Handling(parts, self._marks, desk=hooks.desk, blocked=hooks.blocked)
        self._pushes = PushCarrier(parts, hooks.telling, pause)
        self._application.add_handler(TypeHandler(Waiting, lambda waiting, _: handling.handle(waiting)))

    @property
    def bot(self) -> Bot:
        """PTB's bot, open while the service is."""
        bot: Bot = self._application.bot
        return bot

    async def __aenter__(self) -> Self:
        """Open the wire and ask Telegram who we are. A network that is away is no error: `run` waits for it.

        Raises:
            TokenRefused: Telegram answered, and does not know the token.
        """
        try:
            await self._introduce()
        except TelegramError as error:
            log.warning("Telegram non risponde (%s): si riprova", error.message)
        except BaseException:
            await self.bot.shutdown()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the wire."""
        if self._application.running:
            await self._application.stop()
        await self._application.shutdown()
        await self.bot.shutdown()

    async def run(self, tasks: asyncio.TaskGroup) -> None:
        """Take up what was left open, then serve until `stop`; each person's line is a task of `tasks`.

        Raises:
            Failure: the token or the webhook's address is refused, or its port is taken; told by `tasks`.
        """
        line: OneAtATime[Waiting] = OneAtATime(tasks, self._application.process_update)
        fetching = tasks.create_task(self._serve(line))
        marking = tasks.create_task(self._marks.run())
        pushing = tasks.create_task(self._pushes.run())
        await self._stopping.wait()
        fetching.cancel()
        self._pushes.stop()
        await _finish(line, pushing, self._seconds_to_end)
        marking.cancel()
        await self._marks.flush()

    def stop(self) -> None:
        """Fetch nothing more; `run` returns when what was begun is answered, or after a few seconds."""
        self._stopping.set()

    def wake_pushes(self) -> None:
        """A chat message was queued: do not wait for the next look."""
        self._pushes.wake()

    async def _serve(self, line: OneAtATime[Waiting]) -> None:
        await self._until_introduced()
        for waiting in await self._store.run(still_open):
            await _put(line, waiting)
        take = partial(self._take, line)
        if self._webhook is None:
            await self._sender.send((Call("deleteWebhook"),))
            await Polling(self.bot, take, self._pause).run()
        else:
            await self._open_door(self._webhook, take)

    async def _take(self, line: OneAtATime[Waiting], arrived: Sequence[Mapping[str, Any]]) -> None:
        for incoming in await self._intake.keep(arrived):
            await _put(line, Waiting(incoming))

    async def _open_door(self, webhook: Webhook, take: Take) -> None:
        async with listening(webhook, take):
            address: dict[str, Json] = {"url": webhook.url, "secret_token": webhook.secret}
            outcome = await self._sender.send((Call("setWebhook", address | {"allowed_updates": [*KINDS]}),))
            if outcome is not Outcome.SENT:
                raise WebhookRefused(webhook.url)
            await asyncio.Event().wait()  # for ever; the door serves

    async def _until_introduced(self) -> None:
        failures = 0
        while not self._application.running:
            try:
                await self._introduce()
            except TelegramError:
                failures += 1
                await self._pause(pause_after(failures))

    async def _introduce(self) -> None:
        try:
            await self._application.initialize()
        except InvalidToken:  # PTB's own words would carry the token
            raise TokenRefused from None
        await self._application.start()

    async def _remember(self, tag: Json, message_id: int) -> None:
        """The message has been sent, so what goes wrong here must not send it again."""
        try:
            await self._store.run(partial(_remembered, self._hooks.after_send, tag, message_id))
        except Exception:
            log.exception("non riesco a ricordare il messaggio %s", message_id)


def telegram_application(token: str, base_url: str) -> "Application[Any, Any, Any, Any, Any, Any]":
    """PTB's application on our wire, without an updater and a job queue."""
    wire = AiohttpRequest()
    builder = Application.builder().token(token).base_url(base_url)
    return builder.request(wire).get_updates_request(wire).updater(None).job_queue(None).build()


async def _put(line: OneAtATime[Waiting], waiting: Waiting) -> None:
    """What belongs to no chat waits in a line of its own."""
    await line.put(waiting.incoming.chat_id or 0, waiting.incoming.update_id, waiting)


async def _finish(line: OneAtATime[Waiting], pushing: asyncio.Task[None], seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await line.idle()
            await asyncio.wait([pushing])
    except TimeoutError:
        line.abandon()
        pushing.cancel()


def _remembered(hook: AfterSend, tag: Json, message_id: int, tx: Transaction) -> None:
    hook(tx, tag, message_id)
