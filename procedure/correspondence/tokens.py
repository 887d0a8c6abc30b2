"""Signed tokens, which a reply carries back: only we can make one. Refuses to know where a token travels."""

import base64
import hashlib
import hmac
import re

MAC_BYTES = 10  # 80 bits: out of reach of guessing by mail
MAC_LETTERS = MAC_BYTES * 8 // 5
_REF = re.compile(r"[a-z0-9]{1,24}")
TOKEN = re.compile(rf"(?<![a-z0-9])[a-z0-9]{{1,24}}?[a-z2-7]{{{MAC_LETTERS}}}(?![a-z0-9])")


def ref_of(key: str) -> str:
    """The reference that stands for a notice's key in a token: 13 letters, 64 bits of its digest."""
    return _base32(hashlib.blake2b(key.encode(), digest_size=8).digest())


def mint(secret: bytes, ref: str) -> str:
    """A token that only we can make: `ref` and its signature, lower-case letters and digits only.

    It survives a plus-address, a Message-ID and a program that upper-cases addresses.

    Raises:
        ValueError: `ref` is not 1 to 24 lower-case letters or digits.
    """
    if not _REF.fullmatch(ref):
        raise ValueError("a reference is 1 to 24 lower-case letters or digits")
    return ref + _mac(secret, ref)


def read(secret: bytes, token: str) -> str | None:
    """The `ref` that a token was minted for, or None where we never signed it; the case is free."""
    lowered = token.lower()
    ref, mac = lowered[:-MAC_LETTERS], lowered[-MAC_LETTERS:]
    if not _REF.fullmatch(ref) or not mac.isascii():
        return None
    return ref if hmac.compare_digest(mac, _mac(secret, ref)) else None


def _mac(secret: bytes, ref: str) -> str:
    return _base32(hmac.new(secret, b"reply:" + ref.encode(), hashlib.sha256).digest()[:MAC_BYTES])


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()
