"""python-telegram-bot's ConversationHandler with PicklePersistence."""

import os
import tempfile
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from tests.bench.peers.talk import QUESTIONS, THANKS


async def begin(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    """The first question."""
    if update.message:
        await update.message.reply_text(QUESTIONS[0])
    return 0


def answer_to(number: int) -> Any:
    """A handler that keeps an answer and asks the next question."""

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        if update.message is None or context.user_data is None:
            return number
        context.user_data[number] = update.message.text
        following = number + 1
        if following == len(QUESTIONS):
            await update.message.reply_text(THANKS)
            return ConversationHandler.END
        await update.message.reply_text(QUESTIONS[following])
        return following

    return answer


def main() -> None:
    """Poll."""
    url, token = os.environ["BENCH_API_URL"], os.environ["BENCH_TOKEN"]
    file = Path(tempfile.mkdtemp()) / "state.pickle"
    builder = Application.builder().token(token).base_url(f"{url}/bot")
    application = builder.persistence(PicklePersistence(file)).concurrent_updates(False).build()
    text = filters.TEXT & ~filters.COMMAND
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", begin)],
            states={
                number: [MessageHandler(text, answer_to(number))]
                for number in range(len(QUESTIONS))
            },
            fallbacks=[CommandHandler("start", begin)],
            name="talk",
            persistent=True,
        )
    )
    application.run_polling(allowed_updates=["message"])


if __name__ == "__main__":
    main()
