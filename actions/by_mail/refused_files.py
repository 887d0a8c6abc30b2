"""A word to the sender on each file that is not taken: why, and what to do. Refuses to judge files."""

from collections.abc import Iterable

from conversations.phrases import say
from procedure.correspondence.enclosures import Enclosure
from procedure.notices import Json


def not_taken(files: Iterable[Enclosure]) -> list[Json]:
    """The words, a line a file; a letter keeps every file all the same."""
    return [say(f"papers.refused.{file.refused}", name=file.name) for file in files if file.refused]
