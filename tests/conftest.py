"""What the tests share: an office on a real file, and people who talk in it."""

import io
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.conversation.looks import FIRST_LINES
from bot.language.i18n import Words
from bot.language.text import fold
from bot.server import jobs as running_jobs
from bot.server.app import App, Setup
from bot.server.clock import Clock, at_office
from bot.server.demo import office as demo_office
from bot.server.demo.tables import office_of
from bot.server.office import forget
from bot.server.settings import PLAN
from bot.server.terminal import Talk, chat_of
from storage import opening, people
from tests import processes

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.fakes.telegram import FakeTelegram
    from tests.phones import Phones
    from tests.server import Server

# The product refuses settings it does not know, and its tests must not depend on yours.
NEED_BROWSER = os.environ.get("THIDUA_NEED_BROWSER") == "1"
NEED_WRITER = os.environ.get("THIDUA_NEED_WRITER") == "1"
FAR = int(os.environ.get("THIDUA_WALK") or 0)
"""How many steps the random walker goes, where somebody wants to know more; the other long tests go all their way then."""
for _name in [name for name in os.environ if name.startswith("THIDUA_")]:
    del os.environ[_name]

ON_THE_DISK = opening.WRITER_PRAGMAS
"""How the writer opens a file. A test's own office is as good without waiting for the disk: only a power cut would tell;
what tests start as a process waits for it."""
opening.WRITER_PRAGMAS = tuple(each.replace("synchronous=FULL", "synchronous=OFF") for each in ON_THE_DISK)

running_jobs.LONG = 3600.0
"""A machine that has much to do says no «Đang lập …» into an agreed chat; whoever tests that sets it."""

PLAN_TEXT = PLAN.read_text(encoding="utf-8")
SCHOOL = office_of("truong-hoc-2026")
"""The second invented office, on the second shipped plan."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write the golden transcripts anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow ones: what is long and begins last is waited for alone."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


class Visit(Talk):
    """A visit to a chat whose screen can be read."""

    out: io.StringIO
    opens_all = True
    """Whether the whole of an answer is read where its most important lines were said first."""

    async def _print(self, body: dict[str, Any]) -> None:
        if self.opens_all and body.get("full"):
            rest = body["text"].split("\n")[FIRST_LINES + 1 :]
            body = {**body, "text": "\n".join([body["full"], *rest])}
        await super()._print(body)

    async def says(self, *lines: str) -> None:
        """Say these lines, one a message."""
        await self.run(_each(lines))


class Office:
    """A running office that tests talk to, one line a message."""

    def __init__(self, app: App, folder: Path) -> None:
        self.app, self.folder = app, folder

    async def chat(self, who: str, look: str = "web") -> Visit:
        """Somebody's chat; what they are shown collects in `talk.out`."""
        told = await demo_office.told_in(await self.app.db.reader()) or demo_office.FIRST
        name = told.personae.get(who, who)
        person = None
        address = who
        if not who.startswith("stranger:"):
            person = await (await self.app.db.reader()).one(people.NAMED, fold=fold(name))
            assert person is not None, f"nobody is called {name}"
            address = f"person:{person.id}"
        id = person.id if person else None
        chat = await self.app.db.write(lambda tx: chat_of(tx, address=address, look=look, person=id))
        return Visit(self.app, chat, io.StringIO(), Words("vi"), self.folder)

    async def says(self, who: str, *lines: str, look: str = "web") -> str:
        """Everything this person is shown while saying these lines."""
        talk = await self.chat(who, look)
        await talk.says(*lines)
        return talk.out.getvalue()

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the file, looked at from outside."""
        with sqlite3.connect(self.app.db.path) as connection:
            found = connection.execute(sql).fetchall()
        connection.close()
        return found

    async def value(self, sql: str) -> object:
        """One value of the file, looked at from outside."""
        rows = await self.rows(sql)
        return rows[0][0] if rows else None


async def _each(lines: tuple[str, ...]) -> AsyncIterator[str]:
    for line in lines:
        yield line


OpenOffice = Callable[..., Awaitable[Office]]


@pytest.fixture(autouse=True)
def _processes_end() -> Iterator[None]:
    """Whatever a test has started ends with it, however it ends."""
    yield
    processes.end_all()


@pytest.fixture(autouse=True)
def _nothing_is_kept_of_what_is_patched(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a plan leads to is made once a process; where a test changes what that is made by, it is made for it alone."""
    patched = "monkeypatch" in request.fixturenames
    if patched:
        forget()
    yield
    if patched:
        forget()


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's database, made once."""
    import asyncio

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    asyncio.run(demo_office.make(path, PLAN_TEXT))
    return path


@pytest.fixture
def demo_file(made_demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo's database."""
    return Path(shutil.copy(made_demo, tmp_path / "demo.db"))


@asynccontextmanager
async def running(path: Path, at: str | datetime, plan: str = PLAN_TEXT) -> AsyncIterator[Office]:
    """An application on a file, its clock standing still."""
    moment = at_office(at) if isinstance(at, str) else at
    app = App(Setup(path, plan, Clock(standing=moment)))
    await app.start()
    try:
        yield Office(app, path.parent / "files")
    finally:
        await app.stop()


@pytest.fixture
async def open_office(demo_file: Path) -> AsyncIterator[OpenOffice]:
    """Opens the demo's office, at its first morning unless told otherwise."""
    async with AsyncExitStack() as stack:

        async def open_it(at: str = demo_office.BEGINS, path: Path = demo_file) -> Office:
            return await stack.enter_async_context(running(path, at))

        yield open_it


@pytest.fixture(scope="session")
def made_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's school, made once."""
    import asyncio

    path = tmp_path_factory.mktemp("school") / "school.db"
    asyncio.run(demo_office.make(path, SCHOOL.plan.read_text(encoding="utf-8"), SCHOOL))
    return path


@pytest.fixture
async def open_school(made_school: Path, tmp_path: Path) -> AsyncIterator[OpenOffice]:
    """Opens the demo's school, at its first morning unless told otherwise."""
    async with AsyncExitStack() as stack:

        async def open_it(at: str = SCHOOL.begins) -> Office:
            path = Path(shutil.copy(made_school, tmp_path / "school.db"))
            return await stack.enter_async_context(running(path, at, SCHOOL.plan.read_text(encoding="utf-8")))

        yield open_it


@pytest.fixture
async def office(open_office: OpenOffice) -> Office:
    """The demo's office on its first morning."""
    return await open_office()


@pytest.fixture
async def server() -> AsyncIterator["FakeTelegram"]:
    """A server that behaves like Telegram's; the tests of Zalo have their own."""
    from tests.fakes.telegram import FakeTelegram

    server = FakeTelegram()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def phones(demo_file: Path, server: "FakeTelegram") -> AsyncIterator["Phones"]:
    """The demo's people with that server on their phones."""
    from tests.phones import listening, on_telegram  # they need this file

    async with listening(demo_file, server, on_telegram(server)) as phones:
        yield phones


@pytest.fixture
def record(request: pytest.FixtureRequest) -> bool:
    """Whether golden transcripts are written instead of compared."""
    return bool(request.config.getoption("--record"))


@pytest.fixture
async def browser() -> AsyncIterator["Browser"]:
    """A real browser."""
    from tests.browsing import chromium

    async with chromium() as found:
        yield found


@pytest.fixture
async def demo_server(demo_file: Path) -> AsyncIterator["Server"]:
    """The demo's server, as a process."""
    from tests.server import Server

    server = Server(demo_file)
    await server.start()
    try:
        await server.ready()
        yield server
    finally:
        await server.kill()
