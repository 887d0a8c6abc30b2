"""Letters that wait for a person, in words: why they wait, and the one line of them that is shown.

Refuses to know who reads of them, and where.
"""

from typing import Final

from conversations.phrases import has_phrase, say

LONGEST_LINE: Final = 200
"""Characters of a letter's text that are shown; the whole travels by mail only."""


def why_it_waits(reason: str) -> str:
    """Why a letter waits, in plain Italian; `reason` is what it was settled with."""
    name = reason.partition(":")[0]
    return say(f"post.reason.{name}") if has_phrase(f"post.reason.{name}") else say("post.reason.other")


def first_line(text: str) -> str:
    """The first line that says something, cut."""
    line = next((" ".join(line.split()) for line in text.split("\n") if line.strip()), "")
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1].rstrip() + "…"
