"""Putting the house together: every part built once from the settings, each handed only what it needs.

Knows everyone and decides nothing.
"""

import hmac
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from actions.by_mail.record_reply import record_reply
from actions.deliver import Minting
from actions.divert import divert
from actions.office import Office
from bot.application import Hooks, TelegramService
from bot.desk import Desk
from bot.telling import blocked, remembered, telling
from bot.webhook import Webhook
from dopovisita.archive import open_archive, sync_people
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import Clock
from dopovisita.settings import Settings
from mailer.mailbox import Mailbox
from mailer.postman import Postman
from mailer.wires.imap import Inbox
from mailer.wires.servers import MailServer, mail_server
from mailer.wires.smtp import SmtpWire
from procedure.campaign import Campaign
from procedure.workdays import calendars
from store import outbox
from store.engine import Store
from store.sole import sole


@dataclass(frozen=True, slots=True)
class House:
    """All parts, open and ready to run."""

    clock: Clock
    office: Office
    store: Store
    telegram: TelegramService
    postman: Postman
    mailbox: Mailbox

    def wake(self) -> None:
        """Something was put into the outbox: both carriers look now."""
        self.postman.wake()
        self.telegram.wake_pushes()


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock) -> AsyncIterator[House]:
    """Open the store and the wires; at the end, close what was opened, the last first.

    Raises:
        CampaignError: the campaign file is wrong.
        Failure: the database does not open, or Telegram does not know the token.
    """
    file = load_campaign(settings.campaign)
    office = office_of(settings, file.campaign)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_archive(settings.database_url))
        await stack.enter_async_context(sole(settings.database_url.reveal()))
        await store.run(outbox.release_all)
        await sync_people(store, file, clock.now())
        telegram = await stack.enter_async_context(_telegram(settings, office, store, clock))
        wire = SmtpWire(mail_server(settings.smtp_url.reveal()))
        stack.callback(wire.close)
        postman = Postman(
            store=store,
            wire=wire,
            sender=settings.mail_from,
            minted_by=office.minting,
            plus_addresses=settings.mail_plus_addresses,
            now=clock.now,
            divert=lambda tx, rows, now: divert(tx, office, rows, now),
        )
        house = House(clock, office, store, telegram, postman, _mailbox(settings, office, store, clock))
        store.queued.hang(house.wake)
        yield house


def office_of(settings: Settings, campaign: Campaign) -> Office:
    """The association as these settings run it."""
    domain = settings.mail_from.email.partition("@")[2]
    return Office(campaign, calendars(campaign), Minting(_key(settings, b"reply"), domain))


def _telegram(settings: Settings, office: Office, store: Store, clock: Clock) -> TelegramService:
    desk = Desk(office)
    return TelegramService(
        token=settings.telegram_token.reveal(),
        base_url=settings.telegram_base_url,
        webhook=_webhook(settings),
        store=store,
        hooks=Hooks(desk=desk, telling=telling(office), after_send=remembered, blocked=blocked),
        clock=clock.now,
    )


def _webhook(settings: Settings) -> Webhook | None:
    if settings.webhook_url is None:
        return None
    listen = settings.webhook_listen
    return Webhook(settings.webhook_url, listen.host, listen.port, _key(settings, b"webhook").hex())


def _mailbox(settings: Settings, office: Office, store: Store, clock: Clock) -> Mailbox:
    server = mail_server(settings.imap_url.reveal())
    return Mailbox(
        store=store,
        connect=lambda: Inbox(server),
        name=_name(server),
        secret=office.minting.secret,
        record=lambda tx, reply, now: record_reply(tx, office, reply, now),
        now=clock.now,
        trusted=settings.mail_trusted_server,
    )


def _name(server: MailServer) -> str:
    return f"{server.user}@{server.host}/{server.folder}"


def _key(settings: Settings, purpose: bytes) -> bytes:
    """A key for one purpose, from the one secret of the settings."""
    return hmac.digest(settings.secret_key.reveal().encode(), purpose, "sha256")
