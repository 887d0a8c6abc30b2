"""Lines of a form that came back filled in: "Crediti: riscosso", however the mail program spoiled them.

Many programs put the answers inside the quoted form, so the whole body is read, quotation marks and bullets
left out. A line that asks only, as we sent it, says nothing. Refuses to know the questions: which label is
one of the form's is for the dialogue to say.
"""

import re
from typing import Final

LONGEST_LABEL: Final = 60
MOST_LINES: Final = 200

_MARKS: Final = re.compile(r"^(?:[\s>|•·*◦▪‣–—-]+|\d{1,2}[.)]\s)+")
_LINE: Final = re.compile(r"(?P<label>[^\W\d][^:=\n]*?)\s*(?P<hint>\([^)]*\))?\s*[:=]\s*(?P<text>.*)")
_OF_A_HEADER: Final = frozenset(
    {
        "da",
        "a",
        "cc",
        "ccn",
        "inviato",
        "oggetto",
        "data invio",
        "mittente",
        "destinatario",
        "from",
        "to",
        "sent",
    }
    | {
        "subject",
        "date",
        "riferimento",
        "http",
        "https",
        "tel",
        "cell",
        "fax",
        "p",
        "mail",
        "e-mail",
        "mailto",
    }
)
_ENDS: Final = re.compile(r"^[\s>]*(?:-{2,}|_{5,}|={5,})\s*$")
_WROTE: Final = re.compile(r"\bha scritto\s*:?\s*$|\bwrote\s*:?\s*$", re.IGNORECASE)


def lines_of(text: str) -> tuple[tuple[str, str], ...]:
    """Each line's label and what was written after it, also where that stands on the next lines.

    In the order written; the hint in brackets is left out; what says nothing is, too.
    """
    found: list[tuple[str, str]] = []
    open_label = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = _MARKS.sub("", line).strip().strip("*_").strip()
        match = None if _WROTE.search(bare) else _LINE.fullmatch(bare)
        if match and _is_label(match["label"]):
            open_label = "" if match["text"].strip(" *_") else match["label"].strip(" *_")
            found.append((match["label"].strip(" *_"), match["text"].strip(" *_")))
        elif not bare or match or _ENDS.match(line):
            open_label = "" if match or _ENDS.match(line) else open_label
        elif open_label:
            found[-1] = (open_label, f"{found[-1][1]} {bare}".strip())
    return tuple((label, said) for label, said in found if said)[:MOST_LINES]


def form_lines(text: str, body: str, form: str) -> tuple[tuple[str, str], ...]:
    """The lines that came back: all those of the new text, and inside the quotation those that `form` asked.

    Of each label the first that says something counts.
    """
    asked = {
        match["label"].casefold() for line in form.split("\n") if (match := _LINE.fullmatch(line.strip()))
    }
    inside = (line for line in lines_of(body) if line[0].casefold() in asked)
    told: dict[str, tuple[str, str]] = {}
    for label, said in (*lines_of(text), *inside):
        told.setdefault(label.casefold(), (label, said))
    return tuple(told.values())


def _is_label(label: str) -> bool:
    bare = label.strip(" *_").casefold()
    return 0 < len(bare) <= LONGEST_LABEL and bare not in _OF_A_HEADER and "@" not in bare
