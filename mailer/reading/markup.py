"""An HTML mail as text, in which quotations stay recognisable: `> ` before quoted lines.

One pass, linear in the length whatever the markup, since strangers write it. Refuses to know mail and to
judge which part is new; `quotation` does.
"""

import html
import re
from collections.abc import Iterator

LONGEST = 400_000
"""Characters of markup that are read; a reply's new text stands at its beginning."""

RULE = "-----Messaggio originale-----"

_BREAKS = frozenset(
    {"br", "p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr", "pre"}
)
_HIDDEN = frozenset({"style", "script", "head", "title"})
_REPLY_MARKS = re.compile(
    r"divRplyFwdMsg|appendonsend|yahoo_quoted|OLK_SRC_BODY_SECTION|border-top:\s*solid\s+#(?:E1E1E1|B5C4DF)",
    re.IGNORECASE,
)
_NAME = re.compile(r"/?[a-z0-9]{1,20}")


def text_of(markup: str) -> str:
    """The readable text of an HTML mail, one line for each block."""
    writer = _Writer()
    for kind, value in _pieces(markup[:LONGEST]):
        if kind == "text":
            writer.write(html.unescape(value))
        else:
            writer.tag(value)
    return writer.text()


def _pieces(markup: str) -> Iterator[tuple[str, str]]:
    """The markup as ("text", …) and ("tag", what stands between the brackets); comments are left out."""
    at = 0
    while (opened := markup.find("<", at)) >= 0:
        yield "text", markup[at:opened]
        if markup.startswith("<!--", opened):
            end = markup.find("-->", opened)
            at = end + 3 if end >= 0 else len(markup)
            continue
        closed = markup.find(">", opened)
        if closed < 0:
            return
        yield "tag", markup[opened + 1 : closed]
        at = closed + 1
    yield "text", markup[at:]


class _Writer:
    """Collects lines, knowing how deep in quotations it stands and whether what comes is shown at all."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0
        self._hidden = ""

    def write(self, text: str) -> None:
        if not self._hidden:
            self._line.append(re.sub(r"\s+", " ", text))

    def tag(self, inside: str) -> None:
        found = _NAME.match(inside.lower())
        name = found.group() if found else ""
        if self._hidden:
            self._hidden = "" if name == f"/{self._hidden}" else self._hidden
            return
        if name in _HIDDEN:
            self._hidden = name
            return
        if name.lstrip("/") in _BREAKS:
            self._end_line()
        if name == "div" and _REPLY_MARKS.search(inside):
            self._lines.append(RULE)
        self._depth = max(0, self._depth + {"blockquote": 1, "/blockquote": -1}.get(name, 0))

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines)

    def _end_line(self) -> None:
        line = "".join(self._line).strip()
        self._line.clear()
        self._lines.append("> " * min(self._depth, 3) + line if line else "")
