"""A union's own short account of a year: what its form looks at, how it is said and kept. Inside the transaction."""

from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers
from bot.language import Part, _
from bot.movement import Plan
from bot.office.duties.duty_kinds import read_subject
from bot.office.onbehalf import sources
from bot.office.report.facts import Last, YearFacts
from bot.office.report.kinds import NOTHING
from storage import paper_sources, people, unions
from storage.results import Narrative
from storage.unions import Account


def concerns(visit: Visit) -> bool:
    """Whether this person speaks for a union."""
    unit = visit.tx.one(people.UNIT, code=visit.me.unit)
    return unit is not None and unit.kind in visit.plan.unions


def of(visit: Visit, year: int) -> Account | None:
    """Return the account that my union has sent of a year."""
    return visit.tx.one(unions.OF_UNIT, unit=visit.me.unit, year=year)


def said(plan: Plan, account: Account) -> list[Part]:
    """Return its parts, each with its name."""
    return [
        _("{label}: {value}", label=section.name, value=_text(account.answers.get(section.code)))
        for section in plan.union_sections
    ]


def _text(value: Any) -> Part:
    return _("none") if value is None or value == NOTHING else str(value)


class AccountFacts(YearFacts):
    """The union, the year, and what it wrote the year before."""

    @cached_property
    def last(self) -> Last:
        """Last year's account."""
        account = self._tx.one(unions.OF_UNIT, unit=self._unit, year=self.year - 1)
        said = {} if account is None else account.answers
        return Last({}, {code: _narrative(self._unit, code, value) for code, value in said.items() if value})


def _narrative(unit: str, code: str, value: Any) -> Narrative:
    mark = value["mark"] if isinstance(value, dict) else ""
    return Narrative(unit, code, "" if mark else str(value), mark, "typed")


def keep(visit: Visit, subject: str, answers: Answers, by_office: bool = False) -> None:
    """Store the account; the office sees it in its summary. What the plan asks for no more stays as it was said."""
    unit, year = read_subject(subject)
    if not by_office:
        sources.put_right(visit.tx, paper_sources.account_record(unit, year), visit.said)
    before = visit.tx.one(unions.OF_UNIT, unit=unit, year=year)
    sections = {} if before is None else dict(before.answers)
    sections |= {section.code: answers.get(section.code) for section in visit.plan.union_sections}
    unions.put(visit.tx, unit=unit, year=year, answers=sections, by=visit.me.id, now=visit.said)
    visit.note("union_account_sent", f"{unit}:{year}")
