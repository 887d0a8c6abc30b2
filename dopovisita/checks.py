"""What `verifica` looks at, one check for each thing an installation needs. Changes nothing and says no
secret.

Each check reads only the settings that it needs, so one wrong line hides none of the others.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import aiosmtplib

from dopovisita import settings
from dopovisita.archive import told
from dopovisita.bot_name import bot_name
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import Clock
from dopovisita.mail_tokens import mail_tokens
from dopovisita.secret import SecretUrl
from mailer.wires.imap import Inbox
from mailer.wires.imap_answers import MailboxUnreachable
from mailer.wires.oauth import NoTokenError, Tokens
from mailer.wires.servers import mail_server
from procedure.errors import Failure, SettingsError
from procedure.italian import plural
from store.engine import open_store
from store.migrations import current, pending
from store.urls import parse

SECONDS: Final = 10.0
"""How long a server may take to answer."""

Given: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at. `look` gives what was found, or raises a Failure that says what to do."""

    title: str
    look: Callable[[Given], Awaitable[str]]


async def look_at_settings(given: Given) -> str:
    """Every variable, whether or not another check needs it."""
    if wrong := list(settings.wrong_settings(given)):
        raise SettingsError("\n  ".join(wrong))
    return "ci sono tutte"


async def look_at_archive(given: Given) -> str:
    """The database opens and has the shape of this version."""
    url = settings.DATABASE_URL.of(given)
    _must_exist(url)
    with told(url):
        if await pending(url.reveal()):
            raise Failure("va portato alla forma di questa versione: lancia «dopovisita migra»")
        return f"{url}, versione {await current(url.reveal())}"


def _must_exist(url: SecretUrl) -> None:
    """A SQLite file that is not there would be made by looking at it."""
    parsed = parse(url.reveal())
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        raise Failure(f"{url} non c'è ancora: lancia «dopovisita migra»")


async def look_at_campaign(given: Given) -> str:
    """The campaign's file reads, from the first line to the last."""
    found = load_campaign(settings.CAMPAIGN.of(given))
    campaign, sites = found.campaign, len(found.campaign.sites)
    counts = f"{sites} {plural(sites, 'sede', 'sedi')}, {len(found.persons)} persone"
    return f"{campaign.name}: {counts}, {len(campaign.products)} prodotti"


async def look_at_telegram(given: Given) -> str:
    """Telegram knows the token."""
    token = settings.TELEGRAM_TOKEN.of(given)
    name = await bot_name(settings.TELEGRAM_BASE_URL.of(given), token)
    return f"il bot è @{name}"


async def look_at_smtp(given: Given) -> str:
    """The server lets us in and takes mail from our address. No mail leaves."""
    url, sender = settings.SMTP_URL.of(given), settings.MAIL_FROM.of(given).email
    server = mail_server(url.reveal())
    try:
        async with _tokens(given) as tokens:
            ours = tokens if server.user else None
            client = aiosmtplib.SMTP(
                hostname=server.host,
                port=server.port,
                username=server.user or None,
                password=None if ours else server.password or None,
                oauth_token_generator=ours.access_token if ours else None,
                use_tls=server.tls,
                start_tls=server.starttls,
                timeout=SECONDS,
            )
            async with client:
                await client.mail(sender)
    except NoTokenError as error:
        raise Failure(f"{error}: controlla DOPOVISITA_MAIL_OAUTH_…") from None
    except aiosmtplib.SMTPAuthenticationError:
        raise Failure("il server rifiuta utente o password: controlla DOPOVISITA_SMTP_URL") from None
    except aiosmtplib.SMTPResponseException as error:
        raise Failure(
            f"il server non accetta mail da {sender} (risposta {error.code}): controlla DOPOVISITA_MAIL_FROM"
        ) from None
    except (aiosmtplib.SMTPException, OSError):
        raise Failure(
            f"{server.host}:{server.port} non risponde: controlla indirizzo, porta, TLS e firewall"
        ) from None
    return f"{server.host} accetta mail da {sender}"


async def look_at_imap(given: Given) -> str:
    """The mailbox opens and its folder can be read."""
    server = mail_server(settings.IMAP_URL.of(given).reveal())
    async with _tokens(given) as tokens:
        inbox = Inbox(server, patience=SECONDS, tokens=tokens)
        try:
            await inbox.open()
        except MailboxUnreachable as error:
            where = "DOPOVISITA_MAIL_OAUTH_… e DOPOVISITA_IMAP_URL" if tokens else "DOPOVISITA_IMAP_URL"
            raise Failure(f"{error}: controlla {where}") from None
        finally:
            inbox.close()
    return f"{server.host}, cartella {server.folder}"


@asynccontextmanager
async def _tokens(given: Given) -> AsyncIterator[Tokens | None]:
    """Who signs in without a password, as the service does; what the provider renews is kept for it."""
    its = settings.oauth_from(given)
    if its is None:
        yield None
        return
    url = settings.DATABASE_URL.of(given)
    _must_exist(url)
    async with open_store(url.reveal()) as store:
        yield mail_tokens(its, settings.SECRET_KEY.of(given), store, Clock().now)


CHECKS: Final = (
    Check("Impostazioni", look_at_settings),
    Check("Archivio", look_at_archive),
    Check("Campagna", look_at_campaign),
    Check("Telegram", look_at_telegram),
    Check("Posta in uscita", look_at_smtp),
    Check("Posta in arrivo", look_at_imap),
)
