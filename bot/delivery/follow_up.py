"""Does what a turn leaves to be done after its commit (`Visit.woken`). Runs on the event loop."""

from collections.abc import Awaitable, Callable, Sequence

from bot.conversation import ChatChanged, ChatLinked, OutboxFilled, SendNow, Woken, WokenElsewhere
from bot.delivery.chat_changes import ChatChanges
from bot.delivery.command_menus import Menus
from bot.delivery.sender import Sender


class FollowUp:
    """Hands on each thing that was woken: to the queues, the sender, the menus, the open pages, or above."""

    def __init__(
        self,
        sender: Sender,
        menus: Menus,
        changes: ChatChanges,
        above: Callable[[Sequence[WokenElsewhere]], Awaitable[None]],
    ) -> None:
        self._sender, self._menus, self._changes = sender, menus, changes
        self._above = above
        """Does what is not of delivery."""

    async def follow(self, woken: Sequence[Woken]) -> None:
        """Hand on all that a turn has woken; what is above comes last, for it may take longer."""
        above: list[WokenElsewhere] = []
        for each in woken:
            match each:
                case SendNow(parcel):
                    self._sender.queues.put(parcel)
                case OutboxFilled():
                    self._sender.wake()
                case ChatChanged(chat):
                    self._changes.ring(chat)
                case ChatLinked():
                    self._menus.wake()
                case _:
                    above.append(each)
        if above:
            await self._above(above)
