"""The stage of a journey: the whole service as it really starts, before an emulated world, nothing patched.

Four companies, one of each kind of section 7's matrix, all attributed to Ada; the office is that of the
example campaign.
"""

import asyncio
import csv
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from actions.enrol import invite
from dopovisita.archive import open_archive, sync_people
from dopovisita.assembly import House, open_house
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import ROME, Clock
from dopovisita.importing import import_file
from dopovisita.secret import SecretUrl
from dopovisita.service import serve
from dopovisita.settings import settings_from
from emulator.letters import Letter
from emulator.phone import Phone, Shown
from emulator.world import World
from procedure.workdays import WorkCalendar
from store import people
from store.transaction import Transaction

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
CAMPAIGN = ROOT / "campaign.example.toml"
TOKEN = "7000000:" + "prova" * 7
SERVICE = "dopovisita@associazione.example.com"
SECRET = "una chiave di prova, lunga quanto basta 0123456789"
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=ROME)

RA = "anagrafica@associazione.example.com"
ADA = "ada.esempioli@associazione.example.com"

HEADER = (  # as the office's Excel has it
    *("Cod. interno", "Ragione sociale", "Forma giuridica", "Codice", "Servizi", "Sede", "Mestiere"),
    *("Data adesione", "Attribuita a", "Partita IVA", "Codice fiscale", "Telefono", "Email", "PEC"),
    *("Codice SDI", "Codice ATECO", "Indirizzo", "CAP", "Comune", "Provincia", "Soci"),
)

COMPANIES = (
    ("A001", "Tessitura Finzioni S.r.l.", "S.r.l.", "0", "sì", "", "7000001047", "Anna Finzioni"),
    ("A002", "Fratelli Inventati S.n.c.", "S.n.c.", "0", "no", "", "7000002047", "Uno A;Due B;Tre C"),
    ("A003", "Forno Immaginario S.r.l.", "S.r.l.", "1", "sì", "02/11/2026", "7000003047", "Ugo Nonce"),
    ("A004", "Officina Apparente S.r.l.", "S.r.l.", "1", "no", "02/11/2026", "7000004047", "Eva Nonce"),
)


@dataclass(frozen=True)
class Stage:
    """A journey's world and the directory of its service."""

    world: World
    directory: Path

    @property
    def database(self) -> SecretUrl:
        """The service's database."""
        return SecretUrl(f"sqlite:///{self.directory / 'dopovisita.db'}")

    def variables(self, **more: str) -> dict[str, str]:
        """The settings, as the environment would have them."""
        return {
            "DOPOVISITA_DATABASE_URL": self.database.reveal(),
            "DOPOVISITA_TELEGRAM_TOKEN": TOKEN,
            "DOPOVISITA_TELEGRAM_BASE_URL": self.world.base_url,
            "DOPOVISITA_SMTP_URL": self.world.smtp_url,
            "DOPOVISITA_IMAP_URL": self.world.imap_url,
            "DOPOVISITA_MAIL_FROM": f"Dopovisita <{SERVICE}>",
            "DOPOVISITA_SECRET_KEY": SECRET,
            "DOPOVISITA_CAMPAIGN": str(CAMPAIGN),
        } | more

    @asynccontextmanager
    async def service(self) -> AsyncIterator[House]:
        """The service, running in this process on the world's clock; stopped in good order at the end."""
        clock = Clock(self.world.clock.now, self.world.clock.shifted)
        stop = asyncio.Event()
        async with (
            open_house(settings_from(self.variables()), clock) as house,
            asyncio.TaskGroup() as tasks,
        ):
            tasks.create_task(serve(house, stop))
            try:
                yield house
            finally:
                stop.set()

    async def stored(self, look: Callable[[Transaction], T]) -> T:
        """What the database says."""
        async with open_archive(self.database) as store:
            return await store.read(look)

    async def invitation(self, email: str) -> str:
        """A one-time token for the person of this address."""

        def make(tx: Transaction) -> str:
            person = people.by_email(tx, email)
            assert person is not None, email
            return invite(tx, person, timedelta(days=7), self.world.clock.now())

        async with open_archive(self.database) as store:
            return await store.run(make)

    async def enters(self, email: str, user_id: int) -> Phone:
        """The person follows the invitation, with the service running, and reads what matters now."""
        phone = self.world.telegram.phone(user_id, email.partition(".")[0].capitalize())
        phone.start(await self.invitation(email))
        await phone.hears("Ciao")
        return phone

    async def letter(self, address: str, subject: str) -> Letter:
        """The letter that arrives at `address`."""
        return await self.world.mail.mailboxes.arrives(address, subject)


@asynccontextmanager
async def a_stage(directory: Path, start: datetime = WEDNESDAY) -> AsyncIterator[Stage]:
    """A world, and a database with the people of the example and the four companies."""
    works = WorkCalendar().is_working
    async with World(
        directory / "world", token=TOKEN, service_address=SERVICE, start=start, is_working_day=works
    ) as world:
        stage = Stage(world, directory)
        file = load_campaign(CAMPAIGN)
        path = directory / "aziende.csv"
        _write(path)
        async with open_archive(stage.database) as store:
            await sync_people(store, file, world.clock.now())
            report = await import_file(store, file.campaign, path, who="prova", now=world.clock.now())
            assert report.loaded is not None, report.refused
        yield stage


def labelled(shown: Shown, words: str) -> str:
    """The whole label of the button that carries these words."""
    for label in shown.labels:
        if words in label:
            return label
    raise AssertionError(f"no button {words!r} among {shown.labels}")


async def taps(phone: Phone, *words: str) -> Shown:
    """Tap button after button, each once the one before is answered; gives the last screen."""
    shown = phone.last
    for one in words:
        callback = phone.taps(labelled(shown, one), message=shown)
        assert callback is not None
        await phone.is_answered(callback)
        before = shown
        shown = await _next(phone, before)
    return shown


async def says(phone: Phone, text: str) -> Shown:
    """Type, and read what comes."""
    before = phone.last
    phone.says(text)
    return await _next(phone, before)


async def _next(phone: Phone, before: Shown) -> Shown:
    """The bot's newest message, once it is not what it was."""
    await phone.sees(lambda p: p.last.from_bot and p.last.revision != before.revision)
    return phone.last


def _write(path: Path) -> None:
    with path.open("w", encoding="cp1252", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(HEADER)
        rows.writerows(_rows())


def _rows() -> Iterable[list[str]]:
    for number, (ref, name, form, code, services, joined, iva, soci) in enumerate(COMPANIES, 1):
        vat = iva + _check_digit(iva)
        fields = (f"0573 00010{number}", f"info@a{number}.example.com", f"a{number}@pec.example.com")
        place = ("Via della Prova 1", "51100", "Pistoia", "PT")
        yield [
            *(ref, name, form, code, services, "Pistoia", "Federmoda", joined, "Ada Esempioli"),
            *(vat, vat, *fields, "ABCDEF1", "13.20.00", *place, soci),
        ]


def _check_digit(ten: str) -> str:
    """Luhn's, as a partita IVA has it."""
    doubled = [int(d) * (1 + n % 2) for n, d in enumerate(ten)]
    return str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)
