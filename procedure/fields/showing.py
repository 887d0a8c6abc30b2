"""A register value as people read it; the store keeps the canonical one. Refuses to check it."""

from procedure.fields.kinds import RegisterField
from procedure.fields.phones import show_phone

_PHONES = frozenset({RegisterField.PHONE, RegisterField.MOBILE})


def show_value(field: RegisterField, value: str) -> str:
    """A telephone with its spaces, anything else as it is."""
    return show_phone(value) if field in _PHONES else value
