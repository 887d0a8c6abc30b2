"""The house's own rules, as far as ruff, mypy and import-linter do not hold them already.

Reads the repository and changes nothing.
"""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LOCKS = sorted(ROOT.rglob("requirements*.lock"))
OUTSIDE = {".venv", ".venv-bench", "var", "__pycache__"}
LONGEST_FILE = 400
SHORTEST_DOCSTRING = 40


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def ours() -> list[Path]:
    """Every file of the repository; without git, every file that is not somebody else's."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [path for one in listed.stdout.decode().split("\0") if one and (path := ROOT / one).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not OUTSIDE & set(path.parts)]


def section(header: str) -> list[str]:
    """The lines of one table of pyproject.toml, as they are written."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    return re.split(r"^\[", text.split(f"[{header}]\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0].splitlines()


def array(header: str, key: str) -> list[str]:
    """The lines between the brackets of `key = [` in that table."""
    body = "\n".join(["", *section(header)]).split(f"\n{key} = [", 1)[1]
    return [line.strip() for line in body.split("\n]", 1)[0].splitlines() if line.strip()]


def test_every_package_is_a_room_with_a_floor_of_its_own() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert packages == set(ROOMS)
    assert packages == set(PROJECT["tool"]["importlinter"]["root_packages"])
    floors = [floor for each in CONTRACTS if each["type"] == "layers" for floor in each["layers"]]
    assert packages == {room.strip() for floor in floors for room in floor.split("|")}


def test_circles_are_looked_for_in_every_room() -> None:
    (circles,) = [each for each in CONTRACTS if each["type"] == "acyclic_siblings"]
    assert set(circles["ancestors"]) == set(ROOMS)


def test_the_imports_keep_every_contract() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_types_are_checked_of_every_room_and_of_the_tests() -> None:
    assert {*ROOMS, "tests"} <= set(PROJECT["tool"]["mypy"]["files"])


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_why_it_exists_and_stays_short(path: Path) -> None:
    text = path.read_text("utf-8")
    docstring = ast.get_docstring(ast.parse(text)) or ""
    assert not text or len(docstring) >= SHORTEST_DOCSTRING
    assert len(text.splitlines()) <= LONGEST_FILE


def test_a_silenced_check_says_why_on_its_line() -> None:
    mark = re.compile(r"#\s*(?:type: ignore(?:\[[\w, -]+\])?|noqa(?:: ?[A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)*)?)")
    silent = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in [*MODULES, *(ROOT / "tests").rglob("*.py")]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if path != Path(__file__) and mark.search(line)
        if not re.search("[a-z]{2}", mark.sub("", line[line.index("#") :]))
    ]
    assert silent == []


def test_every_ignored_rule_says_why_on_its_line() -> None:
    assert [line for line in array("tool.ruff.lint", "ignore") if not says_why(line)] == []


def test_every_rule_that_some_files_are_spared_says_why() -> None:
    lines = [line for line in section("tool.ruff.lint.per-file-ignores") if line.strip(" ]")]
    assert [line for line in lines if not line.endswith("[") and not says_why(line)] == []


def test_every_dependency_says_why_on_its_line() -> None:
    wanted = array("project", "dependencies") + array("project.optional-dependencies", "demo")
    assert [line for line in wanted if not says_why(line)] == []


def says_why(line: str) -> bool:
    return len(line.partition("# ")[2]) >= len("mail in")


def test_the_licence_is_the_gpl_that_the_mailbox_reader_wants() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.split()[:7] == ["GNU", "GENERAL", "PUBLIC", "LICENSE", "Version", "3,", "29"]
    assert PROJECT["project"]["license"] == "GPL-3.0-or-later"
    assert PROJECT["project"]["license-files"] == ["LICENSE"]
    assert any(each.startswith("aioimaplib") for each in PROJECT["project"]["dependencies"])


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_pins_each_package_by_its_hashes_and_names_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    pinned = [one for one in re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.IGNORECASE) if one]
    assert pinned
    for requirement in pinned:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ ", requirement), requirement.splitlines()[0]
        assert "--hash=sha256:" in requirement, requirement.splitlines()[0]


def test_the_locks_pin_what_the_project_asks_for() -> None:
    asked = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["demo"]
    pinned = {line.split("==")[0] for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()}
    missing = [one for one in asked if re.split(r"[\[<>=; ]", one)[0] not in pinned]
    assert missing == []


def test_no_file_names_a_machine_or_a_package_index() -> None:
    """The patterns are written so that this file does not match them."""
    forbidden = re.compile(
        r"(?<![\w.])/(?:[h]ome|[U]sers|[r]oot|[w]ork)/\w|[C]:\\|[-]-(?:extra-)?index-url|[p]ypi\.org|[p]ythonhosted"
        r"|(?:^|[\s'\"])[p]ip_index"
    )
    found = [
        f"{name(path)}: {match.group()}"
        for path in ours()
        for match in forbidden.finditer(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert found == []
