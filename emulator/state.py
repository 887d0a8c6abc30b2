"""What the emulator remembers across a restart: one append-only file of JSON lines.

Each line says `[table, key, value]`; the last line about a key wins and `null` forgets it. A line is handed
to the operating system before the caller is answered, so killing every process loses nothing that was
acknowledged. The journal refuses to know what the values mean.
"""

import json
import os
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_ROOM_FOR_OLD_LINES = 2_000


class Journal:
    """An append-only store of small JSON documents; with no directory it keeps nothing.

    Args:
        directory: where `emulator.jsonl` lives (created when absent), or None for a world that forgets.
    """

    def __init__(self, directory: Path | None) -> None:
        self._path = directory / "emulator.jsonl" if directory else None
        self._tables: dict[str, dict[str, Any]] = {}
        self._file: int | None = None
        if directory:
            directory.mkdir(parents=True, exist_ok=True)
        self._open()

    def table(self, name: str) -> dict[str, Any]:
        """What was stored under `name` when the journal was opened, oldest key first."""
        return dict(self._tables.get(name, {}))

    def put(self, table: str, key: object, value: Any) -> None:
        """Store `value` (JSON; None forgets) under the table's key, before returning."""
        if self._file is not None:
            os.write(self._file, _line(table, str(key), value))

    def drop(self, table: str, key: object) -> None:
        """Forget the table's key."""
        self.put(table, key, None)

    def close(self) -> None:
        """Close the file; later writes are ignored."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def reset(self) -> None:
        """Forget everything, at once and for good."""
        self._tables = {}
        if self._file is not None:
            os.ftruncate(self._file, 0)

    def _open(self) -> None:
        if self._path is None:
            return
        lines = self._read()
        if lines > 2 * sum(map(len, self._tables.values())) + _ROOM_FOR_OLD_LINES:
            self._compact()
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def _read(self) -> int:
        """Load the tables and count the lines; a last line that a kill left half written is cut off."""
        if self._path is None or not self._path.exists():
            return 0
        content = self._path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.truncate(self._path, whole)
        lines = content[:whole].splitlines()
        for line in lines:
            self._remember(*json.loads(line))
        return len(lines)

    def _remember(self, table: str, key: str, value: Any) -> None:
        if value is None:
            self._tables.get(table, {}).pop(key, None)
        else:
            self._tables.setdefault(table, {})[key] = value

    def _compact(self) -> None:
        """Rewrite the file with what is still true, by a rename, so that a kill leaves the old or the new."""
        if self._path is None:
            return
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            for table, rows in self._tables.items():
                file.writelines(_line(table, key, value) for key, value in rows.items())
        fresh.replace(self._path)


def _line(table: str, key: str, value: Any) -> bytes:
    return json.dumps([table, key, value], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
