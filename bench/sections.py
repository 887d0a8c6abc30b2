"""The page of the bench, a section for each command that writes one. Refuses to know what they say."""

from pathlib import Path

README = Path(__file__).with_name("README.md")


def put(readme: Path, head: str, text: str) -> None:
    """Put a section in the place of the last one under the same head, or at the end; the others stay."""
    before, _, after = readme.read_text("utf-8").partition(f"{head}\n")
    _, found, rest = after.partition("\n# ")
    others = f"\n# {rest}" if found else ""
    readme.write_text(f"{before.rstrip()}\n\n{text.rstrip()}\n{others}", "utf-8")
