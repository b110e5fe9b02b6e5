"""«Chia báo cáo»: the head sees who writes which part of the yearly report, takes parts back, uses what was written."""

import re

from bot.conversation import HOME, MY_TASKS, Command, Feature, Visit, allowed, notice_codes
from bot.dialogue import Say
from bot.language import _
from bot.movement import May
from bot.office.duties import submissions
from bot.office.report import share_board, sharing
from handlers.share_out_form import begin
from storage import report_shares
from storage.report_shares import ShareState

OF_ONE = re.compile(r"(rut|dung) (\d{1,9})")


def run(visit: Visit, args: str) -> Say:
    """Answer «/chia II.4, II.5 cho Lục Thị Minh Họa», «/chia»: who writes what; «rut 3», «dung 3»: what buttons say."""
    if (of_one := OF_ONE.fullmatch(args.strip())) is not None:
        return _one(visit, of_one[1], int(of_one[2]))
    words = args.split()
    said = next((word for word in words if re.fullmatch(r"20\d\d", word)), "")
    text = " ".join(word for word in words if word != said)
    found = submissions.obligation(visit, visit.plan.reports.code, said)
    if (no := share_board.why_not(visit, said, found.year if found is not None else 0)) is not None:
        return no
    assert found is not None
    if not text and sharing.live(visit, visit.me.unit, found.year):
        return share_board.board(visit, found.year)
    if not sharing.colleagues(visit):
        alone = _("Nobody else of the unit is in the list of people who could write a part.")
        return Say([alone], buttons=(MY_TASKS, HOME))
    return begin(visit, found.year, "" if text in ("them", "thêm") else text)


def _one(visit: Visit, verb: str, id: int) -> Say:
    """Take a part back, or use what was written in the place of what the sheet has."""
    share = visit.tx.one(report_shares.BY_ID, id=id)
    if share is None or share.unit != visit.me.unit:
        return Say([_("This part was not given to anybody.")], buttons=(MY_TASKS, HOME))
    if (no := share_board.why_not(visit, str(share.year), share.year)) is not None:
        return no
    if id not in [each.id for each in sharing.live(visit, share.unit, share.year)]:
        return share_board.board(visit, share.year, _("{who} does not write this part any more.", who=share.who))
    about = {"part": sharing.names(visit, [share.part]), "who": share.who}
    if verb == "dung":
        if share.state is not ShareState.DONE:
            return share_board.board(visit, share.year, _("{who} has not finished «{part}» yet.", **about))
        sharing.put(visit, share.unit, share.year, share.value, share.person, over=True)
        return share_board.board(visit, share.year, _("✅ The sheet has now what {who} wrote: {part}.", **about))
    if share.state is ShareState.DONE:
        return share_board.board(
            visit, share.year, _("{who} has written «{part}» already; change it in the sheet.", **about)
        )
    sharing.take_back(visit, share)
    visit.tell(
        share.person, notice_codes.REPORT_PART_BACK, unit=share.unit, year=share.year, parts=[share.part], over=False
    )
    return share_board.board(visit, share.year, _("✅ «{part}» is with {you} again; {who} is told.", **about))


COMMAND = Command(
    "chia",
    _("Share out the report"),
    _("share out|share out the report|share the report"),
    run,
    allowed(May.DELEGATE, submissions.sends),
)
FEATURE = Feature(__name__, commands=(COMMAND,))
