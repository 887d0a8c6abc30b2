"""What an IMAP server's lines say, and how we write what we ask. Pure: opens nothing, waits for nothing."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from procedure.errors import Failure


class MailboxUnreachable(Failure):
    """The connection is lost or never was; open another."""


class Declined(Failure):
    """The server said NO or BAD to one command; the connection may be good all the same."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as it lies in the mailbox. `whole` is False where only its beginning was fetched."""

    uid: int
    raw: bytes
    whole: bool = True


def must(response: Any) -> list[Any]:
    """The lines of an answer that says OK.

    Raises:
        Declined: it says NO or BAD.
    """
    if response.result != "OK":
        said = b" ".join(line for line in response.lines[-1:] if isinstance(line, bytes))
        raise Declined(f"{response.result} {said.decode('utf-8', 'replace')}")
    return list(response.lines)


def uidvalidity_of(lines: Iterable[Any]) -> int:
    """The UIDVALIDITY among the lines of a SELECT.

    Raises:
        Declined: there is none.
    """
    found = re.search(rb"\[UIDVALIDITY (\d+)\]", b"\n".join(map(bytes, lines)))
    if found is None:
        raise Declined("no UIDVALIDITY")
    return int(found[1])


def messages_of(lines: Iterable[Any]) -> Iterator[Fetched]:
    """The messages in a FETCH answer. The flag changes of other clients, mixed in, have no literal."""
    told, raw = b"", None
    for line in lines:
        if isinstance(line, bytearray):
            raw = bytes(line)
        elif re.match(rb"\d+ FETCH \(", line):
            told, raw = line, None
        else:
            told += line
        uid = re.search(rb"\bUID (\d+)", told)
        if raw is not None and uid is not None:
            yield Fetched(int(uid[1]), raw)
            told, raw = b"", None


def groups(sizes: dict[int, int], room: int, largest: int) -> Iterator[list[int]]:
    """The UIDs in groups of at most `room` bytes; those above `largest` left out."""
    group: list[int] = []
    left = room
    for uid, size in sizes.items():
        if size > largest:
            continue
        if group and size > left:
            yield group
            group, left = [], room
        group.append(uid)
        left -= size
    if group:
        yield group


def sizes_of(lines: Iterable[Any], asked: Iterable[int]) -> dict[int, int]:
    """The sizes of those that were asked for, by UID and in its order."""
    wanted, sizes = set(asked), {}
    for line in lines:
        uid, size = re.search(rb"\bUID (\d+)", line), re.search(rb"RFC822\.SIZE (\d+)", line)
        if uid and size and int(uid[1]) in wanted:
            sizes[int(uid[1])] = int(size[1])
    return dict(sorted(sizes.items()))


def delimiter_of(lines: Iterable[Any]) -> str:
    """What stands between a folder and those in it, from the answer to LIST "" ""."""
    found = re.search(rb'\([^)]*\) "(\\?.)" ', b"\n".join(map(bytes, lines)))
    return found[1][-1:].decode("ascii", "replace") if found else "/"


def uid_set(uids: Iterable[int]) -> str:
    """The UIDs as a command has them."""
    return ",".join(map(str, uids))


def quoted(text: str) -> str:
    """The text as a quoted string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folder_name(name: str, delimiter: str) -> str:
    """A folder written with slashes, as the server wants it: its own delimiter, and the UTF-7 of RFC 3501."""
    pieces = re.split(r"([^\x20-\x7e]+)", name.replace("/", delimiter))
    return "".join(
        _seven_bits(piece) if number % 2 else piece.replace("&", "&-") for number, piece in enumerate(pieces)
    )


def _seven_bits(text: str) -> str:
    return "&" + b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"
