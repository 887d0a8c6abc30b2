"""A clause becomes what it says: a command that is certain, one that is likely, or nothing.

The whole clause has to fit one way of saying one verb. Refuses to know the clauses around it and the mail.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from conversations.hearing import NotHeard, hear_period
from conversations.phrases import say
from mailer.understanding.courtesy import peeled
from mailer.understanding.doubts import denies
from mailer.understanding.folded import Folded
from mailer.understanding.phrasings import Phrasing, likely_first
from mailer.understanding.slots import day_to_come, net_amount, past_day
from procedure.correspondence.commands import Command, Verb

LONGEST: Final = 300
"""Characters of a clause; beyond, it is prose."""

LONGEST_REASON: Final = 200


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says. Not `certain`: `command` is asked back, or `why` says what is wanted."""

    command: Command | None
    certain: bool
    why: str = ""


_Fit: TypeAlias = Callable[[Command, Folded, re.Match[str], date], Said | None]

_ABSENT: Final = re.compile(
    r"(?:(?:io )?(?:sono|siamo|saro|saremo|risulto|mi trovo) )?(?:assente|assenti|in ferie"
    r"|fuori (?:ufficio|sede)|in malattia"
    r"|in permesso|via|in maternita|in congedo)(?: per (?:ferie|malattia|permesso))?,? (?P<days>(?:da|dal"
    r"|dall|dalla|fino|sino|la|questa"
    r"|per|domani|oggi|lunedi|martedi|mercoledi|giovedi|venerdi|solo|il)\b.*)"
    r"|(?:manco|mancher[oa]|mi assento|ferie) (?P<more>(?:da|dal|dall|fino|sino|la|per|domani|oggi|il)\b.*)",
    re.ASCII,
)
_ABSENT_LAST: Final = re.compile(
    r"(?P<days>(?:da|dal|dall|dalla|fino|la settimana|domani|oggi)\b.+?),? (?:io )?(?:sono|siamo|saro|saremo)"
    r" (?:assente|assenti|in ferie|fuori (?:ufficio|sede)|in malattia|in permesso|via)",
    re.ASCII,
)
_CONFIRMED: Final = re.compile(r"(?:^|[ ,]+)confermo$")
_BACK: Final = re.compile(r",? (?:e )?(?:torno|rientro|ritorno|tornero|rientrero)\b.*$")
_NOT_A_REASON: Final = re.compile(
    r"\b(?:ancora|adesso|ora|momento|momentaneamente|finora|forse|magari|penso|credo|probabil\w+|ripens\w+"
    r"|rivalut\w+|ripassare|risentire|risentirli|domani|prossim[oaie]|\w+ssero|\w+sse|\w+rebbe(?:ro)?"
    r"|accettat\w+|accettano|consegnat\w+|redatt\w+|sollecitat\w+|contattat\w+|ci pensa(?:no)?|anzi"
    r"|finche|fino|purche|salvo|se(?! l[oaie]\b| ne\b)"
    r"|sconto)\b|\?"
)


def hear(clause: Folded, verbs: Sequence[Verb], today: date) -> Said | None:
    """What the clause says, in the words of these verbs; None where it says none of them."""
    if len(clause.even) > LONGEST:
        return None
    forms = [form for form in reversed(peeled(clause)) if form]
    ways = likely_first(verbs)
    heard = [said for form in forms for said in _all(form, ways, today)]
    return next((said for said in heard if said.certain), heard[0] if heard else None)


def _all(clause: Folded, ways: Sequence[tuple[Verb, Phrasing]], today: date) -> list[Said]:
    if away := _absent(clause, today):
        return [away]
    found = ((verb, way, way.pattern.fullmatch(clause.even)) for verb, way in ways)
    fits = (_fit(verb, way, clause, match, today) for verb, way, match in found if match)
    return [said for said in fits if said]


def _fit(verb: Verb, way: Phrasing, clause: Folded, match: re.Match[str], today: date) -> Said | None:
    said = _SLOTS.get(verb, _dated)(Command(verb, clause.said()), clause, match, today)
    return replace(said, certain=said.certain and not way.likely) if said else None


def _dated(command: Command, _clause: Folded, match: re.Match[str], today: date) -> Said | None:
    """A verb that may name the day it was done on."""
    text = match.groupdict().get("day") or ""
    bare_day = _CONFIRMED.sub("", text)
    command = replace(command, sure=bare_day != text)
    if not bare_day:
        return Said(command, certain=True)
    day = past_day(bare_day, today)
    if day.value is None:
        return Said(None, certain=False, why=day.why) if day.why else None
    return Said(replace(command, on=day.value), certain=not day.why, why=day.why)


def _postponed(command: Command, _clause: Folded, match: re.Match[str], today: date) -> Said | None:
    day = day_to_come(match["day"], today)
    if day.value is None:
        return Said(None, certain=False, why=day.why or say("unclear.no_day"))
    return Said(replace(command, on=day.value), certain=not day.why, why=day.why)


def _accepted(command: Command, _clause: Folded, match: re.Match[str], _today: date) -> Said | None:
    if not match["amount"]:
        return Said(None, certain=False, why=say("unclear.no_amount"))
    amount = net_amount(match["amount"])
    if amount.value is None:
        return Said(None, certain=False, why=amount.why) if amount.why else None
    return Said(replace(command, value=amount.value), certain=not amount.why, why=amount.why)


def _refused(command: Command, clause: Folded, match: re.Match[str], _today: date) -> Said | None:
    """A refusal and its reason; one that is not final is none."""
    if not match["words"]:
        return Said(None, certain=False, why=say("unclear.no_reason"))
    reason = clause[match.start("words") : match.end("words")].stripped()
    if not re.search(r"\w\w", reason.even) or len(reason.raw) > LONGEST_REASON:
        return None
    if _NOT_A_REASON.search(reason.even) or net_amount(reason.even).value is not None:
        return Said(None, certain=False)
    return Said(replace(command, words=reason.said()), certain=True)


def _worded(command: Command, clause: Folded, match: re.Match[str], _today: date) -> Said | None:
    """A verb with some words of its own: who, what is missing, whose it is."""
    if not match.groupdict().get("words"):
        return Said(command, certain=True)
    words = clause[match.start("words") : match.end("words")].stripped()
    return Said(replace(command, words=words.said()), certain="?" not in match.group())


def _taken(command: Command, clause: Folded, match: re.Match[str], today: date) -> Said | None:
    said = _worded(command, clause, match, today)
    return None if said and said.command and denies(said.command.words.casefold(), "") else said


_SLOTS: Final[Mapping[Verb, _Fit]] = MappingProxyType(
    {
        Verb.POSTPONED: _postponed,
        Verb.ACCEPTED: _accepted,
        Verb.REFUSED: _refused,
        Verb.TAKEN: _taken,
        **dict.fromkeys((Verb.MISSING, Verb.WRONG, Verb.NOT_MINE, Verb.FORM, Verb.NOT_HELD), _worded),
    }
)


def _absent(clause: Folded, today: date) -> Said | None:
    """`ASSENTE fino al 10`: an answer to any mail, from today on or on the days it says (9.1)."""
    said = _BACK.sub("", clause.even)
    match = _ABSENT.fullmatch(said) or _ABSENT_LAST.fullmatch(said)
    if not match:
        return None
    try:
        heard = hear_period(match["days"] or match.groupdict().get("more", ""), today)
    except NotHeard:
        return None
    first, last = heard.value
    command = Command(Verb.ABSENT, clause.said(), last, since=first)
    return Said(command, certain=not heard.ambiguous)
