"""A morning's mail numbers its items: "1 fatto, 2 rinvia a venerdì" answers each by its number.

Refuses to know what is answered, and what an item is about beside the mail whose words apply to it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mailer.understanding.clauses import LONGEST
from procedure.notices import Mail, MailKind

_NUMBER: Final = r"(?:n(?:r|um|umero)?\.? ?|punto |la |il |voce )?(?P<{}>\d{{1,2}})"
_MARK: Final = re.compile(
    rf"(?:(?:^|(?<=[\n,;.!?])) *(?:- *|e +)?{_NUMBER.format('first')}"
    rf"(?P<more>(?: ?(?:,|e|-) ?\d{{1,2}}\b)*)(?: *[).:-]+ *| +)|"
    rf"(?:(?<=\s)){_NUMBER.format('inner')}\) *)(?=\S)",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a morning's list: the kind of mail whose words apply to it."""

    kind: MailKind


def numbered(mail: Mail) -> Mapping[int, Item]:
    """The items of a mail, by their numbers; none where it numbers none."""
    told: Any = mail.context.get("numbered")
    if not isinstance(told, list):
        return {}
    return {int(one["n"]): Item(MailKind(str(one["kind"]))) for one in told if one.get("kind")}


def told_apart(text: str, items: Collection[int]) -> list[tuple[int, str]]:
    """Each number and what was written after it; of an only item, the whole text. A number counts once."""
    text = text[:LONGEST]
    marks = [mark for mark in _MARK.finditer(text) if set(_numbers(mark)) <= set(items)]
    if not marks:
        return [(next(iter(items)), text)] if len(items) == 1 else []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [
        (n, text[mark.end() : end].strip(" ,;\n"))
        for mark, end in zip(marks, ends, strict=True)
        for n in _numbers(mark)
    ]
    return parts if len({n for n, _ in parts}) == len(parts) else []


def _numbers(mark: re.Match[str]) -> list[int]:
    if mark["inner"]:
        return [int(mark["inner"])]
    first, rest = int(mark["first"]), re.findall(r"(-?) ?(\d{1,2})", mark["more"] or "")
    numbers = [first]
    for dash, n in rest:
        numbers += range(numbers[-1] + 1, int(n) + 1) if dash else [int(n)]
    return numbers
