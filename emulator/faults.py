"""Trouble on request: the next calls of the bot are refused, left hanging, or done and never answered.

It refuses to know what the calls would have done.
"""

from dataclasses import dataclass
from typing import Literal

from emulator.wording import ApiError, flood

Kind = Literal["flood", "bad_gateway", "hang", "lost", "refuse"]


@dataclass(slots=True)
class Fault:
    """What will go wrong with the next `times` calls.

    Attributes:
        kind: "flood" answers 429 with `retry_after` seconds; "bad_gateway" 502; "refuse" `code` and
        `description`;
            "hang" never answers and does nothing; "lost" does it, then cuts the connection without an answer.
        method: only calls of this method, None for every call but getUpdates.
        chat_id: only calls about this chat, None for any.
    """

    kind: Kind
    times: int = 1
    method: str | None = None
    chat_id: int | None = None
    retry_after: int = 1
    code: int = 400
    description: str = "Bad Request: refused on request"

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Whether it strikes this call."""
        right_method = (
            method.lower() == self.method.lower() if self.method else method.lower() != "getupdates"
        )
        return right_method and self.chat_id in {None, chat_id}

    def error(self) -> ApiError:
        """What the bot is told."""
        if self.kind == "flood":
            return flood(self.retry_after)
        if self.kind == "bad_gateway":
            return ApiError(502, "Bad Gateway")
        return ApiError(self.code, self.description)


class Faults:
    """The troubles that are ordered and have not struck yet."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Order one; they strike in the order in which they were ordered."""
        self._ordered.append(fault)

    def clear(self) -> None:
        """Call them all off."""
        self._ordered.clear()

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that this call meets, used up once."""
        for fault in self._ordered:
            if fault.concerns(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self._ordered.remove(fault)
                return fault
        return None
