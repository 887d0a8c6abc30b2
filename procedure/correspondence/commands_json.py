"""Commands as plain JSON and back: what a letter says is kept while it waits for somebody's yes.

Refuses to know the table.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from procedure.correspondence.commands import Command, FieldSaid, Verb
from procedure.fields import RegisterField
from procedure.notices import Json


def command_to_json(command: Command) -> dict[str, Json]:
    """The command as a JSON object, without what it does not say; `command_from_json` gives it back equal."""
    whole: dict[str, Json] = {
        "on": command.on.isoformat() if command.on else None,
        "since": command.since.isoformat() if command.since else None,
        "value": str(command.value) if command.value is not None else None,
        "words": command.words or None,
        "sure": command.sure or None,
        "item": command.item,
        "fields": [_field_to_json(one) for one in command.fields] or None,
        "lines": [[label, after] for label, after in command.lines] or None,
    }
    said: dict[str, Json] = {name: value for name, value in whole.items() if value is not None}
    return {"verb": command.verb.value, "said": command.said, **said}


def command_from_json(raw: Mapping[str, Any]) -> Command:
    """The command that `command_to_json` wrote.

    Raises:
        KeyError, ValueError: it was not written by this code.
    """
    return Command(
        Verb(raw["verb"]),
        raw["said"],
        on=_day(raw.get("on")),
        since=_day(raw.get("since")),
        value=Decimal(raw["value"]) if "value" in raw else None,
        words=raw.get("words", ""),
        sure=raw.get("sure", False),
        item=raw.get("item"),
        fields=tuple(map(_field_from_json, raw.get("fields", ()))),
        lines=tuple((label, after) for label, after in raw.get("lines", ())),
    )


def _field_to_json(said: FieldSaid) -> Json:
    return {"field": said.field.value, "done": said.done, "value": said.value, "words": said.words}


def _field_from_json(raw: Mapping[str, Any]) -> FieldSaid:
    return FieldSaid(RegisterField(raw["field"]), raw["done"], raw["value"], raw["words"])


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None
