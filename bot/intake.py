"""Taking updates in: what must not be kept is taken out, and the rest is kept before Telegram is told.

Keeping comes first because Telegram forgets an update once it is confirmed: an update that is only in
memory then is lost with the process. What is kept is rebuilt from the fields we use, never copied: names,
telephone numbers, positions, captions and file ids do not get in, and a text loses what may not pass through
a chat. It refuses to know what an update means.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from bot.incoming import Incoming, media_of
from conversations.private import find_private, redact
from procedure.notices import Json
from store import updates
from store.engine import Store

_Object = dict[str, Json]

_ALL: Final = {
    "user": ("id",),
    "chat": ("id", "type"),
    "message": ("message_id", "date"),
    "tap": ("id", "data"),
}
"""What is kept of each kind of object, beside the objects inside it."""


class Intake:
    """The way in, for polling and webhook alike."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def keep(self, arrived: Sequence[Mapping[str, Any]]) -> list[Incoming]:
        """Keep these updates; those that were new, in order. Once it returns, Telegram may be told.

        What the store raises is raised here: then nothing was kept, and Telegram must not be told.
        """
        fit = [fit_to_keep(update) for update in arrived if isinstance(update.get("update_id"), int)]
        read = [Incoming.from_payload(update) for update in fit]
        rows = [(one.update_id, one.chat_id, kept) for one, kept in zip(read, fit, strict=True)]
        new = await self._store.run(partial(updates.keep, rows=rows, now=self._clock()))
        by_id = {one.update_id: one for one in read}
        return [by_id[update_id] for update_id in dict.fromkeys(new)]


def fit_to_keep(update: Mapping[str, Any]) -> _Object:
    """The update with only what we use, in Telegram's own shape, so that it reads as it did.

    A text in which something private was found keeps a mark of what: `"private": ["IBAN"]`. An update that
    cannot be read keeps its number alone.
    """
    kept: _Object = {"update_id": update["update_id"]}
    try:
        return kept | _content(update)
    except (LookupError, TypeError, AttributeError):
        return kept


def _content(update: Mapping[str, Any]) -> _Object:
    if tap := update.get("callback_query"):
        return {"callback_query": _tap(tap)}
    for name in ("message", "edited_message"):
        if message := update.get(name):
            return _written(name, message)
    if member := update.get("my_chat_member"):
        state: _Object = {"status": member["new_chat_member"]["status"]}
        return {"my_chat_member": _where(member) | {"new_chat_member": state}}
    return {}


def _tap(tap: Mapping[str, Any]) -> _Object:
    """A tap without the message under it, but for its number: the words and the keyboard were ours."""
    kept = _only("tap", tap) | {"from": _only("user", tap["from"])}
    return kept | {"message": _where(tap["message"])} if tap.get("message") else kept


def _written(name: str, message: Mapping[str, Any]) -> _Object:
    """A message, edited or not; its text without what is private, and marked with what that was."""
    kept = _where(message)
    if "text" not in message:
        media = media_of(message)
        return {name: kept | {media: True} if media else kept}
    text = str(message["text"])
    found: list[Json] = [*dict.fromkeys(finding.kind.value for finding in find_private(text))]
    if not found:
        return {name: kept | {"text": text}}
    return {name: kept | {"text": redact(text)}, "private": found}


def _where(message: Mapping[str, Any]) -> _Object:
    kept = _only("message", message) | {"chat": _only("chat", message["chat"])}
    return kept | {"from": _only("user", message["from"])} if message.get("from") else kept


def _only(kind: str, thing: Mapping[str, Any]) -> _Object:
    return {name: thing[name] for name in _ALL[kind] if name in thing}
