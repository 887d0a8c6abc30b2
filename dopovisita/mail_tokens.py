"""Who signs in to the mail servers without a password; what the provider renewed is kept in the archive.

The settings are only read, so a refresh token that the provider puts in the first one's place is kept there,
sealed with the installation's key. Refuses to know the wires.
"""

import hmac
from collections.abc import Callable
from datetime import datetime
from functools import partial

from dopovisita.sealing import seal, unseal
from dopovisita.secret import Secret
from dopovisita.settings import OAuth
from mailer.wires.oauth import Provider, Tokens
from store import marks
from store.engine import Store


def mail_tokens(its: OAuth, secret_key: Secret, store: Store, now: Callable[[], datetime]) -> Tokens:
    """The tokens of this sign-in. Another client or another first token is another, and begins anew."""
    key = hmac.digest(secret_key.reveal().encode(), b"oauth", "sha256")
    first = hmac.digest(key, f"{its.client_id} {its.refresh_token.reveal()}".encode(), "sha256")
    name = f"oauth:{first.hex()[:16]}"

    async def kept() -> str | None:
        found = await store.read(partial(marks.get, name=name))
        return unseal(key, found) if isinstance(found, str) else None

    async def keep(token: str) -> None:
        await store.run(partial(marks.put, name=name, value=seal(key, token)))

    return Tokens(_provider(its), kept=kept, keep=keep, now=now)


def _provider(its: OAuth) -> Provider:
    secret = its.client_secret.reveal() if its.client_secret else ""
    return Provider(its.token_url, its.client_id, secret, its.refresh_token.reveal(), its.scope)
