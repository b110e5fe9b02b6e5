"""Settings: from the environment or `.env`; an unknown THIDUA_… is refused, so a typo is seen."""

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from bot.language import Text, _
from bot.server.addresses import read_webhook

PREFIX = "THIDUA_"
PLAN = Path(__file__).parent.parent / "plans" / "langson-sxd-2026-2030.toml"


class BadSetting(Exception):
    """A setting that cannot be used; `why` says which and what was expected."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.message)
        self.why = why


class Settings(BaseModel, frozen=True):
    """What an installation sets. Docs: the table of settings in README."""

    db: Path | None = None
    """The database; data/thidua.db, or data/demo.db for the demo."""
    plan: Path = PLAN
    """The plan file of the movement."""
    http: str = ""
    """Where `run` serves the web chat: HOST:PORT."""
    telegram_token: str = ""
    """The bot's token; without one Telegram is off."""
    telegram_api: str = "https://api.telegram.org"
    """Where the Bot API is: Telegram's own, or a server of one's own."""
    telegram_proxy: str = Field("", pattern=r"^(https?://\S+)?$")
    """A proxy to reach it: http://HOST:PORT."""
    telegram_webhook: str = ""
    """The public address at which Telegram calls, instead of being polled."""
    telegram_pace: Literal["", "none"] = ""
    """«none» sends as fast as it can; only to a Bot API server of one's own, for replays."""
    zalo_token: str = ""
    """The tokens of Zalo bots, separated by commas: fifty people each; without one Zalo is off."""
    zalo_api: str = "https://bot-api.zaloplatforms.com"
    """Where Zalo's Bot Platform is."""
    zalo_webhook: str = ""
    """The public address at which Zalo calls, instead of being polled; each bot's number and a mark of its token are put
    behind it."""
    zalo_quota: int = 3000
    """Messages a month that Zalo takes of one bot."""
    public_url: str = ""
    """The public address of the web chat: for links to files where a messenger takes none."""
    backup: Path | None = None
    """A second folder for copies of the database and for the journal of erasures: best on another disk."""
    backup_at: str = Field("02:30", pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|none)$")
    """When the nightly copy is made; «none»: only by hand."""
    lang: Literal["vi", "en"] = "vi"
    """The language of the command line."""
    now: str = ""
    """A clock that starts at this time, for rehearsals: 2027-11-02T08:00."""


def read() -> Settings:
    """Return the settings; raises BadSetting."""
    given: dict[str, str | None] = dict(os.environ)
    if Path(".env").exists():
        from dotenv import dotenv_values

        given = {**dotenv_values(".env"), **given}
    values = {
        name.upper().removeprefix(PREFIX).lower(): value
        for name, value in given.items()
        if _ours(name) and value is not None
    }
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in given:
        if _ours(name) and name.upper() not in known:
            raise BadSetting(
                _("There is no setting {name}. There are: {known}.", name=name, known=", ".join(sorted(known)))
            )
    try:
        return _checked(Settings.model_validate(values))
    except ValidationError as error:
        found = error.errors()[0]
        name = PREFIX + str(found["loc"][0]).upper()
        raise BadSetting(_("The setting {name} cannot be «{value}».", name=name, value=str(found["input"]))) from None


def _ours(name: str) -> bool:
    return name.upper().startswith(PREFIX)


def _checked(settings: Settings) -> Settings:
    """Return the settings, when the addresses at which messengers call can be served."""
    for name in ("telegram_webhook", "zalo_webhook"):
        given: str = getattr(settings, name)
        if given and isinstance(why := read_webhook(given), Text):
            raise BadSetting(
                _("The setting {name} cannot be «{value}»: {why}.", name=PREFIX + name.upper(), value=given, why=why)
            )
    return settings
