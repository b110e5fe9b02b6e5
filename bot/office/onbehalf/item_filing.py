"""Register for a unit what it has registered on paper, and let the unit put it right. Inside the transaction."""

from functools import partial

from bot.conversation import Visit
from bot.dialogue import Answers
from bot.language import fold
from bot.movement import ItemKind, Obligation
from bot.office.duties import item_texts, record_corrections, registering, submissions
from bot.office.duties.duty_kinds import read_subject
from bot.office.duties.registering import Doers, doers
from bot.office.onbehalf.filing import Keep
from bot.office.onbehalf.source_fields import GivenSource
from storage import initiatives, item_requests
from storage.initiatives import EDITABLE, Initiative, ItemContent, ItemState


def keeping(kind: ItemKind) -> Keep:
    """Return how a sheet of a kind is kept: as confirmed, for what came on paper came from whoever confirms it."""
    return partial(_keep, kind)


def keeping_again(kind: ItemKind, code: str) -> Keep:
    """Return how a sheet is kept that the office files once more: as its next version; the one before is kept too."""
    return partial(_keep_again, kind, code)


def files_again(visit: Visit, item: Initiative) -> bool:
    """Whether the office may file this sheet once more: it has filed it, and nobody has changed or received it since."""
    return item.state in EDITABLE and item_texts.filed_for(visit, item)


def _content(answers: Answers, of: Doers) -> ItemContent:
    return ItemContent(answers["title"], fold(answers["title"]), answers["area"], of.collective, of.charge)


def _of_unit(visit: Visit, kind: ItemKind, unit: str, answers: Answers) -> Doers:
    """Return whose work it is; whoever sends for the unit stands for all of it."""
    head = next(iter(submissions.senders(visit, unit)), None)
    of = doers(kind, answers, 0 if head is None else head.id)
    return Doers(collective=True) if head is None and of.collective else of


def _keep_again(
    kind: ItemKind,
    item_code: str,
    visit: Visit,
    subject: str,
    code: str,
    owed: Obligation | None,
    answers: Answers,
    source: GivenSource,
) -> str:
    item = visit.tx.one(initiatives.BY_CODE, code=item_code)
    assert item is not None
    of = _of_unit(visit, kind, item.unit, answers)
    record_corrections.keep_past(visit, item.code)
    version = initiatives.change(
        visit.tx,
        _content(answers, of),
        id=item.id,
        now=visit.said,
        plan_hash=visit.office.plan_hash,
        state=ItemState.CONFIRMED,
    )
    item_requests.answer(visit.tx, item=item.id, now=visit.said)
    registering.put_parts(visit, kind, item.code, item.id, version, of, answers)
    visit.note("changed", item.code)
    return item.code


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
    of = _of_unit(visit, kind, unit, answers)
    code = initiatives.next_code(visit.tx, prefix=kind.prefix, year=year)
    id = initiatives.add(
        visit.tx,
        _content(answers, of),
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
