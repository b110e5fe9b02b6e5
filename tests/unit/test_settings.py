"""What an installation sets: by the environment, or by a file `.env` that the environment goes before."""

import os
from pathlib import Path

import pytest

from bot.server.settings import PREFIX, BadSetting, read


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without a `.env`, and nothing set by whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("THIDUA_ZALO_QUOTA=10\nthidua_lang=en\nTHIDUA_HTTP\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("THIDUA_ZALO_QUOTA", "20")
    monkeypatch.setenv("THIDUA_DB", "/srv/thi đua.db")
    found = read()
    assert (found.zalo_quota, found.lang, found.http, found.db) == (20, "en", "", Path("/srv/thi đua.db"))
    assert found.telegram_api == "https://api.telegram.org"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("THIDUA_ZALO_QOUTA", "10", "THIDUA_ZALO_QOUTA"),
        ("THIDUA_ZALO_QUOTA", "nhiều", "THIDUA_ZALO_QUOTA"),
        ("THIDUA_LANG", "fr", "fr"),
        ("THIDUA_BACKUP_AT", "25:00", "25:00"),
        ("THIDUA_TELEGRAM_WEBHOOK", "http:", "THIDUA_TELEGRAM_WEBHOOK"),
    ],
)
def test_what_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as refused:
        read()
    assert says in str(refused.value.why.values)
