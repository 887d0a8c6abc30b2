"""What a reply was understood to say, in words that can be asked back. Refuses to know how it was written."""

from conversations.phrases import say
from procedure.correspondence.commands import Command, FieldSaid
from procedure.fields import label
from procedure.italian import write_date, write_money


def tell_command(command: Command) -> str:
    """`preventivo redatto lunedì 16 novembre 2026`: what would be recorded."""
    parts = [say(f"said.{command.verb.value}")]
    if command.value is not None:
        parts.append(f"per {write_money(command.value)}")
    if command.on:
        parts.append(write_date(command.on))
    told = " ".join(parts)
    details = [*map(_field, command.fields), *([command.words] if command.words else [])]
    return f"{told}: {'; '.join(details)}" if details else told


def _field(said: FieldSaid) -> str:
    name = label(said.field)
    if said.value:
        return say("said.field_value", field=name, value=said.value)
    return say("said.field_done", field=name) if said.done else say("said.field_open", field=name)
