"""A text whose paragraphs were folded to be put together again: format=flowed (RFC 3676).

Refuses to know what is quoted and what is new.
"""

import re

_QUOTED = re.compile(r">*")


def unfolded(text: str, *, drops_space: bool) -> str:
    """The text with one line a paragraph; the quoted ones begin with `> ` for each level.

    Args:
        text: as it stands in the part.
        drops_space: DelSp=yes, the space that folds a line is no part of it.
    """
    lines: list[str] = []
    paragraph: list[str] = []
    depth = 0
    for line in text.replace("\r\n", "\n").split("\n"):
        quotes = _QUOTED.match(line)
        level = quotes.end() if quotes else 0
        words = line[level + 1 :] if line[level : level + 1] == " " else line[level:]
        if paragraph and (level != depth or words == "-- "):
            lines.append(_quoted(depth, paragraph))
            paragraph = []
        depth = level
        folds = words.endswith(" ") and words != "-- "
        paragraph.append(words[:-1] if folds and drops_space else words)
        if not folds:
            lines.append(_quoted(depth, paragraph))
            paragraph = []
    if paragraph:
        lines.append(_quoted(depth, paragraph))
    return "\n".join(lines)


def _quoted(depth: int, paragraph: list[str]) -> str:
    return "> " * min(depth, 20) + "".join(paragraph)
