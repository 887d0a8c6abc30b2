"""Asking Telegram who our bot is: the one call that a command makes by itself. Never says the token."""

import aiohttp

from dopovisita.secret import Secret
from procedure.errors import Failure

SECONDS = 10


async def bot_name(base_url: str, token: Secret) -> str:
    """The user name of the bot, without its @.

    Raises:
        Failure: Telegram did not answer, or does not know the token.
    """
    try:
        status, answer = await _get_me(base_url, token)
    except (aiohttp.ClientError, TimeoutError, ValueError):  # their texts hold the address, and so the token
        status, answer = 0, {}
    result = answer.get("result")
    if status == 200 and isinstance(result, dict) and "username" in result:
        return str(result["username"])
    if status in {401, 404}:
        raise Failure("Telegram non riconosce il token: copialo di nuovo da @BotFather")
    raise Failure("Telegram non risponde: controlla la rete, il firewall e DOPOVISITA_TELEGRAM_BASE_URL")


async def _get_me(base_url: str, token: Secret) -> tuple[int, dict[str, object]]:
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{base_url}{token.reveal()}/getMe") as response,
    ):
        answer = await response.json(content_type=None)
        return response.status, answer if isinstance(answer, dict) else {}
