"""What a bot asked, out of the three ways in which the Bot API lets it ask: form, multipart or JSON.

After this point every parameter has its type. It refuses to know what a method means.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from emulator.state import Json
from emulator.wording import bad

_WHOLE = {
    "chat_id", "message_id", "offset", "limit", "timeout", "user_id", "max_connections", "cache_time",
    "reply_to_message_id", "message_thread_id",
}  # fmt: skip
_YES_NO = {"disable_notification", "protect_content", "show_alert", "drop_pending_updates"}
_NESTED = {
    "reply_markup", "entities", "caption_entities", "link_preview_options", "reply_parameters",
    "allowed_updates", "message_ids", "commands", "scope", "menu_button",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of one call, typed, and the files that came along."""

    params: Json = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.params[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The parameter, or the default."""
        return self.params.get(name, default)


async def read(request: web.Request) -> Asked:
    """The parameters of a request, from the query string and the body.

    Raises:
        ApiError: a parameter is not of its type.
    """
    params: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        params |= json.loads(await request.read() or b"{}")
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.file.read(), value.content_type)
            else:
                params[name] = value
    return Asked({name: _typed(name, value) for name, value in params.items()}, files)


def _typed(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if name in _WHOLE:
            return int(value)
        if name in _NESTED:
            return json.loads(value) if value else None
    except ValueError:
        raise bad(f"can't parse {name}: expected another type") from None
    return value.lower() in {"true", "1", "yes"} if name in _YES_NO else value
