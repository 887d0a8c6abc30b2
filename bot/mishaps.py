"""What is done when handling an update goes wrong: one line for the operator, one kind sentence for the
person.

It refuses to know what went wrong: neither the sentence nor the stored mark ever carries the error's
own words.
"""

import logging
from typing import Final

from bot.incoming import Incoming
from bot.replies import Call, Reply
from procedure.notices import Json

log = logging.getLogger(__name__)

SORRY: Final = "Qualcosa non ha funzionato da parte nostra: nulla è andato perso. Riprova tra un attimo."


def apology(incoming: Incoming) -> Reply:
    """What the person gets; nothing where nobody is there to read it."""
    if incoming.chat_id is None or not incoming.private or incoming.kind == "member":
        return ()
    calls: list[Call] = [Call("sendMessage", {"chat_id": incoming.chat_id, "text": SORRY})]
    if incoming.callback_id:
        still: dict[str, Json] = {"callback_query_id": incoming.callback_id}
        calls.insert(0, Call("answerCallbackQuery", still))
    return tuple(calls)


def note(incoming: Incoming, error: Exception) -> None:
    """Log it once, with where it happened and without what the person wrote."""
    log.error("aggiornamento %s (%s) non gestito", incoming.update_id, incoming.kind, exc_info=error)


def name_of(error: Exception) -> str:
    """What the store keeps beside the update: the error's type."""
    return type(error).__name__
