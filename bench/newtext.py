"""`make bench-newtext`: the new text of replies, ours beside the libraries that look for it.

The cases are those of `tests/mailer/reading/cases`. Runs in our environment; the libraries are asked by
`bench.newtext_libraries` in the bench's own, where each that is installed answers; one that is not, is said.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bench import sections
from mailer.reading.markup import text_of
from mailer.reading.quotation import part
from tests.mailer.reading.cases.italian import CASES
from tests.mailer.reading.cases.programs import WRITER, Case, cases

ROOT = Path(__file__).parent.parent
HEAD = "# The new text"
OURS = "**Dopovisita**"
INTRODUCTION = f"""{HEAD}
Written by `make bench-newtext` (a minute). Change nothing here by hand.

Of how many replies the new text is found, word for word, by ours and by the libraries that look for it.
The cases are those of `tests/mailer/reading/cases`: {{programs}} that mail programs write, each program in
seven languages and several shapes, and {{italian}} Italian ones, written by hand, whose end is hard to find.
They are ours, and the code was put right until it had them all: the libraries never saw them. *Exact*: the
words of the new text and no other. *With farewell*: it is as right to leave farewell and signature on, as a
library does that looks for quotations alone. HTML is given to the libraries as our own `text_of` makes text
of it, quotations marked with `>`.
"""


def main() -> None:
    """Compare, and print or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the section of bench/README.md")
    parser.add_argument("--libraries", default=str(ROOT / ".venv-bench/bin/python"), help="their Python")
    chosen = parser.parse_args()
    section = _section(chosen.libraries)
    if chosen.write:
        sections.put(sections.README, HEAD, section)
    print(section)


def _section(python: str) -> str:
    generated = list(cases())
    whole = [*generated, *CASES]
    texts = [text_of(case.text) if case.is_html else case.text for case in whole]
    found = {OURS: [part(text, WRITER).new for text in texts], **_asked(python, texts)}
    lines = [INTRODUCTION.format(programs=len(generated), italian=len(CASES))]
    lines += ["| | Exact | With farewell | Italian, by hand, exact |", "|---|---|---|---|"]
    lines += [_row(name, whole, told, len(generated)) for name, told in found.items()]
    return "\n".join(lines) + "\n"


def _asked(python: str, texts: list[str]) -> dict[str, list[str]]:
    """What each library finds in each text."""
    ran = subprocess.run(
        [python, "-m", "bench.newtext_libraries"],
        input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    answer: dict[str, list[str]] = json.loads(ran.stdout)
    return answer


def _row(name: str, whole: list[Case], told: list[str], generated: int) -> str:
    if not told:
        return f"| {name} | not installed | | |"
    exact = _right(whole, told, lambda case: {case.new})
    farewell = _right(whole, told, lambda case: {case.new, case.with_farewell or case.new})
    italian = _right(whole[generated:], told[generated:], lambda case: {case.new})
    return f"| {name} | {exact} of {len(whole)} | {farewell} | {italian} of {len(whole) - generated} |"


def _right(whole: Iterable[Case], told: Iterable[str], wanted: Callable[[Case], set[str]]) -> int:
    return sum(
        text.split() in [new.split() for new in wanted(case)] for case, text in zip(whole, told, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
