"""A page of a list. Refuses to know of what."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of `total` things, from the one at `offset` on."""

    items: tuple[T, ...]
    total: int
    offset: int

    @property
    def has_next(self) -> bool:
        """True where more follow."""
        return self.offset + len(self.items) < self.total

    @property
    def has_previous(self) -> bool:
        """True where some come before."""
        return self.offset > 0
