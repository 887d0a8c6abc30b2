"""A reply: the calls of the Bot API that answer an update, as plain data.

Plain, because it is stored in the transaction of the effect it tells of, and sent after it, perhaps by
another process after a crash. It refuses to know the network (`sending.py` carries it) and the words
(`screens.py`).
"""

from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from procedure.notices import Json

EDITS: Final = frozenset({"editMessageText", "editMessageReplyMarkup", "editMessageCaption"})
_ONLY_WHEN_EDITING: Final = frozenset({"message_id", "inline_message_id"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call: a method of the Bot API and its parameters, nested ones as objects.

    `remember`, where given, is handed with the message's id to the service's `after_send` when the call made
    a new message (also where that was an edit whose message is gone), so that it can be found again.
    """

    method: str
    params: dict[str, Json] = field(default_factory=dict)
    remember: Json = None

    @property
    def edits(self) -> tuple[Json, Json] | None:
        """The chat and the message that it edits, if it does."""
        if self.method not in EDITS or "message_id" not in self.params:
            return None
        return (self.params.get("chat_id"), self.params["message_id"])

    def as_new_message(self) -> "Call | None":
        """What sends anew a text whose message can no longer be edited; None where nothing is worth it."""
        if self.method != "editMessageText" or "chat_id" not in self.params:
            return None
        kept = {name: value for name, value in self.params.items() if name not in _ONLY_WHEN_EDITING}
        return Call("sendMessage", kept, self.remember)


Reply: TypeAlias = tuple[Call, ...]


def to_json(reply: Reply) -> list[Json]:
    """The reply as it is stored."""
    return [_call_to_json(call) for call in reply]


def from_json(stored: Any) -> Reply:
    """The reply that `to_json` stored."""
    return tuple(Call(one["method"], one["params"], one.get("remember")) for one in stored or ())


def commands(chat_id: int, pairs: tuple[tuple[str, str], ...]) -> Call:
    """The menu of one person's chat: each command without its slash, and what it does in a few words."""
    listed: list[Json] = [{"command": command, "description": does} for command, does in pairs]
    return Call("setMyCommands", {"commands": listed, "scope": {"type": "chat", "chat_id": chat_id}})


def _call_to_json(call: Call) -> Json:
    stored: dict[str, Json] = {"method": call.method, "params": call.params}
    return stored if call.remember is None else stored | {"remember": call.remember}
