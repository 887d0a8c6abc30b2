"""N7, the rettifica: an earlier mail no longer holds, and whoever had it must not go on as if it did.

Refuses to know what changed and how the mail is worded.
"""

from dataclasses import dataclass, replace

from procedure.campaign import Campaign, Contact
from procedure.notices import About, Json, Mail, MailKind
from procedure.people import Role
from procedure.routing import Visited, bearer, common


@dataclass(frozen=True, slots=True)
class Amended:
    """A field of an earlier mail: what was said, what holds."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """What no longer holds, why, and who said so. `key` begins the keys of its mails.

    `moves` are the terms that move with it, a line each; `due` tells the one that holds now, where it is one.
    """

    key: str
    about: About
    fields: tuple[Amended, ...]
    reason: str
    who: str
    moves: tuple[str, ...] = ()
    due: str = ""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A mail that left: its kind, the role it was for, whom it reached (none: the gestionale sent it)."""

    kind: MailKind
    role: Role
    to: tuple[Contact, ...] = ()


def amended(campaign: Campaign, visited: Visited, what: Amendment, earlier: Addressed) -> Mail | None:
    """N7 to those whom the earlier mail reached, else to whoever bears its role now.

    What the earlier mail asked may be answered here too. None where the gestionale sends its own (A52).
    """
    if MailKind.AMENDED.value in campaign.sent_by_gestionale:
        return None
    contact, uncovered = bearer(campaign, earlier.role)
    to, vacant = (earlier.to, None) if earlier.to else ((contact,), uncovered)
    key = f"{what.key}:{MailKind.AMENDED.value}:{earlier.kind.value}"
    return replace(amendment_mail(visited, what, to, key=key, asks=earlier.kind), uncovered=vacant)


def amendment_mail(
    visited: Visited, what: Amendment, to: tuple[Contact, ...], *, key: str, asks: MailKind
) -> Mail:
    """N7 itself; `asks` is the kind of mail whose answers it takes."""
    rows: list[Json] = [{"label": each.label, "old": each.old, "new": each.new} for each in what.fields]
    context: dict[str, Json] = {
        **common(visited),
        "due": what.due,
        "amended": rows,
        "moves": [*what.moves],
        "reason": what.reason,
        "who": what.who,
        "asks": asks.value,
    }
    return Mail(key, MailKind.AMENDED, what.about, to, (), context)
