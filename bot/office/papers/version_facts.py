"""What the sheets about versions of the office's report look at: the newest of each stage. Inside the transaction."""

import io
import re
import zipfile
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import Part, _, number
from storage import office_papers
from storage.office_papers import OfficePaper, PaperStage

_BY_NAME = re.compile(r"du-thao-(\d+)")
_BY_FOOTER = re.compile(r"Bản dự thảo (\d+)")
_TAG = re.compile(r"<[^>]*>")
BIGGEST = 60_000_000
"""Bytes that a Word file may unfold to."""


def years_in(said: str) -> tuple[int, int]:
    """Return the first and the last year of a subject: «2027», «2026-2030»."""
    first, _dash, last = said.partition("-")
    return number(first) or 0, number(last or first) or 0


class VersionFacts(Facts):
    """The versions of one report."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self.years = visit, subject.partition("/")[0]
        self.first, self.last = years_in(self.years)

    @property
    def record(self) -> str:
        """Return the code under which its files are kept."""
        return f"{office_papers.RECORD}-{self.years}"

    @property
    def called(self) -> Part:
        """Name the report."""
        if self.first == self.last:
            return _("the report of {year}", year=self.last)
        return _("the report of {first} to {last}", first=self.first, last=self.last)

    def at(self, stage: PaperStage) -> OfficePaper | None:
        """Return the newest version of a stage."""
        return self._visit.tx.one(office_papers.NEWEST_AT, first=self.first, last=self.last, stage=stage)

    @cached_property
    def draft(self) -> OfficePaper | None:
        """The newest draft, or list of changes: it says what stood where when it was made."""
        return self.at(PaperStage.DRAFT)

    @cached_property
    def edited(self) -> OfficePaper | None:
        """The office's own version."""
        return self.at(PaperStage.EDITED)

    @cached_property
    def signed(self) -> OfficePaper | None:
        """What was signed."""
        return self.at(PaperStage.SIGNED)

    @cached_property
    def newest(self) -> OfficePaper | None:
        """The newest version of all."""
        return self._visit.tx.one(office_papers.NEWEST, first=self.first, last=self.last)

    @property
    def own(self) -> OfficePaper | None:
        """Return the text that counts, where it is no draft any more: what was signed, or the office's own version."""
        return self.signed or self.edited

    @property
    def listed(self) -> bool:
        """Whether changes were listed since the office's own version came: then it may have them by now."""
        return self.edited is not None and self.draft is not None and self.draft.id > self.edited.id

    def drafted(self, n: int | None) -> OfficePaper | None:
        """Return the draft of a number; the newest where none is said, or there is no such one."""
        found = None
        if n is not None:
            found = self._visit.tx.one(office_papers.DRAFT_OF, first=self.first, last=self.last, n=n)
        return found or self.draft


def wrong_with(data: bytes) -> Part | None:
    """Say why a file is no Word file that can be kept; None for one that is."""
    no_word = _("This is no Word file (.docx). Please save it as .docx and send it again.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            if "word/document.xml" not in names:
                return no_word
            if any("vbaProject" in name for name in names):
                return _("This file has macros. Please save it as .docx without macros and send it again.")
            if sum(each.file_size for each in parts.infolist()) > BIGGEST:
                return _("This file is too large. Please make its pictures smaller and send it again.")
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return no_word
    return None


def made_from(name: str, data: bytes) -> int | None:
    """Return the number of the draft that a file was written into: by its footer, else by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for part in parts.namelist():
            if part.startswith("word/footer"):
                text = _TAG.sub("", parts.read(part).decode("utf-8", "replace"))
                if (found := _BY_FOOTER.search(text)) is not None:
                    return int(found[1])
    by_name = _BY_NAME.search(name)
    return int(by_name[1]) if by_name is not None else None
