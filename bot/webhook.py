"""The webhook's door: Telegram posts an update, it is kept, and only then is Telegram told 200.

Anyone may knock; only who carries the secret is let in. It refuses to know what arrives.
"""

import hmac
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.polling import Take

log = logging.getLogger(__name__)

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name
_LARGEST: Final = 1024 * 1024  # bytes; updates are a few thousand


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram finds us, and where we listen (behind a proxy that has the certificate).

    `secret` is 1 to 256 characters of A-Z, a-z, 0-9, _ and -.
    """

    url: str
    host: str
    port: int
    secret: str

    def __repr__(self) -> str:
        return f"Webhook({self.url!r}, {self.host!r}, {self.port})"


@asynccontextmanager
async def listening(webhook: Webhook, take: Take) -> AsyncIterator[None]:
    """Serve the door while the block runs; at its end, let those inside finish.

    Raises:
        OSError: the port is taken.
    """
    app = web.Application(client_max_size=_LARGEST)
    app.router.add_post(urlsplit(webhook.url).path or "/", _Door(webhook.secret, take).post)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=5)
    await runner.setup()
    try:
        await web.TCPSite(runner, webhook.host, webhook.port).start()
        yield
    finally:
        await runner.cleanup()


class _Door:
    def __init__(self, secret: str, take: Take) -> None:
        self._secret = secret.encode()
        self._take = take

    async def post(self, request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(shown, self._secret):
            return web.Response(status=403)
        update = _update(await request.read())
        if update is None:
            return web.Response(status=400)
        return await self._let_in(update)

    async def _let_in(self, update: dict[str, Any]) -> web.Response:
        try:
            await self._take([update])
        except Exception:  # 500: Telegram will bring it again
            log.exception("non riesco a conservare l'aggiornamento %s", update["update_id"])
            return web.Response(status=500)
        return web.Response()


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    wanted = isinstance(update, dict) and isinstance(update.get("update_id"), int)
    return update if wanted else None
