"""What a reader finds in a paper: its words, and the dark and light of a picture.

Enough PDF and PNG for that, by the standard library alone; only for files that we made.
"""

import re
import zlib
from collections.abc import Iterator

POINTS = 72  # to an inch
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(raw: bytes) -> str:
    """The words in the order in which they are read; each run of one font on a line of its own."""
    objects = dict(re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", raw, re.DOTALL))
    streams = {number: stream for number, body in objects.items() if (stream := _stream(body)) is not None}
    fonts = {
        name: _letters(streams[_to_unicode(objects[font])])
        for body in objects.values()
        for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", body)
    }
    pages = re.findall(rb"/Type/Page/.*?/Contents (\d+) 0 R", raw)
    return "\n".join(run for page in pages for run in _runs(streams[page], fonts))


def figure(raw: bytes) -> tuple[str, tuple[float, ...]]:
    """The one picture of a PDF: what it says to who cannot see it, and its box in points."""
    ((alt, box),) = re.findall(rb"/S/Figure.*?/Alt\((.*?)\).*?/BBox\[(.*?)\]", raw, re.DOTALL)
    return alt.decode(), tuple(map(float, box.split()))


def pixels(png: bytes) -> list[list[bool]]:
    """Row by row, whether each pixel is dark."""
    width, height, depth, colour = _header(png)
    assert depth == 8
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    data = zlib.decompress(b"".join(re.findall(rb"(?s)....IDAT(.*?)(?=.{8}(?:IDAT|IEND))", png)))
    rows, last = [], bytearray(width * channels)
    for at in range(0, height * (width * channels + 1), width * channels + 1):
        last = _unfiltered(data[at], data[at + 1 : at + 1 + width * channels], last, channels)
        rows.append([last[x] < 128 for x in range(0, width * channels, channels)])
    return rows


def _header(png: bytes) -> tuple[int, int, int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24]), png[24], png[25]


def _unfiltered(kind: int, row: bytes, above: bytearray, step: int) -> bytearray:
    """One row of a PNG as it was before its filter (PNG specification, 9.2)."""
    out = bytearray(row)
    for i in range(len(out)):
        a, b, c = (out[i - step] if i >= step else 0), above[i], (above[i - step] if i >= step else 0)
        paeth = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
        out[i] = (out[i] + (0, a, b, (a + b) // 2, paeth)[kind]) % 256
    return out


def _stream(body: bytes) -> bytes | None:
    found = re.search(rb"/FlateDecode.*?stream\n(.*)\nendstream", body, re.DOTALL)
    return zlib.decompress(found[1]) if found else None


def _to_unicode(font: bytes) -> bytes:
    found = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert found
    return found[1]


def _letters(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", cmap)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _runs(page: bytes, fonts: dict[bytes, dict[int, str]]) -> Iterator[str]:
    for name, shown in re.findall(rb"(?s)/(f\d+) [\d.]+ Tf(.*?)\nET", page):
        strings = re.findall(rb"\(((?:[^()\\]|\\.)*)\)", shown, re.DOTALL)
        codes = b"".join(re.sub(rb"(?s)\\([0-7]{1,3}|.)", _unescaped, string) for string in strings)
        letters = (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))
        yield "".join(fonts[name].get(letter, "") for letter in letters)


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8)]) if said.isdigit() else ESCAPES.get(said, said)
