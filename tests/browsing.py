"""The page in a real browser, and what a person does on it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from tests.conftest import NEED_BROWSER

CHROMIUM = shutil.which("chromium")
NEEDS_BROWSER = pytest.mark.skipif(
    CHROMIUM is None and not NEED_BROWSER, reason="no chromium: sudo apt-get install -y chromium"
)
ARGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 15_000


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Debian's chromium, headless; never a download of playwright's own."""
    assert CHROMIUM, "a browser is needed (THIDUA_NEED_BROWSER=1): apt-get install -y chromium"
    args = [*ARGS, "--no-sandbox"] if os.geteuid() == 0 else ARGS
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=args)
        try:
            yield browser
        finally:
            await browser.close()


async def opened(
    browser: Browser | BrowserContext, address: str, width: int = 1440, height: int = 900
) -> tuple[Page, list[str]]:
    """The page at a size, and everything it complains about."""
    page = await browser.new_page()
    await page.set_viewport_size({"width": width, "height": height})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith((address, "blob:")) else complaints.append(asked.url))
    await page.goto(address)
    await page.wait_for_selector(".phone.shown")
    return page, complaints


async def say(phone: Locator, text: str, answer: str) -> None:
    """Type a line; a message below it then holds the answer: the day's own may come between them, and after it."""
    await phone.locator("textarea").fill(text)
    await phone.locator("textarea").press("Enter")
    below = phone.locator(".mine:not(:has(~ .mine)) ~ .theirs")
    await expect(below.filter(has_text=answer).last).to_be_attached(timeout=WAIT)


async def tap(phone: Locator, label: str, answer: str) -> None:
    """Tap a button of the newest message or a choice."""
    await phone.get_by_role("button", name=label, exact=True).last.click()
    await expect(phone.locator(".theirs").last).to_contain_text(answer, timeout=WAIT)
