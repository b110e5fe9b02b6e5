"""Messages to come as a workbook: what its sheets are called, and how the worker process makes it. Plain values."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.language import Words, _
from bot.office.reminding.rehearsal import RehearsalRow

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table(rows: Sequence[RehearsalRow], labels: Mapping[str, Any]) -> bytes:
    """Make the XLSX, in the worker process."""
    from bot.documents.reminder_table import workbook

    return workbook(rows, labels)


def labels(words: Words) -> dict[str, Any]:
    """Name the sheets and their columns."""
    say = words.say
    return {
        "pings": {"name": say(_("Messages")), "columns": say(_("Day|Hour|Receiver|Unit|Channel|Rung|Text")).split("|")},
        "people": {"name": say(_("By person")), "columns": say(_("Receiver|Unit|Messages")).split("|")},
        "days": {"name": say(_("By day")), "columns": say(_("Day|Messages")).split("|")},
    }
