"""An HTML mail as text, in which what programs mark stays marked: `> ` before the lines of quotations and
signatures, a rule above the mail that is answered.

One pass, linear in the length whatever the markup, since strangers write it. What is not shown is not read.
Refuses to know mail and to judge which part is new; `quotation` does.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator

LONGEST = 400_000
"""Characters of markup that are read; a reply's new text stands at its beginning."""

RULE = "_" * 32
"""Nothing below it is the sender's: Outlook's own, in plain text."""

_LONGEST_TAG = 4_000

DEEPEST = 20
"""Marks of quotation that are written before a line, however deep it stands."""

_BREAKS = frozenset(
    {"br", "p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr", "pre"}
    | {"section", "article", "header", "footer", "center", "dl", "dt", "dd", "body", "form"}
)
_UNREAD = frozenset({"style", "script", "head", "title"})
_HOLDING = frozenset({"div", "blockquote", "table", "tr", "td", "section", "article", "center"})
"""Elements that are judged whole; of the others, those that are not shown."""

_VOID = frozenset(
    {"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "source", "embed"}
)
"""Elements that nothing closes."""

_ABOVE_THE_ANSWERED = re.compile(
    r"divRplyFwdMsg|appendonsend|yahoo_quoted|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container"
    r"|moz-forward-container|zwchr|__HEADERS__|protonmail_quote\"[^>]*data-forward"
    r"|border-top:\s*(?:solid\s+#(?:E1E1E1|B5C4DF)|1px\s+solid\s+#(?:E1E1E1|B5C4DF))"
    r"|border-top:\s*#(?:E1E1E1|B5C4DF)\s+1(?:\.0)?p[tx]\s+solid",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:class|id|data-smartmail)\s*=\s*[\"']?(?:[\w ./-]{0,80}[ _-])?"
    r"(?:gmail_signature|moz-signature|(?:x_)?signature|applemailsignature|k9mail-signature"
    r"|composer_signature"
    r"|ms-outlook-mobile-signature|protonmail_signature_block|mobile_signature)(?![\w-]*(?:empty|prefix))",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"moz-cite-prefix|border(?:-left)?:\s*(?:none;\s*border-left:\s*)?solid\s+(?:blue|#0000FF)\s+1\.5pt"
    r"|border-left:\s*[12]px\s+solid\s+(?:rgb\(16, ?16, ?255\)|#1010FF)",
    re.IGNORECASE,
)
_INDENTED = re.compile(
    r"margin:\s*0(?:px)?\s+0(?:px)?\s+0(?:px)?\s+40px;\s*border:\s*(?:none|medium)", re.IGNORECASE
)
_NOT_SHOWN = re.compile(
    r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all|font-size:\s*0(?:px|pt)?\s*(?:[;\"'!]|$)"
    r"|\shidden(?:\s|$|=)",
    re.IGNORECASE,
)
_NAME = re.compile(r"/?[a-z][a-z0-9:]{0,20}")


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
        closed = _closed(markup, opened)
        if closed < 0:
            return
        yield "tag", markup[opened + 1 : closed]
        at = closed + 1
    yield "text", markup[at:]


def _closed(markup: str, opened: int) -> int:
    """Where the tag ends: the next bracket, or the one after it where the first stands within quotes."""
    closed = markup.find(">", opened)
    inside = markup[opened:closed]
    if closed >= 0 and len(inside) < _LONGEST_TAG and inside.count('"') % 2:
        again = markup.find(">", markup.find('"', closed, closed + _LONGEST_TAG), closed + _LONGEST_TAG)
        return max(closed, again)
    return closed


class _Writer:
    """Collects lines, knowing which elements stand open, how deep in quotations, and whether what comes is
    shown at all.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._unread = ""
        self._open: list[tuple[str, int, int]] = []  # name, quotations and hidings that it brought
        self._names = Counter[str]()
        self._depth = 0
        self._hidden = 0

    def write(self, text: str) -> None:
        if not self._unread and not self._hidden:
            self._line.append(re.sub(r"\s+", " ", text))

    def tag(self, inside: str) -> None:
        found = _NAME.match(inside[:30].lower())
        name = found.group() if found else ""
        if self._unread:
            self._unread = "" if name == f"/{self._unread}" else self._unread
        elif name in _UNREAD:
            self._unread = name
        elif name.startswith("/"):
            self._close(name[1:])
        elif name:
            self._begin(name, inside[len(name) : _LONGEST_TAG])

    def _begin(self, name: str, attributes: str) -> None:
        if name in _BREAKS:
            self._end_line()
        elif name in {"td", "th"}:
            self._line.append(" ")
        if not self._hidden and not self._depth and _ABOVE_THE_ANSWERED.search(attributes):
            self._lines.append(RULE)
        elif name == "a" and "_mailautosig" in attributes.lower():  # Word's own mark, not around it but above
            self._end_line()
            self._lines.append("-- ")
        hides = name not in _VOID and bool(_NOT_SHOWN.search(attributes))
        if name in _HOLDING or hides:
            quotes = _quotes(name, attributes)
            self._open.append((name, quotes, int(hides)))
            self._names[name] += 1
            self._depth += quotes
            self._hidden += hides

    def _close(self, name: str) -> None:
        if name in _BREAKS:
            self._end_line()
        if not self._names[name]:
            return
        while True:
            opened, quotes, hides = self._open.pop()
            self._names[opened] -= 1
            self._depth -= quotes
            self._hidden -= hides
            if opened == name:
                return

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines)

    def _end_line(self) -> None:
        line = "".join(self._line).strip()
        self._line.clear()
        self._lines.append("> " * min(self._depth, DEEPEST) + line if line else "")


def _quotes(name: str, attributes: str) -> int:
    """1 where what the element holds is quoted, or a signature; Gmail indents by a `blockquote` as well."""
    if name == "blockquote":
        return 0 if _INDENTED.search(attributes) else 1
    return int(bool(_CITED.search(attributes) or _SIGNATURE.search(attributes)))
