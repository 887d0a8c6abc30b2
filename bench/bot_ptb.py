"""PTB's ConversationHandler, as its examples write it: state in memory, nothing kept.

Its screens are the service's, recorded; made ready once, at its start.
"""

import sys
from functools import partial
from typing import Any
from warnings import filterwarnings

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, ConversationHandler
from telegram.warnings import PTBUserWarning

from bench.conversation import Screen, load

Context = ContextTypes.DEFAULT_TYPE
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Bot:
    """The visit; `place` counts the screens."""

    def __init__(self, screens: list[Screen]) -> None:
        self.last = len(screens) - 1
        self._texts = [screen.text for screen in screens]
        self._keyboards = [InlineKeyboardMarkup.de_json(screen.markup, None) for screen in screens]

    async def start(self, update: Update, context: Context) -> int:
        assert update.message
        await update.message.reply_text(
            self._texts[0],
            ParseMode.HTML,
            reply_markup=self._keyboards[0],
            link_preview_options=NO_PREVIEW,
        )
        return ConversationHandler.END

    async def begun(self, update: Update, context: Context) -> int:
        assert context.user_data is not None
        context.user_data["answers"] = {}
        return await self.tapped(1, update, context)

    async def tapped(self, place: int, update: Update, context: Context) -> int:
        query = update.callback_query
        assert query
        assert context.user_data is not None
        context.user_data["answers"][place] = query.data
        await query.edit_message_text(
            self._texts[place],
            ParseMode.HTML,
            reply_markup=self._keyboards[place],
            link_preview_options=NO_PREVIEW,
        )
        await query.answer()
        return ConversationHandler.END if place == self.last else place + 1


def main(base_url: str, screens: str) -> None:
    bot = Bot(load(screens))
    states: dict[object, list[Any]] = {
        place: [CallbackQueryHandler(partial(bot.tapped, place))] for place in range(2, bot.last + 1)
    }
    filterwarnings("ignore", category=PTBUserWarning)  # per_message=False is what a chat of taps wants
    entries: list[Any] = [CommandHandler("start", bot.start), CallbackQueryHandler(bot.begun)]
    application = Application.builder().token("700:prova").base_url(base_url).build()
    application.add_handler(ConversationHandler(entries, states, [], per_message=False))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
