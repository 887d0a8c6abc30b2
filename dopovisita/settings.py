"""The settings of one installation, read once from the environment and from `.env`. Opens nothing.

The only module that reads the environment. What is missing or wrong is told in one Italian sentence; whether
a login works is for `verifica` to say.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

from dopovisita import variables
from dopovisita.secret import Secret, SecretUrl
from dopovisita.variables import PREFIX, Address, Variable
from mailer.wires.servers import mail_server
from procedure.campaign import Contact
from procedure.errors import SettingsError
from store.letters import Outcome

ENV_FILE: Final = Path(".env")


@dataclass(frozen=True, slots=True)
class OAuth:
    """How tokens for the mail servers are asked for, in a password's place."""

    token_url: str
    client_id: str
    client_secret: Secret | None
    refresh_token: Secret
    scope: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All that one installation decides outside its campaign file. Built once, passed down, never changed."""

    database_url: SecretUrl
    telegram_token: Secret
    telegram_base_url: str  # as PTB takes it: the token follows without a slash
    smtp_url: SecretUrl
    imap_url: SecretUrl
    mail_from: Contact
    secret_key: Secret
    campaign: Path
    webhook_url: str | None  # None: polling
    webhook_listen: Address
    mail_plus_addresses: bool  # a reply's token may travel in name+token@…
    mail_trusted_server: str  # whose Authentication-Results count; empty: nobody's
    mail_filed: Mapping[Outcome, str]  # the folder of what came to each end; empty: only flagged seen
    mail_oauth: OAuth | None  # None: the addresses of the servers have a password, or need none
    smtp_connections: int


_ENCODED = "nella password scrivi %40 per @, %2F per /, %23 per #"

DATABASE_URL = Variable(
    "DATABASE_URL",
    variables.database_url,
    "scrivi sqlite:///percorso/del/file.db oppure postgresql://utente:password@server/nome",
    default="sqlite:///var/dopovisita.db",
)
TELEGRAM_TOKEN = Variable(
    "TELEGRAM_TOKEN",
    variables.telegram_token,
    "scrivi il token che ti ha dato @BotFather, per esempio 123456:ABC-lettere",
)
TELEGRAM_BASE_URL = Variable(
    "TELEGRAM_BASE_URL",
    variables.telegram_base_url,
    "scrivi l'indirizzo del servizio, per esempio https://api.telegram.org/bot, o toglila",
    default="https://api.telegram.org/bot",
)
SMTP_URL = Variable(
    "SMTP_URL",
    variables.mail_url("smtp", "smtps", login=False),
    f"scrivi smtp://utente:password@server:587 (o smtps:// per TLS; {_ENCODED})",
)
IMAP_URL = Variable(
    "IMAP_URL",
    variables.mail_url("imap", "imaps", login=True),
    f"scrivi imaps://utente:password@server:993/INBOX (o imap:// senza TLS; {_ENCODED})",
)
MAIL_FROM = Variable(
    "MAIL_FROM",
    variables.sender,
    "scrivi l'indirizzo da cui partono le mail, per esempio Dopovisita <assistente@tuodominio.it>",
)
SECRET_KEY = Variable(
    "SECRET_KEY",
    variables.secret_key,
    "servono almeno 32 caratteri a caso, per esempio quelli di "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'",
)
CAMPAIGN = Variable(
    "CAMPAIGN", Path, "scrivi il percorso del file della campagna (copialo da campaign.example.toml)"
)
WEBHOOK_URL = Variable(
    "WEBHOOK_URL",
    variables.webhook_url,
    "scrivi un indirizzo https:// sulla porta 443, 80, 88 o 8443, o toglila se il server non ne ha uno",
    default="",
)
WEBHOOK_LISTEN = Variable(
    "WEBHOOK_LISTEN",
    variables.address,
    "scrivi indirizzo:porta, per esempio 127.0.0.1:8443",
    default="127.0.0.1:8443",
)
MAIL_PLUS_ADDRESSES = Variable(
    "MAIL_PLUS_ADDRESSES",
    variables.yes_or_no,
    "scrivi sì se la casella riceve anche nome+parola@dominio, altrimenti no",
    default="sì",
)
MAIL_TRUSTED_SERVER = Variable(
    "MAIL_TRUSTED_SERVER",
    variables.server_name,
    "scrivi il nome con cui il tuo server di posta comincia le righe Authentication-Results, per esempio "
    "mx.tuodominio.it (o microsoft365), o toglila",
    default="",
)
MAIL_FILED = Variable(
    "MAIL_FILED",
    variables.filed,
    "scrivi segna, oppure tre cartelle separate da virgole (registrate, da smistare, ignorate), per esempio "
    "Dopovisita/Registrate, Dopovisita/Da smistare, Dopovisita/Ignorate",
    default="segna",
)
SMTP_CONNECTIONS = Variable(
    "SMTP_CONNECTIONS", variables.connections, "scrivi un numero da 1 a 10", default="2"
)
_OAUTH = "scrivi tutte le DOPOVISITA_MAIL_OAUTH_… come dice il README, o toglile tutte"
MAIL_OAUTH_TOKEN_URL = Variable(
    "MAIL_OAUTH_TOKEN_URL",
    variables.web_address,
    "scrivi l'indirizzo https:// a cui il fornitore della posta dà i token, o toglila",
    default="",
)
MAIL_OAUTH_CLIENT_ID = Variable("MAIL_OAUTH_CLIENT_ID", str, _OAUTH, default="")
MAIL_OAUTH_CLIENT_SECRET = Variable("MAIL_OAUTH_CLIENT_SECRET", variables.secret_or_none, _OAUTH, default="")
MAIL_OAUTH_REFRESH_TOKEN = Variable("MAIL_OAUTH_REFRESH_TOKEN", variables.secret_or_none, _OAUTH, default="")
MAIL_OAUTH_SCOPE = Variable("MAIL_OAUTH_SCOPE", str, _OAUTH, default="")

VARIABLES: Final[tuple[Variable[object], ...]] = (
    DATABASE_URL,
    TELEGRAM_TOKEN,
    TELEGRAM_BASE_URL,
    SMTP_URL,
    IMAP_URL,
    MAIL_FROM,
    SECRET_KEY,
    CAMPAIGN,
    WEBHOOK_URL,
    WEBHOOK_LISTEN,
    MAIL_PLUS_ADDRESSES,
    MAIL_TRUSTED_SERVER,
    MAIL_FILED,
    SMTP_CONNECTIONS,
    MAIL_OAUTH_TOKEN_URL,
    MAIL_OAUTH_CLIENT_ID,
    MAIL_OAUTH_CLIENT_SECRET,
    MAIL_OAUTH_REFRESH_TOKEN,
    MAIL_OAUTH_SCOPE,
)


def read_variables(env_file: Path = ENV_FILE) -> dict[str, str]:
    """Every DOPOVISITA_* variable of the environment and of `env_file`; the environment wins.

    Raises:
        SettingsError: the file cannot be read, or a name is not one of ours.
    """
    given = {**_from_file(env_file), **os.environ}
    ours = {name: value for name, value in given.items() if name.startswith(PREFIX)}
    _must_be_known(ours)
    return ours


def _from_file(path: Path) -> dict[str, str]:
    try:
        found = dotenv_values(path, interpolate=False, encoding="utf-8-sig")  # a password may hold a $
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"non riesco a leggere {path}: dev'essere un file di testo in UTF-8") from None
    return {name: value or "" for name, value in found.items()}


def _must_be_known(given: Mapping[str, str]) -> None:
    known = [PREFIX + variable.name for variable in VARIABLES]
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise SettingsError(f"{name} non è un'impostazione di Dopovisita: forse volevi scrivere {near}")


def settings_from(given: Mapping[str, str]) -> Settings:
    """The settings that `given` makes.

    Raises:
        SettingsError: the first that is missing or wrong.
    """
    return Settings(
        database_url=DATABASE_URL.of(given),
        telegram_token=TELEGRAM_TOKEN.of(given),
        telegram_base_url=TELEGRAM_BASE_URL.of(given),
        smtp_url=SMTP_URL.of(given),
        imap_url=IMAP_URL.of(given),
        mail_from=MAIL_FROM.of(given),
        secret_key=SECRET_KEY.of(given),
        campaign=CAMPAIGN.of(given),
        webhook_url=WEBHOOK_URL.of(given),
        webhook_listen=WEBHOOK_LISTEN.of(given),
        mail_plus_addresses=MAIL_PLUS_ADDRESSES.of(given),
        mail_trusted_server=MAIL_TRUSTED_SERVER.of(given),
        mail_filed=MAIL_FILED.of(given),
        mail_oauth=oauth_from(given),
        smtp_connections=SMTP_CONNECTIONS.of(given),
    )


def oauth_from(given: Mapping[str, str]) -> OAuth | None:
    """How to sign in to the mail servers without a password; None where nothing of it is given.

    Raises:
        SettingsError: only a part of it is given, or there is neither that nor a password.
    """
    url, client, refresh = (
        MAIL_OAUTH_TOKEN_URL.of(given),
        MAIL_OAUTH_CLIENT_ID.of(given),
        MAIL_OAUTH_REFRESH_TOKEN.of(given),
    )
    if url and client and refresh:
        secret, scope = MAIL_OAUTH_CLIENT_SECRET.of(given), MAIL_OAUTH_SCOPE.of(given)
        return OAuth(url, client, secret, refresh, scope)
    if url or client or refresh:
        raise SettingsError(
            f"{PREFIX}MAIL_OAUTH_TOKEN_URL, _CLIENT_ID e _REFRESH_TOKEN vanno insieme: {_OAUTH}"
        )
    for variable in (IMAP_URL, SMTP_URL):
        address = variable.of(given)
        if mail_server(address.reveal()).user and not address.passwords:
            raise SettingsError(f"{PREFIX}{variable.name} non va bene: senza password {_OAUTH}")
    return None


def load_settings(env_file: Path = ENV_FILE) -> Settings:
    """The settings of this installation.

    Raises:
        SettingsError: the first that is missing, wrong or unknown, in one sentence.
    """
    return settings_from(read_variables(env_file))


def wrong_settings(given: Mapping[str, str]) -> Iterator[str]:
    """One sentence for each variable that is missing or wrong: `verifica` tells them all together."""
    for variable in VARIABLES:
        try:
            variable.of(given)
        except SettingsError as error:
            yield str(error)
    with suppress(SettingsError):  # told above
        IMAP_URL.of(given), SMTP_URL.of(given)
        try:
            oauth_from(given)
        except SettingsError as error:
            yield str(error)
