"""The addresses of mail servers, from the URL in the settings. Opens nothing."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465, "imap": 143, "imaps": 993}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where a server is and how to sign in; without `user` nobody signs in.

    Attributes:
        tls: TLS from the first byte (smtps, imaps).
        folder: of an IMAP server, what to read.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: bool
    folder: str = "INBOX"

    @property
    def is_local(self) -> bool:
        """True on this machine, where nobody else reads the wire."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def starttls(self) -> bool | None:
        """Of SMTP: True demands the upgrade before a password leaves here, None takes what there is."""
        if self.tls:
            return False
        return True if self.user and not self.is_local else None


def mail_server(url: str) -> MailServer:
    """The server of `smtp://…`, `smtps://…`, `imap://…` or `imaps://user:password@host:993/INBOX`.

    Raises:
        ValueError: another scheme, or no host.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("not the address of a mail server")
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme.endswith("s"),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )
