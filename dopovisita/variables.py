"""How one DOPOVISITA_* variable is read. Refuses to know where its text comes from and which there are.

A reader takes the text and raises ValueError where it does not fit. The sentence that a person reads is the
variable's `expects`, which never repeats the value: a password is easily pasted beside the wrong name.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Generic, TypeVar
from urllib.parse import urlsplit

from dopovisita.secret import Secret, SecretUrl
from procedure.campaign import Contact
from procedure.errors import SettingsError
from store.letters import Outcome

PREFIX: Final = "DOPOVISITA_"
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a socket listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Variable(Generic[T_co]):
    """One variable: how it is read, and what to write in it.

    `read` raises ValueError for a value that does not fit; `default` None means it must be given.
    """

    name: str
    read: Callable[[str], T_co]
    expects: str
    default: str | None = None

    def of(self, variables: Mapping[str, str]) -> T_co:
        """The value among `variables`.

        Raises:
            SettingsError: missing, or not what is expected.
        """
        raw = variables.get(PREFIX + self.name, "").strip() or self.default
        if raw is None:
            raise SettingsError(f"{PREFIX}{self.name} manca: {self.expects}")
        with suppress(ValueError):  # raised below, out of its context: its text may hold the value
            return self.read(raw)
        raise SettingsError(f"{PREFIX}{self.name} non va bene: {self.expects}")


def database_url(raw: str) -> SecretUrl:
    """SQLite with a file, or PostgreSQL with a server and a name."""
    parts = urlsplit(raw)
    scheme = parts.scheme.partition("+")[0]
    _must(scheme in {"sqlite", "postgresql"})
    _must(bool(parts.path.strip("/")))
    _must(scheme == "sqlite" or bool(parts.hostname) or "host=" in parts.query)  # a socket is in the query
    return SecretUrl(raw)


def mail_url(*schemes: str, login: bool) -> Callable[[str], SecretUrl]:
    """A reader of mail servers' addresses; `login`: a user must be there. Without a password: OAuth2.

    A password without its %-escapes ends the server's name early and is refused here, not at the login.
    """

    def read(raw: str) -> SecretUrl:
        parts = urlsplit(raw)
        _must(parts.scheme in schemes and bool(parts.hostname))
        _must(parts.port is None or parts.port > 0)
        _must(bool(parts.username) or not (parts.password or login))
        _must(not parts.fragment and not parts.query)
        return SecretUrl(raw)

    return read


def telegram_token(raw: str) -> Secret:
    """A bot's number, a colon and its secret."""
    _must(re.fullmatch(r"\d{3,}:[A-Za-z0-9_-]{20,}", raw) is not None)
    return Secret(raw)


def telegram_base_url(raw: str) -> str:
    """Where the Bot API answers."""
    parts = urlsplit(raw)
    _must(parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc)
    return raw


def sender(raw: str) -> Contact:
    """`name@domain` or `Name <name@domain>`."""
    from email.utils import parseaddr  # noqa: PLC0415 — spares commands that need no address its import

    from email_validator import validate_email  # noqa: PLC0415 — the same

    name, address = parseaddr(raw)
    checked = validate_email(address, check_deliverability=False)
    return Contact(name or "Dopovisita", checked.normalized)


def secret_key(raw: str) -> Secret:
    """Enough characters, and not a row of the same few."""
    _must(len(raw) >= 32 and len(set(raw)) >= 10)
    return Secret(raw)


def webhook_url(raw: str) -> str | None:
    """An address that Telegram is able to call; None where there is none."""
    if not raw:
        return None
    parts = urlsplit(raw)
    _must(bool(parts.hostname) and "@" not in parts.netloc)
    if parts.hostname != "127.0.0.1":  # on this machine an emulated Telegram calls without TLS, on any port
        _must(parts.scheme == "https" and (parts.port or 443) in {443, 80, 88, 8443})
    return raw


def address(raw: str) -> Address:
    """`host:port`."""
    parts = urlsplit(f"//{raw}")
    _must(bool(parts.hostname) and bool(parts.port) and raw == parts.netloc and "@" not in raw)
    return Address(parts.hostname or "", parts.port or 0)


def web_address(raw: str) -> str:
    """Where a provider answers; in the clear only on this machine. Or nothing."""
    parts = urlsplit(raw)
    _must(not raw or (bool(parts.hostname) and "@" not in parts.netloc))
    _must(not raw or parts.scheme == "https" or (parts.scheme, parts.hostname) == ("http", "127.0.0.1"))
    return raw


def secret_or_none(raw: str) -> Secret | None:
    """A secret, where there is one."""
    return Secret(raw) if raw else None


def connections(raw: str) -> int:
    """How many at a time: few, since servers count them."""
    _must(raw.isascii() and raw.isdigit() and 1 <= int(raw) <= 10)
    return int(raw)


def filed(raw: str) -> Mapping[Outcome, str]:
    """Where letters are put that are recorded, to sort, ignored; nowhere for `segna`."""
    if raw.casefold() == "segna":
        return {}
    folders = [folder.strip().strip("/") for folder in raw.split(",")]
    _must(len(folders) == len(Outcome) and all(folders) and "inbox" not in map(str.casefold, folders))
    return dict(zip((Outcome.RECORDED, Outcome.TO_SORT, Outcome.IGNORED), folders, strict=True))


def server_name(raw: str) -> str:
    """A name without spaces, in lower case; or nothing."""
    _must(not raw or re.fullmatch(r"[\w.-]{1,255}", raw) is not None)
    return raw.lower()


def yes_or_no(raw: str) -> bool:
    """`sì` or `no`, with or without the accent."""
    word = raw.casefold()
    _must(word in {"sì", "si", "no"})
    return word != "no"


def _must(holds: bool) -> None:
    if not holds:
        raise ValueError
