"""The month's quota of a channel: what may still go out, and when it runs low. Runs on the writer's thread."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.events import DeliveryEvents
from storage import quota
from storage.db import Tx

NOTICES, URGENT = 80, 95
"""Per cent of a month's messages up to which notices go out, and urgent ones; answers always do."""
LOW = 80
"""Per cent from which on the office is told that the month runs low."""


def has_room(tx: Tx, channel: str, quotas: Mapping[str, int], urgent: bool, now: datetime) -> bool:
    """Return whether a channel's quota has room for something unasked."""
    limit = quotas.get(channel)
    most = URGENT if urgent else NOTICES
    return limit is None or quota.used(tx, channel=channel, now=now) * 100 < limit * most


def spend(tx: Tx, channel: str, n: int, limit: int, events: DeliveryEvents, now: datetime) -> bool:
    """Count what the month has used; return whether it has begun to run low now."""
    used = quota.spend(tx, channel=channel, n=n, now=now)
    low = used * 100 >= limit * LOW and quota.mark_told(tx, channel=channel, now=now)
    if low:
        events.quota_low(tx, channel, used, limit, now)
    return low
