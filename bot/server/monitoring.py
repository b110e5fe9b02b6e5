"""What a monitor asks for: the process's health in JSON, its figures in Prometheus's form."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from shutil import disk_usage
from typing import Any

from bot.channels import Channel
from bot.server.supervisor import Alive
from storage import quota, vitals
from storage.db import Database

ROOM = 16 * 1024 * 1024
"""Bytes without which the disk is full: a commit, its log and a picture need as much."""


@dataclass
class Figures:
    """What is counted while the process runs."""

    heard: Counter[str] = field(default_factory=Counter)
    """Messages taken in, by channel."""
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Tries to send, by channel and outcome."""


class Vitals:
    """Asked at /health and /metrics; tells counts, never names or words."""

    def __init__(
        self,
        db: Database,
        now: Callable[[], datetime],
        channels: Mapping[str, Channel],
        figures: Figures,
        alive: Alive,
        hanging: Callable[[], Sequence[int]],
    ) -> None:
        self._db, self._now, self._channels = db, now, channels
        self._figures, self._alive, self._hanging = figures, alive, hanging

    async def health(self) -> tuple[bool, dict[str, Any]]:
        """Whether every loop is alive, every chat answered, the disk not full; what waits; which messenger is heard.

        A messenger that is away does not make the process ill. A chat is named by its number in the file.
        """
        reader = await self._db.reader()
        counts = await reader.all(vitals.COUNTS)
        loops = {
            loop.name: {
                "running": loop.running,
                "quiet": round(loop.quiet(), 1),
                "restarts": self._alive.restarts[loop.name],
            }
            for loop in self._alive.loops
        }
        messengers = [loop for loop in self._alive.loops if loop.name in self._channels]
        own = [loop for loop in self._alive.loops if loop.name not in self._channels]
        ready = bool(loops) and all(each.heard() is not None and not each.silent for each in messengers)
        hanging, free = list(self._hanging()), disk_usage(self._db.path.parent).free
        full = self._db.full or free < ROOM
        ok = all(loop.running for loop in self._alive.loops) and not any(loop.silent for loop in own)
        ok = ok and not hanging and not full
        return ok, {
            "ok": ok,
            "ready": ready,
            "hanging": hanging,
            "disk": {"full": full, "free_mb": free // 2**20},
            "loops": loops,
            "waiting": {each.what: each.n for each in counts},
        }

    async def metrics(self) -> bytes:
        """Return everything as Prometheus reads it: https://prometheus.io/docs/instrumenting/exposition_formats/."""
        from prometheus_client import CollectorRegistry, generate_latest

        reader = await self._db.reader()
        counts = await reader.all(vitals.COUNTS)
        months = await reader.all(quota.OF_MONTH, month=quota.month(self._now()))
        registry = CollectorRegistry()
        registry.register(_Once(list(self._families(counts, months))))
        return bytes(generate_latest(registry))

    def _families(self, counts: list[vitals.StateCount], months: list[quota.Quota]) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        heard = CounterMetricFamily("thidua_messages", "messages taken in", labels=["channel"])
        for channel, n in self._figures.heard.items():
            heard.add_metric([channel], n)
        sent = CounterMetricFamily("thidua_sends", "tries to send", labels=["channel", "outcome"])
        for (channel, outcome), n in self._figures.sent.items():
            sent.add_metric([channel, outcome], n)
        restarts = CounterMetricFamily("thidua_restarts", "loops begun anew", labels=["loop"])
        quiet = GaugeMetricFamily("thidua_quiet_seconds", "since a loop's last sign of life", labels=["loop"])
        for loop in self._alive.loops:
            restarts.add_metric([loop.name], self._alive.restarts[loop.name])
            if loop.silence:
                quiet.add_metric([loop.name], loop.quiet())
        rows = GaugeMetricFamily("thidua_rows", "messages that wait, are parked or unsure", labels=["what"])
        for each in counts:
            rows.add_metric([each.what], each.n)
        used = GaugeMetricFamily("thidua_quota_used", "messages of this month", labels=["channel"])
        for month in months:
            used.add_metric([month.channel], month.used)
        hanging = GaugeMetricFamily("thidua_hanging_chats", "chats whose answer takes too long")
        hanging.add_metric([], len(self._hanging()))
        full = GaugeMetricFamily("thidua_disk_full", "whether nothing more can be written")
        full.add_metric([], int(self._db.full))
        yield from (heard, sent, restarts, quiet, rows, used, hanging, full)


class _Once:
    """A collector for one answer: nothing is kept between two."""

    def __init__(self, families: list[Any]) -> None:
        self._families = families

    def collect(self) -> list[Any]:
        """Return the figures as they are now."""
        return self._families
