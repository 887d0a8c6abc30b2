"""aiogram with its memory storage, as its examples write it; nothing kept. Argument `uvloop`: on uvloop."""

import asyncio
import sys

import uvloop
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bench import conversation


class Visit(StatesGroup):
    tapping = State()
    typing = State()


dispatcher = Dispatcher(storage=MemoryStorage())


@dispatcher.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    await state.set_state(Visit.tapping)
    await state.set_data({"step": 1, "answers": {}})
    await message.answer(conversation.question(1), reply_markup=_markup(conversation.keyboard(1)))


@dispatcher.callback_query(Visit.tapping, F.data)
async def tapped(query: CallbackQuery, state: FSMContext) -> None:
    assert isinstance(query.message, Message)
    text, markup = await _next(query.data or "", state)
    await query.message.edit_text(text, reply_markup=markup)
    await query.answer()


@dispatcher.message(Visit.typing, F.text)
async def typed(message: Message, state: FSMContext) -> None:
    text, markup = await _next(message.text or "", state)
    await message.answer(text, reply_markup=markup)


async def _next(answer: str, state: FSMContext) -> tuple[str, InlineKeyboardMarkup | None]:
    data = await state.get_data()
    step, answers = data["step"], data["answers"] | {data["step"]: answer}
    text, buttons = conversation.after(step, len(answers))
    if step == conversation.STEPS:
        await state.clear()
        return text, None
    await state.set_data({"step": step + 1, "answers": answers})
    await state.set_state(Visit.tapping if buttons else Visit.typing)
    return text, _markup(buttons)


def _markup(buttons: dict[str, object] | None) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.model_validate(buttons) if buttons else None


async def main(server: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(server))
    await dispatcher.start_polling(Bot("700:prova", session=session), handle_signals=False)


if __name__ == "__main__":
    run = uvloop.run if "uvloop" in sys.argv else asyncio.run
    run(main(sys.argv[1]))
