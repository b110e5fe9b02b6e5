"""What the sheet of a registration offers, understands and warns of. Pure; it looks at `RegisterFacts`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.dialogue import Answers, Authors, Button, Choice, Expected, Scene, Window, end_of_movement, start_of_movement
from bot.language import Part, TypedPeriod, _, looks_unmarked
from bot.movement import titled
from bot.office.duties.alike_titles import most_alike
from bot.office.duties.registering import RegisterFacts
from storage.initiatives import READY, Titled


def areas(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the areas of the movement, in the order of its plan."""
    return [
        Choice(area.code, area.short, area.name, area.code, ". ".join([*area.aims, area.example]), brief=True)
        for area in scene.plan.areas
    ]


def _like(title: str, scene: Scene) -> Titled | None:
    """Return what is registered already and called nearly so."""
    facts = RegisterFacts.of(scene)
    mine = facts.item.id if facts.item is not None else None
    known = [item for item in facts.compared if item.id != mine]
    found = most_alike(title, [item.title_fold for item in known], scene.plan.abbreviations)
    return None if found is None else known[found]


def see_similar(title: str, answers: Answers, scene: Scene) -> Sequence[Button]:
    """Offer a look at what is called so, where everybody may see it."""
    item = _like(title, scene)
    if item is None or item.state not in READY:
        return ()
    return (Button(_("See the one that is alike: {code}", code=item.code), f"/tim phieu {item.code}"),)


def similar(title: str, answers: Answers, scene: Scene) -> Part | None:
    """Ask back when something like it is registered already."""
    item = _like(title, scene)
    if item is None:
        return None
    return _(
        "A similar {kind} is registered: «{title}» ({unit}, year {year}). Register this all the same?",
        kind=next((kind.short for kind in scene.plan.kinds if kind.code == item.kind), item.kind),
        title=item.title,
        unit=item.unit_name,
        year=item.year,
    )


def unmarked(value: str, scene: Scene) -> Part | None:
    """Warn that a title lacks its marks: it would be printed without them."""
    return _("⚠️ without marks") if looks_unmarked(value) else None


def only_me(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the common case, in one tap."""
    writer = RegisterFacts.of(scene).writer
    return [] if writer is None else [Choice([[writer.id, "100", writer.name]], _("Just me"))]


def me_or_unit(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the collective too: a model may be the whole unit's."""
    return [*only_me(answers, scene), Choice("unit", _("The whole unit"), also=_("the unit|the collective|all of us"))]


def colleagues(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the people of the unit, the person first."""
    facts = RegisterFacts.of(scene)
    first = [] if facts.writer is None else [facts.writer]
    offered = [*first, *(person for person in facts.unit if person not in first)]
    return [Choice(person.id, titled(person), person=person.name) for person in offered]


def quarters(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the quarters still to come this year."""
    year = RegisterFacts.of(scene).year
    now = (scene.today.month - 1) // 3 + 1 if scene.today.year == year else 1
    kind = Expected()
    offered = [TypedPeriod("quarter", year, n, date(year, n * 3 - 2, 1)).to_json() for n in range(now, 5)]
    return [Choice(q, kind.show(q, scene)) for q in offered]


def quarters_or_open(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the quarters, and that it is not decided: where a time must be said, that may be said too."""
    return [*quarters(answers, scene), Choice("", _("Not decided yet"))]


class AuthorsOrUnit(Authors):
    """Authors with shares, or the whole unit as a collective."""

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the authors, or the collective."""
        if value == "unit":
            return _("the collective of {unit}", unit=RegisterFacts.of(scene).unit_name)
        return super().show(value, scene)

    def me(self, scene: Scene) -> Any:
        """Return who «tôi» is; None where the office writes for another unit."""
        return RegisterFacts.of(scene).writer


AUTHOR_SHARES = AuthorsOrUnit(lambda scene: RegisterFacts.of(scene).roster)


def of_other_units(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Ask back when no author is of the unit in whose list the sheet stands."""
    facts = RegisterFacts.of(scene)
    own = {person.id for person in facts.unit}
    if not isinstance(value, list) or not value or any(each[0] in own for each in value):
        return None
    return _("No author is of {unit}, in whose list this sheet stands. Record it all the same?", unit=facts.unit_name)


def heard_authors(value: Any, answers: Answers, scene: Scene) -> Sequence[Part]:
    """Say who was understood, and that co-authors will be told."""
    said = _("Noted: {value}.", value=AUTHOR_SHARES.show(value, scene))
    if value == "unit" or len(value) < 2:
        return [said]
    return [said, _("The assistant will let the co-authors know once {you} have sent the sheet.")]


IN_MOVEMENT = Window(start_of_movement, end_of_movement, _("What is registered here belongs to the movement."))
APPLIED = Window(
    lambda answers, scene: date(RegisterFacts.of(scene).year - 1, 1, 1),
    lambda answers, scene: date(RegisterFacts.of(scene).year + 1, 12, 31),
)
