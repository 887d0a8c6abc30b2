"""What a bot says about itself: its name, commands, descriptions and menu button.

It refuses to know any message.
"""

import json
from typing import Any

from emulator.params import Asked
from emulator.state import Journal, Json
from emulator.wording import bad

_TEXTS = {"description": 512, "short_description": 120, "name": 64}


class Profile:
    """The bot's own settings, kept in the journal.

    Args:
        token: of the Bot API, such as "700000001:demo"; what stands before the colon is the bot's number.
    """

    def __init__(self, journal: Journal, token: str, *, name: str, username: str) -> None:
        self._journal = journal
        number = token.partition(":")[0]
        self.user: Json = {
            "id": int(number) if number.isdecimal() else 700_000_001,
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self._kept: dict[str, Any] = {k: v for k, v in journal.table("bot").items() if k != "webhook"}

    def me(self) -> Json:
        """What getMe gives."""
        no = (
            "can_read_all_group_messages",
            "supports_inline_queries",
            "can_connect_to_business",
            "has_main_web_app",
        )
        return self.user | {"can_join_groups": False} | dict.fromkeys(no, False)

    def set_text(self, what: str, asked: Asked) -> bool:
        """Set the "description", the "short_description" or the "name"."""
        text = asked.get(what) or ""
        if len(text) > _TEXTS[what]:
            raise bad(f"bot {what} is too long")
        self._keep(what, text)
        return True

    def text(self, what: str) -> Json:
        """The text set by `set_text`, as the Bot API wraps it."""
        return {what: self._kept.get(what, "")}

    def set_commands(self, asked: Asked) -> bool:
        """Set the commands of a scope."""
        commands = asked.get("commands") or []
        for command in commands:
            if not command["command"].strip("/").replace("_", "").isalnum() or len(command["command"]) > 32:
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self._keep(_scope(asked), commands)
        return True

    def delete_commands(self, asked: Asked) -> bool:
        """Forget the commands of a scope."""
        self._keep(_scope(asked), None)
        return True

    def commands(self, asked: Asked) -> list[Json]:
        """The commands of a scope."""
        found: list[Json] = self._kept.get(_scope(asked)) or []
        return found

    def commands_for(self, chat_id: int) -> list[Json]:
        """The commands that a phone shows in a private chat: the narrowest scope that has any."""
        scopes: list[Json] = [
            {"type": "chat", "chat_id": chat_id},
            {"type": "all_private_chats"},
            {"type": "default"},
        ]
        return next((found for s in scopes if (found := self.commands(Asked({"scope": s})))), [])

    def menu_button(self) -> Json:
        """The button that chats without one of their own have."""
        found: Json = self._kept.get("menu_button") or {"type": "commands"}
        return found

    def set_menu_button(self, button: Json) -> None:
        """Set the button of chats without one of their own."""
        self._keep("menu_button", button)

    def reset(self) -> None:
        """Write it all down again after the journal was emptied: a bot keeps its profile."""
        for what, value in self._kept.items():
            self._journal.put("bot", what, value)

    def _keep(self, what: str, value: Any) -> None:  # any JSON value
        self._kept[what] = value
        self._journal.put("bot", what, value)


def _scope(asked: Asked) -> str:
    scope = asked.get("scope") or {"type": "default"}
    return f"commands {json.dumps(scope, sort_keys=True)} {asked.get('language_code') or ''}"
