"""No library but aiohttp: poll, and answer every update at once. The ceiling."""

import asyncio
import sys

import aiohttp

KEYS = {"keyboard": [[{"text": "Quay lại"}, {"text": "Xem phiếu"}], [{"text": "Thoát"}]], "resize_keyboard": True}


async def main() -> None:
    token, api = sys.argv[1:3]
    root = f"{api}/bot{token}"
    offset, tasks = 0, set()
    async with aiohttp.ClientSession() as session:

        async def answer(chat: int) -> None:
            said = {"chat_id": chat, "text": "Nội dung?", "reply_markup": KEYS}
            async with session.post(f"{root}/sendMessage", json=said) as reply:
                await reply.read()

        while True:
            async with session.post(f"{root}/getUpdates", json={"offset": offset, "timeout": 25}) as reply:
                for update in (await reply.json())["result"]:
                    offset = update["update_id"] + 1
                    task = asyncio.create_task(answer(update["message"]["chat"]["id"]))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)


asyncio.run(main())
