"""«Tôi còn nợ gì?»: what waits for one person, each task opened at exactly its question."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot import records
from bot.commands import Visit
from bot.i18n import Count, Part, _
from bot.people import May
from storage import initiatives, receiving


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: its line, its button, the command that opens it."""

    text: Part
    label: Part = ""
    says: str = ""
    late: bool = False


def mine(visit: Visit) -> list[Task]:
    """Everything that waits for this person, most urgent first."""
    return [*_returned(visit), *_to_confirm(visit), *_to_receive(visit)]


def _returned(visit: Visit) -> Iterator[Task]:
    for item in visit.tx.all(initiatives.OF_PERSON, person=visit.me.id, since=visit.now.year - 1):
        if item.state == "returned" and item.by == visit.me.id:
            yield Task(
                _("Complete sheet {code}: «{reason}»", code=item.code, reason=item.reason),
                _("Complete {code}", code=item.code),
                f"/cuatoi sua {item.code}",
            )


def _to_confirm(visit: Visit) -> Iterator[Task]:
    if visit.may(May.CONFIRM) and (items := records.to_confirm(visit)):
        yield Task(
            _("Confirm {n} sheets", n=Count(len(items))),
            _("Confirm"),
            f"/xacnhan {items[0].code}" if len(items) == 1 else "/xacnhan",
        )


def _to_receive(visit: Visit) -> Iterator[Task]:
    if visit.may(May.RECEIVE) and (waiting := visit.tx.all(receiving.ALL)):
        yield Task(_("Receive {n} that were sent", n=Count(len(waiting))), _("Receive"), "/tiepnhan")
