"""`dopovisita termine`: when a term of the procedure ends, and why, for anyone who asks.

Opens no database and needs no secret: the campaign's file is enough, and where none is set the example's.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import click

from conversations.hearing import NotHeard, hear_date
from dopovisita.campaign_file import EXAMPLE, load_campaign
from dopovisita.campaign_words import read_feast
from dopovisita.clock import Clock
from dopovisita.italian_click import ItalianCommand
from dopovisita.settings import CAMPAIGN, read_variables
from dopovisita.variables import PREFIX
from procedure.campaign import Campaign, Site
from procedure.deadlines import RULES, DeadlineKind, Due, due
from procedure.errors import Failure
from procedure.italian import join_it, write_date
from procedure.workdays import calendars

WHY_NONE = {
    DeadlineKind.D2: "le visite dell'obiettivo si contano sul periodo scelto dalla campagna",
    DeadlineKind.D3: "il credito si verifica prima della visita, senza un termine in giorni",
    DeadlineKind.D15: "le nuove associate si caricano una volta al mese",
    DeadlineKind.D16: "il monitoraggio si fa una volta al mese",
}
"""Why no date runs from a day: D2 [r.84], D3 [r.90], D15 [r.73], D16 [r.171]."""

RECKONED = tuple(kind for kind, rule in RULES.items() if not rule.asked)


class TermOfProcedure(click.ParamType[DeadlineKind]):
    """One of section 8's ids, in capitals or not."""

    name = "termine"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> DeadlineKind:
        """The deadline of this id."""
        written = str(value).strip().upper()
        if written in {*RECKONED, *WHY_NONE}:
            return DeadlineKind(written)
        return self.fail(f"i termini sono {join_it([*RECKONED])}", param, ctx)


class ItalianDay(click.ParamType[date]):
    """A day as a computer or as a person writes it; what may be two days is asked, never guessed."""

    name = "giorno"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed."""
        if isinstance(value, date):
            return value
        with suppress(ValueError):
            return date.fromisoformat(value)
        try:
            heard = hear_date(value, Clock().now().date())
        except NotHeard:
            return self.fail("scrivilo così: 2026-11-18, 18/11/2026, 18 novembre 2026, ieri", param, ctx)
        if heard.ambiguous:
            days = join_it([write_date(day) for day in heard.candidates], "o")
            return self.fail(f"può essere {days}: scrivi anche l'anno", param, ctx)
        return heard.value


class Feast(click.ParamType[tuple[int, int]]):
    """A day of every year, as the campaign's file writes it."""

    name = "festa"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Its month and its day."""
        return read_feast(str(value)) or self.fail("scrivilo come «25 luglio»", param, ctx)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a term is reckoned on: a campaign and a sede, which may be the example's."""

    campaign: Campaign
    site: Site
    is_example: bool

    def due(self, kind: DeadlineKind, start: date) -> Due:
        """When `kind` falls due, counted from `start`."""
        alone = replace(self.campaign, sites=(self.site,))
        return due(kind, start, calendars(alone)[self.site.name], self.campaign.terms)

    @property
    def told(self) -> str:
        """Whose calendar and terms these are."""
        place = f"della sede di {self.site.name}" if self.site.name else "di una sede con quel patrono"
        if self.is_example:
            return (
                f"Calendario {place}; chiusure e termini della campagna di esempio: {PREFIX}CAMPAIGN manca."
            )
        return f"Calendario {place}; chiusure e termini della campagna «{self.campaign.name}»."


@click.command("termine", cls=ItalianCommand)
@click.argument("kind", metavar="TERMINE", type=TermOfProcedure())
@click.option(
    "--dal",
    "start",
    metavar="GIORNO",
    type=ItalianDay(),
    default="oggi",
    help="Il giorno da cui corre: 2026-11-18, 18/11/2026, ieri (di solito oggi).",
)
@click.option(
    "--sede", "name", metavar="SEDE", default="", help="La sede dell'azienda: conta il suo calendario."
)
@click.option(
    "--patrono",
    "patron",
    metavar="GIORNO",
    type=Feast(),
    help="Il patrono («25 luglio») di una sede non nel file.",
)
@click.option("--json", "as_json", is_flag=True, help="Le date e la spiegazione in JSON.")
def command(
    kind: DeadlineKind, start: date, name: str, patron: tuple[int, int] | None, as_json: bool
) -> None:
    """Dice quando scade TERMINE (D1, D4 … D14) e perché.

    Il giorno da cui corre è quello dell'adesione per D1, della visita per D4 … D10, della redazione per D11,
    della consegna per D12, D13 e D14. Se DOPOVISITA_CAMPAIGN manca, vale la campagna di esempio.
    """
    if why := WHY_NONE.get(kind):
        raise Failure(f"{kind}, {kind.label}, non ha una data da calcolare: {why}")
    ground = _ground(name, patron)
    reckoned = ground.due(kind, start)
    click.echo(_as_json(reckoned) if as_json else "\n".join(_told(reckoned)))
    click.echo(ground.told, err=as_json)


def _ground(name: str, patron: tuple[int, int] | None) -> Ground:
    """The campaign of the installation, else the example's; its sede, or one that has this patron."""
    given = read_variables()
    is_example = not given.get(PREFIX + CAMPAIGN.name, "").strip()
    campaign = load_campaign(EXAMPLE if is_example else CAMPAIGN.of(given)).campaign
    site = Site(name, "", "", patron) if patron else _site(campaign, name)
    return Ground(campaign, site, is_example)


def _site(campaign: Campaign, name: str) -> Site:
    for site in campaign.sites:
        if site.name.casefold() == name.strip().casefold():
            return site
    known = join_it([site.name for site in campaign.sites])
    problem = f"non conosco la sede «{name}»" if name else "manca --sede"
    raise Failure(f"{problem}: le sedi sono {known}; per un'altra scrivi --patrono «25 luglio»")


def _as_json(reckoned: Due) -> str:
    told = {
        "due": reckoned.due_on.isoformat(),
        "last_useful": reckoned.last_useful.isoformat(),
        "on_time_until": reckoned.on_time_until.isoformat(),
        "explanation": reckoned.explanation,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _told(reckoned: Due) -> Iterator[str]:
    yield f"{reckoned.kind}, {reckoned.kind.label}"
    yield f"Scade:               {write_date(reckoned.due_on)}"
    yield f"Ultimo giorno utile: {write_date(reckoned.last_useful)}"
    yield f"In tempo fino a:     {write_date(reckoned.on_time_until)}"
    yield f"Perché: {reckoned.explanation}."
