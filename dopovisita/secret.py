"""Values that must never be read by chance, in a log or a traceback. Refuses to know what they open."""

import hmac
from urllib.parse import unquote, urlsplit

HIDDEN = "***"


class Secret:
    """A secret text. Every way of printing it gives `***`; only `reveal` gives the text."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself: call it where it leaves for the wire, never earlier."""
        return self._value

    def __str__(self) -> str:
        return HIDDEN

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> "Secret":
        return self  # dataclasses.asdict copies what it meets; a copy must hide as well as the first

    def __reduce_ex__(self, protocol: object) -> str | tuple[object, ...]:
        raise TypeError("a secret is not pickled")


def reply_key(secret_key: Secret) -> bytes:
    """The key that signs the reply tokens, from the one secret of the settings."""
    return key_of(secret_key, b"reply")


def key_of(secret_key: Secret, purpose: bytes) -> bytes:
    """A key for one purpose, from the one secret of the settings."""
    return hmac.digest(secret_key.reveal().encode(), purpose, "sha256")


class SecretUrl(Secret):
    """An address that may hold a password: printed without it, and without its query."""

    __slots__ = ()

    def __str__(self) -> str:
        try:
            netloc = urlsplit(self._value).netloc
        except ValueError:
            return HIDDEN
        if "@" in self._value and "@" not in netloc:  # a password with a mark that ends the address early
            return HIDDEN
        return self._value.partition("?")[0].replace(netloc, _without_password(netloc), 1)

    @property
    def passwords(self) -> tuple[str, ...]:
        """The password, as the address writes it and as it is; empty where there is none."""
        try:
            password = urlsplit(self._value).password or ""
        except ValueError:
            return (self._value,)
        return tuple(dict.fromkeys(form for form in (password, unquote(password)) if form))


def _without_password(netloc: str) -> str:
    user, at, host = netloc.rpartition("@")
    return f"{user.partition(':')[0]}:{HIDDEN}{at}{host}" if ":" in user else netloc
