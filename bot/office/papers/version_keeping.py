"""Keep versions of the office's report: what was edited in Word, which changes were listed, what was signed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.conversation import Visit
from bot.office.papers.contents import compared
from bot.office.papers.drafting import ListedChanges, span
from bot.office.papers.version_facts import VersionFacts, made_from
from storage import files, office_papers
from storage.files import Content
from storage.office_papers import PaperStage


def keep(visit: Visit, facts: VersionFacts, ids: Sequence[int], content: Content, *, has_all: bool) -> None:
    """Store the office's own version beside what stood in the draft, or in the list, that it follows."""
    base = facts.draft if has_all else facts.drafted(made_from(content.name, content.bytes))
    if not has_all and facts.listed and facts.edited is not None:
        base = facts.edited
    _add(visit, facts, PaperStage.EDITED, {} if base is None else base.contents, 0 if base is None else base.gaps)
    was = [each.id for each in visit.tx.all(files.OF_RECORD, record=facts.record)]
    files.replace(visit.tx, ids=was, record=facts.record, now=visit.now)
    visit.keep_files(ids, facts.record)
    visit.note("report_kept", facts.record)


def listed(visit: Visit, years: Sequence[int], changes: ListedChanges) -> None:
    """Store what stands where at the time of a list of changes: a version that has them all follows it."""
    facts = VersionFacts(visit, span(years))
    if facts.listed and facts.draft is not None and not compared(facts.draft.contents, changes.contents):
        return
    _add(visit, facts, PaperStage.DRAFT, dict(changes.contents), changes.gaps)


def sign(visit: Visit, facts: VersionFacts, number: str, day: date, scan: Sequence[int]) -> None:
    """Store number and day of what was signed; its figures are those of the text that was signed."""
    text = facts.edited or facts.draft
    if facts.signed is not None and (text is None or text.id < facts.signed.id):
        text = facts.signed
    contents: dict[str, Any] = {} if text is None else text.contents
    _add(visit, facts, PaperStage.SIGNED, contents, 0 if text is None else text.gaps, number, day)
    visit.keep_files(scan, facts.record)
    visit.note("report_signed", facts.record, number=number, day=day.isoformat())


def _add(
    visit: Visit,
    facts: VersionFacts,
    stage: PaperStage,
    contents: dict[str, Any],
    gaps: int,
    number: str = "",
    day: date | None = None,
) -> None:
    office_papers.add(
        visit.tx,
        first=facts.first,
        last=facts.last,
        stage=stage,
        contents=contents,
        gaps=gaps,
        number=number,
        day=day,
        by=visit.me.id,
        now=visit.now,
    )
