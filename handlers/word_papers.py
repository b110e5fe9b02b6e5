"""«Bản Word»: the table of papers, and the one command that makes any of them of a record."""

from collections.abc import Mapping, Sequence

from bot.conversation import EVERYBODY, HOME, Command, Feature, Visit
from bot.dialogue import Button, Say
from bot.language import _, fold
from bot.office.papers.award_papers import LETTER, MINUTES
from bot.office.papers.item_papers import REQUEST, SHEET
from bot.office.papers.office_pages import LEADERS, URGING
from bot.office.papers.own_papers import ANSWERS, MERITS
from bot.office.papers.paper_kinds import PaperKind
from bot.office.papers.plan_paper import PLAN
from bot.office.papers.unit_report import UNIT_REPORT
from handlers.report_versions import CHANGES
from handlers.word_report import OFFICE_REPORT

PAPERS: Sequence[PaperKind] = (
    OFFICE_REPORT,
    CHANGES,
    UNIT_REPORT,
    REQUEST,
    SHEET,
    PLAN,
    LETTER,
    MINUTES,
    URGING,
    LEADERS,
    ANSWERS,
    MERITS,
)
"""Every paper in Word. A new one is a line here, with its template and what reads its record."""
TYPED: Mapping[str, PaperKind] = {each.typed: each for each in PAPERS if each.typed}


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/banword baocao BC-2027-QLXD»: that paper; a code alone: what papers there are of that record."""
    word, _space, rest = args.strip().partition(" ")
    kind = TYPED.get(fold(word))
    if kind is None:
        return _of_record(visit, args.strip())
    subject = kind.named(visit, rest.strip())
    if subject is None or not kind.serves.holds(visit, {"subject": subject}):
        return _none(visit, rest.strip())
    return visit.start_job(kind.job, subject=subject)


def _of_record(visit: Visit, said: str) -> Say | None:
    """Make the paper of a record that was said by its code; offer them where there are several."""
    found = [
        (kind, subject)
        for kind in TYPED.values()
        if said and (subject := kind.named(visit, said)) is not None and kind.serves.holds(visit, {"subject": subject})
    ]
    if not found:
        return _none(visit, said)
    if len(found) == 1:
        kind, subject = found[0]
        return visit.start_job(kind.job, subject=subject)
    buttons = [Button(_("{paper}", paper=kind.called), f"/banword {kind.typed} {subject}") for kind, subject in found]
    return Say([_("Which paper of {code}?", code=said[:60])], buttons=(*buttons, HOME))


def _none(visit: Visit, said: str) -> Say:
    like = _("Please give the code of a record, for example: word file BC-{year}-{unit}", **_mine(visit))
    none = _("There is no record «{said}» of which {you_name} may have a Word file.", said=said[:60])
    return Say([none, like] if said else [like], buttons=(HOME,))


def _mine(visit: Visit) -> dict[str, str]:
    return {"year": str(visit.said.year), "unit": visit.me.unit}


COMMAND = Command(
    "banword",
    _("Word file of a record"),
    _("word file|as a word file"),
    run,
    EVERYBODY,
    side=True,
    listed=False,
    seldom=True,
)
FEATURE = Feature(__name__, commands=(COMMAND,), jobs=tuple(each.job for each in PAPERS))
