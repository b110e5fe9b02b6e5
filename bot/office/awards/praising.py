"""Praise whoever was awarded, spread what was recognised: by the office's hand, to them, their unit or everybody. Inside the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.conversation import Serves, Visit, whose
from bot.dialogue import Facts
from bot.language import Joined, Part, Text, _
from bot.office.awards import award_texts
from bot.office.duties import item_texts
from storage import awards, chats, initiatives, item_authors, people, praises
from storage.awards import Award, AwardState
from storage.initiatives import AT_OFFICE, Initiative, ItemState
from storage.outbox import NoticeCode
from storage.people import Person
from storage.praises import Praise, Reach

PRAISED = NoticeCode("praised")
MOST = 12
"""Names of whoever has no chat, and entries of the list."""


@dataclass(frozen=True, slots=True)
class Praised:
    """What is praised: an award, or a registered sheet that is spread."""

    code: str
    award: Award | None
    item: Initiative | None

    @property
    def unit(self) -> str:
        """The unit that it belongs to."""
        found = self.award or self.item
        assert found is not None
        return found.unit


def find(visit: Visit, said: str) -> Praised | None:
    """Return what may be praised under a code: an award that was decided, a sheet that the office has received."""
    award = award_texts.find(visit, said)
    if award is not None:
        return Praised(award.code, award, None) if award.state is AwardState.AWARDED else None
    item = item_texts.find(visit, said, lambda item: item.state in AT_OFFICE)
    return Praised(item.code, None, item) if item is not None and item.state in AT_OFFICE else None


def receivers(visit: Visit, about: Praised, reach: Reach) -> list[Person]:
    """Return whom it reaches, as the list of people is now; each person once, in their first post."""
    if reach is Reach.ALL:
        found = visit.tx.all(people.EVERYBODY)
    elif reach is Reach.UNIT:
        found = visit.tx.all(people.OF_UNIT, unit=about.unit)
    else:
        found = _own(visit, about)
    return list({person.human or person.id: person for person in reversed(found) if person.role != "admin"}.values())[
        ::-1
    ]


def _own(visit: Visit, about: Praised) -> list[Person]:
    if about.award is not None and about.award.person is None:
        return visit.tx.all(people.OF_UNIT, unit=about.unit)
    if about.item is not None and about.item.collective:
        return visit.tx.all(people.OF_UNIT, unit=about.unit)
    ids = [about.award.person] if about.award is not None else item_texts.involved(visit, _item(about))
    known = [visit.tx.one(people.BY_ID, id=id) for id in ids]
    return [person for person in known if person is not None and person.active]


def _item(about: Praised) -> Initiative:
    assert about.item is not None
    return about.item


class PraiseFacts(Facts):
    """What is praised, in ready words, and whom it may reach."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._subject = visit, subject

    @cached_property
    def about(self) -> Praised | None:
        """What is praised."""
        return find(self._visit, self._subject)

    @cached_property
    def ready(self) -> Text | None:
        """The ready words."""
        return None if self.about is None else _ready(self._visit, self.about)

    @cached_property
    def reached(self) -> Mapping[Reach, tuple[int, Sequence[str]]]:
        """Of each reach, how many, and who of them has no chat."""
        found: dict[Reach, tuple[int, Sequence[str]]] = {}
        for reach in Reach if self.about is not None else ():
            assert self.about is not None
            those = receivers(self._visit, self.about, reach)
            silent = [each.name for each in those if not self._visit.tx.all(chats.PLACES, person=each.id)]
            found[reach] = (len(those), silent)
        return found


def _ready(visit: Visit, about: Praised) -> Text:
    plan = visit.plan
    if about.award is not None:
        award = about.award
        return _(
            "{desk} announces: {whom} is awarded {form} by decision {decision} of {day}. {reason}: {merit}",
            desk=plan.office.desk,
            whom=award_texts.whom(award),
            form=award.form_name,
            decision=award.decision,
            day=award.day,
            reason=award.reason,
            merit=award.merit,
        )
    item = _item(about)
    names = [author.name for author in visit.tx.all(item_authors.OF_ITEM, id=item.id)]
    about_item = {"desk": plan.office.desk, "title": item.title, "unit": item.unit_name}
    if names and not item.collective:
        return _(
            "{desk} introduces a good way of working: «{title}» by {names}, {unit}. Whoever wishes to apply it may ask them.",
            names=Joined(names),
            **about_item,
        )
    return _(
        "{desk} introduces a good way of working: «{title}» of {unit}. Whoever wishes to apply it may ask there.",
        **about_item,
    )


def send(visit: Visit, about: Praised, text: str, reach: Reach) -> list[Person]:
    """Store the praise and tell everybody whom it reaches; return them."""
    id = praises.add(visit.tx, about=about.code, text=text, reach=reach, by=visit.me.id, now=visit.said)
    found = receivers(visit, about, reach)
    for person in found:
        if person.id != visit.me.id:
            visit.tell(person.id, PRAISED, id=id)
    visit.note("praised", about.code, reach=reach)
    return found


def waiting(visit: Visit) -> list[tuple[str, Part]]:
    """Return what was awarded or recognised this year and has not been praised, each with its line."""
    year = visit.said.year
    done = [each for each in visit.tx.all(awards.OF_YEAR, year=year) if each.state is AwardState.AWARDED]
    items = visit.tx.all(initiatives.IN_STATE, since=year, state=ItemState.RECOGNISED)
    found: list[tuple[str, Part]] = [(each.code, award_texts.line(visit, each)) for each in done]
    found += [(each.code, item_texts.line(each)) for each in items]
    return [each for each in found if not visit.tx.all(praises.ABOUT, about=each[0])][:MOST]


def _theirs(visit: Visit, id: int) -> bool:
    praise = visit.tx.one(praises.BY_ID, id=id)
    about = None if praise is None else find(visit, praise.about)
    if praise is None or about is None:
        return False
    return any(person.id == visit.me.id for person in receivers(visit, about, praise.reach))


def of(visit: Visit, id: int) -> Praise | None:
    """Return a praise; None once what it praises was taken back."""
    praise = visit.tx.one(praises.BY_ID, id=id)
    return praise if praise is not None and find(visit, praise.about) is not None else None


REACHED: Serves[Visit] = whose(_("whoever it is about"), lambda visit, about: _theirs(visit, about["id"]))
"""Whom a praise is told, as the list of people is then."""
