"""Days off and make-up days as an office keeps them in a file: `ngày;loại;ghi chú;nguồn`. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.documents.tables import TableProblem
from bot.language import _, fold, read_span


@dataclass(frozen=True, slots=True)
class DayRow:
    """One line of the file: a day, or the days from the first to the last."""

    line: int
    first: date
    last: date
    off: bool
    note: str
    source: str
    sheet: str = ""


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("day", "ngay"),
    "kind": ("kind", "loai"),
    "note": ("note", "ghi chu"),
    "source": ("source", "nguon", "can cu"),
}
OFF: Mapping[str, bool] = {
    "nghi": True,
    "ngay nghi": True,
    "off": True,
    "lam bu": False,
    "lam_bu": False,
    "ngay lam bu": False,
    "worked": False,
}
LONGEST = 31
_ANY = date(2000, 1, 1)
"""A file has no today: its dates bear their year, so this is never looked at."""


def read_day_row(line: int, row: Mapping[str, str]) -> DayRow | TableProblem:
    """Read a line; return what is wrong in it where it cannot be read."""
    said = row.get("day", "")
    span = read_span(said, _ANY) if re.search(r"\d{4}", said) else None
    if span is None:
        return TableProblem(line, _("«{day}» is no date like 04/02/2027, nor 04/02/2027 to 10/02/2027.", day=said))
    first, last = span
    if not 0 <= (last - first).days < LONGEST:
        return TableProblem(
            line, _("«{day}» must be from 1 to {most} days, the first one first.", day=said, most=LONGEST)
        )
    off = OFF.get(fold(row.get("kind", "")))
    if off is None:
        return TableProblem(line, _("«{kind}» is not a kind of day: nghỉ, làm bù.", kind=row.get("kind", "")))
    if not row.get("note") or not row.get("source"):
        return TableProblem(line, _("A day needs a note and its source (the document)."))
    return DayRow(line, first, last, off, row["note"], row["source"])


def repeated(found: Sequence[DayRow]) -> list[TableProblem]:
    """Return the days that stand in two lines of the file."""
    seen: list[DayRow] = []
    problems = []
    for row in found:
        before = next((each for each in seen if each.first <= row.last and row.first <= each.last), None)
        if before is not None:
            problems.append(TableProblem(row.line, _("This line repeats line {line}.", line=before.line), row.sheet))
        seen.append(row)
    return problems
