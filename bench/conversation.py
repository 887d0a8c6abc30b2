"""The conversation that every bot of the bench holds: twelve questions, ten taps and two answers in words.

A tap is answered (answerCallbackQuery) and the message becomes the next question (editMessageText); words get
the next question as a new message. After the twelfth answer the bot says how many answers it has.
"""

from typing import Any, Final

STEPS: Final = 12
TYPED: Final = frozenset({5, 10})


def question(step: int) -> str:
    """What the bot asks at this step, counted from 1."""
    return f"Passo {step} di {STEPS}\nCom'è andata la visita alla Falegnameria Pioppi, punto {step}?"


def ending(answers: int) -> str:
    """What the bot says when it has them all."""
    return f"Fatto: {answers} risposte"


def keyboard(step: int) -> dict[str, Any] | None:
    """The buttons under a question; None where the answer is typed."""
    if step in TYPED:
        return None
    words = ("Sì", "No", "In parte", "Non so")
    return {"inline_keyboard": [[{"text": word, "callback_data": f"{step}:{word}"}] for word in words]}


def after(step: int, answers: int) -> tuple[str, dict[str, Any] | None]:
    """What stands in the chat after the answer to this step: words, and buttons or None."""
    if step == STEPS:
        return ending(answers), None
    return question(step + 1), keyboard(step + 1)
