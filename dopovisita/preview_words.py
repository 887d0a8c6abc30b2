"""A preview of a load, and what its taking back did, as lines for the administrator. Decides nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from actions.preview_register import NewMember, Preview
from actions.undo_import import Undone
from procedure.fields import RegisterField, label
from procedure.fields.showing import show_value
from procedure.italian import plural, write_date
from procedure.register_columns import Column
from store.loading import SOCI, Difference
from store.register import Twin

T = TypeVar("T")

SHOWN: Final = 20
"""Lines of each kind; of the others it says how many."""

_BESIDE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "code": Column.CODE.value,
        "has_services": Column.SERVICES.value,
        "site": Column.SITE.value,
        "trade": Column.TRADE.value,
        "joined_on": Column.JOINED_ON.value,
        "assignee_id": Column.ASSIGNEE.value,
        "ceased": "Cessata",
        SOCI: "Soci",
    }
)
_MISSING: Final = "mancava"


def told(preview: Preview, *, every: bool = False) -> Iterator[str]:
    """What the load would do, kind by kind; with `every`, no line is left out."""
    compared = preview.compared
    new, changed = len(compared.new), len(compared.changed)
    yield f"Aziende nuove: {new}. Che cambiano: {changed}. Uguali: {compared.unchanged}."
    kinds: tuple[tuple[str, list[str]], ...] = (
        ("Neo associate, con i giorni che restano per la visita:", _each(preview.new_members, _new_member)),
        ("Che cosa cambia:", _each(compared.changed, _difference)),
        (
            "Cambi che aspettano una conferma:",
            [
                f"{each.ref} {each.name}: {_column(each.wanted.field.value)} "
                f"{_value(each.wanted.field.value, each.wanted.old)} → "
                f"{_value(each.wanted.field.value, each.wanted.new)}"
                for each in preview.asked
            ],
        ),
        (
            "Passano di mano, come dice l'elenco:",
            [f"{each.ref} {each.name}: da {each.old or 'nessuno'} a {each.new}" for each in preview.moved],
        ),
        ("Doppie? Un'altra azienda ha lo stesso codice:", _each(preview.twins, _twin)),
        (
            "Non sono più nell'elenco (restano: per chiuderle serve «cessata» nella colonna Stato):",
            [f"{ref} {name}" for ref, name in preview.gone or ()],
        ),
        (
            "Attribuzioni che le regole propongono:",
            [f"{name}: {count}" for name, count in preview.proposed],
        ),
    )
    for head, lines in kinds:
        yield from _section(head, lines, every=every)
    if preview.nobody:
        yield f"Senza nessuno a cui attribuirle: {preview.nobody}."
    if preview.gone is None:
        yield "L'elenco porta solo una parte delle aziende: chi manca non lo guardo."


def told_undone(done: Undone) -> Iterator[str]:
    """What taking a load back did, and what it left as it is."""
    load, unloaded = done.load, done.unloaded
    gone = sum(unloaded.removed.values())
    yield f"Annullato il caricamento di «{load.file_name}», di {write_date(load.at.date())}."
    yield f"Aziende tolte: {gone}. Rimesse com'erano: {unloaded.restored}."
    spared = [
        f"{each.ref} {each.name}" + (f": {_column(each.column)}" if each.column else "")
        for each in unloaded.spared
    ]
    yield from _section("Lasciate come sono, perché cambiate dopo il caricamento:", spared, every=True)


def _section(head: str, lines: list[str], *, every: bool) -> Iterator[str]:
    if not lines:
        return
    yield head
    shown = lines if every else lines[:SHOWN]
    yield from (f"  {line}" for line in shown)
    if rest := len(lines) - len(shown):
        yield f"  e {plural(rest, 'un’altra', f'altre {rest}')} (tutte, con --tutto)"


def _each(items: Iterable[T], say: Callable[[T], str]) -> list[str]:
    return [say(item) for item in items]


def _new_member(each: NewMember) -> str:
    days = f"{abs(each.left)} {plural(abs(each.left), 'giorno', 'giorni')}"
    left = days if each.left >= 0 else f"arrivata scaduta, da {days}"
    return f"{each.row.ref} {each.row.name} ({each.row.site}): {left}"


def _difference(each: Difference) -> str:
    parts = (
        f"{_column(name)} {_value(name, old)} → {_value(name, new)}"
        for name, (old, new) in each.changes.items()
    )
    return f"{each.ref} {each.name}: {'; '.join(parts)}"


def _twin(each: Twin) -> str:
    return (
        f"{each.ref} ha {label(each.field)} di {each.known} {each.known_name}: se è la stessa azienda, "
        f"correggi il codice interno nel file"
    )


def _column(name: str) -> str:
    return _BESIDE.get(name) or label(RegisterField[name.upper()])


def _value(name: str, text: str) -> str:
    """A value of the history as people read it."""
    if not text:
        return _MISSING
    if text in {"True", "False"}:
        return "sì" if text == "True" else "no"
    if name == "joined_on":
        return write_date(date.fromisoformat(text))
    return text if name in _BESIDE else show_value(RegisterField[name.upper()], text)
