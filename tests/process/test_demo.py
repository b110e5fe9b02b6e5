"""`thidua demo --plan`: an invented office by name, in a file of its own; three phones of it in the browser."""

import re
from pathlib import Path

import pytest

from bot.server.demo.tables import names, office_of
from tests.browsing import chromium
from tests.conftest import SCHOOL
from tests.process.test_bad_input import one_sentence, thidua
from tests.server import Server

pytestmark = pytest.mark.slow


def test_every_office_is_played_by_its_name(tmp_path: Path) -> None:
    for name in names():
        path = tmp_path / f"{name}.db"
        done = thidua("demo", "--plan", name, "--prepare", "--db", str(path))
        assert done.returncode == 0, done.stderr
        assert path.exists()


def test_an_office_that_there_is_not_is_refused(tmp_path: Path) -> None:
    done = thidua("demo", "--plan", "benh-vien", "--prepare", "--db", str(tmp_path / "demo.db"))
    one_sentence(done, *names())
    assert not (tmp_path / "demo.db").exists()


def test_the_file_of_another_office_is_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "demo.db")
    assert thidua("demo", "--plan", SCHOOL.name, "--prepare", "--db", path).returncode == 0
    one_sentence(thidua("demo", "--plan", names()[0], "--prepare", "--db", path), SCHOOL.name)
    assert thidua("demo", "--prepare", "--db", path).returncode == 0, "the file says whose it is"


@pytest.mark.parametrize("width", [360, 1440])
async def test_the_school_is_seen_on_three_phones(width: int, made_school: Path, tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    path.write_bytes(made_school.read_bytes())
    server = Server(path)
    await server.start()
    try:
        await server.ready()
        async with chromium() as browser:
            page = await browser.new_page(viewport={"width": width, "height": 800})
            await page.goto(server.address)
            for who in office_of(SCHOOL.name).personae.values():
                await page.get_by_text(re.compile(who if width > 1000 else who.split()[-1])).first.wait_for()
            assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
            box = page.locator("textarea:visible, input[type=text]:visible").first
            await box.fill("menu")
            await box.press("Enter")
            await page.get_by_text("Đổi mới, sáng tạo trong dạy và học").first.wait_for()
    finally:
        await server.kill()
