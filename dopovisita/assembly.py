"""Putting the house together: every part built once from the settings, each handed only what it needs.

Knows everyone and decides nothing.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from actions.by_mail.record_reply import record_reply
from actions.deliver import Minting
from actions.divert import Detours
from actions.office import Office
from bot.application import Hooks, TelegramService
from bot.desk import Desk
from bot.telling import blocked, remembered, telling
from bot.webhook import Webhook
from dopovisita.archive import open_archive, sync_people
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import Clock
from dopovisita.mail_tokens import mail_tokens
from dopovisita.secret import key_of, reply_key
from dopovisita.settings import Settings
from mailer.mailbox import Mailbox
from mailer.postman import Postman
from mailer.wires.imap import Inbox
from mailer.wires.oauth import Tokens
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
        oauth = settings.mail_oauth
        tokens = mail_tokens(oauth, settings.secret_key, store, clock.now) if oauth else None
        server = mail_server(settings.smtp_url.reveal())
        ours = tokens if server.user else None  # a server that asks nobody who he is
        wires = [SmtpWire(server, tokens=ours) for _ in range(settings.smtp_connections)]
        for wire in wires:
            stack.callback(wire.close)
        postman = Postman(
            store=store,
            wires=wires,
            sender=settings.mail_from,
            minted_by=office.minting,
            plus_addresses=settings.mail_plus_addresses,
            now=clock.now,
            detours=Detours(office),
        )
        mailbox = _mailbox(settings, office, store, clock, tokens)
        house = House(clock, office, store, telegram, postman, mailbox)
        store.queued.hang(house.wake)
        yield house


def office_of(settings: Settings, campaign: Campaign) -> Office:
    """The association as these settings run it."""
    domain = settings.mail_from.email.partition("@")[2]
    return Office(campaign, calendars(campaign), Minting(reply_key(settings.secret_key), domain))


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
    guard = key_of(settings.secret_key, b"webhook").hex()
    return Webhook(settings.webhook_url, listen.host, listen.port, guard)


def _mailbox(
    settings: Settings, office: Office, store: Store, clock: Clock, tokens: Tokens | None
) -> Mailbox:
    server = mail_server(settings.imap_url.reveal())
    return Mailbox(
        store=store,
        connect=lambda: Inbox(server, tokens=tokens),
        name=_name(server),
        secret=office.minting.secret,
        record=lambda tx, reply, now: record_reply(tx, office, reply, now),
        now=clock.now,
        trusted=settings.mail_trusted_server,
        folders=settings.mail_filed,
    )


def _name(server: MailServer) -> str:
    return f"{server.user}@{server.host}/{server.folder}"
