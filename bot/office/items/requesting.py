"""Ask for the recognition of an item: what is missing is asked, of each author only by themselves. Inside the transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers
from bot.language import Part, _
from bot.movement import FieldType, ItemField, ItemKind
from bot.office import desk
from bot.office.duties.item_fields import SHAPES
from bot.office.duties.registering import RegisterFacts
from bot.office.items import author_words, item_moves
from bot.office.items.item_moves import ItemMove
from storage import author_details, initiatives, item_answers, item_requests, people
from storage.author_answers import AuthorStanding
from storage.initiatives import Initiative, ItemState
from storage.item_requests import AskedSupplement, FirstApplication
from storage.outbox import NoticeCode

FORM = "request_{kind}"
"""What the request's form of each kind is called."""
REQUESTED, DETAILS = NoticeCode("item_requested"), NoticeCode("author_details")
"""To the office that recognition is asked for; to a co-author what the request needs of them."""


class RecognitionRequestFacts(RegisterFacts):
    """What a request looks at beside the sheet: what is known of it already."""

    @cached_property
    def sent(self) -> datetime | None:
        """Return nothing: the sheet stays as it was sent, and this is asked beside it."""
        return None

    @cached_property
    def applied(self) -> FirstApplication | None:
        """When and where it was applied first, where that is known."""
        return None if self.item is None else self._visit.tx.one(item_requests.APPLIED, id=self.item.id)

    @cached_property
    def given(self) -> Answers:
        """What its sheet answers."""
        return {} if self.item is None else item_answers.of(self._visit.tx, self.item.id)

    @cached_property
    def supplement(self) -> AskedSupplement | None:
        """What the office asks to be added."""
        return None if self.item is None else self._visit.tx.one(item_requests.SUPPLEMENT, id=self.item.id)

    @cached_property
    def asks_details(self) -> bool:
        """Whether this person is an author and has not given birth date and degree."""
        return self.item is not None and needs_details(self._visit, self.item)

    @cached_property
    def others(self) -> Sequence[str]:
        """Names of co-authors who are asked in their own chats for what is theirs to give."""
        if self.item is None:
            return []
        return [each.name for each in others_without(self._visit, self.item)]

    @property
    def within(self) -> int:
        """The months in which recognition is asked for."""
        return self._visit.plan.recognition.request_within

    def until(self, applied: date) -> date:
        """Return until when recognition is asked for, by the day of the first application."""
        return self._visit.plan.recognition.request_until(applied)


def facts_of(visit: Visit, subject: str) -> RecognitionRequestFacts:
    """Return the facts of an item of any kind, by its code."""
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    known = [kind.code for kind in visit.plan.kinds]
    kind = item.kind if item is not None and item.kind in known else known[0]
    return RecognitionRequestFacts(kind, visit, subject)


def my_post(visit: Visit, item: Initiative) -> int | None:
    """Return the post by which this person is an author of an item; None where they are none."""
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    return next((each.person for each in author_words.standing(visit, item) if each.person in posts), None)


def needs_details(visit: Visit, item: Initiative) -> bool:
    """Whether this person is one of its authors, and has not given birth date and degree."""
    post = my_post(visit, item)
    return post is not None and visit.tx.one(author_details.OF_PERSON, person=post) is None


def others_without(visit: Visit, item: Initiative) -> list[AuthorStanding]:
    """Return the other authors who have not given birth date and degree."""
    mine = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    return [
        each
        for each in author_words.standing(visit, item)
        if each.person not in mine and visit.tx.one(author_details.OF_PERSON, person=each.person) is None
    ]


def keep_details(visit: Visit, item: Initiative, answers: Answers) -> None:
    """Store what an author gives of themselves, where they give any of it."""
    post = my_post(visit, item)
    born, degree = answers.get("born"), str(answers.get("degree") or "")
    if post is not None and (born or degree):
        day = date.fromisoformat(born) if born else None
        author_details.put(visit.tx, person=post, born=day, degree=degree, now=visit.said)
        visit.note("details_given", item.code)
    if visit.draft is not None:
        author_details.only_here(visit.tx, draft=visit.draft)


def keep_application(visit: Visit, item: Initiative, answers: Answers) -> None:
    """Store when and where an item was applied first."""
    day = date.fromisoformat(answers["day"])
    item_requests.apply(visit.tx, item=item.id, day=day, place=str(answers["place"]), by=visit.me.id, now=visit.said)
    visit.note(ItemMove.APPLY, item.code, day=day.isoformat())


def keep_answers(visit: Visit, item: Initiative, asked: Sequence[ItemField], answers: Answers, version: int) -> None:
    """Store what a later form of an item has asked, with its files; what it does not ask stays as it was."""
    was = item_answers.of(visit.tx, item.id)
    for field in asked:
        value = answers.get(field.code)
        if value == was.get(field.code):
            continue
        person = value if field.type is FieldType.PERSON else None
        item_answers.put(visit.tx, id=item.id, version=version, field=field.code, value=value, person=person)
        if isinstance(value, dict):
            visit.keep_files(value.get("files", ()), record=item.code)


def known(visit: Visit, kind: ItemKind, item: Initiative) -> Answers:
    """Return what an earlier request has answered, to be looked at and completed; nothing before the first."""
    if visit.tx.one(item_requests.REQUEST, id=item.id) is None:
        return {}
    given = item_answers.of(visit.tx, item.id)
    found: dict[str, Any] = {}
    for field in kind.asked_at("request"):
        value = given.get(field.code)
        if isinstance(value, SHAPES[field.type]) or (value is None and not field.required):
            found[field.code] = value
    return found


def file(visit: Visit, kind: ItemKind, subject: str, answers: Answers) -> Part | None:
    """Store the request and move the item; return why not, where it cannot be asked for any more."""
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    if item is None:
        return _("There is no sheet {code}.", code=subject)
    if (why := item_moves.why_not(visit, item, ItemMove.REQUEST)) is not None:
        return why
    if answers.get("day"):
        keep_application(visit, item, answers)
    keep_answers(visit, item, kind.asked_at("request"), answers, item.version + 1)
    keep_details(visit, item, answers)
    item_moves.make(visit, item, ItemMove.REQUEST)
    item_requests.request(visit.tx, item=item.id, by=visit.me.id, now=visit.said)
    for each in others_without(visit, item):
        visit.tell(each.person, DETAILS, code=item.code)
    for person in desk.people_of(visit.tx):
        if person.id != visit.me.id:
            visit.tell(person.id, REQUESTED, code=item.code, by=visit.me.id, again=item.state is ItemState.INCOMPLETE)
    return None
