"""What leaves when a quote is accepted: E10 and E11, two mails [r.157, A29]; what of them no longer holds.

Refuses to know how a mail is worded, and who hears that it was wrong (`procedure.amending`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from procedure.amending import Amended
from procedure.campaign import Campaign
from procedure.italian import write_date, write_money
from procedure.notices import About, Json, Mail, MailKind, Subject
from procedure.people import Role
from procedure.quotes import Quote, QuoteState
from procedure.routing import Visited, common, to_role

ACCEPTANCE = (
    (MailKind.E10_ACCEPTED_TO_SERVICES, Role.SERVICES),
    (MailKind.E11_ACCEPTED_TO_RPA, Role.RPA),
)
"""Who hears that a quote was accepted."""


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """A product of the quote and the company's answer to it (A30)."""

    product: str
    accepted: bool
    value: Decimal | None = None
    reason: str = ""


def after_acceptance(
    campaign: Campaign,
    quote: Quote,
    lines: Iterable[AnsweredLine],
    owner: str,
    visited: Visited,
    *,
    again: str = "",
) -> tuple[Mail, ...]:
    """E10 and E11, but where the gestionale sends them (A52).

    Args:
        campaign: whom roles reach.
        quote: as accepted.
        lines: every product, with its answer.
        owner: the name of whoever followed it.
        visited: the visit it comes from.
        again: tells a later acceptance of the same quote from the first (T15 after T16).
    """
    told = tuple(lines)
    context: dict[str, Json] = {
        **common(visited),
        "products": [line.product for line in told if line.accepted],
        "lines": [_row(line) for line in told],
        "value": write_money(quote.value) if quote.value is not None else "",
        "closed_on": write_date(quote.closed_on) if quote.closed_on else "",
        "owner": owner,
        "late": quote.accepted_late,
    }
    about = About(Subject.QUOTE, quote.id)
    mails = (to_role(campaign, kind, role, about, context) for kind, role in ACCEPTANCE)
    return tuple(
        replace(mail, key=f"{mail.key}{again}")
        for mail in mails
        if mail.kind.value not in campaign.sent_by_gestionale
    )


def _row(line: AnsweredLine) -> dict[str, Json]:
    value = write_money(line.value) if line.value is not None else ""
    return {"product": line.product, "accepted": line.accepted, "value": value, "reason": line.reason}


def fields_amended(old: Quote, new: Quote) -> tuple[Amended, ...]:
    """What E10 and E11 said that holds no longer (T16)."""
    fields = [Amended("VALORE PREVENTIVO", _money(old), _money(new))] if old.value != new.value else []
    if new.state is not QuoteState.ACCEPTED:
        fields.insert(0, Amended("TIPO CHIUSURA", "Accettazione", "Archiviazione"))
    return tuple(fields)


def _money(quote: Quote) -> str:
    return write_money(quote.value) if quote.value is not None else "nessuno"
