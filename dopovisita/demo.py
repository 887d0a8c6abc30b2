"""The demo: the real service on this machine, with an emulated Telegram, post and clock, and invented people.

It is the service as `run` starts it; only the addresses in its settings are the emulator's.
"""

import logging
import secrets
import shutil
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import click

from actions.enrol import invite
from dopovisita.archive import open_archive, sync_people
from dopovisita.campaign_file import CampaignFile, load_campaign
from dopovisita.clock import ROME, Clock
from dopovisita.demo_register import demo_register, write_csv
from dopovisita.importing import import_file
from dopovisita.secret import SecretUrl
from dopovisita.service import run_service
from dopovisita.settings import Settings, settings_from
from emulator.people import Person as Phone
from emulator.people import Post
from emulator.world import World
from procedure.people import Person
from procedure.workdays import WorkCalendar
from store import people, register
from store.engine import Store
from store.transaction import Transaction

EXAMPLE = Path(__file__).resolve().parent.parent / "campaign.example.toml"
ADDRESS = "dopovisita@associazione.example.com"
TOKEN = "7000000:" + "demo" * 9  # of a bot that only the emulator knows
FOR_EVER = timedelta(days=3650)
FIRST_USER = 1001  # Telegram's number of the first invented person
OPENING = time(9)


async def run_demo(directory: Path, *, reset: bool, port: int) -> None:
    """Bring everything up, say where, and serve until Ctrl-C. What happened is kept in `directory`.

    Raises:
        Failure: a part does not start.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _make_room(directory, reset=reset)
    file = load_campaign(EXAMPLE)
    works = WorkCalendar().is_working
    start = opening_hour(Clock().now(), works)
    database = SecretUrl(f"sqlite:///{directory / 'demo.db'}")
    phones = await _prepared(database, file, directory, start)
    world = World(
        directory / "mondo",
        token=TOKEN,
        service_address=ADDRESS,
        people=phones,
        mailboxes=_posts(file),
        start=start,
        is_working_day=works,
        port=port,
    )
    async with world:
        click.echo(f"La dimostrazione è pronta: apri {world.page_url} nel browser.")
        click.echo("Per chiuderla premi Ctrl-C; i dati restano, con --azzera si ricomincia da capo.")
        await run_service(_settings(world, database, directory), Clock(world.clock.now, world.clock.shifted))
    click.echo("Dimostrazione chiusa.")


def _make_room(directory: Path, *, reset: bool) -> None:
    if reset and directory.exists():
        shutil.rmtree(directory)
    directory.mkdir(parents=True, exist_ok=True)


def opening_hour(now: datetime, works: Callable[[date], bool]) -> datetime:
    """`now`, if somebody is at work; else nine o'clock of the next working day, so that something happens."""
    day = now.date()
    if works(day) and time(8) <= now.time() < time(18):
        return now
    if now.time() >= OPENING or not works(day):
        day += timedelta(days=1)
    while not works(day):
        day += timedelta(days=1)
    return datetime.combine(day, OPENING, ROME)


async def _prepared(
    database: SecretUrl, file: CampaignFile, directory: Path, now: datetime
) -> tuple[Phone, ...]:
    """The archive with its people and companies; each person's phone, with the invitation in hand."""
    async with open_archive(database) as store:
        await sync_people(store, file, now)
        if not await store.read(register.count):
            await _load_register(store, file, directory, now)
        return await store.run(partial(_phones, now=now))


async def _load_register(store: Store, file: CampaignFile, directory: Path, now: datetime) -> None:
    """Through the road of `importa`, from a file as the office's Excel writes it."""
    path = directory / "aziende.csv"
    write_csv(path, demo_register(now.date()))
    await import_file(store, file.campaign, path, who="dimostrazione", now=now)


def _phones(tx: Transaction, now: datetime) -> tuple[Phone, ...]:
    everyone = sorted(people.active(tx), key=lambda person: (not person.visits, person.id))
    return tuple(_phone(tx, person, now) for person in everyone)


def _phone(tx: Transaction, person: Person, now: datetime) -> Phone:
    payload = "" if person.telegram_id else invite(tx, person, FOR_EVER, now)
    roles = tuple(sorted(role.in_full for role in person.roles))
    return Phone(person.name, FIRST_USER + person.id, roles, payload, person.site or "")


def _posts(file: CampaignFile) -> Iterable[Post]:
    """A mailbox for every address that the service may write to, each once."""
    campaign = file.campaign
    named: dict[str, str] = {}
    for box in campaign.roles:
        if box.contact:
            named.setdefault(box.contact.email, f"{box.contact.name} ({box.role.value})")
    for product in campaign.products:
        named.setdefault(product.contact.email, f"{product.contact.name} ({product.kind.value})")
    for site in campaign.sites:
        named.setdefault(site.mailbox, f"Sede di {site.name}")
    for person in file.persons:
        named.setdefault(person.email, person.name)
    return tuple(Post(address, label) for address, label in named.items())


def _settings(world: World, database: SecretUrl, directory: Path) -> Settings:
    return settings_from(
        {
            "DOPOVISITA_DATABASE_URL": database.reveal(),
            "DOPOVISITA_TELEGRAM_TOKEN": TOKEN,
            "DOPOVISITA_TELEGRAM_BASE_URL": world.base_url,
            "DOPOVISITA_SMTP_URL": world.smtp_url,
            "DOPOVISITA_IMAP_URL": world.imap_url,
            "DOPOVISITA_MAIL_FROM": f"Dopovisita <{ADDRESS}>",
            "DOPOVISITA_SECRET_KEY": _secret(directory / "segreto"),
            "DOPOVISITA_CAMPAIGN": str(EXAMPLE),
        }
    )


def _secret(path: Path) -> str:
    """The demo's own key, made once: replies to mails of yesterday's demo are still known."""
    if not path.exists():
        path.write_text(secrets.token_urlsafe(48), "utf-8")
    return path.read_text("utf-8")
