"""What a text that is not certain probably means: the one thing done that it speaks of, with its one day.

It is asked back, never done; where two things may be meant, or a word denies it, nothing is asked. Refuses to
know how certain things are said.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from mailer.understanding.clauses import sentences
from mailer.understanding.courtesy import names_a_firm
from mailer.understanding.doubts import denies
from mailer.understanding.folded import Folded
from mailer.understanding.slots import net_amount, past_day
from procedure.correspondence.commands import Command, Verb

_STEMS: Final[Mapping[Verb, re.Pattern[str]]] = MappingProxyType(
    {
        verb: re.compile(rf"\b(?:{stem})\b", re.ASCII)
        for verb, stem in {
            Verb.DRAFTED: r"(?:redatt|preparat|predispost|stilat|compilat)[oa]|pronto",
            Verb.DELIVERED: r"consegnat[oa]|portat[oa]",
            Verb.CONTACTED: r"(?:contattat|chiamat|sentit)[oaie]|telefonato",
            Verb.FOLLOWED_UP: r"sollecitat[oaie]",
            Verb.THINKING: r"ci (?:pensa|pensano|riflett\w+)|valutando|valutazione",
            Verb.ACCEPTED: r"accettat[oaie]|accettano|accetta",
            Verb.TAKEN: r"in carico",
            Verb.COLLECTED: r"incassat[oaie]|pagat[oaie]|saldat[oaie]|riscoss[oaie]|bonifico",
            Verb.RECEIVED: r"ricevut[oaie]|arrivat[oaie]|pervenut[oaie]",
            Verb.DONE: r"aggiornat[oaie]|fatt[oaie]|inserit[oaie]|corrett[oaie]|sistemat[oaie]",
            Verb.CONFIRMED: r"conferm\w+|approv\w+",
        }.items()
    }
)
_DAY: Final = re.compile(
    r"\b(?:l altro ieri|altroieri|ieri|oggi|stamattina|stamani|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
    r"|\d{1,2} (?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre"
    r"|dicembre)(?: \d{4})?"
    r"|(?:lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica)(?: scors[oa])?(?: \d{1,2})?)\b",
    re.ASCII,
)
_AMOUNT: Final = re.compile(
    r"(?:€ ?)?\b\d[\d.]*(?:,\d{1,2})?(?: ?(?:€|euro))?(?: (?:piu|\+|oltre) iva| iva (?:esclusa|compresa"
    r"|inclusa))?",
    re.ASCII,
)


def guessed(text: str, verbs: Sequence[Verb], today: date) -> Command | None:
    """The one thing that the text speaks of, in the words of these verbs."""
    found = [
        (verb, sentence)
        for sentence in sentences(text)
        for verb, stem in _STEMS.items()
        if verb in verbs and stem.search(sentence.even)
    ]
    if len(found) != 1 or denies(found[0][1].even, found[0][1].raw) or names_a_firm(found[0][1]):
        return None
    return _filled(Command(found[0][0], found[0][1].said()), found[0][1], today)


def _filled(command: Command, sentence: Folded, today: date) -> Command | None:
    """With its one day, or its one amount; where there are several, none is likely."""
    days = _DAY.findall(sentence.even)
    if command.verb is Verb.ACCEPTED:
        amounts = [one for one in _AMOUNT.findall(sentence.even) if one.strip()]
        value = net_amount(amounts[0]).value if len(amounts) == 1 else None
        return Command(command.verb, command.said, value=value) if value is not None and not days else None
    if not days:
        return None if re.search(r"\d", sentence.even) else command
    day = past_day(days[0], today).value if len(days) == 1 else None
    return Command(command.verb, command.said, on=day) if day else None
