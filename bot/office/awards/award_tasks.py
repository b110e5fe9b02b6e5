"""What of awards waits for somebody: proposals that the office answers, suggestions that the head reads. Inside the transaction."""

from collections.abc import Iterator

from bot.conversation import Visit
from bot.language import Count, Part, _
from bot.movement import May
from bot.office.awards import suggesting
from bot.office.duties import submissions
from bot.office.reminding.deadline_texts import how_long
from storage import awards
from storage.awards import AwardState


def tasks(visit: Visit) -> Iterator[tuple[Part, Part, str, bool]]:
    """Yield the line of each task, its button, the command that opens it, and whether it is late."""
    if visit.may(May.RECEIVE):
        yield from _to_answer(visit)
    if submissions.sends(visit):
        waiting = suggesting.waiting(visit)
        if waiting:
            says = f"/khenthuong goiy {waiting[0].id}" if len(waiting) == 1 else "/khenthuong"
            yield _("Read {n} suggestions for awards", n=Count(len(waiting))), _("Read"), says, False


def _to_answer(visit: Visit) -> Iterator[tuple[Part, Part, str, bool]]:
    """Yield proposals that have a day on which they are answered; the others wait for the yearly meeting."""
    waiting = [each for each in visit.tx.all(awards.WAITING) if each.state is AwardState.PROPOSED]
    dated = [each.answer_by for each in waiting if each.answer_by is not None]
    if not dated:
        return
    today, first = visit.now.date(), min(dated)
    text = _("Answer {n} proposals for awards: {how}", n=Count(len(dated)), how=how_long(first, today))
    code = next(each.code for each in waiting if each.answer_by == first)
    yield text, _("Answer the proposals"), "/khenthuong" if len(dated) > 1 else f"/khenthuong {code}", first < today
