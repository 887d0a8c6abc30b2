"""Why a company is somebody's, in Italian: the rule, the bucket, the counts. Refuses to weigh anything."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from procedure.attribution import SIDES, Reason, Rule, Unattributable
from procedure.italian import join_it
from procedure.notices import Json
from procedure.people import Role

_WHOM: Final[Mapping[Rule, str]] = MappingProxyType(
    {
        Rule.AT1: "Associata senza servizi: tocca al Responsabile di Sede di {site} (regola AT1).",
        Rule.AT2: "Associata con servizi, sede di {site}, mestiere {trade}: metà agli Esperti di Mestiere, "
        "metà agli Esperti di Area (regola AT2).",
        Rule.AT3: "Neo associata senza servizi, sede di {site}: metà ai Coordinatori Società, metà al "
        "Responsabile di Sede (regola AT3).",
        Rule.AT4: "Neo associata con servizi, mestiere {trade}: tocca all'Esperto di Mestiere (regola AT4).",
    }
)
_MISSING: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.RS: "un RS della sede di {site}",
        Role.EM: "un EM per il mestiere {trade}",
        Role.EA: "un EA per la sede di {site}",
        Role.CS: "un Coordinatore Società",
    }
)


def why(reason: Reason) -> str:
    """Why a company goes to whom it goes, told to whom it goes: one short paragraph."""
    parts = [_WHOM[reason.rule].format(site=reason.site, trade=_named(reason.trade))]
    parts += [_sides(reason)] if len(reason.sides) > 1 else []
    parts += [f"Non c'è {_missing(role, reason.site, reason.trade)}." for role in reason.vacant]
    parts += [_peers(reason)] if reason.peers else []
    return " ".join(parts)


def why_nobody(company: Unattributable) -> str:
    """For want of whom a company has no proposal."""
    sides = SIDES[company.rule]
    if Role.EM in sides and not company.trade.strip() and len(sides) == 1:
        return "l'elenco non dice il mestiere, quindi non si sa a quale EM tocchi"
    wanting = [_missing(role, company.site, company.trade) for role in sides]
    return f"non c'è {join_it(wanting, 'né')}"


def reason_to_json(reason: Reason) -> dict[str, Json]:
    """The reason as the store keeps it."""
    return {
        "rule": reason.rule.value,
        "side": reason.side.value,
        "site": reason.site,
        "trade": reason.trade,
        "sides": [[role.value, count] for role, count in reason.sides],
        "peers": [[name, count] for name, count in reason.peers],
        "vacant": [role.value for role in reason.vacant],
    }


def reason_from_json(kept: Any) -> Reason | None:
    """The reason that was kept; None where the attribution had no rule but a person's own reason."""
    if not isinstance(kept, dict) or "sides" not in kept:
        return None
    return Reason(
        rule=Rule(kept["rule"]),
        side=Role(kept["side"]),
        site=kept["site"],
        trade=kept["trade"],
        sides=tuple((Role(role), count) for role, count in kept["sides"]),
        peers=tuple((name, count) for name, count in kept["peers"]),
        vacant=tuple(Role(role) for role in kept["vacant"]),
    )


def _sides(reason: Reason) -> str:
    counts = join_it([f"{role.value} {count}" for role, count in reason.sides])
    equal = len({count for _, count in reason.sides}) == 1
    turn = f"a parità tocca a {reason.side.value}" if equal else f"ora tocca a {reason.side.value}"
    return f"Fin qui {counts}: {turn}."


def _peers(reason: Reason) -> str:
    counts = [count for _, count in reason.peers]
    told = join_it([f"{name} {count}" for name, count in reason.peers])
    turn = "tocca a chi ne ha meno"
    if counts.count(min(counts)) > 1:
        turn += ", a parità a chi ne ha meno in tutto"
    return f"Fra loro, fin qui, {told}: {turn}."


def _missing(role: Role, site: str, trade: str) -> str:
    return _MISSING[role].format(site=site, trade=_named(trade))


def _named(trade: str) -> str:
    return trade.strip() or "non indicato"
