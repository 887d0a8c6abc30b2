"""What is new in a reply: its text without the mail it answers, the signature and the phone's footer.

Knows the marks of Outlook, Gmail, Apple Mail and Thunderbird in Italian and English. It deletes nothing: the
original is kept elsewhere. Refuses to know what the text means.
"""

import re

LONGEST = 100_000
"""Characters that are looked at."""

_RULE = re.compile(
    r"\s*(?:-{2,}\s*(?:messaggio (?:originale|inoltrato)|(?:original|forwarded) message)\s*-{2,}|_{20,})\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*\*?(?:da|from|mittente)\s*:\*?\s*\S.*", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*\*?(?:inviato|sent|data|date|a|to|cc|oggetto|subject)(?: il)?\s*:\*?(?:\s.*)?", re.IGNORECASE
)
_WROTE_BEGINS = re.compile(r"\s*(?:il|on|in data)\b", re.IGNORECASE)
_WROTE_ENDS = ("ha scritto:", "ha scritto :", "wrote:", "scrive:")
_SIGNATURE = re.compile(r"--\s?")
_FOOTER = re.compile(
    r"\s*(?:inviato (?:da|dal|con|tramite)\b|sent from (?:my |outlook|mail|yahoo)"
    r"|(?:ottieni|scarica|get) outlook (?:per|for)).*",
    re.IGNORECASE,
)


def new_text(text: str) -> str:
    """The lines that the sender wrote, those below a quotation included; empty where there are none."""
    kept: list[str] = []
    lines = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        if _ends_here(lines, at):
            break
        attribution = _attribution(lines, at)
        if not attribution and not _is_left_out(lines[at]):
            kept.append(lines[at].strip())
        at += attribution or 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def first_line(text: str) -> str:
    """The first line that says something."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def _ends_here(lines: list[str], at: int) -> bool:
    """True where nothing that follows is the sender's: a rule, a header block, a signature."""
    line = lines[at]
    if _RULE.fullmatch(line) or _SIGNATURE.fullmatch(line):
        return True
    return (
        bool(_FROM.fullmatch(line)) and sum(bool(_FIELD.fullmatch(next_)) for next_ in _near(lines, at)) > 1
    )


def _near(lines: list[str], at: int) -> list[str]:
    return [line[:500] for line in lines[at + 1 : at + 6]]


def _attribution(lines: list[str], at: int) -> int:
    """How many lines "Il giorno … ha scritto:" takes here; programs fold it over up to four."""
    if not _WROTE_BEGINS.match(lines[at][:500]):
        return 0
    for count, line in enumerate(lines[at : at + 4], 1):
        if line.rstrip().casefold().endswith(_WROTE_ENDS):
            return count if any(char.isdigit() for char in "".join(lines[at : at + count])) else 0
    return 0


def _is_left_out(line: str) -> bool:
    return line.lstrip().startswith(">") or bool(_FOOTER.fullmatch(line))
