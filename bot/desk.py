"""The desk: what an update means, done in one transaction, and the calls that answer it.

A stranger learns nothing; a tap's arguments are checked like anything from outside. Refuses to know the wire.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from actions import converse, enrol
from actions.office import Office
from actions.standing_in import with_the_absent
from actions.turn import Turn
from bot import rooms, taps
from bot.commands import command, menu
from bot.incoming import Incoming
from bot.replies import Reply, commands
from bot.screens import home
from bot.screens.screen import Screen, esc
from bot.showing import delete, send, show
from bot.verbs import dialogues
from conversations.dialogue import Typed
from conversations.phrases import say
from procedure.errors import Refusal
from store import audit, chats, people
from store.chats import Focus
from store.invitations import Redeemed
from store.transaction import Transaction

MISSES_BEFORE_HELP = 3


class Desk:
    """Called once for each update, inside its transaction."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._by_kind: dict[str, Callable[[Turn, Incoming], Reply]] = {
            "text": self._text,
            "tap": self._tap,
            "media": self._media,
            "edited": self._edited,
        }

    def __call__(self, tx: Transaction, incoming: Incoming, now: datetime) -> Reply:
        """What the update changes is written in `tx`; the calls that answer it."""
        handle = self._by_kind.get(incoming.kind)
        if handle is None or incoming.user_id is None:
            return ()
        if not incoming.private:
            return self._in_a_group(incoming)
        person = people.by_telegram(tx, incoming.user_id)
        if person is None:
            return self._at_the_door(tx, incoming, now)
        acting = with_the_absent(tx, person, now.date())
        return handle(Turn(tx, self._office, acting, now), incoming)

    def _in_a_group(self, incoming: Incoming) -> Reply:
        """Nothing is said of anybody in a group; who calls the bot by
        a command is asked to write in private.
        """
        called = incoming.kind == "text" and (incoming.text or "").startswith("/")
        return (send(incoming.chat_id, Screen(esc(say("screen.door.group")))),) if called else ()

    def _at_the_door(self, tx: Transaction, incoming: Incoming, now: datetime) -> Reply:
        """Only an invitation opens; anything else learns nothing and leaves a trace."""
        if not incoming.start_payload or incoming.user_id is None:
            audit.note(tx, now, f"telegram:{incoming.user_id}", "stranger", {"kind": incoming.kind})
            return show(incoming, Screen(esc(say("screen.door.closed"))))
        entered = enrol.enter(tx, incoming.start_payload, incoming.user_id, now)
        if not isinstance(entered, Redeemed):
            return show(incoming, Screen(esc(say("screen.door.used"))))
        welcome = Screen(esc(say("screen.door.welcome", name=entered.person.name.split()[0])))
        turn = Turn(tx, self._office, entered.person, now)
        return (
            *show(incoming, welcome),
            commands(_chat(incoming), menu(entered.person)),
            *show(incoming, home.draw_privacy()),
            *taps.put(turn, incoming, rooms.home(turn)),
        )

    def _tap(self, turn: Turn, incoming: Incoming) -> Reply:
        return taps.tapped(turn, incoming)

    def _media(self, turn: Turn, incoming: Incoming) -> Reply:
        """Photos and scans do not pass through a chat (privacy.md)."""
        return (*delete(incoming, incoming.message_id), send(incoming.chat_id, home.draw_media()))

    def _edited(self, turn: Turn, incoming: Incoming) -> Reply:
        if incoming.withheld:
            return self._withheld(incoming)
        return (send(incoming.chat_id, Screen(esc(say("screen.odd.edited")))),)

    def _withheld(self, incoming: Incoming) -> Reply:
        """What may not pass through the chat is taken out of it, and told where it goes instead."""
        told = send(incoming.chat_id, home.draw_withheld(incoming.withheld))
        return (*delete(incoming, incoming.message_id), told)

    def _text(self, turn: Turn, incoming: Incoming) -> Reply:
        if incoming.withheld:
            return self._withheld(incoming)
        text = (incoming.text or "").strip()
        if text.startswith("/"):
            return self._command(turn, incoming, text)
        try:
            return self._answer(turn, incoming, text)
        except Refusal as refusal:
            return taps.put(turn, incoming, Screen(esc(say(f"refusal.{refusal.phrase}", **refusal.values))))

    def _answer(self, turn: Turn, incoming: Incoming, text: str) -> Reply:
        """A number of the screen, the answer to the question that stands, or a company to look for."""
        stands = chats.focus(turn.tx, turn.person.id)
        gone = delete(incoming, incoming.message_id)  # what was typed is in the card now (privacy.md)
        if text in stands.menu:
            answered = taps.pressed(turn, incoming, stands.menu[text], stands.message)
            return (*gone, *answered) if stands.message else answered
        if stands.draft is None:
            return taps.put(turn, incoming, rooms.search(turn, text, 0))
        talk = converse.tell(turn, stands.draft, Typed(text))
        if not talk.understood:
            return self._missed(turn, incoming, talk, stands)
        shown = dialogues.answered(turn, talk)
        if isinstance(shown, converse.Talk):
            return (*gone, *taps.put_talk(turn, incoming, shown, stands.message))
        return (*gone, *taps.put(turn, incoming, shown, stands.message))

    def _missed(self, turn: Turn, incoming: Incoming, talk: converse.Talk, stands: Focus) -> Reply:
        """What was typed stays, the question comes again below it; the third time with an offer of help."""
        misses = stands.misses + 1
        if misses >= MISSES_BEFORE_HELP:
            talk = replace(talk, note=f"{talk.note}\n{say('hint.help')}")
        return (*taps.put_talk(turn, incoming, talk, None, misses), *delete(incoming, stands.message))

    def _command(self, turn: Turn, incoming: Incoming, text: str) -> Reply:
        word, _, rest = text[1:].strip().partition(" ")
        asked = command(word.partition("@")[0].casefold(), turn.person)
        stands = chats.focus(turn.tx, turn.person.id)
        shown = asked.draws(turn, rest.strip())
        if isinstance(shown, converse.Talk):
            return taps.put_talk(turn, incoming, shown, None)
        if stands.draft is not None and not asked.leads_away:
            chats.stand(turn.tx, turn.person.id, replace(stands, message=None))  # it is asked again below
            return (send(incoming.chat_id, Screen(shown.text)),)
        reply = taps.put(turn, incoming, shown)
        return (*reply, commands(_chat(incoming), menu(turn.person))) if asked.word == "start" else reply


def _chat(incoming: Incoming) -> int:
    return incoming.chat_id if incoming.chat_id is not None else 0
