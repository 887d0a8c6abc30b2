"""Mails with parts, written in a line each."""

from collections.abc import Sequence


def part(content: bytes | str, *headers: str) -> bytes:
    raw = content.encode() if isinstance(content, str) else content
    return "".join(f"{header}\n" for header in headers).encode() + b"\n" + raw


def multipart(kind: str, parts: Sequence[bytes], *headers: str, boundary: str = "=_b") -> bytes:
    head = [*headers, f'Content-Type: multipart/{kind}; boundary="{boundary}"']
    mark = b"--" + boundary.encode()
    return part(b"".join(mark + b"\n" + each + b"\n" for each in parts) + mark + b"--\n", *head)


def text(content: str, *headers: str, kind: str = "plain") -> bytes:
    return part(content, f"Content-Type: text/{kind}; charset=utf-8", *headers)


def file(
    content: bytes, name: str = "", media_type: str = "application/octet-stream", *headers: str
) -> bytes:
    called = f'; filename="{name}"' if name else ""
    return part(content, f"Content-Type: {media_type}", f"Content-Disposition: attachment{called}", *headers)


def with_files(*files: bytes) -> bytes:
    return multipart("mixed", [text("Ecco"), *files], "From: a@x.example.com")
