"""The two questions about an amount that the office enters: until the cut-off, and of the whole year. Pure."""

from collections.abc import Callable, Sequence

from bot.dialogue import Answers, Field, Scene
from bot.language import Part, Text, _
from bot.movement import Plan
from bot.office.report import entered
from bot.office.report.amounts import Quantity, example_of, whole_year
from bot.office.report.entered import target_entered

Asking = Callable[[str, str], Text]
"""Makes a question of the cut-off and the target's own words."""


def amounts(plan: Plan, until: Asking, whole: Asking) -> tuple[Field, Field]:
    """Return the amount until the cut-off and that of the whole year: each its question with an example."""
    kind, unknown = Quantity(target_entered, estimated=False), _("Unknown")

    def asking(question: Asking) -> Callable[[Answers, Scene], Sequence[Part]]:
        return lambda answers, scene: [question(entered.cutoff_said(plan), target_entered(scene).question)]

    def example(answers: Answers, scene: Scene) -> Part:
        return _("{n}", n=example_of(target_entered(scene), before=True))

    def whole_example(answers: Answers, scene: Scene) -> Part:
        return _("{n}", n=whole_year(example_of(target_entered(scene), before=True), plan))

    label, of_year = entered.until_cutoff(plan), _("Whole year")
    return (
        Field("ten_months", label, asking(until), kind, example=example, skip=unknown),
        Field(
            "whole_year",
            of_year,
            asking(whole),
            kind,
            example=whole_example,
            skip=unknown,
            refuse=entered.less_than_part,
        ),
    )
