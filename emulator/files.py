"""The files that pass through the chats: photos and documents, kept with their bytes.

It refuses to know who sent them.
"""

import base64
import hashlib
from dataclasses import dataclass

from emulator.params import Upload
from emulator.state import Journal, Json
from emulator.wording import bad

LARGEST_DOWNLOAD = 20 * 1024 * 1024  # bytes that getFile gives at most


@dataclass(frozen=True, slots=True)
class File:
    """A stored file; `kind` is "photo", "document" or "voice"."""

    file_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes

    @property
    def path(self) -> str:
        """Where it is downloaded: below /file/bot<token>/."""
        return f"{self.kind}s/{self.file_id}/{self.name}"

    def as_api(self) -> Json:
        """The Bot API's fields that every kind of file has."""
        unique = hashlib.sha256(self.content).hexdigest()[:16]
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": len(self.content)}

    def as_media(self) -> Json:
        """The fields of a Message that carries it."""
        if self.kind == "photo":
            return {"photo": [self.as_api() | {"width": 800, "height": 600}]}
        named = self.as_api() | {"mime_type": self.mime_type}
        return {self.kind: named | ({"duration": 3} if self.kind == "voice" else {"file_name": self.name})}


class Files:
    """All the files, by file_id."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._by_id: dict[str, File] = {
            file_id: File(**(stored | {"content": base64.b64decode(stored["content"])}))
            for file_id, stored in journal.table("file").items()
        }
        self._count = len(self._by_id)

    def add(self, kind: str, upload: Upload) -> File:
        """Keep a file."""
        self._count += 1
        file = File(f"emulated-{kind}-{self._count}", kind, upload.name, upload.mime_type, upload.content)
        self._by_id[file.file_id] = file
        stored = {"file_id": file.file_id, "kind": kind, "name": file.name, "mime_type": file.mime_type}
        self._journal.put("file", file.file_id, stored | {"content": base64.b64encode(file.content).decode()})
        return file

    def find(self, file_id: str) -> File | None:
        """The file of that file_id, if there is one."""
        return self._by_id.get(file_id)

    def get(self, file_id: str) -> File:
        """The file of that file_id.

        Raises:
            ApiError: there is none.
        """
        if file_id not in self._by_id:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return self._by_id[file_id]

    def reset(self) -> None:
        """Forget them all."""
        self._by_id.clear()
