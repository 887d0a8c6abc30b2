"""What a letter says while it waits for somebody: a yes of whose mail it answers, a choice of its sender's.

One shape for all that waits, kept with the letter as JSON. Refuses to know who may decide and what follows.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.by_mail.answering import Answering
from procedure.correspondence.commands import Command
from procedure.correspondence.commands_json import command_from_json, command_to_json
from procedure.notices import Json
from store import letters
from store.letters import Outcome
from store.transaction import Transaction


class Held(enum.StrEnum):
    """Why something waits."""

    COLLEAGUE = "colleague"  # another answered in the addressee's place
    AMBIGUOUS = "ambiguous"  # it fits several mails of ours
    GUESS = "guess"  # it was probably meant
    ABSENCE = "absence"  # an automatic answer tells of one


@dataclass(frozen=True, slots=True)
class Option:
    """What would be done: these commands, in answer to the mail of this row of the outbox."""

    outbox: int
    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """All that waits with one letter, and what is needed to answer its sender later."""

    why: Held
    options: tuple[Option, ...]
    name: str = ""
    references: tuple[str, ...] = ()


def hold(tx: Transaction, letter: int, waiting: Hold) -> None:
    """Keep it with its letter."""
    letters.hold(tx, letter, _to_json(waiting))


def waiting_with(letter: letters.Letter) -> Hold | None:
    """What waits with this letter."""
    return _from_json(letter.held) if letter.held else None


def forget_others(its: Answering) -> None:
    """The sender has said it better: what they had left open about the same mail waits no longer."""
    asked_about = its.mail.context.get("letter")
    for letter in letters.held_of(its.tx, its.sender.email):
        waiting = waiting_with(letter)
        if waiting is None or waiting.why not in {Held.AMBIGUOUS, Held.GUESS}:
            continue
        same = any(option.outbox == its.outbox for option in waiting.options) or letter.id == asked_about
        if same and letter.id != its.reply.letter:
            letters.hold(its.tx, letter.id, None)
            reason, about = "said_again", letter.about
            letters.settle(
                its.tx, letter.id, outcome=Outcome.IGNORED, reason=reason, about=about, now=its.now
            )


def _to_json(waiting: Hold) -> dict[str, Json]:
    options: list[Json] = [
        {"outbox": one.outbox, "commands": [command_to_json(command) for command in one.commands]}
        for one in waiting.options
    ]
    return {
        "why": waiting.why.value,
        "options": options,
        "name": waiting.name,
        "references": [*waiting.references],
    }


def _from_json(raw: Mapping[str, Any]) -> Hold:
    options = (
        Option(one["outbox"], tuple(map(command_from_json, one["commands"]))) for one in raw["options"]
    )
    return Hold(Held(raw["why"]), tuple(options), raw.get("name", ""), tuple(raw.get("references", ())))
