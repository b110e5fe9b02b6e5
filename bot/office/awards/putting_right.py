"""Put a recorded decision right: its number and day, or that it was recorded at all. Inside the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Answers, Facts
from bot.language import number
from bot.office.awards import award_outcomes
from storage import award_changes, awards
from storage.awards import Award, AwardPapers, AwardState

PAPER, OUTCOME = "paper", "outcome"
"""What is wrong: number and day of the paper; that it was recorded at all."""


class AwardCorrectFacts(Facts):
    """The proposal whose outcome is put right, as it was when the form was opened: «KT-2027-003:4»."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._subject = visit, subject

    @cached_property
    def award(self) -> Award | None:
        """The proposal, while it is as it was shown."""
        code, _colon, version = self._subject.partition(":")
        found = self._visit.tx.one(awards.BY_CODE, code=code)
        return found if found is not None and found.version == number(version) else None

    @cached_property
    def together(self) -> Sequence[Award]:
        """All that the same paper has decided."""
        return [] if self.award is None else of_paper(self._visit, self.award)


def of_paper(visit: Visit, award: Award) -> list[Award]:
    """Return all that the same paper has decided, among them this one."""
    if not (award.decision or award.letter):
        return [award]
    papers = award.papers
    return visit.tx.all(
        awards.OF_DECISION,
        state=papers.state,
        year=award.year,
        decision=papers.decision,
        day=papers.day,
        letter=papers.letter,
        letter_day=papers.letter_day,
    )


def put_right(visit: Visit, subject: str, answers: Answers) -> list[Award] | None:
    """Change number and day of a paper for all that it has decided, or take one outcome back; None where it was changed since."""
    facts = AwardCorrectFacts(visit, subject)
    award = facts.award
    if award is None or award.state in (AwardState.PROPOSED, AwardState.WITHDRAWN):
        return None
    those = facts.together if answers["what"] == PAPER else [award]
    done: list[Award] = []
    for each in those:
        award_changes.note_change(
            visit.tx, award=each.id, was=_was(each), reason=answers["reason"], by=visit.me.id, now=visit.said
        )
        awards.decide(
            visit.tx,
            _right(each, answers),
            id=each.id,
            form=each.form,
            form_name=each.form_name,
            above=each.above,
            by=visit.me.id,
            now=visit.said,
        )
        visit.note("award_put_right", each.code, decision=each.decision or each.letter)
        stored = visit.tx.one(awards.BY_ID, id=each.id)
        assert stored is not None
        done.append(stored)
        award_outcomes.tell(visit, stored, why=answers["reason"])
    return done


def _was(award: Award) -> Mapping[str, object]:
    papers = award.papers
    return {
        "state": papers.state,
        "form": award.form,
        "decision": papers.decision,
        "day": papers.day,
        "letter": papers.letter,
        "letter_day": papers.letter_day,
        "why": papers.why,
    }


def _right(award: Award, answers: Answers) -> AwardPapers:
    papers = award.papers
    if answers["what"] == OUTCOME:
        if award.state is AwardState.AWARDED and papers.letter:  # it waits for the level above again
            return replace(papers, state=AwardState.FORWARDED, decision="", day=None)
        return replace(papers, state=AwardState.PROPOSED, decision="", day=None, letter="", letter_day=None, why="")
    day = date.fromisoformat(answers["day"])
    if award.state is AwardState.FORWARDED:
        return replace(papers, letter=award_outcomes.bare(answers["decision"]), letter_day=day)
    return replace(papers, decision=award_outcomes.bare(answers["decision"]), day=day)
