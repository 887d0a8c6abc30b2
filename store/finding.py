"""Companies found by what somebody types: any part of their words, whatever case and accents; near misses
where nothing is found.

A search is answered at once among a million companies: SQLite has its index of trigrams, PostgreSQL the one
of pg_trgm, and beyond `MOST` no more are counted. Refuses to know who may see what: it is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import column, or_, select, table, true

from procedure.permissions import Sight
from store.folding import folded
from store.page import Page
from store.register import CompanyLine, lines_of, seen_by
from store.tables import companies
from store.transaction import AnyRow, Transaction

MOST = 1_000
"""Companies that one search counts; who finds more is asked for another word."""

SHORTEST = 3
"""Letters of a trigram: a shorter part is looked for in what the others find."""

NEAR = 20
"""Near misses that are shown."""

_CANDIDATES = 500
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
    where = _Where(tx, within)
    found = where.look_for([[word] for word in words], MOST + 1)
    if found or not words:
        some = sorted((row.name, row.id) for row in found[:MOST])
        items = lines_of(tx, [which for _, which in some[offset : offset + limit]])
        return Found(items, len(some), offset, more=len(found) > MOST)
    near = _near(where, words)
    return Found(lines_of(tx, near[offset : offset + limit]), len(near), offset, near=True)


class _Where:
    """Where a search looks: in all companies by the index of trigrams, in a person's own one by one."""

    def __init__(self, tx: Transaction, within: Sight | None) -> None:
        self._tx = tx
        self._seen = seen_by(within) if within else true()
        are_few = within is not None and not (within.sites or within.services)
        self._indexed = tx.dialect == "sqlite" and not are_few

    def look_for(self, wanted: Sequence[Sequence[str]], most: int) -> Sequence[AnyRow]:
        """The first companies that have, of each group of parts, at least one; in no order."""
        asked = select(companies.c.id, companies.c.name, companies.c.search_text)
        asked = asked.where(companies.c.ceased.is_(False), self._seen)
        indexed = [parts for parts in wanted if self._indexed and _are_long(parts)]
        if indexed:
            asked = asked.join(_FOUND, _FOUND.c.rowid == companies.c.id)
            asked = asked.where(_FOUND.c.companies_found.match(_matching(indexed)))
        for parts in wanted:
            if parts not in indexed:
                any_of = (companies.c.search_text.contains(part, autoescape=True) for part in parts)
                asked = asked.where(or_(*any_of))
        return self._tx.all(asked.limit(most))


def _are_long(parts: Iterable[str]) -> bool:
    return all(len(part) >= SHORTEST for part in parts)


def _matching(wanted: Iterable[Iterable[str]]) -> str:
    """The question to the index, in its language; each part in quotes, whatever stands in it."""
    quoted = (['"{}"'.format(part.replace('"', '""')) for part in parts] for parts in wanted)
    return " AND ".join(f"({' OR '.join(parts)})" for parts in quoted)


def _near(where: "_Where", words: Sequence[str]) -> list[int]:
    """The companies whose words are most like these. One slip spoils one half of a word: the other is
    looked for.
    """
    rows = where.look_for([_halves(word) for word in words], _CANDIDATES)
    scored = [(_likeness(words, row.search_text.split()), row.id) for row in rows]
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
    likeness = SequenceMatcher(b=word)
    best = 0.0
    for part in {other, other[: len(word) + 1]}:
        likeness.set_seq1(part)
        if likeness.real_quick_ratio() >= _ALIKE and likeness.quick_ratio() >= _ALIKE:
            best = max(best, likeness.ratio())
    return best
