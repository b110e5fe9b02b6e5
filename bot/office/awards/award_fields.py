"""What the proposal of an award asks, and what its answers may be. Pure; they look at `AwardFacts`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.dialogue import Answers, Choice, Line, OneOf, Reading, Scene, Value, Wrong
from bot.language import First, Joined, Part, _, clean_line, number, record_codes
from bot.movement import AwardForm, AwardKind, titled
from bot.office.awards import award_checks
from bot.office.awards.award_facts import AwardFacts
from bot.office.awards.nominees import GROUP, UNIT

_BETWEEN = re.compile(r"\s*(?:[,;\n]|\bvà\b|\bva\b)\s*", re.IGNORECASE)
LISTED = 20
"""So many records are offered."""


def units(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the units."""
    return [Choice(unit.code, unit.name) for unit in AwardFacts.of(scene).units]


def several_units(answers: Answers, scene: Scene) -> bool:
    """Whether the unit has to be asked for."""
    return len(AwardFacts.of(scene).units) != 1


def whom(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the people of the unit, the unit itself, a group in it."""
    facts = AwardFacts.of(scene)
    unit = facts.unit(answers)
    if unit is None:
        return []
    offered = [Choice(str(each.id), titled(each), person=each.name) for each in facts.people[unit.code]]
    if unit.code in facts.collectives:
        offered += [Choice(UNIT, _("The whole of {unit}", unit=unit.name)), Choice(GROUP, _("A group in it"))]
    return offered


@dataclass(frozen=True)
class AwardCandidate(OneOf):
    """Who is proposed, shown by name."""

    def show(self, value: object, scene: Scene) -> Part:
        """Say who it is."""
        if value == UNIT:
            return _("the whole unit")
        if value == GROUP:
            return _("a group in it")
        facts = AwardFacts.of(scene)
        found = (each for there in facts.people.values() for each in there if str(each.id) == value)
        return next((titled(each) for each in found), _("somebody who is not there any more"))


def may_be_proposed(value: object, answers: Answers, scene: Scene) -> Part | None:
    """Refuse whom this person does not propose now."""
    offered = [choice.value for choice in whom(answers, scene)]
    if value in offered or AwardFacts.of(scene).unit(answers) is None:
        return None
    return _("This one is not among those whom {you_name} may propose now. Please choose below.")


def proposed_already(value: object, answers: Answers, scene: Scene) -> Part | None:
    """Ask back where the same has been proposed this year."""
    facts = AwardFacts.of(scene)
    found = facts.nominee({**answers, "whom": value})
    if found is None or found.what == GROUP:
        return None
    alike = [each for each in facts.this_year if award_checks.same(each, found)]
    if not alike:
        return None
    codes = Joined([_("{code} ({form})", code=each.code, form=each.form_name) for each in alike])
    return _("{who} has been proposed this year already: {codes}.", who=First(found.name), codes=codes)


# Occasion and form ----------------------------------------------------------------------------


def kinds(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the occasions of which proposals are taken today."""
    return [
        Choice(kind.code, _("{name}", name=First(kind.name)), also=kind.short)
        for kind in scene.plan.awards.taking(scene.today)
    ]


def ask_kind(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Ask for the occasion, and say when those take proposals that do not today."""
    lines: list[Part] = [_("On which occasion?")]
    return [*lines, *closed(scene)]


def closed(scene: Scene) -> list[Part]:
    """Say when the occasions of this year take proposals that do not today."""
    found: list[Part] = []
    for kind in scene.plan.awards.kinds:
        window = kind.window(scene.today.year)
        if window is not None and kind.held_in(scene.today.year) and not kind.takes(scene.today):
            found.append(_("{kind}: from {first} to {last}.", kind=First(kind.name), first=window[0], last=window[1]))
    return found


def kind_closed(kind: AwardKind, scene: Scene) -> Part:
    """Say why nothing is proposed on an occasion now."""
    window = kind.window(scene.today.year)
    if window is None or not kind.held_in(scene.today.year):
        return _("There is no {kind} this year.", kind=kind.name)
    return _("Proposals for {kind} are taken from {first} to {last}.", kind=kind.name, first=window[0], last=window[1])


@dataclass(frozen=True)
class Named(OneOf):
    """An occasion or a form, said by its name even where it is not offered any more."""

    list: str = "kinds"

    def show(self, value: object, scene: Scene) -> Part:
        """Say the name."""
        pieces: Sequence[AwardKind | AwardForm] = getattr(scene.plan.awards, self.list)
        return next((_("{name}", name=First(each.name)) for each in pieces if each.code == value), str(value))


def no_such_kind(value: object, answers: Answers, scene: Scene) -> Part | None:
    """Refuse an occasion whose days are over, or have not come."""
    kind = scene.plan.awards.kind(str(value))
    if kind is None:
        return _("The plan has no such occasion any more. Please choose below.")
    return None if kind.takes(scene.today) else kind_closed(kind, scene)


def forms(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the forms of the occasion for a person or a collective."""
    person = answers.get("whom") not in (UNIT, GROUP)
    found = scene.plan.awards.fitting(str(answers.get("kind") or ""), person)
    return [Choice(form.code, _("{name}", name=First(form.name))) for form in found]


def no_such_form(value: object, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a form that is for another occasion, or not for a person or a collective."""
    if any(choice.value == value for choice in forms(answers, scene)):
        return None
    return _("This form does not go with the occasion and whoever is proposed. Please choose below.")


def reasons(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the reasons of the plan."""
    return [Choice(reason, reason) for reason in scene.plan.awards.reasons]


# What it rests on -----------------------------------------------------------------------------


def on_offer(answers: Answers, scene: Scene) -> list[tuple[str, Part]]:
    """Return what of the record a proposal may rest on, each with its source."""
    facts = AwardFacts.of(scene)
    found = facts.nominee(answers)
    if found is None:
        return []
    known = facts.known
    items = [(each.code, award_checks.source(known.plan, each)) for each in award_checks.records_of(known, found)]
    reports = [
        (each.code, award_checks.report_source(known.plan, each)) for each in known.reports if each.unit == found.unit
    ]
    return [*items, *reports][:LISTED]


def ask_links(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Ask for the records, by the numbers of a list."""
    offered = on_offer(answers, scene)
    lines: list[Part] = [_("On which of these does it rest? Several numbers are separated by commas.")]
    return [*lines, *(_("{n}. {what}", n=n, what=what) for n, (_code, what) in enumerate(offered, 1))]


@dataclass(frozen=True)
class MaybeLine(Line):
    """A line, or that there is none: that is an answer of its own, a choice with the value «»."""

    none: Part = ""

    def show(self, value: object, scene: Scene) -> Part:
        """Say the line, or that there is none."""
        return str(value) if value else self.none


def nothing(label: Part) -> Callable[[Answers, Scene], Sequence[Choice]]:
    """Offer that there is none."""
    return lambda answers, scene: [Choice("", label)]


@dataclass(frozen=True)
class AwardLinks:
    """Records by their numbers in the list, or by their codes: «1, 3», «SK-2027-012»; a value is a list of codes."""

    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find each of them."""
        codes = [code for code, _what in on_offer(answers, scene)]
        found: list[str] = []
        for piece in [each for each in _BETWEEN.split(clean_line(text)) if each]:
            n = number(piece.strip(" ."))
            if n is not None and 0 < n <= len(codes):
                found.append(codes[n - 1])
                continue
            meant = [code for code in codes if record_codes.same(piece, code)]
            if len(meant) != 1:
                return Wrong(
                    _(
                        "«{said}» is not one of these records. Please give numbers of the list, for example: 1, 2",
                        said=piece[:60],
                    )
                )
            found += meant
        if not found:
            return Wrong(_("Please give numbers of the list, for example: 1, 2"))
        return Value(list(dict.fromkeys(found)))

    def show(self, value: object, scene: Scene) -> Part:
        """Say the codes, or that there is none."""
        if not value:
            return _("none")
        return _("{codes}", codes=Joined(list(value) if isinstance(value, list) else [str(value)]))


def no_links(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer to name no record."""
    return [Choice([], _("On none of them"))]


def of_somebody_else(value: object, answers: Answers, scene: Scene) -> Part | None:
    """Refuse records that are not of whoever is proposed."""
    codes = [code for code, _what in on_offer(answers, scene)]
    strange = [code for code in (value if isinstance(value, list) else ()) if code not in codes]
    if not strange:
        return None
    return _("{codes} is no record of whoever is proposed now. Please choose from the list.", codes=Joined(strange))
