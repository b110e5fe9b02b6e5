"""What delivery tells the office. Each is called on the writer's thread, in the transaction of what it tells of.

The application gives one that does what these say (`bot.office.delivery_events`): delivery itself knows no feature.
What follows depends on the code that a row carries (`Row.news`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.conversation import Visit
from storage.db import Tx
from storage.inbox import Message
from storage.outbox import OutboxRow


class DeliveryEvents(Protocol):
    """What may follow when a row has arrived or has not, a chat is lost, a message cannot be answered."""

    def rows_unsure(self, tx: Tx, rows: Sequence[OutboxRow], now: datetime) -> None:
        """Handle notices and daily rows that may or may not have arrived."""

    def row_unreachable(self, tx: Tx, row: OutboxRow, now: datetime) -> None:
        """Handle a row that no chat of its person takes."""

    def row_expired(self, tx: Tx, row: OutboxRow, now: datetime) -> None:
        """Handle a daily row that can no longer be said on its day; called before it is cancelled."""

    def edit_lost(self, tx: Tx, row: int) -> None:
        """Handle that the message of a row can be changed no more."""

    def chat_lost(self, tx: Tx, chat: int, now: datetime) -> None:
        """Handle that nobody is there any more in a chat: blocked, deleted."""

    def quota_low(self, tx: Tx, channel: str, used: int, limit: int, now: datetime) -> None:
        """Handle that a channel's messages of the month run low; called once a month."""

    def turn_ended(self, visit: Visit) -> None:
        """Handle that a turn is over and will be committed."""

    def message_parked(self, visit: Visit, message: Message) -> None:
        """Handle that a message could not be answered; take out of it what must not be kept."""

    def event_unreadable(self, tx: Tx, channel: str, message: int, now: datetime) -> None:
        """Handle that something came which no parser knows."""
