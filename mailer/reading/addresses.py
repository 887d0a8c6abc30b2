"""Who a mail says it is from and where it was sent. Refuses to know if that is true."""

import re

from mailer.reading.headers import Headers, decoded, without_comments

MOST_RECIPIENTS = 100

ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,255}")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?[^?\s]{0,1000}\?=")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")

_SENT_TO = (
    "x-gm-original-to", "delivered-to", "x-original-to", "envelope-to", "resent-to", "to", "cc"
)  # fmt: skip


def sender_of(headers: Headers) -> tuple[str, str]:
    """The name and the address of From, this one in lower case; empty where it has none, or several.

    The address is the one in angle brackets, if any: a name may look like an address, or be encoded as one.
    """
    value = headers.plain("from")
    bare = without_comments(_ENCODED.sub(" ", _QUOTED.sub(" ", value)))
    bracketed = [inside.strip() for inside in _IN_BRACKETS.findall(bare)]
    found = ADDRESS.fullmatch(bracketed[0]) if len(bracketed) == 1 else None
    if not bracketed:
        found = ADDRESS.search(bare)
    name = decoded(value.rpartition("<")[0]) if bracketed else ""
    return name.strip(' "').replace('\\"', '"'), found.group().lower() if found else ""


def recipients_of(headers: Headers) -> tuple[str, ...]:
    """Every address it was sent to, in lower case, the most telling header first."""
    return tuple(dict.fromkeys(address for name in _SENT_TO for address in addresses_in(headers, name)))[
        :MOST_RECIPIENTS
    ]


def addresses_in(headers: Headers, name: str) -> list[str]:
    """The addresses in the headers of one name, in lower case."""
    return [found.group().lower() for value in headers.every(name) for found in ADDRESS.finditer(value)]
