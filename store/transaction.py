"""What an action holds while it runs: a connection in a transaction, with the few verbs a repository needs.

Other rooms pass it on and call no more of it than `apart`. It cannot commit, roll back or wait: the store
does, around it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

Values: TypeAlias = Mapping[str, Any]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]


class Transaction:
    """One unit of work, alive only while the store runs it."""

    __slots__ = ("_connection", "queued")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.queued: list[int] = []  # what entered the outbox: once committed, its carriers are told

    @property
    def dialect(self) -> str:
        """Which database it is: `sqlite` or `postgresql`."""
        return self._connection.dialect.name

    def execute(
        self, statement: Executable, values: Values | Sequence[Values] | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement; a sequence of values runs it once for each."""
        return self._connection.execute(statement, values)

    def all(self, statement: Executable, values: Values | None = None) -> Sequence[AnyRow]:
        """Every row."""
        return self._connection.execute(statement, values).all()

    def first(self, statement: Executable, values: Values | None = None) -> AnyRow | None:
        """The first row, or None."""
        return self._connection.execute(statement, values).first()

    def scalar(self, statement: Executable, values: Values | None = None) -> Any:
        """The first column of the first row, or None."""
        return self._connection.execute(statement, values).scalar()

    def changed(self, statement: Executable, values: Values | None = None) -> int:
        """How many rows an UPDATE or DELETE touched."""
        return self._connection.execute(statement, values).rowcount

    @contextmanager
    def apart(self) -> Iterator[Callable[[], None]]:
        """Work that may be forgotten: where what is given is called, it is as if it had never been done."""
        queued, nested = len(self.queued), self._connection.begin_nested()
        forgotten = False

        def forget() -> None:
            nonlocal forgotten
            forgotten = True

        try:
            yield forget
        except BaseException:
            nested.rollback()
            raise
        if forgotten:
            nested.rollback()
            del self.queued[queued:]
        else:
            nested.commit()

    def insert(self, table: Table, values: Values) -> int:
        """Insert one row; its new id."""
        key: Any = self._connection.execute(_inserting(table), values).inserted_primary_key
        return int(key[0])

    def insert_new(self, table: Table, rows: Sequence[Values]) -> list[Any]:
        """Insert those rows that no unique key says are there; the
        primary keys of the new ones, in any order.
        """
        statement = _ignoring(self.dialect, table)
        return list(self._connection.execute(statement, rows).scalars())

    def add_new(self, table: Table, rows: Sequence[Values]) -> None:
        """As `insert_new`, of many at once, where nobody asks which were new."""
        self._connection.execute(_adding(self.dialect, table), rows)


@cache
def _inserting(table: Table) -> Executable:
    """Made once for each table: what is made anew has to be compiled anew, or looked up at some length."""
    return table.insert()


@cache
def _adding(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """As above."""
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


@cache
def _ignoring(dialect: str, table: Table) -> Executable:
    """As above."""
    (key,) = table.primary_key.columns
    return _adding(dialect, table).returning(key)
