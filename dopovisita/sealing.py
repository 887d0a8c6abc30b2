"""A short secret, closed with the installation's own key before it is written down. Refuses to know what.

Encrypt, then authenticate: a keystream of HMAC-SHA256 in counter mode, and an HMAC over all of it. Keys for
the two come from one, and a nonce is drawn for each secret.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256

_NONCE = 16
_SEAL = sha256().digest_size


def seal(key: bytes, secret: str) -> str:
    """The secret as text that only `key` opens."""
    nonce = secrets.token_bytes(_NONCE)
    closed = nonce + _crossed(key, nonce, secret.encode())
    return urlsafe_b64encode(_seal(key, closed) + closed).decode()


def unseal(key: bytes, sealed: str) -> str | None:
    """What was sealed; None where another key did, or somebody changed it."""
    try:
        raw = urlsafe_b64decode(sealed)
    except (NotBase64, ValueError):
        return None
    mark, closed = raw[:_SEAL], raw[_SEAL:]
    if len(closed) < _NONCE or not hmac.compare_digest(mark, _seal(key, closed)):
        return None
    return _crossed(key, closed[:_NONCE], closed[_NONCE:]).decode()


def _seal(key: bytes, closed: bytes) -> bytes:
    return hmac.digest(hmac.digest(key, b"seal", "sha256"), closed, "sha256")


def _crossed(key: bytes, nonce: bytes, text: bytes) -> bytes:
    """The text with the keystream over it; twice, it is the text again."""
    ours = hmac.digest(key, b"stream", "sha256")
    blocks = range(-(-len(text) // _SEAL))
    stream = b"".join(hmac.digest(ours, nonce + block.to_bytes(4, "big"), "sha256") for block in blocks)
    return bytes(one ^ other for one, other in zip(text, stream, strict=False))
