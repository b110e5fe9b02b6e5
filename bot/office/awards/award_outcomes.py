"""Record what came of proposals, one paper for many. Inside the transaction."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from bot.conversation import Serves, Visit, whose
from bot.dialogue import Answers, Choice, Facts, Reading, Scene, Value, Window, Wrong
from bot.language import Count, First, Joined, Part, Text, _, record_codes
from bot.office.awards import award_lists, award_texts, nominees
from storage import awards
from storage.awards import Award, AwardPapers, AwardState
from storage.outbox import NoticeCode

DECIDED = NoticeCode("award_decided")
AWARD, FORWARD, NONE = "quyetdinh", "trinh", "khongchon"
OUTCOMES: Mapping[str, AwardState] = {
    AWARD: AwardState.AWARDED,
    FORWARD: AwardState.FORWARDED,
    NONE: AwardState.NOT_CHOSEN,
}
AS_PROPOSED = "="


class OutcomeFacts(Facts):
    """What waits, and the quotas beside it; the subject says which outcome is recorded."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self.outcome = visit, subject

    @cached_property
    def waiting(self) -> Sequence[Award]:
        """What may have this outcome: what the level above was asked waits for its decision alone."""
        found = self._visit.tx.all(awards.WAITING)
        return [each for each in found if self.outcome != FORWARD or each.state is AwardState.PROPOSED]

    @cached_property
    def listed(self) -> Sequence[Part]:
        """Each of them in a line."""
        return [award_texts.line(self._visit, each) for each in self.waiting]

    @cached_property
    def quotas(self) -> Sequence[Part]:
        """How many are usual."""
        kinds = {each.kind for each in self.waiting}
        return list(award_lists.quotas(self._visit, kinds, self._visit.said.year))

    def those(self, codes: Sequence[str]) -> list[Award]:
        """Return those of these codes that still wait."""
        return [each for each in self.waiting if each.code in codes]


@dataclass(frozen=True)
class Proposals:
    """Proposals by their numbers: «KT-2027-001, 003» or «tất cả»; a value is a list of codes."""

    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find each of them among those that wait."""
        codes = [each.code for each in OutcomeFacts.of(scene).waiting]
        said = record_codes.read_all(text)
        found: list[str] = []
        for each in said:
            hits = each.among(codes, scene.today.year)
            if len(hits) != 1:
                return Wrong(
                    _("No proposal «{code}» waits. Waiting: {codes}.", code=str(each), codes=Joined(codes[:20]))
                )
            found += hits
        if not found:
            return Wrong(
                _("Please give the codes of proposals, for example: {code}", code=codes[0] if codes else "KT-001")
            )
        return Value(list(dict.fromkeys(found)))

    def show(self, value: object, scene: Scene) -> Part:
        """Say the codes with the names."""
        codes = value if isinstance(value, list) else [value]
        known: dict[object, str] = {each.code: each.name for each in OutcomeFacts.of(scene).waiting}
        return _(
            "{items}", items=Joined([_("{code} {name}", code=code, name=known.get(code, "?")) for code in codes], "; ")
        )


def offered(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer all that wait together where they are several."""
    codes = [each.code for each in OutcomeFacts.of(scene).waiting]
    return (
        [Choice(codes, _("All that wait: {n}", n=Count(len(codes))))]
        if len(codes) > 1
        else [Choice([c], c) for c in codes]
    )


def forms(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the forms: as proposed, or another one; the level above for what is proposed to it."""
    facts = OutcomeFacts.of(scene)
    above = True if facts.outcome == FORWARD else None
    those = facts.those(answers.get("items") or [])
    found = [
        form
        for form in scene.plan.awards.forms
        if above in (None, form.above) and all(form.fits(each.kind, each.person is not None) for each in those)
    ]
    as_is = all(each.above for each in those) if facts.outcome == FORWARD else True
    first = [Choice(AS_PROPOSED, _("As it was proposed"))] if as_is else []
    return [*first, *(Choice(form.code, _("{name}", name=First(form.name))) for form in found)]


def no_such_form(value: object, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a form that is not for all of them."""
    if any(choice.value == value for choice in forms(answers, scene)):
        return None
    return _("This form is not for all of these proposals. Please choose below, or record them apart.")


def _first_day(answers: Answers, scene: Scene) -> date | None:
    """Return the day of the newest of these proposals: no paper decides it before."""
    those = OutcomeFacts.of(scene).those(answers.get("items") or [])
    return max((each.at.date() for each in those), default=None)


SIGNED = Window(_first_day, lambda answers, scene: None, _("A proposal is decided after it was sent."))


def decide(visit: Visit, outcome: str, answers: Answers) -> list[Award] | Text:
    """Store what came of them, all or none; return them as they are now, or say which were decided meanwhile."""
    facts = OutcomeFacts(visit, outcome)
    codes: list[str] = answers["items"]
    scene = visit.scene(facts)
    if gone := [code for code in codes if code not in [each.code for each in facts.waiting]]:
        return _(
            "Nothing was recorded, for somebody was faster: {what}",
            what=Joined([_now(visit, code) for code in gone], "; "),
        )
    if outcome != NONE and (wrong := no_such_form(answers["form"], answers, scene)) is not None:
        return _("Nothing was recorded. {why}", why=wrong)
    done: list[Award] = []
    for award in facts.those(codes):
        form = visit.plan.awards.form(str(answers.get("form") or AS_PROPOSED))
        awards.decide(
            visit.tx,
            _papers(outcome, award, answers),
            id=award.id,
            form=award.form if form is None else form.code,
            form_name=award.form_name if form is None else form.name,
            above=award.above if form is None else form.above,
            by=visit.me.id,
            now=visit.said,
        )
        visit.note(f"award_{OUTCOMES[outcome]}", award.code, decision=answers.get("decision") or "")
        stored = visit.tx.one(awards.BY_ID, id=award.id)
        assert stored is not None
        done.append(stored)
        tell(visit, stored)
    return done


def _now(visit: Visit, code: str) -> Part:
    """Say what has become of a proposal meanwhile."""
    award = visit.tx.one(awards.BY_CODE, code=code)
    return code if award is None else _("{code} {state}", code=code, state=award_texts.standing(award))


_BEFORE = re.compile(
    r"^(?:quyết định|quyet dinh|tờ trình|to trinh|công văn|cong van|văn bản|van ban)?\s*(?:số|so)?\s*:?\s*(?=\d)",
    re.IGNORECASE,
)


def bare(paper: str) -> str:
    """Return the number of a paper without what it is called: «Quyết định số 125/QĐ-SXD» is 125/QĐ-SXD. Pure."""
    return _BEFORE.sub("", paper)


def _papers(outcome: str, award: Award, answers: Answers) -> AwardPapers:
    """Return the papers of an outcome; what was proposed to the level above keeps its letter."""
    day = date.fromisoformat(answers["day"]) if answers.get("day") else None
    minutes_day = date.fromisoformat(answers["minutes_day"]) if answers.get("minutes_day") else None
    papers = replace(
        award.papers,
        state=OUTCOMES[outcome],
        minutes=answers.get("minutes") or award.minutes,
        minutes_day=minutes_day or award.minutes_day,
    )
    if outcome == AWARD:
        return replace(papers, decision=bare(answers["decision"]), day=day)
    if outcome == FORWARD:
        return replace(papers, letter=bare(answers["decision"]), letter_day=day)
    return replace(papers, why=answers.get("why") or "")


def tell(visit: Visit, award: Award, why: str = "") -> None:
    """Tell whoever sends for the unit that has proposed it."""
    for person in nominees.speakers(visit, award.by_unit):
        if person.id != visit.me.id:
            visit.tell(person.id, DECIDED, code=award.code, version=award.version, why=why)


PROPOSED_IT: Serves[Visit] = whose(
    _("the unit that has proposed it"),
    lambda visit, about: (
        (award := visit.tx.one(awards.BY_CODE, code=about["code"])) is not None
        and nominees.speaks_for(visit, award.by_unit)
    ),
)
"""What a notice says to whoever sends for the unit that has proposed it."""
