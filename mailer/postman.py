"""The carrier of mails: claims rows of the outbox, composes, sends, settles; sleeps until the next is due.

Each step is a transaction of its own and the wire stands outside them all: a kill at any point leaves a row
that is sent again under the same Message-ID. Several wires carry side by side; each composes the next mail,
and has the last one settled, while the server thinks. Refuses to know SMTP and SQL.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from actions import deliver
from actions.deliver import Minting, Posted
from actions.divert import Detours
from mailer.compose import Envelope, compose
from mailer.papers.enclosed import enclosed
from mailer.rounds import Round, recipients_of
from mailer.wires.cancelling import heed_cancellation, is_ending
from mailer.wires.smtp import Later, Never, Outcome, SmtpWire, Taken, Uncertain
from procedure.campaign import Contact
from store import enclosures, outbox
from store.engine import Store
from store.outbox import Channel, OutboxRow
from store.transaction import Transaction

AT_ONCE = 100
"""Mails claimed together."""

FEW = 3
"""Mails that one wire carries alone, before another is opened for them."""

LONGEST_SLEEP = timedelta(seconds=60)
"""Then it looks for mails whose carrier died, and takes leave of a server that it does not need."""

ENOUGH_LEASE = timedelta(seconds=60)
"""What must be left of a claim to begin carrying it."""

PAUSE_AFTER_FAULT = 5.0

_log = logging.getLogger(__name__)


class Postman:
    """Carries mails from the outbox to the server, one process at a time.

    Args:
        store: the open store.
        wires: the connections to the server; the first carries alone where there is little to carry.
        sender: whom the mails come from; replies go to its address too.
        minted_by: as the actions have it.
        detours: where mails go whose addresses nothing reaches; without, nowhere.
        plus_addresses: the provider takes `name+token@domain`, so replies carry their token in the address.
        now: the clock.
    """

    def __init__(
        self,
        *,
        store: Store,
        wires: Sequence[SmtpWire],
        sender: Contact,
        minted_by: Minting,
        plus_addresses: bool,
        now: Callable[[], datetime],
        detours: Detours | None = None,
    ) -> None:
        self._store = store
        self._wires = wires
        self._sender = sender
        self._minting = minted_by
        self._plus = plus_addresses
        self._now = now
        self._detours = detours
        self._bell = asyncio.Event()

    def wake(self) -> None:
        """Say that the outbox has something new or that the clock was moved; the store's bell calls it."""
        self._bell.set()

    async def run(self) -> None:
        """Carry until cancelled; a fault is logged and does not end it.

        The mail on the wire at that moment stays claimed, and is sent again by whoever runs next.
        """
        try:
            while True:
                try:
                    await self._work()
                except Exception:  # the store may be away; nothing is lost, the claims expire
                    _log.exception("the postman stumbled")
                    await self._sleep(PAUSE_AFTER_FAULT)
        finally:
            for wire in self._wires:
                wire.close()

    async def deliver_due(self) -> int:
        """Carry what is due now; how many mails were taken up."""
        count = 0
        while rows := await self._store.run(self._claim):
            await self._carry_all(rows)
            heed_cancellation()
            count += len(rows)
        return count

    def _claim(self, tx: Transaction) -> list[OutboxRow]:
        now = self._now()
        rows = deliver.claim_mails(tx, now, limit=AT_ONCE)
        return self._detours.before(tx, rows, now) if self._detours else rows

    async def _work(self) -> None:
        self._bell.clear()
        if not await self.deliver_due():
            due = await self._store.read(partial(outbox.next_due, channel=Channel.MAIL, now=self._now()))
            pause = min(due - self._now(), LONGEST_SLEEP) if due else LONGEST_SLEEP
            if not await self._sleep(pause.total_seconds()):
                for wire in self._wires:
                    await wire.leave()
                heed_cancellation()

    async def _sleep(self, seconds: float) -> bool:
        """Sleep; True where the bell rang."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0)):
                return await self._bell.wait()
        return False

    async def _carry_all(self, rows: Sequence[OutboxRow]) -> None:
        mails = [mail for row in rows if (mail := await self._posted(row))]
        share = Round(mails)
        await self._wires[0].reach()  # before the others: where the server wants but one, it is this
        async with asyncio.TaskGroup() as tasks:
            for number, wire in enumerate(self._wires[: 1 if len(mails) <= FEW else None]):
                tasks.create_task(self._serve(share, number, wire, tasks))

    async def _posted(self, row: OutboxRow) -> Posted | None:
        try:
            return deliver.posted(row)
        except (ValueError, KeyError, TypeError) as error:
            await self._store.run(
                partial(deliver.settle_broken, row=row, error=f"{error!r}", now=self._now())
            )
            return None

    async def _serve(self, share: Round, number: int, wire: SmtpWire, tasks: asyncio.TaskGroup) -> None:
        """Carry one wire's share. The first wire carries whatever befalls it, the others while they may."""
        if number and not await wire.reach():
            return
        settling: asyncio.Task[None] | None = None
        ahead = await self._next(share, number)
        while ahead:
            mail, raw = ahead
            sending = tasks.create_task(wire.send(raw, self._sender.email, recipients_of(mail)))
            ahead = await self._next(share, number)
            outcome = await sending
            share.done(number, mail)
            if settling:
                await settling  # no more than two of a wire's mails have left and are not yet settled
            if is_ending():  # the library lost the word; the outcome is here all the same
                await self._settle(mail, outcome)
                heed_cancellation()
            settling = tasks.create_task(self._settle(mail, outcome))
            ahead = ahead or await self._next(share, number)

    async def _next(self, share: Round, number: int) -> tuple[Posted, bytes] | None:
        """The next mail for this wire, composed; one that cannot be is settled here and passed over."""
        while mail := share.take(number):
            if mail.row.claimed_until is None or mail.row.claimed_until - self._now() < ENOUGH_LEASE:
                share.done(
                    number, mail
                )  # those before it took too long: it comes back when the claim expires
                continue
            try:
                return mail, await self._composed(mail)
            except Exception as error:  # a template or an address: the same at every try
                _log.exception("mail %s cannot be composed", mail.row.key)
                share.done(number, mail)
                await self._settle(mail, Never(f"mail non componibile: {error}"))
        return None

    async def _settle(self, mail: Posted, outcome: Outcome) -> None:
        await self._store.run(self._settlement(mail, outcome))

    async def _composed(self, mail: Posted) -> bytes:
        """A paper takes as long to draw as many answers in a chat: it is drawn beside the loop; so is what a
        mail encloses taken from its letter.
        """
        envelope = self._envelope(mail)
        if mail.mail.attachments or mail.mail.encloses:
            kept = await self._store.read(partial(enclosures.sources, wanted=mail.mail.encloses))
            return await asyncio.to_thread(lambda: compose(mail.mail, envelope, enclosed(kept)))
        return compose(mail.mail, envelope)

    def _envelope(self, mail: Posted) -> Envelope:
        local, _, domain = self._sender.email.rpartition("@")
        return Envelope(
            message_id=mail.message_id,
            reply_to=f"{local}+{mail.token}@{domain}" if self._plus else self._sender.email,
            sender=self._sender,
            sent_at=mail.row.created_at,
            in_reply_to=mail.in_reply_to,
            references=mail.references,
        )

    def _passed_on(
        self, tx: Transaction, mail: Posted, refused: dict[str, str], now: datetime
    ) -> dict[str, str]:
        return self._detours.after(tx, mail, refused, now) if self._detours else refused

    def _settlement(self, mail: Posted, outcome: Outcome) -> Callable[[Transaction], None]:
        now, minting = self._now(), self._minting
        match outcome:
            case Taken(refused, put_off) if refused or put_off:
                return lambda tx: deliver.settle_in_part(
                    tx,
                    mail,
                    refused=self._passed_on(tx, mail, refused, now),
                    put_off=put_off,
                    minted_by=minting,
                    now=now,
                )
            case Taken():
                return lambda tx: deliver.settle_sent(tx, mail, now)
            case Later(error):
                return lambda tx: deliver.settle_later(tx, mail, error, minting, now)
            case Never(error, refused):
                return lambda tx: deliver.settle_failed(
                    tx,
                    mail,
                    "; ".join(self._passed_on(tx, mail, refused, now).values()) or error,
                    minting,
                    now,
                )
            case Uncertain(error):
                return lambda tx: deliver.settle_uncertain(tx, mail, error, minting, now)
