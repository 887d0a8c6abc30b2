"""The commands: a word, whom it is for, what it shows. Telegram's menu lists each person's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from actions.turn import Turn
from bot import diary, paperwork, people_room, quote_room, rooms, target_room
from bot.screens import home
from bot.screens.screen import Screen, esc
from bot.verbs import people, post
from bot.verbs.attribution import waiting
from bot.verbs.dialogues import cancel_standing
from bot.verbs.hand_out import to_assign
from bot.verbs.shown import Shown
from conversations.phrases import say
from procedure.people import Person, Role
from procedure.permissions import attributes, follows_visits, sorts_letters


def _everybody(person: Person) -> bool:
    return True


def _visiting(person: Person) -> bool:
    return person.visits


def _followed(person: Person) -> bool:
    """Obiettivi are theirs: who makes visits, and who follows those that do."""
    return person.visits or follows_visits(person)


def _owning(person: Person) -> bool:
    """A quote may be theirs: its AM, or the AV of catalogue products."""
    return person.visits or person.has(Role.AM)


def _answering_for_a_site(person: Person) -> bool:
    return person.has(Role.RS) and person.site is not None


def _attributing(person: Person) -> bool:
    return bool(attributes(person))


@dataclass(frozen=True, slots=True)
class Command:
    """One command. After one that leads away what is typed next answers no question; after the others the
    question that stood still stands. `draws` is given what was written after the command.
    """

    word: str
    draws: Callable[[Turn, str], Shown]
    is_for: Callable[[Person], bool] = _everybody
    leads_away: bool = True


COMMANDS: Final = (
    Command("start", lambda turn, _rest: rooms.home(turn)),
    Command("oggi", lambda turn, _rest: diary.today(turn, 0)),
    Command("aziende", lambda turn, _rest: rooms.companies(turn, 0), _visiting),
    Command("preventivi", lambda turn, _rest: quote_room.quotes_in_hand(turn, 0), _owning),
    Command("obiettivi", lambda turn, _rest: target_room.targets(turn), _followed),
    Command("archivio", lambda turn, _rest: paperwork.missing_copies(turn), _owning),
    Command("appuntamenti", lambda turn, _rest: diary.next_appointments(turn, 0), _visiting),
    Command("assegna", lambda turn, _rest: to_assign(turn), _answering_for_a_site),
    Command("attribuzioni", lambda turn, _rest: waiting(turn), _attributing),
    Command("posta", lambda turn, _rest: post.waiting(turn), sorts_letters),
    Command("assenza", people.absence),
    Command("impostazioni", lambda turn, _rest: people_room.settings(turn)),
    Command("annulla", lambda turn, _rest: cancel_standing(turn)),
    Command("aiuto", lambda turn, _rest: home.draw_help(turn.person), leads_away=False),
    Command("privacy", lambda _turn, _rest: home.draw_privacy(), leads_away=False),
)
"""In the order of the menu."""

_ALIASES = {"help": "aiuto"}


def command(word: str, person: Person) -> Command:
    """What this person means by the word; the help, with a word before it, where it is none of theirs."""
    word = _ALIASES.get(word, word)
    for one in COMMANDS:
        if one.word == word and one.is_for(person):
            return one
    return Command(word, _unknown, leads_away=False)


def menu(person: Person) -> tuple[tuple[str, str], ...]:
    """The commands of this person, each with what it does in a few words."""
    return tuple((one.word, say(f"command.{one.word}")) for one in COMMANDS if one.is_for(person))


def _unknown(turn: Turn, rest: str) -> Screen:
    help_ = home.draw_help(turn.person)
    return Screen(f"{esc(say('screen.odd.unknown_command'))}\n\n{help_.text}", help_.rows)
