"""The wire to Telegram: aiohttp under python-telegram-bot, whose own choice, httpx, takes three times
as long.

PTB keeps what it is good at: its `Bot`, its lifecycle and its mapping of answers to errors. This module
carries bytes and refuses to know what a method means, who asked and whether to try again.
"""

import io
import json
from typing import Any, Final, cast

import aiohttp
from telegram import Bot
from telegram._utils.types import ODVInput  # the type of BaseRequest's own signature, exported nowhere else
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from procedure.notices import Json

_DEFAULT: Final = BaseRequest.DEFAULT_NONE
_READ_SECONDS: Final = 10.0
_UPLOAD_SECONDS: Final = 60.0
_CONNECT_SECONDS: Final = 5.0
_JSON_HEADERS: Final = {"Content-Type": "application/json", "User-Agent": BaseRequest.USER_AGENT}


class FloodError(TelegramError):
    """Telegram asks to wait (429); in place of PTB's RetryAfter, which cannot be made without a warning."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Flood control exceeded: wait {seconds} seconds")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """PTB's documented seam for HTTP, on one pool of kept connections, with no proxy and no cookies.

    Args:
        connections: the most that may be open at once; one is taken by getUpdates for as long as it waits.
    """

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._timeouts: dict[tuple[float | None, ...], aiohttp.ClientTimeout] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer, unless the call says otherwise."""
        return _READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=75)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=True,
                trust_env=False,
            )

    async def shutdown(self) -> None:
        """Close the pool and whatever still waits on it."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0917 -- the signature is BaseRequest's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = _DEFAULT,
        write_timeout: ODVInput[float] = _DEFAULT,
        connect_timeout: ODVInput[float] = _DEFAULT,
        pool_timeout: ODVInput[float] = _DEFAULT,
    ) -> tuple[int, bytes]:
        """One request: the status and the body of its answer.

        Raises:
            TimedOut: no answer in time; whether the request arrived is not known.
            NetworkError: the connection failed.
            FloodError: Telegram said 429.
        """
        if self._session is None:
            raise RuntimeError("the wire is not open")
        body, headers = _body(request_data)
        timeout = self._timeout(
            isinstance(body, aiohttp.FormData), read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout
            ) as answer:
                status, content = answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None  # the cause may carry the address, and in it the token
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"{type(error).__name__} on the way to Telegram") from None
        if status == 429:
            raise FloodError(_retry_after(content))
        return status, content

    def _timeout(
        self,
        uploads: bool,
        read: ODVInput[float],
        write: ODVInput[float],
        connect: ODVInput[float],
        pool: ODVInput[float],
    ) -> aiohttp.ClientTimeout:
        """PTB's four patiences as aiohttp's, which has none for writing: it adds to that for reading."""
        reading = _seconds(read, _READ_SECONDS)
        writing = _seconds(write, _UPLOAD_SECONDS if uploads else 0.0)
        patience = None if reading is None or writing is None else reading + writing
        connecting = _seconds(connect, _CONNECT_SECONDS)
        waiting = _seconds(pool, _CONNECT_SECONDS)
        key = (patience, connecting, waiting)
        if key not in self._timeouts:
            both = None if connecting is None or waiting is None else connecting + waiting
            self._timeouts[key] = aiohttp.ClientTimeout(
                total=None, connect=both, sock_connect=connecting, sock_read=patience
            )
        return self._timeouts[key]


class _Plain:
    """Parameters that are plain JSON already, in the shape of the RequestData that `post` hands through."""

    contains_files = False

    def __init__(self, params: dict[str, Json]) -> None:
        self.json_payload = json.dumps(params, ensure_ascii=False, separators=(",", ":")).encode()


async def call(bot: Bot, method: str, params: dict[str, Json], *, patience: float = _READ_SECONDS) -> Any:
    """One call of the Bot API with PTB's mapping of errors and without its objects: JSON in, JSON out.

    `Bot.do_api_request` would do, were it not that it warns of every method that `Bot` also has.

    Args:
        bot: whose token, address and wire to use.
        method: the Bot API's name of it, such as "sendMessage".
        params: as the Bot API documents them, nested values included.
        patience: seconds to wait for the answer.

    Raises:
        TelegramError: as PTB maps it, FloodError for 429.
    """
    data = cast(RequestData, _Plain(params))
    return await bot.request.post(f"{bot.base_url}/{method}", data, read_timeout=patience)


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None or not data.contains_files:
        return (data.json_payload if data else None), _JSON_HEADERS
    form = aiohttp.FormData(quote_fields=False)  # Telegram reads names as they are
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        stream = io.BytesIO(content) if isinstance(content, bytes) else content  # aiohttp reads it in pieces
        form.add_field(name, stream, filename=filename, content_type=mime_type)
    return form, {"User-Agent": BaseRequest.USER_AGENT}


def _seconds(given: ODVInput[float], default: float) -> float | None:
    return default if given is _DEFAULT else cast("float | None", given)


def _retry_after(content: bytes) -> float:
    try:
        return float(json.loads(content)["parameters"]["retry_after"])
    except (ValueError, LookupError, TypeError):
        return 1.0
