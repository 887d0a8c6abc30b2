"""A campaign and an open SQLite archive with its people, on a day that is said."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dopovisita.archive import open_archive, sync_people
from dopovisita.campaign_file import CampaignFile, load_campaign
from dopovisita.importing import ImportReport, import_file
from dopovisita.secret import SecretUrl
from store.engine import Store

EXAMPLE = Path(__file__).parents[2] / "campaign.example.toml"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Rome"))


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive, and the road into it."""

    store: Store
    file: CampaignFile

    async def load(self, path: Path, *, skip_refused: bool = False) -> ImportReport:
        return await import_file(
            self.store, self.file.campaign, path, who="prova", now=NOW, skip_refused=skip_refused
        )


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    file = load_campaign(EXAMPLE)
    async with open_archive(SecretUrl(f"sqlite:///{tmp_path / 'prova.db'}")) as store:
        await sync_people(store, file, NOW)
        yield Archive(store, file)
