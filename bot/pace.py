"""Telegram's flood limits for what nobody asked for: thirty messages a second in all, one a second in a chat.

A reply to a person's own tap is counted and never delayed. It refuses to know what is sent, and reads
no clock: the moments are those of the event loop, given by the caller.
"""

from typing import Final

ALL_CHATS: Final = 1 / 30
ONE_CHAT: Final = 1.0
_FORGET_OVER: Final = 1_000  # chats; those whose second has passed are forgotten


class Pace:
    """When the next message may leave. Moments and waits are in seconds."""

    def __init__(self) -> None:
        self._anywhere = 0.0
        self._chats: dict[int, float] = {}

    def wait(self, chat_id: int, now: float) -> float:
        """Book the next free moment for a push to this chat: how long to wait for it."""
        moment = max(now, self._anywhere, self._chats.get(chat_id, 0.0))
        self._anywhere = max(now, self._anywhere) + ALL_CHATS
        self._chats[chat_id] = moment + ONE_CHAT
        if len(self._chats) > _FORGET_OVER:
            self._chats = {chat: free for chat, free in self._chats.items() if free > now}
        return moment - now

    def replied(self, now: float) -> None:
        """Count a reply; pushes make room for it, by one second at most however many the replies."""
        self._anywhere = min(max(now, self._anywhere) + ALL_CHATS, max(self._anywhere, now + ONE_CHAT))
