"""What has failed in the running of the assistant: told to whoever looks after it, without anybody's contents."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import ADMINISTRATOR, HOME, Feature, Notice, Visit, allowed, notice_codes
from bot.dialogue import Say
from bot.language import Part, _
from bot.movement import May
from bot.office.nightly_copy import BACKUP_FAILED


def parked(visit: Visit, about: Mapping[str, Any]) -> Say:
    """Tell the administrator: a message could not be answered; its contents are not shown."""
    return Say(
        [
            _("⚠️ A message could not be answered (number {n}).", n=about["message"]),
            _("It is kept; the reason is in the server's log. The person has been told."),
        ],
        buttons=(HOME,),
    )


def unreadable(visit: Visit, about: Mapping[str, Any]) -> Say:
    """Tell the administrator: something came that no parser knows; it is kept as it came."""
    return Say(
        [
            _("⚠️ A message came that the assistant cannot read (number {n}).", n=about["message"]),
            _("It is kept as it came; the reason is in the server's log. Whoever sent it was not answered."),
        ],
        buttons=(HOME,),
    )


def work_failed(visit: Visit, about: Mapping[str, Any]) -> Say:
    """Tell the administrator: long work for somebody could not be finished."""
    return Say(
        [
            _("⚠️ The assistant could not finish a work for somebody (number {n}).", n=about["job"]),
            _("They have been told to try again later; the reason is in the server's log."),
        ],
        buttons=(HOME,),
    )


def copy_failed(visit: Visit, about: Mapping[str, Any]) -> Say:
    """Tell whoever looks after it: the nightly copy was not made, and what to do; once a day."""
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
        [_("⚠️ Last night's copy of the data was not made."), why, _("It is tried again every hour.")], buttons=(HOME,)
    )


FEATURE = Feature(
    __name__,
    notices=(
        Notice(notice_codes.PARKED, parked, ADMINISTRATOR),
        Notice(notice_codes.UNREADABLE, unreadable, ADMINISTRATOR),
        Notice(notice_codes.WORK_FAILED, work_failed, ADMINISTRATOR),
        Notice(BACKUP_FAILED, copy_failed, allowed(May.KEEP)),
    ),
)
