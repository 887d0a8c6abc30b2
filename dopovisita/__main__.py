"""The command line. Knows which commands there are and how a failure is told, not what a command does."""

import sys
from collections.abc import Sequence

import click

from dopovisita.italian_click import ItalianGroup, Lazy, in_italian
from procedure.errors import DopovisitaError

cli = ItalianGroup(
    "dopovisita",
    help="Dopovisita: quello che segue la visita a un'azienda associata, tra Telegram e posta.",
    epilog="Le impostazioni stanno nelle variabili DOPOVISITA_… o nel file .env.",
    lazy={
        "demo": Lazy("dopovisita.commands.demo", "Prova tutto su questo computer, nel browser."),
        "run": Lazy("dopovisita.commands.run", "Avvia il servizio."),
        "verifica": Lazy(
            "dopovisita.commands.verifica", "Controlla impostazioni, archivio, Telegram e posta."
        ),
        "importa": Lazy("dopovisita.commands.importa", "Carica l'elenco delle aziende da Excel o CSV."),
        "attribuisci": Lazy(
            "dopovisita.commands.attribuisci", "Propone chi visita le aziende di nessuno, e lo conferma."
        ),
        "invita": Lazy("dopovisita.commands.invita", "Crea il link che dà l'accesso a Telegram."),
        "congeda": Lazy("dopovisita.commands.congeda", "Chiude subito l'accesso a una persona."),
        "termine": Lazy("dopovisita.commands.termine", "Dice quando scade un termine, e perché."),
        "obiettivi": Lazy("dopovisita.commands.obiettivi", "Carica gli obiettivi di visita da Excel o CSV."),
        "copertina": Lazy(
            "dopovisita.commands.copertina", "Scrive in PDF la copertina di un preventivo in archivio."
        ),
        "leggi": Lazy("dopovisita.commands.leggi", "Dice che cosa capisce di una mail; non scrive nulla."),
        "migra": Lazy("dopovisita.commands.migra", "Porta l'archivio alla forma di questa versione."),
    },
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 failed, 2 badly asked, 130 interrupted.

    What fails on purpose is one Italian sentence on the standard error; only a fault of ours has a traceback.
    """
    words = list(sys.argv[1:] if argv is None else argv) or ["--aiuto"]
    try:
        done = cli.main(words, prog_name="dopovisita", standalone_mode=False)
    except click.ClickException as error:
        return _told(in_italian(error), 2)
    except click.Abort:
        return _told("interrotto", 130)
    except DopovisitaError as failure:
        return _told(str(failure), 1)
    return done if isinstance(done, int) else 0


def _told(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
