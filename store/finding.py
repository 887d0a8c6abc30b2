"""Companies found by what somebody types: any part of their words, whatever case and accents; near misses
where nothing is found.

A search is answered at once among a million companies: SQLite has its index of trigrams, PostgreSQL the one
of pg_trgm, and beyond `MOST` no more are counted. Refuses to know who may see what: it is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import ColumnElement, and_, column, or_, select, table, true

from procedure.permissions import Sight
from store.folding import folded
from store.page import Page
from store.register import CompanyLine, lines_of, seen_by
from store.tables import companies
from store.transaction import Transaction

MOST = 1_000
"""Companies that one search counts; who finds more is asked for another word."""

SHORTEST = 3
"""Letters of a trigram: a shorter part is looked for in what the others find."""

NEAR = 20
"""Near misses that are shown."""

_CANDIDATES = 2_000
_ALIKE = 0.75
_FOUND = table("companies_found", column("rowid"), column("companies_found"))


@dataclass(frozen=True, slots=True)
class Found(Page[CompanyLine]):
    """A page of what was found. `near`: nothing was, and these are like it; `more`: than `MOST`."""

    near: bool = False
    more: bool = False


def search(tx: Transaction, text: str, *, offset: int, limit: int, within: Sight | None = None) -> Found:
    """Companies of which each word is part of the name, internal code, partita IVA or comune, by name.

    With `within`, only those in this sight.
    """
    words = folded(text.replace("\0", " ")).split()  # PostgreSQL knows no such letter
    seen = seen_by(within) if within else true()
    ids = _ids(tx, [_having(tx, [word]) for word in words], seen, MOST + 1)
    if ids or not words:
        some = ids[:MOST]
        items = lines_of(tx, some, offset=offset, limit=limit)
        return Found(items, len(some), offset, more=len(ids) > MOST)
    near = _near(tx, words, seen)
    shown = near[offset : offset + limit]
    lines = {line.id: line for line in lines_of(tx, shown, offset=0, limit=limit)}
    return Found(tuple(lines[each] for each in shown), len(near), offset, near=True)


def _ids(
    tx: Transaction, having: Iterable[ColumnElement[bool]], seen: ColumnElement[bool], most: int
) -> list[int]:
    there = companies.c.ceased.is_(False)
    return [row.id for row in tx.all(select(companies.c.id).where(there, seen, *having).limit(most))]


def _having(tx: Transaction, parts: Sequence[str]) -> ColumnElement[bool]:
    """The company's words have one of these parts."""
    if tx.dialect == "sqlite" and all(len(part) >= SHORTEST for part in parts):
        quoted = " OR ".join('"' + part.replace('"', '""') + '"' for part in parts)
        matching = select(_FOUND.c.rowid).where(_FOUND.c.companies_found.match(quoted))
        return companies.c.id.in_(matching)
    return or_(*(companies.c.search_text.contains(part, autoescape=True) for part in parts))


def _near(tx: Transaction, words: Sequence[str], seen: ColumnElement[bool]) -> list[int]:
    """The companies whose words are most like these. One slip spoils one half of a word: the other is
    looked for.
    """
    having = and_(*(_having(tx, _halves(word)) for word in words))
    ids = _ids(tx, [having], seen, _CANDIDATES)
    texts = tx.all(select(companies.c.id, companies.c.search_text).where(companies.c.id.in_(ids)))
    scored = [(_likeness(words, row.search_text.split()), row.id) for row in texts]
    return [which for score, which in sorted(scored, key=_best) if score][:NEAR]


def _best(scored: tuple[float, int]) -> tuple[float, int]:
    score, which = scored
    return -score, which


def _halves(word: str) -> list[str]:
    """What is left whole of a word by a slip: its beginning or its end."""
    half = max(len(word) // 2, SHORTEST)
    return [word] if len(word) <= SHORTEST else list(dict.fromkeys([word[:half], word[-half:]]))


def _likeness(words: Sequence[str], known: Sequence[str]) -> float:
    """How like the words are to the company's, from `_ALIKE` to 1; 0 where one is like none."""
    scores = [max((_alike(word, other) for other in known), default=0.0) for word in words]
    return sum(scores) / len(scores) if min(scores) >= _ALIKE else 0.0


def _alike(word: str, other: str) -> float:
    """Also where it is the beginning of a longer one."""
    begun: Any = other[: len(word) + 1]
    return max(SequenceMatcher(None, word, part).ratio() for part in {other, begun})
