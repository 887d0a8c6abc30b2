"""The service's journal: one line a thing, on standard error. It says no secret, whatever is logged.

Refuses to know what is worth a line: each room decides.
"""

import logging
from collections.abc import Iterable

from dopovisita.settings import Settings

HIDDEN = "•••"
CHATTY = ("alembic", "telegram", "aiohttp.access")
"""Libraries that tell more than an operator wants to read."""


class Discreet(logging.Formatter):
    """Blots out the secrets from a line and from its traceback."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = sorted({s for s in secrets if s}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The line, without secrets."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return line


def keep_journal(settings: Settings, level: int = logging.INFO) -> None:
    """Write the journal from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(secrets_of(settings)))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def secrets_of(settings: Settings) -> list[str]:
    """Every secret of the settings, as it could stand in a line."""
    urls = (settings.database_url, settings.smtp_url, settings.imap_url)
    secrets = [settings.telegram_token, settings.secret_key]
    if its := settings.mail_oauth:
        secrets += [its.refresh_token, *([its.client_secret] if its.client_secret else [])]
    plain = [secret.reveal() for secret in secrets]
    return [*plain, *(part for url in urls for part in url.passwords)]
