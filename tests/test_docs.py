"""The documents say what is there.

The three pages on contributing are applied, block by block, to a copy of the house: a `diff` block to the file
that its first line names, any other block with a path as a new file. Then the page's last command runs in the copy.
Not checked of them: the prose between the blocks, and mypy over the result (too slow for every run).
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "contributing"
MIGRATIONS = "store/migrations/versions"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the path after it, its text."""

    language: str
    path: str
    text: str


def blocks(page: Path) -> list[Block]:
    return [Block(*found) for found in BLOCK.findall(page.read_text("utf-8"))]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of all that is ours, to be changed at will."""
    copy = tmp_path / "house"
    ignored = shutil.ignore_patterns(".*", "var", "__pycache__", "*.egg-info", "*.db", "*.db-*")
    shutil.copytree(ROOT, copy, ignore=ignored)
    return copy


@pytest.mark.parametrize("name", ["add-a-question", "add-a-mail", "add-a-deadline"])
def test_the_example_of_a_page_applies_passes_its_tests_and_is_in_our_style(name: str, house: Path) -> None:
    found = blocks(PAGES / f"{name}.md")
    written = {apply(block, house) for block in found if block.path}
    python = [str(path) for path in sorted(written) if path.suffix == ".py"]
    run(house, "ruff", "format", "--check", "--no-cache", *python)
    run(house, "ruff", "check", "--no-cache", *python)
    (command,) = (block.text for block in found if block.language == "console")
    tests = command.strip().removeprefix("$ .venv/bin/python -m pytest ").split()
    assert {str(path) for path in written if path.name.startswith("test_")} <= set(tests)
    run(house, "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not postgres", *tests)


def run(house: Path, module: str, *words: str) -> None:
    """Run a tool in the copy, whose packages come before the installed ones."""
    environment = {"PYTHONPATH": str(house), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{module}:\n{done.stdout}\n{done.stderr}"


def apply(block: Block, house: Path) -> Path:
    """Do to the copy what the block says; the path of the file, from the copy's root."""
    number, last = next_number(house), last_number(house)
    path = Path(block.path.replace("NNNN", number))
    target = house / path
    if block.language == "diff":
        target.write_text(patched(target.read_text("utf-8"), block), "utf-8")
    else:
        assert not target.exists(), f"{path} is there already"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.text.replace("NNNN", number).replace("MMMM", last), "utf-8")
    return path


def patched(text: str, block: Block) -> str:
    """The text with the hunk applied at the one place where its old lines stand."""
    lines = block.text.splitlines(keepends=True)
    assert all(line[0] in " +-\n" for line in lines), block.path
    old = "".join(line[1:] or line for line in lines if line[0] != "+")
    new = "".join(line[1:] or line for line in lines if line[0] != "-")
    places = f"\n{text}".count(f"\n{old}")
    assert places == 1, f"{block.path} has {places} places for:\n{block.text}"
    return f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:]


def last_number(house: Path) -> str:
    return max(path.name[:4] for path in (house / MIGRATIONS).glob("[0-9]*.py"))


def next_number(house: Path) -> str:
    return f"{int(last_number(house)) + 1:04}"
