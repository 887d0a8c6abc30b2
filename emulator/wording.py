"""Telegram's refusals, word for word, so that a bot that reads them is tested on what it will really read.

It refuses to know when they apply: the methods decide that.
"""

from emulator.state import Json


class ApiError(Exception):
    """What the Bot API answers when it does not do what it was asked.

    Attributes:
        code: the HTTP status, which is also `error_code`.
        description: Telegram's sentence.
        parameters: `{"retry_after": seconds}` or None.
    """

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(what: str) -> ApiError:
    """A 400."""
    return ApiError(400, f"Bad Request: {what}")


def forbidden(why: str) -> ApiError:
    """A 403."""
    return ApiError(403, f"Forbidden: {why}")


def flood(retry_after: int) -> ApiError:
    """A 429: too many requests, come back after so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
