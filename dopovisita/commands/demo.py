"""`dopovisita demo`: the whole service on this machine, with invented people and companies."""

from pathlib import Path

import click

from dopovisita.demo import run_demo
from dopovisita.italian_click import ItalianCommand, WholeNumber
from dopovisita.loop import run


@click.command("demo", cls=ItalianCommand)
@click.option(
    "--porta",
    metavar="N",
    type=WholeNumber(0, 65535),
    default=8080,
    help="Porta della pagina nel browser (di solito 8080; 0: una libera).",
)
@click.option("--azzera", is_flag=True, help="Ricomincia da capo, senza i dati della volta prima.")
@click.option(
    "--cartella",
    metavar="CARTELLA",
    type=click.Path(path_type=Path),
    default=Path("var/demo"),
    help="Dove tenere i dati della prova (di solito var/demo).",
)
def command(porta: int, azzera: bool, cartella: Path) -> None:
    """Prova Dopovisita su questo computer: telefono e caselle di posta in una pagina del browser.

    Persone e aziende sono inventate; niente esce da qui.
    """
    run(run_demo(cartella, reset=azzera, port=porta))
