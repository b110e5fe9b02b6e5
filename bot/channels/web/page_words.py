"""Every word the page itself shows; the page asks for them, so that it can change its language. A table."""

from collections.abc import Mapping

from bot.channels import limits
from bot.language import Text, _

PAGE_WORDS: Mapping[str, Text] = {
    "title": _("Emulation assistant"),
    "office_date": _("Office date"),
    "next_day": _("Next day"),
    "next_event": _("Next event"),
    "moving": _("The clock is moving"),
    "language": _("Language"),
    "people": _("Whose phone"),
    "write": _("Write a message"),
    "menu": _("Menu"),
    "welcome": _("Please choose, or write what {you} need."),
    "begin": _("My tasks|Register|Help"),
    "send": _("Send the message"),
    "attach": _("Attach files"),
    "remove": _("Take away"),
    "edit": _("Change this message"),
    "editing": _("Changing a message"),
    "edited": _("changed"),
    "stop_editing": _("Leave it as it was"),
    "typing": _("The assistant is writing"),
    "sending": _("sending"),
    "waiting": _("not sent yet, trying again"),
    "refused": _("The assistant did not take this message."),
    "again": _("Send again"),
    "offline": _("The connection is lost; what {you} write is kept and sent later."),
    "new": _("New messages"),
    "picture": _("Picture"),
    "download": _("Download"),
    "chat_with": _("Chat of"),
    "unread": _("unread"),
    "code": _("One-time code"),
    "enter": _("Enter"),
    "enter_hint": _("The office gives you a code. It opens this device for 30 days."),
    "failed": _("This did not work. Please try again."),
    "weekdays": _("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"),
    "too_large": _("This file is larger than {mb} MB.", mb=limits.MEGABYTES),
}
