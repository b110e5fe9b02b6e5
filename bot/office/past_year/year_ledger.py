"""What comes of each record that a past year's workbook gives: new, changed, as it is, or kept as its unit sent it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from bot.language import Part, _
from bot.office.past_year.year_cells import PastYearKnown, YearSieve
from storage import audit, paper_sources, reopenings
from storage.db import Tx
from storage.paper_sources import Origin, PaperWay


class Kept(StrEnum):
    """What comes of a record."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"
    """Its unit has sent it in the chat, or the office has filed it: that stays."""


class TakenRecord(StrEnum):
    """What is taken over."""

    REPORT = "report"
    FIGURE = "figure"
    PLAN = "plan"
    LIST = "list"
    PAPER = "paper"
    ACCOUNT = "account"
    """What a union tells."""
    ITEM = "item"
    RECOGNITION = "recognition"
    BASELINE = "baseline"


@dataclass
class YearLedger:
    """A transaction in which a workbook is compared with what is kept, and written or only counted."""

    tx: Tx
    known: PastYearKnown
    sieve: YearSieve
    plan_hash: str
    now: datetime
    writes: bool = False
    counts: Counter[tuple[TakenRecord, Kept]] = field(default_factory=Counter)

    def count(self, what: TakenRecord, kept: Kept, n: int = 1) -> bool:
        """Count what comes of a record; return whether it is to be written now."""
        self.counts[what, kept] += n
        return self.writes and kept in (Kept.NEW, Kept.CHANGED)

    def n(self, what: TakenRecord, *kept: Kept) -> int:
        """Return how many records of a kind have come to one of these."""
        return sum(self.counts[what, each] for each in kept)

    @property
    def written(self) -> int:
        """How many records there are to write."""
        return sum(n for (_what, kept), n in self.counts.items() if kept in (Kept.NEW, Kept.CHANGED))

    def left(self, place: str, what: TakenRecord, code: str, title: Part) -> None:
        """Say that a record stays as it was sent."""
        self.count(what, Kept.LEFT)
        said = _(
            "{what} ({code}) has come otherwise than by this import, and says something else. It stays as it is; the office changes it in the chat.",
            what=title,
            code=code,
        )
        self.sieve.warn(place, said)

    def own(self, code: str) -> bool:
        """Whether what counts of a record was taken over before, and nobody is putting it right in the chat."""
        source = self.tx.one(paper_sources.COUNTS, record=code)
        if source is None or source.origin is not Origin.TAKEN_OVER:
            return False
        return self.tx.one(reopenings.LIVE, record=code) is None

    def mark(self, code: str, unit: str, number: str = "", day: date | None = None, kept: Kept = Kept.NEW) -> None:
        """Mark a record as taken over from paper, and note it in the audit."""
        paper_sources.put(
            self.tx,
            record=code,
            unit=unit,
            year=self.known.year,
            origin=Origin.TAKEN_OVER,
            way=PaperWay.DOCUMENT,
            number=number,
            day=day,
            by=None,
            now=self.now,
        )
        audit.note(self.tx, now=self.now, person=None, what="taken_over", about=code, how=kept.value)

    def paper_of(self, code: str) -> tuple[str, date | None]:
        """Return number and day of the paper that a record was taken over from."""
        source = self.tx.one(paper_sources.COUNTS, record=code)
        return ("", None) if source is None else (source.number, source.day)

    def in_time(self, due: date | None) -> date:
        """Return the day of a paper that bears none: it was in time, in its year, and not after today."""
        return min(self.now.date(), due or date.max, date(self.known.year, 12, 31))

    def moment(self, day: date | None) -> datetime:
        """Return when an item was registered: at noon of its day; without one by the end of its year, and never after now."""
        return min(self.now, datetime.combine(day or date(self.known.year, 12, 31), time(12), self.now.tzinfo))
