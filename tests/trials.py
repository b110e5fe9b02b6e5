"""What is said while a plan is played: every text that the trial's office was shown."""

import json
import sqlite3
from typing import Any

import pytest

from bot.server import plan_trial


def collected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that has, after a trial, every message of its year."""
    texts = list[str]()
    sums = plan_trial._Year._sums

    async def collecting(year: Any) -> None:
        with sqlite3.connect(year.app.db.path) as file:
            rows = file.execute("SELECT body FROM outbox WHERE body IS NOT NULL").fetchall()
        file.close()
        texts.extend(json.dumps(json.loads(body), ensure_ascii=False) for (body,) in rows)
        await sums(year)

    monkeypatch.setattr(plan_trial._Year, "_sums", collecting)
    return texts
