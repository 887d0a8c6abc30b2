"""What a whole reply says: the one way in to this room. Refuses to know who wrote and what follows.

What is certain is a command; what is likely is a guess, asked back; the rest is a note that a person reads.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from conversations.phrases import say
from mailer.understanding.choosing import chosen
from mailer.understanding.fields import fields_said
from mailer.understanding.folded import fold
from mailer.understanding.guessing import guessed
from mailer.understanding.items import Item, numbered, told_apart
from mailer.understanding.lines import form_lines
from mailer.understanding.saying import Said
from mailer.understanding.whole import Whole, Words, read
from mailer.understanding.words import verbs
from procedure.correspondence.commands import NOTHING_HEARD, Command, Heard, Verb
from procedure.correspondence.enclosures import Enclosure
from procedure.correspondence.scans import is_scan, names_a_form
from procedure.notices import Json, Mail, MailKind

_ASSENT_MEANS: Final[Mapping[MailKind, Verb]] = MappingProxyType(
    {
        MailKind.E1_UNCOLLECTED_TO_RPA: Verb.TAKEN,
        MailKind.E2_UNCOLLECTED_TO_RECOVERY: Verb.TAKEN,
        MailKind.E3_CORRECTIONS_TO_RA: Verb.DONE,
        MailKind.E4_FORMS_TO_OFFICE: Verb.RECEIVED,
        MailKind.E6_RID_TO_RPA: Verb.RECEIVED,
        MailKind.E7_QUOTE_TO_AM: Verb.TAKEN,
        MailKind.E9_CATALOGUE_TO_REFERENCE: Verb.TAKEN,
        MailKind.E10_ACCEPTED_TO_SERVICES: Verb.TAKEN,
        MailKind.E11_ACCEPTED_TO_RPA: Verb.TAKEN,
        MailKind.PROPOSALS: Verb.CONFIRMED,
    }
)
"""What a bare `ok` probably means: it is asked."""

_QUOTES: Final = frozenset({MailKind.E7_QUOTE_TO_AM, MailKind.E9_CATALOGUE_TO_REFERENCE, MailKind.MORNING})


def understand(
    mail: Mail, text: str, today: date, enclosures: tuple[Enclosure, ...] = (), *, body: str = ""
) -> Heard:
    """What a reply to this mail says.

    Args:
        mail: the mail of ours that is answered.
        text: the new text of the reply.
        today: the day the reply was written.
        enclosures: the files that came with it.
        body: the whole text, quotation included: a form may be filled in inside it.
    """
    if mail.asks is MailKind.WHICH_MAIL:
        return chosen(mail, text)
    if mail.asks is MailKind.SCANS_WANTED and (scans := _of_scans(text, enclosures)):
        return scans
    if mail.asks is MailKind.VISIT_FORM:
        return _of_form(mail, text, body, today)
    if items := numbered(mail):
        return _of_items(mail, text, today, items) or _understood(mail, text, today, enclosures)
    return _understood(mail, text, today, enclosures)


def _of_form(mail: Mail, text: str, body: str, today: date) -> Heard:
    """A visit told in lines, in the new text or inside the quoted form; or a word about it."""
    heard = _understood(mail, text, today, ())
    told = form_lines(text, body, str(mail.context.get("form", "")))
    said_so = {command.verb for command in heard.commands} - {Verb.FORM}
    if said_so or not told:
        return heard
    said = next((line.strip() for line in (text or body).split("\n") if line.strip()), "")
    return Heard((Command(Verb.REPORTED, said, lines=told),))


def _of_scans(text: str, enclosures: tuple[Enclosure, ...]) -> Heard | None:
    """Scans of forms, or the words that say which file is which."""
    names = ", ".join(one.name for one in enclosures if is_scan(one))
    if not names and not names_a_form(text):
        return None
    return Heard((Command(Verb.ENCLOSED, names or text.strip()),))


def _of_items(mail: Mail, text: str, today: date, items: Mapping[int, Item]) -> Heard | None:
    """Each numbered item's own answer; one that is not understood is a note and hinders no other."""
    parts = told_apart(text, items)
    heard = [
        (n, _understood(replace(mail, kind=items[n].kind, context=_without_asks(mail)), said, today, ()))
        for n, said in parts
    ]
    if not heard:
        return None
    commands = tuple(replace(command, item=n) for n, one in heard for command in one.commands)
    guesses = [replace(one.guess, item=n) for n, one in heard if one.guess]
    notes = "\n".join(
        f"{n}: {said.strip()}" for (n, said), (_, one) in zip(parts, heard, strict=True) if one.note
    )
    why = next((one.why for _, one in heard if one.why), "")
    return Heard(commands, guesses[0] if len(guesses) == 1 else None, notes, why)


def _without_asks(mail: Mail) -> dict[str, Json]:
    return {key: value for key, value in mail.context.items() if key not in {"asks", "numbered"}}


def _understood(mail: Mail, text: str, today: date, enclosures: tuple[Enclosure, ...]) -> Heard:
    if mail.asks is MailKind.E3_CORRECTIONS_TO_RA and (said := fields_said(mail, text)):
        return said
    whole = read(text, _words(mail), today)
    _of_enclosures(mail, whole, today, enclosures)
    if whole.is_empty:
        return NOTHING_HEARD
    why = next((said.why for said in whole.likely if said.why), "")
    if not whole.commands or not whole.is_certain:
        return Heard((), _guess(mail, whole, text, today), text.strip(), why)
    guess = _only_likely(whole)
    left = [one.said() for one in whole.prose]
    note = "\n".join(said for said in left if not guess or guess.said not in said)
    return Heard(tuple(dict.fromkeys(whole.commands)), guess, note, why)


def _only_likely(whole: Whole) -> Command | None:
    likely = [said.command for said in whole.likely if said.command]
    return likely[0] if len(likely) == 1 else None


def _guess(mail: Mail, whole: Whole, text: str, today: date) -> Command | None:
    """What was probably meant, where that is one thing."""
    likely = [*dict.fromkeys((*whole.commands, *(said.command for said in whole.likely if said.command)))]
    if likely or whole.likely:
        return likely[0] if len(likely) == 1 else None
    if whole.agrees and not whole.doubted and not whole.prose:
        meant = _ASSENT_MEANS.get(mail.asks)
        return Command(meant, whole.agrees) if meant else None
    return guessed(text, verbs(mail), today)


def _of_enclosures(mail: Mail, whole: Whole, today: date, enclosures: tuple[Enclosure, ...]) -> None:
    """Files that come without a word are the papers; "ecco il preventivo" says that it is drafted."""
    taken = [one for one in enclosures if not one.refused and _is_paper(mail, one)]
    names = ", ".join(one.name for one in taken)
    if whole.encloses and Verb.DRAFTED in verbs(mail) and not whole.commands:
        drafted = Command(Verb.DRAFTED, names, today)
        if taken:
            whole.commands.append(drafted)
        else:
            whole.likely.append(
                Said(Command(Verb.DRAFTED, say("unclear.the_quote"), today), False, say("unclear.no_file"))
            )
    elif taken and whole.is_empty:
        whole.commands.append(Command(Verb.ENCLOSED, names))


def _is_paper(mail: Mail, enclosure: Enclosure) -> bool:
    return mail.asks in _QUOTES and enclosure.media_type == "application/pdf"


def _words(mail: Mail) -> Words:
    products = mail.context.get("products")
    named = (
        [fold(str(one.get("name", ""))).even for one in products if isinstance(one, dict)]
        if isinstance(products, list)
        else []
    )
    return Words(
        verbs(mail), _company(str(mail.context.get("company", ""))), _any(tuple(named)), _forms(mail)
    )


_BETWEEN_NAMES: Final = (
    r"e|&|di|del|dei|fratelli|figli|s\.? ?r\.? ?l\.?s?|s\.? ?p\.? ?a\.?|s\.? ?n\.? ?c\.?|s\.? ?a\.? ?s\.?"
)


@lru_cache(maxsize=256)
def _company(name: str) -> re.Pattern[str] | None:
    """The company's name in a folded text: a run of its telling words, legal form and all."""
    words = [word for word in re.findall(r"\w+", fold(name).even) if len(word) > 3]
    if not words:
        return None
    one = "|".join(map(re.escape, words))
    return re.compile(rf"\b(?:{one})(?:[ .]+(?:{one}|{_BETWEEN_NAMES})(?!\w))*(?!\w)")


def _forms(mail: Mail) -> re.Pattern[str] | None:
    """The words for one form, where the mail lists several kinds of them: not all have come, then."""
    forms = mail.context.get("forms")
    return _ONE_FORM if isinstance(forms, list) and len(forms) > 1 else None


_ONE_FORM: Final = re.compile(r"\b(?:delega|deleghe|revoc\w+|adesion\w+|rid|mandat\w+)\b")


@lru_cache(maxsize=256)
def _any(names: tuple[str, ...]) -> re.Pattern[str] | None:
    told = "|".join(re.escape(name) for name in names if len(name) > 2)
    return re.compile(rf"\b(?:{told})\b") if told else None
