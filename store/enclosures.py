"""The files that came with letters: what is told of each, and what it is about. Their bytes stay there.

Refuses to open them, and to take one out of its letter: the mailer does, as a mail that encloses it leaves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from procedure.correspondence.enclosures import Enclosure
from procedure.notices import About, Enclosed, Subject
from store.tables import enclosures, letters
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a letter that is kept, what it is about; and of a scan which form: a `Form`, or empty.

    Attributes:
        sender: whose letter it came with, and when.
    """

    id: int
    letter: int
    file: Enclosure
    about: About | None
    form: str
    sender: str
    received_at: datetime

    @property
    def enclosed(self) -> Enclosed:
        """The file as a mail encloses it."""
        return Enclosed(self.letter, self.file.part)


@dataclass(frozen=True, slots=True)
class Source:
    """The letter that an enclosed file is taken from, and the file; None: the letter itself."""

    raw: bytes
    file: Enclosure | None


def keep(tx: Transaction, letter: int, files: Iterable[Enclosure], about: About | None = None) -> None:
    """Write down the files of a letter, those that are refused too; those that are there already stay."""
    rows = [_values(letter, file, about) for file in files]
    if rows:
        tx.insert_new(enclosures, rows)


def of_letter(tx: Transaction, letter: int) -> list[KeptFile]:
    """The files of a letter, in its own order."""
    return _many(tx, letter=letter)


def usable(tx: Transaction, about: About) -> list[KeptFile]:
    """The files about this that may be sent on, the newest last."""
    return [kept for kept in _many(tx, about=about) if not kept.file.refused]


def link(tx: Transaction, kept: KeptFile, about: About, form: str = "") -> None:
    """Say what a file is about, and of a scan which form it is."""
    told = {"about_kind": about.kind.value, "about_id": about.id, "form": form}
    tx.execute(enclosures.update().where(enclosures.c.id == kept.id).values(told))


def sources(tx: Transaction, wanted: Iterable[Enclosed]) -> list[Source]:
    """What the files that go with a mail are taken from, in their order; each letter is read once.

    Raises:
        LookupError: a letter or a file is not kept, or the file was refused.
    """
    raws: dict[int, bytes] = {}
    return [_source(tx, each, raws) for each in wanted]


def _source(tx: Transaction, wanted: Enclosed, raws: dict[int, bytes]) -> Source:
    if wanted.letter not in raws:
        row = tx.first(select(letters.c.raw).where(letters.c.id == wanted.letter))
        if row is None:
            raise LookupError(f"letter {wanted.letter} is not kept")
        raws[wanted.letter] = row.raw
    if wanted.part is None:
        return Source(raws[wanted.letter], None)
    mine = (kept.file for kept in of_letter(tx, wanted.letter))
    file = next((file for file in mine if file.part == wanted.part and not file.refused), None)
    if file is None:
        raise LookupError(f"letter {wanted.letter} has no file {wanted.part} to send on")
    return Source(raws[wanted.letter], file)


def _many(tx: Transaction, *, letter: int | None = None, about: About | None = None) -> list[KeptFile]:
    chosen = select(enclosures, letters.c.sender, letters.c.received_at).join(
        letters, letters.c.id == enclosures.c.letter_id
    )
    if letter is not None:
        chosen = chosen.where(enclosures.c.letter_id == letter)
    if about is not None:
        chosen = chosen.where(enclosures.c.about_kind == about.kind.value, enclosures.c.about_id == about.id)
    ordered = chosen.order_by(enclosures.c.letter_id, enclosures.c.part)
    return [_kept(row) for row in tx.all(ordered)]


def _values(letter: int, file: Enclosure, about: About | None) -> dict[str, object]:
    return {
        "letter_id": letter,
        "part": file.part,
        "name": file.name[:255],
        "media_type": file.media_type[:127],
        "size": file.size,
        "sha256": file.sha256,
        "refused": file.refused,
        "about_kind": about.kind.value if about else None,
        "about_id": about.id if about else None,
        "form": "",
    }


def _kept(row: AnyRow) -> KeptFile:
    return KeptFile(
        id=row.id,
        letter=row.letter_id,
        file=Enclosure(row.part, row.name, row.media_type, row.size, row.sha256, row.refused),
        about=About(Subject(row.about_kind), row.about_id) if row.about_kind else None,
        form=row.form,
        sender=row.sender,
        received_at=row.received_at,
    )
