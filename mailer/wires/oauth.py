"""Access tokens for the mail servers that take no password: asked of the provider, kept until they expire.

The provider may hand out a new refresh token with any answer, and then the old one is good no longer: the new
one is kept before the access token is used. Refuses to know where it is kept and which server it opens.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp

SOON = timedelta(minutes=5)
"""A token that ends so soon is asked for anew: it must outlive the connection that it opens."""

PATIENCE = 20.0
"""Seconds for the provider's answer."""

USUAL = 3600
"""Seconds that a token lasts whose provider does not say."""


class NoTokenError(OSError):
    """The provider gives none; its words say why. An OSError: one more way not to be connected."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where tokens are asked for, and as whom. `scope` may be empty."""

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    scope: str = ""


class Tokens:
    """The access token of one mailbox, for both wires.

    Args:
        provider: from the settings.
        kept: gives the refresh token that `keep` was given last; None where none was.
        keep: keeps a refresh token that the provider put in the old one's place.
        now: the clock.
    """

    def __init__(
        self,
        provider: Provider,
        *,
        kept: Callable[[], Awaitable[str | None]],
        keep: Callable[[str], Awaitable[None]],
        now: Callable[[], datetime],
    ) -> None:
        self._provider = provider
        self._kept = kept
        self._keep = keep
        self._now = now
        self._one_at_a_time = asyncio.Lock()
        self._token = ""
        self._until: datetime | None = None

    async def access_token(self) -> str:
        """A token that is good now.

        Raises:
            NoTokenError: the provider is out of reach, or refuses.
        """
        async with self._one_at_a_time:
            if self._until is None or self._until - self._now() < SOON:
                await self._renew()
            return self._token

    def forget(self) -> None:
        """The server refused the token: the next one is asked for anew."""
        self._until = None

    async def _renew(self) -> None:
        asked = self._now()
        answer = await self._ask(await self._kept() or self._provider.refresh_token)
        rotated = answer.get("refresh_token")
        if isinstance(rotated, str) and rotated:
            await self._keep(rotated)
        self._token = answer["access_token"]
        self._until = asked + timedelta(seconds=_seconds(answer.get("expires_in")))

    async def _ask(self, refresh_token: str) -> Mapping[str, Any]:
        its = self._provider
        form = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "client_id": its.client_id,
            "client_secret": its.client_secret,
            "scope": its.scope,
        }
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as session,
                session.post(
                    its.token_url, data={name: value for name, value in form.items() if value}
                ) as said,
            ):
                return _answer(said.status, await said.json(content_type=None))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise NoTokenError(f"{its.token_url} non dà un token: {type(error).__name__}") from None


def _answer(status: int, answer: Any) -> Mapping[str, Any]:
    """The provider's answer, if it holds a token; what it says in its stead goes no further than its code."""
    if isinstance(answer, dict) and isinstance(answer.get("access_token"), str):
        return answer
    why = answer.get("error") if isinstance(answer, dict) else None
    raise NoTokenError(f"il fornitore della posta non dà un token: {status} {str(why or '')[:60]}".strip())


def _seconds(told: Any) -> float:
    try:
        return float(told)
    except (TypeError, ValueError):
        return USUAL
