"""Which lines of a mail are quoted from another, whatever program quoted them.

Every line looks at a fixed number of those near it, so the work is linear. Where a program quotes without
`>`, nothing below the mark is the sender's. Refuses to judge signatures.
"""

from itertools import islice

from mailer.reading.quoting.marks import (
    LONGEST_LINE,
    dates_attribution,
    field_of,
    is_attribution,
    is_rule,
    names_address,
    names_moment_or_address,
    opens_attribution,
)

_NEAR = 8
"""Lines among which a header block's fields stand; a long list of recipients is folded."""

_FOLDED = 5
"""Lines over which programs fold `Il giorno … ha scritto:`, blank ones included."""

_WRAP = 72
"""A quoted line that could not have taken the next word within this width was broken by a program."""


def quoted(lines: list[str]) -> list[bool]:
    """For each line, whether it is quoted or announces what is."""
    found = [False] * len(lines)
    at = 0
    while at < len(lines):
        count, final = _announcement(lines, at)
        if final:
            return found[:at] + [True] * (len(lines) - at)
        if count or is_quoted(lines[at]) or _is_broken_off(lines, at):
            found[at : at + max(count, 1)] = [True] * max(count, 1)
        at += max(count, 1)
    return found


def is_quoted(line: str) -> bool:
    """True for a line with the quotation's mark."""
    return line.lstrip().startswith(">")


def _announcement(lines: list[str], at: int) -> tuple[int, bool]:
    """How many lines announce a quotation here; and whether nothing that follows is the sender's."""
    heading = _heading(lines, at)
    if heading:
        return heading, not _quoted_follows(lines, at + heading) or "___" in lines[at]
    folded = _attribution(lines, at)
    if not folded or _quoted_follows(lines, at + folded):
        return folded, False
    is_program = names_moment_or_address(" ".join(lines[at : at + folded]))
    return (folded, True) if is_program else (0, False)


def _heading(lines: list[str], at: int) -> int:
    """Lines that a rule or a block of header fields takes here, the fields after a rule included."""
    line = lines[at]
    ruled = is_rule(line)
    if not ruled and not _is_header(lines, at):
        return 0
    end = at + 1
    while end < min(at + _NEAR, len(lines)) and (field_of(lines[end]) or (ruled and not lines[end].strip())):
        end += 1
    return end - at


def _is_header(lines: list[str], at: int) -> bool:
    """True where fields begin that only a mail has: its From and two others."""
    if not field_of(lines[at]):
        return False
    fields = {field_of(line) for line in islice(lines, at, at + _NEAR)} - {""}
    return "from" in fields and len(fields) > 2


def _attribution(lines: list[str], at: int) -> int:
    """How many lines `Il giorno … ha scritto:` takes here, in any language; its first has the date."""
    if not opens_attribution(lines[at]) and not names_address(lines[at]):
        return 0
    unfolded = ""
    for count, line in enumerate(islice(lines, at, at + _FOLDED), 1):
        if count > 1 and not _goes_on(lines[at], unfolded, line):
            break
        unfolded = f"{unfolded} {line[:LONGEST_LINE].strip()}"
        if is_attribution(unfolded) or _is_unknown_tongue(unfolded, lines, at + count):
            return count
    return 0


def _goes_on(first: str, unfolded: str, line: str) -> bool:
    """True where an announcement that began with `first` may be folded over to this line.

    It has its date in its first line; a quotation's mark in the next may be the end of its `<address>`.
    """
    is_open = unfolded.count("<") > unfolded.count(">")
    if is_quoted(line) and not (is_open and line.rstrip().endswith(":")):
        return False
    if not line.strip():
        return dates_attribution(first)
    return any(map(str.isdigit, first[:LONGEST_LINE])) and not dates_attribution(line)


def _is_unknown_tongue(unfolded: str, lines: list[str], after: int) -> bool:
    """True where a dated line ends in a colon, names a moment or an address, and a quotation follows."""
    ends = unfolded.rstrip().endswith(":") and any(map(str.isdigit, unfolded))
    return ends and names_moment_or_address(unfolded) and _quoted_follows(lines, after)


def _quoted_follows(lines: list[str], at: int) -> bool:
    following = (line for line in islice(lines, at, at + _FOLDED) if line.strip())
    return is_quoted(next(following, ""))


def _is_broken_off(lines: list[str], at: int) -> bool:
    """True for the rest of a quoted line that a server or program broke, leaving its end without a mark."""
    if not at or at + 1 >= len(lines) or not is_quoted(lines[at - 1]) or not is_quoted(lines[at + 1]):
        return False
    first_word = lines[at].strip()[:LONGEST_LINE].partition(" ")[0]
    return bool(first_word) and len(lines[at - 1]) + len(first_word) >= _WRAP and len(lines[at - 1]) <= 80
