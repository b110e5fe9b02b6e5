"""The nightly copy was not made: whoever looks after the installation is told, once a day."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import Feature, Notice, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Part, _
from bot.movement import May
from bot.office.nightly_copy import BACKUP_FAILED


def failed(visit: Visit, about: Mapping[str, Any]) -> Say:
    """What has failed, and what to do."""
    why: Part = (
        _(
            "The data file or its copy is not whole. Please have the administrator of the server look at it today: thidua doctor."
        )
        if about["why"] == "damaged"
        else _(
            "The folder {folder} cannot be written, or is full. Please have the administrator of the server look at it.",
            folder=str(about["where"]),
        )
    )
    return Say(
        [_("⚠️ Last night's copy of the data was not made."), why, _("It is tried again every hour.")],
        buttons=(Button(_("Home"), "/menu"),),
    )


FEATURE = Feature(__name__, notices=(Notice(BACKUP_FAILED, failed, allowed(May.KEEP)),))
