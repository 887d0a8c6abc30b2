"""Texts and what is understood of them, from `replies.txt`; and how the latter is written in one line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from mailer.understanding.understand import understand
from procedure.correspondence.commands import Command, FieldSaid, Heard
from procedure.fields import label
from procedure.notices import Json, Mail, MailKind
from tests.mailer.samples import a_mail

TODAY = date(2026, 11, 19)
CORRECTIONS: list[Json] = [
    {"label": name, "old": "", "new": "x"} for name in ("Email", "PEC", "Telefono", "Indirizzo")
]


def rows() -> Iterator[tuple[str, str, str]]:
    """Kind, text, what is understood."""
    for kind, text, expected in _lines("replies.txt"):
        yield kind, text.replace(" / ", "\n"), expected


def without_effect() -> Iterator[tuple[str, str]]:
    """Kind and text of what must never do anything."""
    return ((kind, text) for kind, text in _lines("no_effect.txt"))


def _lines(name: str) -> Iterator[list[str]]:
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line and line[0] not in "#[":
            yield [part.strip() for part in line.split(" | ")]


def mail_of(kind: str) -> Mail:
    """The sample mail of this kind; an E3 of four fields."""
    mail = a_mail(MailKind(kind))
    return replace(mail, context={**mail.context, "corrections": CORRECTIONS}) if kind == "E3" else mail


def heard(kind: str, text: str) -> Heard:
    """What is understood of it."""
    return understand(mail_of(kind), text, TODAY)


def told(said: Heard) -> str:
    """As the table writes it."""
    if said.commands:
        asked = f" & ? {_command(said.guess)}" if said.guess else ""
        return " + ".join(map(_command, said.commands)) + asked + (" & note" if said.note else "")
    if said.guess:
        return f"? {_command(said.guess)}"
    return ("note why" if said.why else "note") if said.note else "nothing"


def _command(command: Command) -> str:
    days = [f"{day:%d/%m}" for day in (command.since, command.on) if day]
    parts = [command.verb.value, "-".join(days), *([str(command.value)] if command.value is not None else [])]
    parts += [command.words, *map(_field, command.fields)]
    return " ".join(part for part in parts if part) + ("!" if command.sure else "")


def _field(said: FieldSaid) -> str:
    words = f"[{said.words}]" if said.words else ""
    return f"{label(said.field)}:{said.value or ('ok' if said.done else 'no')}{words}"
