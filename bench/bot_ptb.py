"""PTB's ConversationHandler, as its examples write it: state in memory, nothing kept."""

import sys
from functools import partial
from typing import Any
from warnings import filterwarnings

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBUserWarning

from bench import conversation

Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, context: Context) -> int:
    assert update.message
    assert context.user_data is not None
    context.user_data["answers"] = {}
    await update.message.reply_text(conversation.question(1), reply_markup=_markup(conversation.keyboard(1)))
    return 1


async def tapped(step: int, update: Update, context: Context) -> int:
    query = update.callback_query
    assert query
    text, markup = _next(step, query.data or "", context)
    await query.edit_message_text(text, reply_markup=markup)
    await query.answer()
    return _state_after(step)


async def typed(step: int, update: Update, context: Context) -> int:
    assert update.message
    text, markup = _next(step, update.message.text or "", context)
    await update.message.reply_text(text, reply_markup=markup)
    return _state_after(step)


def _next(step: int, answer: str, context: Context) -> tuple[str, InlineKeyboardMarkup | None]:
    assert context.user_data is not None
    context.user_data["answers"][step] = answer
    text, buttons = conversation.after(step, len(context.user_data["answers"]))
    return text, _markup(buttons)


def _markup(buttons: dict[str, Any] | None) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json(buttons, None) if buttons else None


def _state_after(step: int) -> int:
    return ConversationHandler.END if step == conversation.STEPS else step + 1


def main(base_url: str) -> None:
    states: dict[object, list[Any]] = {}
    for step in range(1, conversation.STEPS + 1):
        if step in conversation.TYPED:
            states[step] = [MessageHandler(filters.TEXT & ~filters.COMMAND, partial(typed, step))]
        else:
            states[step] = [CallbackQueryHandler(partial(tapped, step))]
    filterwarnings(
        "ignore", category=PTBUserWarning
    )  # per_message=False is what a chat of taps and words wants
    handler = ConversationHandler([CommandHandler("start", start)], states, [], per_message=False)
    application = Application.builder().token("700:prova").base_url(base_url).build()
    application.add_handler(handler)
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1])
