"""aiogram with its memory storage, as its examples write it; nothing kept. Argument `uvloop`: on uvloop.

Its screens are the service's, recorded; made ready once, at its start.
"""

import asyncio
import sys
from typing import Any

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message

from bench.conversation import Screen, load


class Visit(StatesGroup):
    telling = State()


class Visits:
    """The visit; `place` counts the screens."""

    def __init__(self, screens: list[Screen]) -> None:
        self._last = len(screens) - 1
        self._texts = [screen.text for screen in screens]
        self._keyboards = [InlineKeyboardMarkup.model_validate(screen.markup) for screen in screens]

    async def start(self, message: Message, state: FSMContext) -> None:
        await state.clear()
        await message.answer(self._texts[0], reply_markup=self._keyboards[0])

    async def begun(self, query: CallbackQuery, state: FSMContext) -> None:
        await state.set_state(Visit.telling)
        await self._tell(query, state, 1, {})

    async def tapped(self, query: CallbackQuery, state: FSMContext) -> None:
        data = await state.get_data()
        await self._tell(query, state, data["place"] + 1, data["answers"])

    async def _tell(
        self, query: CallbackQuery, state: FSMContext, place: int, answers: dict[int, Any]
    ) -> None:
        if place == self._last:
            await state.clear()
        else:
            await state.set_data({"place": place, "answers": answers | {place: query.data}})
        assert isinstance(query.message, Message)
        await query.message.edit_text(self._texts[place], reply_markup=self._keyboards[place])
        await query.answer()


async def main(server: str, screens: str) -> None:
    visits = Visits(load(screens))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(visits.start, CommandStart())
    dispatcher.callback_query.register(visits.begun, StateFilter(None))
    dispatcher.callback_query.register(visits.tapped, Visit.telling)
    session = AiohttpSession(api=TelegramAPIServer.from_base(server))
    same = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True))
    await dispatcher.start_polling(Bot("700:prova", session, default=same), handle_signals=False)


if __name__ == "__main__":
    run = uvloop.run if "uvloop" in sys.argv else asyncio.run
    run(main(sys.argv[1], sys.argv[2]))
