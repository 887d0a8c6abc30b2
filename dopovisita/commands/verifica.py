"""`dopovisita verifica`: what works and what does not, before the service is started."""

import asyncio
from collections.abc import Mapping

import click

from dopovisita.checks import CHECKS, Check
from dopovisita.italian_click import ItalianCommand
from dopovisita.loop import run
from dopovisita.settings import read_variables
from procedure.errors import Failure, SettingsError

SECONDS = 30
"""For a check as a whole, whatever its server does."""


@click.command("verifica", cls=ItalianCommand)
def command() -> int:
    """Controlla impostazioni, archivio, file della campagna, Telegram e posta, e dice che cosa non va.

    Non manda mail e non scrive niente.
    """
    results = run(_look(read_variables()))
    for line, _ in results:
        click.echo(line)
    return 0 if all(good for _, good in results) else 1


async def _look(given: Mapping[str, str]) -> list[tuple[str, bool]]:
    async with asyncio.TaskGroup() as group:
        looking = [group.create_task(_one(check, given)) for check in CHECKS]
    return [task.result() for task in looking]


async def _one(check: Check, given: Mapping[str, str]) -> tuple[str, bool]:
    try:
        async with asyncio.timeout(SECONDS):
            return f"✓ {check.title}: {await check.look(given)}", True
    except SettingsError as wrong:
        return (
            f"✗ {check.title}: {wrong if check is CHECKS[0] else 'prima le impostazioni, vedi sopra'}",
            False,
        )
    except Failure as failure:
        return f"✗ {check.title}: {failure}", False
    except TimeoutError:
        return f"✗ {check.title}: nessuna risposta entro {SECONDS} secondi", False
