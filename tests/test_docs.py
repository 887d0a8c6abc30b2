"""The documents say what is there.

The three pages on contributing are applied, block by block, to a copy of the house: a `diff` block to the
file that its first line names, any other block with a path as a new file. Then the page's last command runs
there. README's tables are held against the settings, the commands and the Makefile; every module, path and
link that a page names must lead somewhere; the glossary is held against the identifiers.
Not checked: the prose, and mypy over the examples (too slow for every run).
"""

import io
import re
import shutil
import subprocess
import sys
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest

from dopovisita.__main__ import cli
from dopovisita.settings import VARIABLES
from dopovisita.variables import PREFIX

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "contributing"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "docs").rglob("*.svg")])
ROOMS = ("actions", "bot", "conversations", "dopovisita", "emulator", "mailer", "procedure", "store")
NOT_OURS = {"bot.request.post"}  # of python-telegram-bot's bot, in decision 2
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


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


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
    done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)
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


def table(page: str, header: str) -> list[list[str]]:
    """The rows of the table of that page which begins with this header."""
    text = (ROOT / page).read_text("utf-8").split(f"\n| {header} |", 1)[1]
    lines = text.split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_readme_lists_every_setting_with_what_it_is_when_left_out() -> None:
    rows = [(setting.strip("`"), usual) for setting, usual, _ in table("README.md", "Setting")]
    assert [setting for setting, _ in rows] == [PREFIX + variable.name for variable in VARIABLES]
    for (setting, usual), variable in zip(rows, VARIABLES, strict=True):
        if variable.default is None:
            assert usual == "needed", setting
        else:
            assert usual == f"`{variable.default}`" or (not variable.default and "none" in usual), setting


def test_the_readme_lists_every_command_with_its_arguments_and_options() -> None:
    context = click.Context(cli)
    shown = {cell.strip("`").split()[1]: cell.strip("`") for cell, _ in table("README.md", "Command")}
    assert list(shown) == cli.list_commands(context)
    for word, line in shown.items():
        command = cli.get_command(context, word)
        assert command is not None
        assert usage(command) == set(re.findall(r"--[\w-]+|[A-Z]{4,}", line.replace("CARTELLA", ""))), word


def usage(command: click.Command) -> set[str]:
    """The options, and the arguments as they are shown, of one command."""
    options = {max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)}
    return options | {str(p.metavar).strip("[]") for p in command.params if isinstance(p, click.Argument)}


@pytest.mark.parametrize("target", ["demo", "test", "check", "bench", "year"])
def test_the_same_without_make_is_what_make_would_run(target: str) -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("there is no make on this machine")
    asked = [make, "-n", target, "VENV=.venv-none"]
    planned = subprocess.run(asked, cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=True)
    silent = " --disable-pip-version-check --no-input -q"
    lines = planned.stdout.decode().replace(".venv-none", ".venv").replace(silent, "").splitlines()
    wanted = [line.strip() for line in lines if not line.startswith(("touch", "echo", "python3 -c"))]
    rows = table("README.md", "With make")
    assert any(f"`make {target}`" in row[0] for row in rows)
    said = {
        one.strip() for row in rows for code in re.findall("`([^`]+)`", row[2]) for one in code.split("&&")
    }
    assert [line for line in wanted if line not in said] == []


def test_the_readme_walks_through_commands_that_exist() -> None:
    (walk,) = [block.text for block in blocks(ROOT / "README.md") if block.language == "console"]
    used = re.findall(r"dopovisita (\w+)", walk)
    assert used == ["migra", "verifica", "importa", "invita", "run"]
    assert set(used) <= set(cli.list_commands(click.Context(cli)))
    for copied in re.findall(r"\$ cp (\S+)", walk):
        assert (ROOT / copied).is_file()


@pytest.mark.parametrize("page", DOCUMENTS, ids=name)
def test_what_a_page_names_is_there(page: Path) -> None:
    text = BLOCK.sub("", page.read_text("utf-8"))
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []
    quoted = re.findall(r"`([^`\s]+)`|>([a-z_.]+)<", text)
    words = [(one or other).rstrip("/") for one, other in quoted]
    assert [word for word in words if names_a_path(word) and not (ROOT / word).exists()] == []
    assert [word for word in words if names_a_module(word) and not leads_somewhere(word)] == []


def names_a_path(word: str) -> bool:
    return bool(re.fullmatch(rf"(?:{'|'.join(ROOMS)}|tests|docs|bench)/[\w./-]+", word))


def names_a_module(word: str) -> bool:
    return word not in NOT_OURS and bool(re.fullmatch(rf"(?:{'|'.join(ROOMS)})(?:\.\w+)+", word))


def leads_somewhere(word: str) -> bool:
    try:
        resolve_name(word)
    except (ImportError, AttributeError):
        return False
    return True


@cache
def identifiers() -> tuple[tuple[str, ...], ...]:
    """Every identifier of the code, parted into its words."""
    seen: set[str] = set()
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        seen |= {token.string for token in tokens if token.type == tokenize.NAME}
    return tuple(words_of(one) for one in sorted(seen))


def words_of(identifier: str) -> tuple[str, ...]:
    parts = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+(?![a-z])", identifier)
    return tuple(part.lower() for part in parts)


def uses(wanted: Sequence[str]) -> list[str]:
    """The identifiers that have these words in a row."""
    size, wanted = len(wanted), tuple(wanted)
    return [
        "_".join(words)
        for words in identifiers()
        if any(words[at : at + size] == wanted for at in range(len(words) - size + 1))
    ]


def test_every_english_term_of_the_glossary_is_used_by_the_code() -> None:
    rows = table("GLOSSARY.md", "Italian") + table("GLOSSARY.md", "In the code")
    terms = [term for row in rows for term in re.findall("`([^`]+)`", " ".join(row))]
    assert len(terms) >= len(rows)
    assert [term for term in terms if not uses(words_of(term))] == []


def test_no_identifier_uses_the_italian_of_a_translated_term() -> None:
    spared = {row[0].strip("`") for row in table("GLOSSARY.md", "Identifier")}
    italian = [term for row in table("GLOSSARY.md", "Italian") for term in row[0].split(",")]
    used = {word for term in italian for word in uses(term.lower().split())}
    assert used - spared == set()
    assert spared - used == set(), "an exception that nothing needs any more"
