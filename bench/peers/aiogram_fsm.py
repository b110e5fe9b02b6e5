"""Bare aiogram: four states in memory, as its documentation shows."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import KeyboardButton, Message, ReplyKeyboardMarkup

QUESTIONS = ("Tên?", "Nội dung?", "Kết quả?", "Thời hạn?")
KEYS = ReplyKeyboardMarkup(
    keyboard=[[KeyboardButton(text="Quay lại"), KeyboardButton(text="Xem phiếu")], [KeyboardButton(text="Thoát")]],
    resize_keyboard=True,
)


class Form(StatesGroup):
    name = State()
    area = State()
    result = State()
    due = State()


STATES = (Form.name, Form.area, Form.result, Form.due)


async def main() -> None:
    token, api = sys.argv[1:3]
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()

    @dispatcher.message(Command("form"))
    async def begin(message: Message, state: FSMContext) -> None:
        await state.set_state(STATES[0])
        await message.answer(QUESTIONS[0], reply_markup=KEYS)

    def question(n: int) -> None:
        @dispatcher.message(STATES[n])
        async def take(message: Message, state: FSMContext) -> None:
            await state.update_data({str(n): message.text})
            if n + 1 < len(QUESTIONS):
                await state.set_state(STATES[n + 1])
                await message.answer(QUESTIONS[n + 1], reply_markup=KEYS)
            else:
                await state.clear()
                await message.answer("Xong.", reply_markup=KEYS)

    for n in range(len(QUESTIONS)):
        question(n)
    await dispatcher.start_polling(bot, handle_signals=False)


asyncio.run(main())
