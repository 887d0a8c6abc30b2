"""A provider of tokens on loopback, over HTTP: it rotates refresh tokens, fails when told to, and vouches."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web


class TokenProvider:
    """Hands out numbered access tokens; knows which are good."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[dict[str, Any]] = []
        self.good: set[str] = set()
        self.refresh_token = "primo"
        self.rotates = False
        self.fails: tuple[int, Any] | None = None
        self.lasts: Any = 3600

    async def token(self, request: web.Request) -> web.Response:
        """The token endpoint."""
        form = dict(await request.post())
        self.asked.append(form)
        if self.fails:
            return web.json_response(self.fails[1], status=self.fails[0])
        if form.get("refresh_token") != self.refresh_token:
            return web.json_response({"error": "invalid_grant"}, status=400)
        token = f"accesso-{len(self.asked)}"
        self.good.add(token)
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": self.lasts}
        if self.rotates:
            self.refresh_token = f"ruotato-{len(self.asked)}"
            answer["refresh_token"] = self.refresh_token
        return web.json_response(answer)

    async def introspect(self, request: web.Request) -> web.Response:
        """Whose a token is, for a server that asks (RFC 7662)."""
        token = str((await request.post()).get("token"))
        return web.json_response({"active": token in self.good, "username": "visite@visite.example.com"})


@asynccontextmanager
async def a_provider() -> AsyncIterator[TokenProvider]:
    """A provider that answers until the end."""
    provider = TokenProvider()
    application = web.Application()
    application.router.add_post("/token", provider.token)
    application.router.add_post("/introspect", provider.introspect)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    provider.url = f"http://127.0.0.1:{port}"
    try:
        yield provider
    finally:
        await runner.cleanup()
