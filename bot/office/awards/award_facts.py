"""What the form of a proposal looks at: who may be proposed, what is on record of them, where it comes from. Inside the transaction."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Answers, Facts
from bot.movement import titled
from bot.office.awards import nominees
from bot.office.awards.award_checks import Nominee, OnRecord
from bot.office.awards.nominees import GROUP, UNIT
from storage import award_suggestions, awards
from storage.award_suggestions import AwardSuggestion
from storage.awards import Award
from storage.people import Person, Unit


class AwardFacts(Facts):
    """Whom this person may propose, what is on record of them, the suggestion it comes from."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._subject = visit, subject

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units of which somebody may be proposed."""
        return nominees.units(self._visit)

    @cached_property
    def people(self) -> Mapping[str, Sequence[Person]]:
        """Whom of each unit."""
        return {unit.code: nominees.people_of(self._visit, unit.code) for unit in self.units}

    @cached_property
    def collectives(self) -> frozenset[str]:
        """The units that may be proposed themselves, or groups in them."""
        return frozenset(unit.code for unit in self.units if nominees.collectives(self._visit, unit.code))

    @cached_property
    def known(self) -> OnRecord:
        """What is on record."""
        return nominees.on_record(self._visit)

    @cached_property
    def this_year(self) -> Sequence[Award]:
        """What was proposed this year, without the very proposal that is changed."""
        found = self._visit.tx.all(awards.OF_YEAR, year=self._visit.said.year)
        return [each for each in found if self.revised is None or each.id != self.revised.id]

    @cached_property
    def revised(self) -> Award | None:
        """The proposal that is changed, as it was when its form was opened: «KT-2027-003:4»."""
        code, _colon, version = self._subject.partition(":")
        found = self._visit.tx.one(awards.BY_CODE, code=code) if version else None
        return found if found is not None and str(found.version) == version else None

    @cached_property
    def suggestion(self) -> AwardSuggestion | None:
        """The suggestion that is taken up."""
        return self._visit.tx.one(award_suggestions.BY_ID, id=int(self._subject) if self._subject.isdecimal() else 0)

    def unit(self, answers: Answers) -> Unit | None:
        """Return the unit that is answered, or the only one there is."""
        code = answers.get("unit") or (self.units[0].code if len(self.units) == 1 else "")
        return next((unit for unit in self.units if unit.code == code), None)

    def nominee(self, answers: Answers) -> Nominee | None:
        """Return who is proposed as the sheet stands; None while that is open, or who may not be proposed any more."""
        unit, whom = self.unit(answers), str(answers.get("whom") or "")
        if unit is None or not whom:
            return None
        if whom in (UNIT, GROUP):
            if unit.code not in self.collectives:
                return None
            group = str(answers.get("group") or "")
            return Nominee(whom, unit.code, unit.name, None, nominees.named(None, whom, unit.name, group))
        person = next((each for each in self.people[unit.code] if str(each.id) == whom), None)
        return None if person is None else Nominee("person", unit.code, unit.name, person, titled(person))
