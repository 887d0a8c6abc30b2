"""The demo: the real service on this machine, with an emulated Telegram, post and clock, and invented people.

It is the service as `run` starts it; only the addresses in its settings are the emulator's.
"""

import asyncio
import errno
import logging
import secrets
import shutil
import socket
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import click

from dopovisita.archive import open_archive, sync_people
from dopovisita.assembly import open_house
from dopovisita.campaign_file import EXAMPLE, CampaignFile, load_campaign
from dopovisita.clock import ROME, Clock
from dopovisita.demo_cast import QUICK_REPLIES, phones, posts
from dopovisita.demo_register import demo_register, write_csv
from dopovisita.demo_story import is_told, tell_story
from dopovisita.importing import import_file
from dopovisita.secret import SecretUrl
from dopovisita.service import run_service
from dopovisita.settings import Settings, settings_from
from emulator.people import Person as Phone
from emulator.world import World
from procedure.errors import Failure
from procedure.workdays import WorkCalendar
from store import register
from store.engine import Store
from store.sole import sole

ADDRESS = "dopovisita@associazione.example.com"
TOKEN = "7000000:" + "demo" * 9  # of a bot that only the emulator knows
OPENING = time(9)
DATABASE, WORLD, COMPANIES, KEY = "demo.db", "mondo", "aziende.csv", "segreto"
"""What the demo keeps in its directory, and all that it ever throws away there."""


async def run_demo(directory: Path, *, reset: bool, port: int) -> None:
    """Bring everything up, say where, and serve until Ctrl-C. What happened is kept in `directory`.

    Raises:
        Failure: a part does not start: the port is taken, another demo runs on `directory`.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns of a name of its own
    _must_be_free(port)
    await _make_room(directory, reset=reset)
    file = load_campaign(EXAMPLE)
    works = WorkCalendar().is_working
    start = opening_hour(Clock().now(), works)
    database = _database(directory)
    world = World(
        directory / WORLD,
        token=TOKEN,
        service_address=ADDRESS,
        people=await _prepared(database, file, directory, start),
        mailboxes=posts(file),
        start=start,
        is_working_day=works,
        port=port,
        quick_replies=QUICK_REPLIES,
    )
    async with world:
        settings = _settings(world, database, directory)
        clock = Clock(world.clock.now, world.clock.shifted)
        await _have_a_past(settings, clock)
        click.echo(f"La dimostrazione è pronta: apri {world.page_url} nel browser.")
        click.echo("Per chiuderla premi Ctrl-C; i dati restano, con --azzera si ricomincia da capo.")
        await run_service(settings, clock)
    click.echo("Dimostrazione chiusa.")


def _must_be_free(port: int) -> None:
    """Nobody listens on the port; 0 is always free.

    Raises:
        Failure: somebody does.
    """
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            why = "è già occupata" if error.errno == errno.EADDRINUSE else "non si può usare"
            raise Failure(
                f"la porta {port} {why}: forse la dimostrazione è già aperta; altrimenti scegline un'altra, "
                "per esempio --porta 8081"
            ) from None


async def _make_room(directory: Path, *, reset: bool) -> None:
    """Make the directory; with `reset`, forget what the demo kept there.

    Raises:
        Failure: another demo runs there; its data are not touched.
    """
    await asyncio.to_thread(directory.mkdir, parents=True, exist_ok=True)
    async with sole(_database(directory).reveal()):
        if reset:
            _forget(directory)


def _forget(directory: Path) -> None:
    shutil.rmtree(directory / WORLD, ignore_errors=True)
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", COMPANIES, KEY):
        (directory / name).unlink(missing_ok=True)


def _database(directory: Path) -> SecretUrl:
    return SecretUrl(f"sqlite:///{directory / DATABASE}")


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
        return await store.run(partial(phones, now=now))


async def _load_register(store: Store, file: CampaignFile, directory: Path, now: datetime) -> None:
    """Through the road of `importa`, from a file as the office's Excel writes it."""
    path = directory / COMPANIES
    write_csv(path, demo_register(now.date()))
    await import_file(store, file.campaign, path, who="dimostrazione", now=now)


async def _have_a_past(settings: Settings, clock: Clock) -> None:
    """The story so far, told once; by the house itself, whose mails it has to sign."""
    async with open_house(settings, clock) as house:
        if not await house.store.read(is_told):
            await house.store.run(partial(tell_story, office=house.office, now=clock.now()))


def _settings(world: World, database: SecretUrl, directory: Path) -> Settings:
    return settings_from(
        {
            "DOPOVISITA_DATABASE_URL": database.reveal(),
            "DOPOVISITA_TELEGRAM_TOKEN": TOKEN,
            "DOPOVISITA_TELEGRAM_BASE_URL": world.base_url,
            "DOPOVISITA_SMTP_URL": world.smtp_url,
            "DOPOVISITA_IMAP_URL": world.imap_url,
            "DOPOVISITA_MAIL_FROM": f"Dopovisita <{ADDRESS}>",
            "DOPOVISITA_SECRET_KEY": _secret(directory / KEY),
            "DOPOVISITA_CAMPAIGN": str(EXAMPLE),
        }
    )


def _secret(path: Path) -> str:
    """The demo's own key, made once: replies to mails of yesterday's demo are still known."""
    if not path.exists():
        path.write_text(secrets.token_urlsafe(48), "utf-8")
    return path.read_text("utf-8")
