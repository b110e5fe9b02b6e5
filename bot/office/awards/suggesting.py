"""Suggest somebody for an award to the head of one's unit, who alone reads it and answers. Inside the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.conversation import WHO, Serves, Visit, whose
from bot.dialogue import Answers, Choice, Facts, OneOf, Scene
from bot.language import Part, Text, Time, _, number
from bot.movement import May, heads, titled
from bot.office.awards import nominees
from bot.office.awards.nominees import GROUP, NEVER, UNIT
from bot.office.awards.proposing import SUGGESTION_ANSWERED
from bot.office.duties import item_access, submissions
from storage import award_suggestions, people
from storage.award_suggestions import AwardSuggestion, SuggestionState
from storage.outbox import NoticeCode
from storage.people import Person

SUGGESTED = NoticeCode("award_suggested")


class SuggestFacts(Facts):
    """The colleagues of the unit, and who reads the suggestion."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit

    @cached_property
    def colleagues(self) -> Sequence[Person]:
        """Whom may be suggested: the head is proposed by the office."""
        there = self._visit.tx.all(people.OF_UNIT, unit=self._visit.me.unit)
        return [each for each in there if not heads(each.role) and each.role not in NEVER]

    @cached_property
    def readers(self) -> Sequence[Person]:
        """Who reads it: whoever heads the unit, or acts for the head."""
        return readers(self._visit, self._visit.me.unit)

    @cached_property
    def unit_name(self) -> str:
        """The name of the unit."""
        return self._visit.me.unit_name


def readers(visit: Visit, unit: str) -> list[Person]:
    """Return who reads the suggestions of a unit: its heads; without one whoever sends for it."""
    found = submissions.senders(visit, unit)
    return [person for person in found if heads(person.role)] or found


def reads(visit: Visit, suggestion: AwardSuggestion) -> bool:
    """Whether this person is whom a suggestion was made to, as the unit is now, or the one that goes on with it."""
    if suggestion.unit not in item_access.units(visit):
        return False
    return any(person.id == visit.me.id for person in readers(visit, visit.me.unit))


def waiting(visit: Visit) -> list[AwardSuggestion]:
    """Return the suggestions that wait for this person."""
    found = [
        each for unit in item_access.units(visit) for each in visit.tx.all(award_suggestions.WAITING_OF_UNIT, unit=unit)
    ]
    return [each for each in found if reads(visit, each)]


def candidates(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the colleagues, the whole unit, a group in it."""
    facts = SuggestFacts.of(scene)
    offered = [Choice(str(each.id), titled(each), person=each.name) for each in facts.colleagues]
    return [*offered, Choice(UNIT, _("The whole of {unit}", unit=facts.unit_name)), Choice(GROUP, _("A group in it"))]


def still_there(value: object, answers: Answers, scene: Scene) -> Part | None:
    """Refuse whoever has left the unit meanwhile."""
    if any(choice.value == value for choice in candidates(answers, scene)):
        return None
    return _("This one is not of {unit} now. Please choose below.", unit=SuggestFacts.of(scene).unit_name)


@dataclass(frozen=True)
class Suggested(OneOf):
    """Who is suggested, shown by name."""

    def show(self, value: object, scene: Scene) -> Part:
        """Say who it is."""
        offered = candidates({}, scene)
        return next((each.label for each in offered if each.value == value), _("somebody who has left the unit"))


def suggest(visit: Visit, answers: Answers) -> AwardSuggestion | Part:
    """Store a suggestion and tell the head; or say why it cannot be now."""
    facts, whom = SuggestFacts(visit, ""), str(answers["whom"])
    person = next((each for each in facts.colleagues if str(each.id) == whom), None)
    if person is None and whom not in (UNIT, GROUP):
        return _("This one is not of {unit} now. Please choose below.", unit=visit.me.unit_name)
    what = "person" if person is not None else whom
    id = award_suggestions.add(
        visit.tx,
        unit=visit.me.unit,
        what=what,
        person=None if person is None else person.id,
        name=nominees.named(person, what, visit.me.unit_name, str(answers.get("group") or "")),
        merit=str(answers["merit"]),
        by=visit.me.id,
        now=visit.said,
    )
    visit.note("award_suggested", str(id))
    for reader in facts.readers:
        if reader.id != visit.me.id:
            visit.tell(reader.id, SUGGESTED, id=id)
    stored = visit.tx.one(award_suggestions.BY_ID, id=id)
    assert stored is not None
    return stored


def decline(visit: Visit, suggestion: AwardSuggestion, said: str) -> bool:
    """Answer that it is not proposed this time; False where it was answered meanwhile."""
    done = award_suggestions.answer(
        visit.tx, id=suggestion.id, state=SuggestionState.DECLINED, by=visit.me.id, now=visit.said, said=said
    )
    if done:
        visit.note("award_suggestion_declined", str(suggestion.id))
        visit.tell(suggestion.by, SUGGESTION_ANSWERED, id=suggestion.id)
    return done


def take_back(visit: Visit, suggestion: AwardSuggestion) -> bool:
    """Take one's own suggestion back; False where it was answered meanwhile."""
    done = award_suggestions.answer(
        visit.tx, id=suggestion.id, state=SuggestionState.WITHDRAWN, by=visit.me.id, now=visit.said
    )
    if done:
        visit.note("award_suggestion_withdrawn", str(suggestion.id))
    return done


# What is said of them ---------------------------------------------------------------------------

STATES: Mapping[SuggestionState, Text] = {
    SuggestionState.WAITING: _("the head has not answered yet"),
    SuggestionState.TAKEN: _("taken up"),
    SuggestionState.DECLINED: _("not proposed this time"),
    SuggestionState.WITHDRAWN: _("taken back"),
}


def line(suggestion: AwardSuggestion) -> Part:
    """Return a suggestion in one line, as whoever has made it sees it."""
    about = {"n": suggestion.id, "name": suggestion.name, "state": STATES[suggestion.state]}
    if suggestion.answer:
        return _("Suggestion {n}, {name}: {state}, «{answer}»", answer=suggestion.answer, **about)
    return _("Suggestion {n}, {name}: {state}", **about)


def whole(visit: Visit, suggestion: AwardSuggestion) -> list[Part]:
    """Return a suggestion as the head reads it."""
    by = visit.tx.one(people.BY_ID, id=suggestion.by)
    return [
        _("Suggestion {n}: an award for {name}", n=suggestion.id, name=suggestion.name),
        _("{who} writes at {at}:", who="" if by is None else titled(by), at=Time(suggestion.at)),
        _("«{merit}»", merit=suggestion.merit),
    ]


def named(visit: Visit, said: str) -> AwardSuggestion | None:
    """Return the suggestion of a number."""
    return visit.tx.one(award_suggestions.BY_ID, id=number(said) or 0)


def _of(visit: Visit, id: Any) -> AwardSuggestion | None:
    return visit.tx.one(award_suggestions.BY_ID, id=id)


READER: Serves[Visit] = whose(
    WHO[May.SEND], lambda visit, about: (found := _of(visit, about["id"])) is not None and reads(visit, found)
)
"""What a notice says to the head whom a suggestion is for."""
SUGGESTER: Serves[Visit] = whose(
    _("whoever has suggested it"),
    lambda visit, about: (found := _of(visit, about["id"])) is not None and found.by == visit.me.id,
)
HEAD: Serves[Visit] = whose(
    WHO[May.SEND], lambda visit, subject: (found := named(visit, subject)) is not None and reads(visit, found)
)
"""By the subject of the form in which a suggestion is answered."""
