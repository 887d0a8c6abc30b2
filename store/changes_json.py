"""What an effect changed, as JSON: dates, moments and amounts come back as what they were.

Refuses to know what they mean.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Date

from procedure.notices import Json
from store.columns import Euro, Moment
from store.pictures import Changes, Row, Touched
from store.tables import metadata


def to_json(changes: Changes) -> dict[str, Json]:
    """The changes as they are kept."""
    rows: list[Json] = [
        {"table": one.table, "id": one.id, "before": _plain(one.before), "after": _plain(one.after)}
        for one in changes.rows
    ]
    lists = {name: [*getattr(changes, name)] for name in ("fields", "moves", "queued")}
    return {"rows": rows, **lists}


def from_json(kept: Mapping[str, Any]) -> Changes:
    """The changes that `to_json` wrote."""
    rows = (
        Touched(one["table"], one["id"], *(_typed(one["table"], one[when]) for when in ("before", "after")))
        for one in kept["rows"]
    )
    return Changes(tuple(rows), *(tuple(kept[name]) for name in ("fields", "moves", "queued")))


def _plain(row: Row | None) -> Json:
    return None if row is None else {name: _written(value) for name, value in row.items()}


def _written(value: Any) -> Json:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
    plain: Json = value
    return plain


def _typed(table: str, row: Row | None) -> Row | None:
    columns = metadata.tables[table].c
    return None if row is None else {name: _read(columns[name], value) for name, value in row.items()}


def _read(column: Column[Any], value: Any) -> Any:
    match column.type:
        case _ if value is None:
            return None
        case Moment():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case Euro():
            return Decimal(value)
    return value
