"""N9: nothing was recorded, and the sender reads why: not understood, refused, so already, or asked if it was
meant.

Refuses to do anything of what the letter says.
"""

from typing import Final

from actions.by_mail.answering import Answering
from actions.by_mail.holding import Held, Hold, Option, hold
from actions.tell_quote import OddDay
from conversations.phrases import say
from conversations.quote import odd_day
from conversations.replies import tell_command
from procedure.correspondence.commands import Command
from procedure.errors import Refusal
from procedure.notices import Json, MailKind
from store.letters import Outcome

ASK_ABOUT_A_LETTER: Final = frozenset({MailKind.CONFIRM_COLLEAGUE, MailKind.WHICH_MAIL})
"""Questions of ours about a letter that waits: between us and whom they are put to."""


def already_so(its: Answering, what: str) -> None:
    """It stands already: no second record, and the sender reads how it stands."""
    its.settle(Outcome.IGNORED, "already")
    its.answer(MailKind.REPLY_NOT_UNDERSTOOD, {**_asked_back(its), "already": what})


def not_done(its: Answering, reason: str, why: str = "") -> None:
    """Nothing is guessed: the AV reads it, the sender is told how to answer, and why it was not done."""
    its.settle(Outcome.TO_SORT, reason)
    if its.mail.asks not in ASK_ABOUT_A_LETTER:
        its.tell_av("reply_to_read", {"first_line": its.words})
    say_why_not(its, why)


def say_why_not(its: Answering, why: str) -> None:
    """The sender reads that nothing was recorded (N9)."""
    its.answer(MailKind.REPLY_NOT_UNDERSTOOD, {**_asked_back(its), "why": why})


def ask_back(its: Answering, guess: Command, why: str = "") -> None:
    """It was probably meant: the sender is asked, and a yes does it."""
    option = Option(its.outbox, (guess,))
    hold(its.tx, its.reply.letter, Hold(Held.GUESS, (option,), its.sender.name, its.reply.references))
    its.settle(Outcome.TO_SORT, "guess")
    asked: dict[str, Json] = {"guess": tell_command(guess), "why": why, "letter": its.reply.letter}
    its.answer(MailKind.REPLY_NOT_UNDERSTOOD, {**_asked_back(its), **asked})


def _asked_back(its: Answering) -> dict[str, Json]:
    """What every N9 says; about a question of ours also which letter it is about, so that it can be answered
    there.
    """
    nothing: dict[str, Json] = {"why": "", "already": "", "guess": ""}
    asks = its.mail.asks
    kept = ("letter", "candidates") if asks in ASK_ABOUT_A_LETTER else ()
    still = {name: its.mail.context[name] for name in kept if name in its.mail.context}
    return {**nothing, **still, "first_line": its.words, "asks": asks.value}


def why_not(refusal: Refusal) -> str:
    """Why it was not done; an odd day is done if it is said to be right."""
    if isinstance(refusal, OddDay):
        return say("reply.odd_day", doubt=odd_day(refusal.earlier, refusal.on))
    return say(f"refusal.{refusal.phrase}", **refusal.values)
