"""What the assistant does: one file a conversation. To add a command, add it to this list."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.conversation import Command, Conversation, News, Work
from handlers import (
    announce,
    arrange,
    backups,
    calendar,
    calendar_add,
    calendar_file,
    clock,
    confirm,
    daily,
    devices,
    home,
    invite,
    leave,
    mine,
    mydata,
    paper,
    personnel,
    promise,
    provincial,
    radar,
    reach,
    receive,
    recognise,
    register,
    rehearse,
    report,
    settle,
    standin,
    start,
    summary,
    unit,
    unit_plan,
    urge,
    weekly,
)

MENU: tuple[Command, ...] = (
    home.TASKS,
    unit.COMMAND,
    register.REGISTER,
    mine.MINE,
    confirm.CONFIRM,
    report.COMMAND,
    unit_plan.COMMAND,
    summary.TONGHOP,
    summary.CHUAGUI,
    receive.RECEIVE,
    recognise.RECOGNISE,
    invite.INVITE,
    urge.COMMAND,
    promise.HEN,
    rehearse.LICHNHAC,
    rehearse.CHAYTHU,
    leave.COMMAND,
    standin.STANDIN,
    summary.TIENDO,
    report.SHOW,
    arrange.ARRANGE,
    arrange.GIVE,
    arrange.WHY,
    settle.DATES,
    provincial.COMMAND,
    paper.BASELINES,
    calendar.CALENDAR,
    clock.COMMAND,
    devices.DEVICES,
    devices.NOT_ME,
    mydata.MINE,
    mydata.WITHDRAW,
    start.START,
    home.HELP,
    home.MENU,
    home.LEAVE,
    reach.AGAIN,
)
CONVERSATIONS: tuple[Conversation, ...] = (
    *register.CONVERSATIONS,
    *confirm.CONVERSATIONS,
    *report.CONVERSATIONS,
    *unit_plan.CONVERSATIONS,
    *promise.CONVERSATIONS,
    *leave.CONVERSATIONS,
    *urge.CONVERSATIONS,
    *settle.CONVERSATIONS,
    *paper.CONVERSATIONS,
    *provincial.CONVERSATIONS,
    *calendar_add.CONVERSATIONS,
    *calendar_file.CONVERSATIONS,
    *recognise.CONVERSATIONS,
    *invite.CONVERSATIONS,
)
NEWS: Mapping[str, News] = {
    **home.NEWS,
    **register.NEWS,
    **confirm.NEWS,
    **report.NEWS,
    **unit_plan.NEWS,
    **arrange.NEWS,
    **settle.NEWS,
    **receive.NEWS,
    **recognise.NEWS,
    **summary.NEWS,
    **standin.NEWS,
    **leave.NEWS,
    **urge.NEWS,
    **devices.NEWS,
    **mydata.NEWS,
    **personnel.NEWS,
    **daily.NEWS,
    **reach.NEWS,
    **announce.NEWS,
    **clock.NEWS,
    **backups.NEWS,
}
PREPARE: Mapping[str, Callable[..., Awaitable[Any]]] = {**summary.PREPARE, **daily.PREPARE}
"""Reads over the whole office that a piece of news needs just before it is sent."""
NOTES: Sequence[News] = (*daily.NOTES, *weekly.NOTES, *calendar.NOTES, *radar.NOTES)
"""What the day's one message says besides duties and digests."""
WORKS: Mapping[str, Work] = {**summary.WORKS, **rehearse.WORKS, **calendar_file.WORKS}
"""What jobs do, outside the turns."""
GROUP = summary.group
"""What is said in a group."""
STRANGER = start.stranger
"""What a chat that nobody knows is told."""
RECOGNISE = start.recognise
"""What somebody unknown is told who shares their own telephone number."""
