"""Bare python-telegram-bot: a ConversationHandler with four questions, the documented way; PICKLE keeps it in a file."""

import os
import sys

from telegram import ReplyKeyboardMarkup, Update
from telegram.ext import (
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

QUESTIONS = ("Tên?", "Nội dung?", "Kết quả?", "Thời hạn?")
KEYS = ReplyKeyboardMarkup([["Quay lại", "Xem phiếu"], ["Thoát"]], resize_keyboard=True)


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    await update.message.reply_text(QUESTIONS[0], reply_markup=KEYS)
    return 0


def answer(n: int):
    async def take(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        context.user_data[n] = update.message.text
        if n + 1 < len(QUESTIONS):
            await update.message.reply_text(QUESTIONS[n + 1], reply_markup=KEYS)
            return n + 1
        await update.message.reply_text("Xong.", reply_markup=KEYS)
        return ConversationHandler.END

    return take


def main() -> None:
    token, api = sys.argv[1:3]
    builder = ApplicationBuilder().token(token).base_url(f"{api}/bot")
    pickle = os.environ.get("PICKLE")
    if pickle:
        builder = builder.persistence(PicklePersistence(pickle, update_interval=1))
    app = builder.build()
    words = filters.TEXT & ~filters.COMMAND
    app.add_handler(
        ConversationHandler(
            [CommandHandler("form", begin)],
            {n: [MessageHandler(words, answer(n))] for n in range(len(QUESTIONS))},
            [],
            name="form",
            persistent=bool(pickle),
        )
    )
    app.run_polling()


main()
