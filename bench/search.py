"""How long «tìm …» takes over many registered items: `./run bench --search`. The turn's own work, in its transaction."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

from bench.people import BEGINS, PLAN_TEXT, copied
from bot.conversation import Visit, speaker
from bot.language.text import fold
from bot.movement.plan import Plan
from bot.server.office import make_office
from handlers import search
from storage import chats, people
from storage.db import Database, Tx

SIZES = (1_000, 2_000, 4_000, 8_000)
ASKED = (
    "số hóa hồ sơ",
    "giấy phép xây dựng của QLXD năm 2027",
    "bim",
    "quy trìhn nội bộ",
    "cđs",
    "nghiên cứu chế tạo vật liệu hoàn toàn mới",
    "sáng kiến năm 2027",
)
TIMES = 5


def filled(tx: Tx, n: int) -> None:
    """Register so many, of titles that are made of the words of those that are there."""
    rows = _titles(tx)
    words, random = " ".join(rows).split(), Random(1)
    by, units = tx.value("SELECT MIN(id) FROM person"), [unit.code for unit in tx.all(people.UNITS)]
    for number in range(n - len(rows)):
        title = " ".join(random.sample(words, 14))
        tx.run(
            """
            INSERT INTO initiative (code, kind, year, unit, title, title_fold, area, state, by, at, changed, plan_hash)
            VALUES (:code, 'sk', :year, :unit, :title, :fold, 'II.1', 'received', :by, :at, :at, 'x')
            """,
            code=f"SK-{2026 + number % 5}-9{number:05}",
            year=2026 + number % 5,
            unit=units[number % len(units)],
            title=title,
            fold=fold(title),
            by=by,
            at=BEGINS,
        )


def _titles(tx: Tx) -> Sequence[str]:
    count: int = tx.value("SELECT COUNT(*) FROM initiative")
    return [tx.value("SELECT title FROM initiative ORDER BY id LIMIT 1 OFFSET :n", n=n) for n in range(count)]


async def took(made: Path, n: int) -> list[float]:
    """Milliseconds of each question, the median of a few."""
    path = copied(made, f"search-{n}.db")
    database = Database(path)
    await database.open()
    office = make_office(Plan.parse(PLAN_TEXT), PLAN_TEXT)

    def ask(tx: Tx, text: str) -> float:
        person = speaker(tx, tx.value("SELECT MIN(id) FROM person WHERE unit = 'QLXD' AND active"))
        chat = chats.at(tx, channel="local", address="bench", look="web")
        visit = Visit(tx, office, chat, person, BEGINS)
        began = process_time()
        search.run(visit, text)
        return (process_time() - began) * 1000

    await database.write(lambda tx: filled(tx, n))
    found = [median([await database.write(lambda tx: ask(tx, text)) for _ in range(TIMES)]) for text in ASKED]  # noqa: B023  # awaited at once
    await database.close()
    path.unlink()
    return found


async def report(made: Path) -> None:
    """Print the table that BENCHMARKS.md holds."""
    rows = {n: await took(made, n) for n in SIZES}
    print("| «tìm …», ms of the processor's time | " + " | ".join(f"{n:,} items" for n in SIZES) + " |")
    print("|---|" + "--:|" * len(SIZES))
    for place, asked in enumerate(ASKED):
        print(f"| {asked} | " + " | ".join(f"{rows[n][place]:.1f}" for n in SIZES) + " |")
