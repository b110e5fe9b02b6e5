"""Register for a unit what it has registered on paper, and let the unit put it right. Inside the transaction."""

from functools import partial

from bot.conversation import Visit
from bot.dialogue import Answers
from bot.language import fold
from bot.movement import ItemKind, Obligation
from bot.office.duties import registering, submissions
from bot.office.duties.duty_kinds import read_subject
from bot.office.duties.registering import doers
from bot.office.onbehalf.filing import Keep
from bot.office.onbehalf.source_fields import GivenSource
from storage import initiatives
from storage.initiatives import ItemContent, ItemState


def keeping(kind: ItemKind) -> Keep:
    """Return how a sheet of a kind is kept: as confirmed, for what came on paper came from whoever confirms it."""
    return partial(_keep, kind)


def _keep(
    kind: ItemKind,
    visit: Visit,
    subject: str,
    code: str,
    owed: Obligation | None,
    answers: Answers,
    source: GivenSource,
) -> str:
    unit, year = read_subject(subject)
    head = next(iter(submissions.senders(visit, unit)), None)
    of = doers(kind, answers, 0 if head is None else head.id)
    if head is None and of.collective:
        of = registering.Doers(collective=True)
    content = ItemContent(answers["title"], fold(answers["title"]), answers["area"], of.collective, of.charge)
    code = initiatives.next_code(visit.tx, prefix=kind.prefix, year=year)
    id = initiatives.add(
        visit.tx,
        content,
        code=code,
        kind=kind.code,
        year=year,
        unit=unit,
        by=visit.me.id,
        now=visit.said,
        plan_hash=visit.office.plan_hash,
    )
    registering.put_parts(visit, kind, code, id, 1, of, answers)
    initiatives.move(visit.tx, id=id, state=ItemState.CONFIRMED, now=visit.said)
    visit.note("registered", code)
    return code
