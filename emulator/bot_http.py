"""The Bot API's wire: HTTP in, Telegram's answers out, and the faults that a wire can have.

It refuses to know what the methods do.
"""

import asyncio
from typing import Any

from aiohttp import web

from emulator.faults import Fault, Kind
from emulator.params import read
from emulator.telegram import Telegram
from emulator.wording import ApiError

CLOSING = web.AppKey("closing", asyncio.Event)


def routes(telegram: Telegram) -> list[web.RouteDef]:
    """What python-telegram-bot needs below `base_url` and `base_file_url`, and where to order trouble."""
    wire = _Wire(telegram)
    return [
        web.get("/file/bot{token}/{path:.+}", wire.download),
        web.route("*", "/bot{token}/{method}", wire.call),
        web.post("/control/faults", wire.order),
        web.post("/control/updates", wire.updates),
    ]


class _Wire:
    """One wire to one Telegram."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    async def call(self, request: web.Request) -> web.Response:
        """One method of the Bot API."""
        method = request.match_info["method"]
        try:
            asked = await read(request)
            fault = self._telegram.faults.strike(method, asked.get("chat_id"))
            if fault and fault.kind == "hang":
                await request.app[CLOSING].wait()
            if fault and fault.kind != "lost":
                raise fault.error()
            result = await self._telegram.answer(request.match_info["token"], method, asked)
        except ApiError as error:
            return web.json_response(error.as_json(), status=error.code)
        _cut(request, fault)
        return web.json_response({"ok": True, "result": result})

    async def download(self, request: web.Request) -> web.Response:
        """The bytes of a file that getFile named."""
        if request.match_info["token"] != self._telegram.token:
            raise web.HTTPUnauthorized
        try:
            file = self._telegram.office.files.get(request.match_info["path"].split("/")[1])
        except (ApiError, IndexError):
            raise web.HTTPNotFound from None
        return web.Response(body=file.content, content_type=file.mime_type)

    async def order(self, request: web.Request) -> web.Response:
        """Order a fault: the JSON body has the fields of `emulator.faults.Fault`; {} calls all off."""
        wanted: dict[str, Any] = await request.json()
        if not wanted:
            self._telegram.faults.clear()
        else:
            kind: Kind = wanted.pop("kind")
            self._telegram.faults.add(Fault(kind, **wanted))
        return web.json_response({"ok": True})

    async def updates(self, request: web.Request) -> web.Response:
        """Play with the delivery: {"hold": true|false}, {"duplicate": n} or {"redeliver": update_id|null}."""
        wanted: dict[str, Any] = await request.json()
        updates = self._telegram.office.updates
        if "hold" in wanted:
            updates.hold() if wanted["hold"] else updates.release()
        if "duplicate" in wanted:
            updates.duplicate_next(wanted["duplicate"])
        if "redeliver" in wanted:
            updates.redeliver(wanted["redeliver"])
        return web.json_response({"ok": True})


def _cut(request: web.Request, fault: Fault | None) -> None:
    """Cut the connection of a call that was done but whose answer is to be lost."""
    if fault and request.transport:
        request.transport.abort()
