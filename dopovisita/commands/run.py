"""`dopovisita run`: the service, until it is told to stop."""

import click

from dopovisita.italian_click import ItalianCommand
from dopovisita.journal import keep_journal
from dopovisita.loop import run
from dopovisita.service import run_service
from dopovisita.settings import load_settings


@click.command("run", cls=ItalianCommand)
def command() -> None:
    """Avvia il servizio e lo tiene acceso fino a Ctrl-C."""
    settings = load_settings()
    keep_journal(settings)
    run(run_service(settings))
