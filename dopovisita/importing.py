"""The road of `importa`, which the demo takes too: a file is read, checked, and entered or refused."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from actions.import_register import Entered, import_register
from dopovisita.register_file import RegisterFile, read_register
from procedure.campaign import Campaign
from procedure.register_columns import Row
from procedure.register_rows import Association, RegisterRow, RowRefusal, expired_on_arrival
from procedure.workdays import calendars
from store import people
from store.engine import Store
from store.loading import Loaded
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file. `loaded` is None where rows were refused and so nothing was written."""

    loaded: Loaded | None
    good: int
    refused: tuple[RowRefusal, ...]
    unused_columns: tuple[str, ...]
    expired: tuple[RegisterRow, ...]  # new members whose 30 days were over before they came (A18)
    wanted: int = 0  # changes of servizi, sede or codice that wait for a person (A19b)
    proposed: int = 0  # companies that somebody is proposed for (A15)
    nobody: int = 0  # companies that the rules name nobody for


class Progress:
    """Sees an import go by. This one shows nothing."""

    def reading(self, rows: Sequence[Row]) -> Iterable[Row]:
        """The rows, handed on as they are read."""
        return rows

    @contextmanager
    def writing(self, rows: Sequence[RegisterRow]) -> Iterator[Callable[[], None]]:
        """What is called, in any thread, as each row is taken up."""
        del rows
        yield lambda: None


async def import_file(
    store: Store,
    campaign: Campaign,
    path: Path,
    *,
    who: str,
    now: datetime,
    skip_refused: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the companies of the file at `path` into the register, in one transaction.

    Where rows are refused nothing is written, unless `skip_refused`. The people must be in the store already:
    a company is attributed to one of them.

    Raises:
        ListError: the file is no list of companies.
    """
    progress = progress or Progress()
    read = await read_file(store, campaign, path, now=now, progress=progress)
    return await load_file(
        store, campaign, read, who=who, now=now, skip_refused=skip_refused, progress=progress
    )


async def read_file(
    store: Store, campaign: Campaign, path: Path, *, now: datetime, progress: Progress | None = None
) -> RegisterFile:
    """The companies of the file at `path`, and the rows that cannot be taken. Writes nothing.

    Raises:
        ListError: the file is no list of companies.
    """
    association = await store.read(lambda tx: _association(tx, campaign, now))
    return read_register(path, association, (progress or Progress()).reading)


async def load_file(
    store: Store,
    campaign: Campaign,
    read: RegisterFile,
    *,
    who: str,
    now: datetime,
    skip_refused: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring what was read into the register, in one transaction; nothing, where rows are refused."""
    progress = progress or Progress()
    listed, entered = read.listed, None
    if not listed.refused or skip_refused:
        with progress.writing(listed.rows) as on_row:
            enter = partial(
                import_register,
                listed=listed,
                terms=campaign.terms,
                calendars=calendars(campaign),
                who=who,
                now=now,
                on_row=on_row,
            )
            entered = await store.run(enter)
    expired = tuple(expired_on_arrival(listed.rows, now.date(), campaign.terms.visit_new_member))
    report = ImportReport(None, len(listed.rows), tuple(listed.refused), read.unused_columns, expired)
    return _with(report, entered) if entered else report


def _with(report: ImportReport, entered: Entered) -> ImportReport:
    made, nobody = len(entered.proposed.made), len(entered.proposed.nobody)
    return replace(report, loaded=entered.loaded, wanted=entered.wanted, proposed=made, nobody=nobody)


def _association(tx: Transaction, campaign: Campaign, now: datetime) -> Association:
    sites = tuple(site.name for site in campaign.sites)
    return Association(sites, tuple(people.active(tx)), now.date())
