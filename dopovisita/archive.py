"""Opening the database for a command, in the shape of this version. Refuses to know what the command does."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime

from actions.leave import tell_orphaned
from dopovisita.campaign_file import CampaignFile
from dopovisita.secret import SecretUrl
from procedure.errors import DopovisitaError, Failure
from store import people, remits
from store.engine import Store, open_store
from store.migrations import migrate, pending
from store.transaction import Transaction


@asynccontextmanager
async def open_archive(database_url: SecretUrl) -> AsyncIterator[Store]:
    """The open store. SQLite is brought up to date at once; a server's database waits for `migra`.

    Raises:
        Failure: it cannot be opened, or lacks migrations.
    """
    url = database_url.reveal()
    with told(database_url):
        await _up_to_date(url)
    async with open_store(url) as store:
        yield store


async def sync_people(store: Store, file: CampaignFile, now: datetime) -> None:
    """Make the people those of the campaign's file; who is no longer in it loses access at once, and the
    administrators hear what stays open.
    """

    def sync(tx: Transaction) -> None:
        for person in people.sync(tx, file.persons, now.date(), now):
            tell_orphaned(tx, person, now)
        remits.sync(tx, file.remits)

    await store.run(sync)


@contextmanager
def told(database_url: SecretUrl) -> Iterator[None]:
    """Turn what a driver raises into one sentence, without the password.

    Raises:
        Failure: the database did not open.
    """
    try:
        yield
    except DopovisitaError:
        raise
    except Exception as error:  # each driver has errors of its own, and the operator needs one sentence
        kind = type(getattr(error, "orig", None) or error).__name__
        raise Failure(
            f"non riesco ad aprire l'archivio {database_url} ({kind}): controlla DOPOVISITA_DATABASE_URL, "
            "che il server sia acceso e che ci sia spazio su disco"
        ) from None


async def _up_to_date(url: str) -> None:
    if not await pending(url):
        return
    if not url.startswith("sqlite"):
        raise Failure("l'archivio è di una versione precedente: lancia «dopovisita migra»")
    await migrate(url)
