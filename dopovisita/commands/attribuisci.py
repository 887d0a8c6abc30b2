"""`dopovisita attribuisci`: what the rules propose, and the yes to all of it; or one company, by hand."""

from collections.abc import Iterator

import click

from actions.attribute import Attributed, confirm_all, renew
from actions.pass_on import Passed, pass_on
from actions.propose import simulate
from actions.turn import Turn
from dopovisita.archive import open_archive, sync_people
from dopovisita.assembly import office_of
from dopovisita.campaign_file import CampaignFile, load_campaign
from dopovisita.clock import Clock
from dopovisita.italian_click import ItalianCommand
from dopovisita.loop import run
from dopovisita.settings import CAMPAIGN, DATABASE_URL, Settings, load_settings, read_variables
from procedure.attribution import Outcome, Proposal
from procedure.errors import Failure, Refusal
from procedure.italian import plural
from procedure.people import Person, Role
from procedure.visits import Company
from procedure.why import why, why_nobody
from store import people, proposals, register
from store.transaction import Transaction

EVERY = 1_000_000
CHANNEL = "cli"


@click.command("attribuisci", cls=ItalianCommand)
@click.option(
    "--applica", "apply", is_flag=True, help="Conferma tutte le proposte, a nome dell'amministratore."
)
@click.option(
    "--azienda", "company", metavar="CODICE", help="Una sola azienda, da passare a un'altra persona."
)
@click.option("--a", "to", metavar="EMAIL", help="A chi passa l'azienda.")
@click.option("--motivo", "reason", metavar="TESTO", help="Perché passa: lo leggono tutti e due.")
def command(apply: bool, company: str | None, to: str | None, reason: str | None) -> None:
    """Mostra a chi le regole attribuirebbero le aziende che non sono di nessuno, e perché.

    Senza --applica non scrive niente. Con --azienda, --a e --motivo passa un'azienda a un'altra persona.
    """
    given = [value for value in (company, to, reason) if value]
    if given and (len(given) < 3 or apply):
        raise Failure("per passare un'azienda servono --azienda, --a e --motivo, tutti e tre e da soli")
    lines = run(_decided(load_settings(), company, to, reason)) if given or apply else run(_show())
    for line in lines:
        click.echo(line)


async def _decided(settings: Settings, company: str | None, to: str | None, reason: str | None) -> list[str]:
    file = load_campaign(settings.campaign)
    async with open_archive(settings.database_url) as store:
        await sync_people(store, file, Clock().now())
        if company and to and reason:
            return await store.run(lambda tx: _pass(_turn(tx, settings, file), company, to, reason))
        return await store.run(lambda tx: _confirm(_turn(tx, settings, file)))


async def _show() -> list[str]:
    """Only the archive and the campaign are needed: nothing leaves."""
    given = read_variables()
    file = load_campaign(CAMPAIGN.of(given))
    async with open_archive(DATABASE_URL.of(given)) as store:
        await sync_people(store, file, Clock().now())
        lines = await store.read(lambda tx: [*_simulated(tx)])
    return [*lines, "Non ho scritto niente: per confermare, --applica."]


def _simulated(tx: Transaction) -> Iterator[str]:
    """What waits for a yes, and what the rules say of the others."""
    waiting = proposals.waiting(tx, [True, False], offset=0, limit=EVERY).items
    names = {person.id: person.name for person in people.active(tx)}
    for row in waiting:
        yield _line(register.company(tx, row.company), row.person_name, why(row.reason) if row.reason else "")
    outcomes = simulate(tx)
    for outcome in outcomes:
        yield _told(tx, outcome, names)
    made = len(waiting) + sum(isinstance(outcome, Proposal) for outcome in outcomes)
    nobody = sum(not isinstance(outcome, Proposal) for outcome in outcomes)
    yield f"Proposte: {made}. Senza nessuno a cui attribuirle: {nobody}."


def _told(tx: Transaction, outcome: Outcome, names: dict[int, str]) -> str:
    company = register.company(tx, outcome.company)
    if isinstance(outcome, Proposal):
        return _line(company, names[outcome.person], why(outcome.reason))
    return _line(company, "nessuno", why_nobody(outcome))


def _line(company: Company | None, to: str, reason: str) -> str:
    named = f"{company.ref} {company.name} ({company.site})" if company else "?"
    return f"{named} → {to}: {reason}"


def _confirm(turn: Turn) -> list[str]:
    renew(turn)
    done: Attributed = confirm_all(turn, proposals.newest(turn.tx), channel=CHANNEL)
    lines = [f"{person.name}: {len(companies)}" for person, companies in done.given]
    count = f"{done.count} {plural(done.count, 'azienda attribuita', 'aziende attribuite')}"
    return [*lines, f"{count}, a nome di {turn.person.name}. Chi le riceve lo sa dal servizio."]


def _pass(turn: Turn, ref: str, to: str, reason: str) -> list[str]:
    company, person = register.by_ref(turn.tx, ref), people.by_email(turn.tx, to)
    if company is None:
        raise Failure(f"nessuna azienda ha il codice {ref}")
    if person is None:
        raise Failure(f"nessuno ha l'indirizzo {to}: controlla come è scritto")
    try:
        done: Passed = pass_on(turn, company.id, person.id, reason, channel=CHANNEL)
    except Refusal as refusal:
        why_not = "ha già questa azienda" if refusal.phrase == "already_theirs" else "non fa visite"
        raise Failure(f"{person.name} {why_not}") from None
    return [f"{done.company.name} ora è di {person.name}; la motivazione è nella storia."]


def _turn(tx: Transaction, settings: Settings, file: CampaignFile) -> Turn:
    """The administrator's turn: what is decided here is decided in their name."""
    return Turn(tx, office_of(settings, file.campaign), _administrator(tx), Clock().now())


def _administrator(tx: Transaction) -> Person:
    found = people.with_role(tx, Role.ADMIN)
    if not found:
        raise Failure("nel file della campagna nessuna persona ha il ruolo AMMINISTRATORE: aggiungine una")
    return found[0]
