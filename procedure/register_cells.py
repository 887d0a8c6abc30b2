"""What a cell of the list of companies says, where it is not a field that a visit may correct.

Pure. Takes the shapes in which spreadsheets and offices write one thing; refuses the rest in a sentence.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from procedure.fields.reading import fold, tidy
from procedure.italian import join_it, write_date
from procedure.people import Person
from procedure.register_columns import Cell
from procedure.visits import Code


class WrongCell(Exception):
    """A cell's value does not fit; the text is the sentence that a person reads."""


_YES: Final = frozenset(
    ["si", "s", "x", "1", "vero", "true", "con", "con servizi", "paghe", "contabilita", "paghe e contabilita"]
)
_NO: Final = frozenset(["no", "n", "0", "falso", "false", "senza", "senza servizi"])
_STATUS: Final = {
    **dict.fromkeys(("attiva", "attivo", "sospesa", "sospeso"), False),
    **dict.fromkeys(("cessata", "cessato", "cancellata", "cancellato"), True),
}
_WRITTEN_DAYS: Final = (
    re.compile(r"(?P<d>\d{1,2})[/.\- ](?P<m>\d{1,2})[/.\- ](?P<y>\d{4}|\d{2})(?:[ T]00:00(?::00)?)?"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ T]00:00(?::00)?)?"),
)
_EXCEL_EPOCH: Final = date(1899, 12, 30)
_EXCEL_DAYS: Final = range(18_264, 73_051)  # 1950 to 2099: other numbers are no day that anyone meant


def plain(cell: Cell) -> str:
    """The text of a cell; `12.0` is how a spreadsheet gives 12."""
    if isinstance(cell, bool):
        return "si" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def ref(cell: Cell) -> str:
    """The internal code, by which a company is known again.

    Raises:
        WrongCell: it says something else.
    """
    ref = tidy(plain(cell))
    if not ref:
        raise WrongCell("manca: senza il codice interno l'azienda non si riconosce al prossimo caricamento")
    if len(ref) > 64:
        raise WrongCell("è troppo lungo: sta in 64 caratteri?")
    return ref


def code(cell: Cell) -> Code:
    """0 or 1 [r.73].

    Raises:
        WrongCell: it says something else.
    """
    match plain(cell):
        case "0":
            return Code.MEMBER
        case "1":
            return Code.NEW_MEMBER
    raise WrongCell("scrivi 0 (associata) oppure 1 (neo associata)")


def yes_or_no(cell: Cell) -> bool:
    """Whether the company has services: paghe or contabilità [r.73, A19].

    Raises:
        WrongCell: it says something else.
    """
    word = fold(plain(cell))
    if word not in _YES | _NO:
        raise WrongCell("scrivi sì se ha servizi di paghe o contabilità, altrimenti no")
    return word in _YES


def site(cell: Cell, sites: Sequence[str]) -> str:
    """One of the campaign's sites, whatever its accents and case.

    Raises:
        WrongCell: it says something else.
    """
    known = {fold(site): site for site in sites}
    written = fold(plain(cell))
    if written in known:
        return known[written]
    if near := get_close_matches(written, known, n=1):
        raise WrongCell(f"questa sede non è nella campagna: forse è «{known[near[0]]}»?")
    raise WrongCell(f"questa sede non è nella campagna: scrivi {join_it(list(sites), 'o')}")


def assignee(cell: Cell, people: Sequence[Person]) -> int:
    """The id of the person who is to visit.

    Raises:
        WrongCell: it says something else.
    """
    written = plain(cell)
    found = [person for person in people if _is_called(person, written)]
    match found:
        case [person] if person.visits:
            return person.id
        case [person]:
            raise WrongCell(f"{person.name} non fa visite: scrivi un addetto visita, o lascia vuoto")
        case []:
            raise WrongCell("questa persona non è nella campagna: scrivi nome e cognome o la sua email")
    raise WrongCell("ci sono più persone con questo nome: scrivi l'email")


def _is_called(person: Person, written: str) -> bool:
    """By address, or by name and surname in either order."""
    same_name = sorted(fold(written).split()) == sorted(fold(person.name).split())
    return same_name or written.casefold() == person.email.casefold()


def ceased(cell: Cell) -> bool:
    """Whether the company has closed.

    Raises:
        WrongCell: it says something else.
    """
    word = fold(plain(cell))
    if word not in _STATUS:
        raise WrongCell("scrivi attiva, sospesa o cessata")
    return _STATUS[word]


def past_day(cell: Cell, today: date) -> date:
    """A day not after `today`.

    Raises:
        WrongCell: it says something else.
    """
    day = any_day(cell)
    if day > today:
        raise WrongCell(f"{write_date(day)} deve ancora venire: controlla l'anno")
    return day


def any_day(cell: Cell) -> date:
    """A day, gone by or to come.

    Raises:
        WrongCell: it says something else.
    """
    day = _day(cell)
    if day is None:
        raise WrongCell("non è una data: scrivila come 31/01/2026")
    return day


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    text = plain(cell)
    if text.isdecimal() and int(text) in _EXCEL_DAYS:  # a date whose cell lost its format
        return _EXCEL_EPOCH + timedelta(days=int(text))
    for shape in _WRITTEN_DAYS:
        if match := shape.fullmatch(text):
            year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
            try:
                return date(year, int(match["m"]), int(match["d"]))
            except ValueError:
                return None
    return None
