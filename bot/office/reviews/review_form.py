"""The form of a review, made from the plan: what is known of all years, their texts as a draft, then what nobody has said yet. Pure."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from bot.dialogue import Answers, Button, Choice, Field, Form, Page, Scene
from bot.language import Count, First, Joined, Part, Text, _
from bot.movement import Area, Plan, ReviewSection, Target
from bot.office.duties.duty_kinds import of_year
from bot.office.report.kinds import NOTHING, OUTSIDE, CountedField, Story, only_known
from bot.office.report.known import full_name
from bot.office.report.pages import SEND, pass_on
from bot.office.report.part_questions import NO_RESULT, NONE, NOT_OURS, area_label
from bot.office.reviews import review_words
from bot.office.reviews.review_facts import ReviewFacts

CODE = "review"
FIGURES, AREAS, REST, PROPOSED = "figures", "areas", "rest", "proposed"
"""Its pages."""
PARTS = 4


@cache
def form_of(plan: Plan) -> Form:
    """Make the form of a review from a plan."""
    targets = [each for each in plan.asked_about if not each.of_office]
    fields = [
        *(_known(f"over_{each.code}", full_name(each), FIGURES, _of_target(each)) for each in targets),
        _known("recognised", _("What was recognised"), FIGURES, review_words.recognised),
        _known("carried_out", _("Confirmed: {kinds}", kinds=_carried_out(plan)), FIGURES, review_words.carried_out),
        _known("awarded", _("Awards of the period"), FIGURES, review_words.awarded),
        *(_area(each) for each in plan.areas),
        *(_section(each, plan) for each in plan.review_sections),
        _known("proposed", _("Proposed for awards"), PROPOSED, review_words.proposed, _awards),
    ]
    return Form(
        CODE,
        title=lambda answers, scene: title_of(ReviewFacts.of(scene)),
        fields=tuple(fields),
        send=lambda answers, scene: SEND if ReviewFacts.of(scene).sends else pass_on(ReviewFacts.of(scene).head_title),
        pages={FIGURES: _of_figures(), AREAS: _of_areas(), REST: _of_rest(), PROPOSED: _of_proposals()},
        sheet_head=lambda answers, scene: _(
            "{title}, {unit}", title=title_of(ReviewFacts.of(scene)), unit=ReviewFacts.of(scene).unit.name
        ),
        review=lambda answers, scene: list(_review(plan, answers, scene)),
        brief=True,
    )


def title_of(facts: ReviewFacts) -> Text:
    """Return what the review is called, with its years."""
    what = First(of_year(facts.duty)) if facts.duty is not None else _("Review")
    first, last = facts.years[0], facts.year
    if first == last:
        return _("{what} {year}", what=what, year=last)
    return _("{what} {year} (years {first} to {last})", what=what, year=facts.year, first=first, last=last)


# Pages ------------------------------------------------------------------------------------------


def _line(n: int, label: Part, value: Part) -> Part:
    return _("{n}. {label}:\n{value}", n=n, label=label, value=value)


def _title(n: int, name: Text) -> Callable[[Scene], Part]:
    return lambda scene: _("Part {n}/{all}: {name}", n=n, all=PARTS, name=name)


def _of_figures() -> Page:
    def intro(scene: Scene) -> Sequence[Part]:
        return [_("What the yearly reports say:"), *review_words.of_reports(ReviewFacts.of(scene))]

    return Page(
        title=_title(1, _("Results over the years")),
        accept=_("The figures are right"),
        intro=intro,
        outro=lambda scene: [
            _("These figures come from what was sent and are not typed here; a wrong one is put right in its report.")
        ],
        buttons=lambda scene: list(reports_to_write(ReviewFacts.of(scene))),
        line=_line,
    )


def reports_to_write(facts: ReviewFacts) -> Iterator[Button]:
    """Offer the yearly report of the review's own year while it has not been sent."""
    if facts.reports.get(facts.year) is None:
        yield Button(_("Open the report of {year}", year=facts.year), f"/baocao {facts.year}")


def _of_areas() -> Page:
    return Page(
        title=_title(2, _("Results by area")),
        accept=_("Accept the draft"),
        intro=lambda scene: [_("A draft from the yearly reports, the year in front:")],
        line=_line,
    )


def _of_rest() -> Page:
    return Page(
        title=_title(3, _("Assessment, proposals")),
        accept=_("Leave it so"),
        intro=lambda scene: [_("A draft from the yearly reports and from what has come of difficulties:")],
        line=_line,
    )


def _of_proposals() -> Page:
    def buttons(scene: Scene) -> Sequence[Button]:
        return [Button(_("Propose one more"), "/khenthuong denghi")] if ReviewFacts.of(scene).sends else []

    return Page(
        title=_title(4, _("Proposals for awards")),
        accept=_("The list is right"),
        outro=lambda scene: [_("Proposals are made and followed up under «Awards»; here they are only listed.")],
        buttons=buttons,
        line=_line,
    )


def _carried_out(plan: Plan) -> Joined:
    return Joined([kind.short for kind in plan.kinds if kind.progress])


# Fields -----------------------------------------------------------------------------------------


def _of_target(target: Target) -> Callable[[Scene], Part]:
    return lambda scene: review_words.target(target, ReviewFacts.of(scene))


def _awards(answers: Answers, scene: Scene) -> bool:
    duty = ReviewFacts.of(scene).duty
    return duty is not None and duty.award is not None


def _known(
    code: str,
    label: Part,
    page: str,
    said: Callable[[Scene], Part],
    when: Callable[[Answers, Scene], bool] | None = None,
) -> Field:
    """Make the field of something that is on record: shown as it is now, never asked."""
    return Field(
        code,
        label,
        _("The assistant takes this one from what is on record; it is not typed in."),
        CountedField(said),
        choices=only_known,
        prefill=lambda answers, scene: "known",
        heading=label,
        page=page,
        when=when,
    )


def _area(area: Area) -> Field:
    label = area_label(area)
    return Field(
        area.code,
        label,
        _(
            "What has the unit brought about in «{name}» in these years? The text goes into the review word for word.",
            name=area.short,
        ),
        Story(nothing=NO_RESULT, code=area.code),
        example=area.example,
        also=area.code,
        choices=lambda answers, scene: [Choice(NOTHING, NO_RESULT), Choice(OUTSIDE, NOT_OURS)],
        prefill=review_words.area(area),
        heading=_("Area {code}: {name}", code=area.code, name=area.name),
        page=AREAS,
        long=True,
        echo=lambda value, answers, scene: [_("«{name}» is noted.", name=label)],
    )


def _section(section: ReviewSection, plan: Plan) -> Field:
    of = next((each for each in plan.sections if each.code == section.of), None)
    return Field(
        section.code,
        section.name,
        section.question
        or _("Please write a few lines on «{name}»; they go into the review word for word.", name=section.name),
        Story(nothing=_("none"), code=section.code),
        example=section.example,
        choices=lambda answers, scene: [Choice(NOTHING, NONE)],
        prefill=None if of is None else review_words.section(section, of.role == "difficulty"),
        heading=section.name,
        page=REST if of is not None else "",
        long=True,
        echo=lambda value, answers, scene: [_("«{name}» is noted.", name=section.name)],
    )


# The review of the sheet ------------------------------------------------------------------------


def _review(plan: Plan, answers: Answers, scene: Scene) -> Iterator[Part]:
    facts = ReviewFacts.of(scene)
    yield from dates(facts)
    missing = [str(year) for year, sent in facts.reports.items() if sent is None]
    if missing:
        yield _("⚠️ Without a yearly report: {years}; their figures are not in it yet.", years=Joined(missing))
    parts: list[Area | ReviewSection] = [*plan.areas, *plan.review_sections]
    newer = [each.name for each in parts if each.code in answers and facts.left_out(each, answers[each.code])]
    if newer:
        yield _(
            "⚠️ The report of {year} says more than stands here on: {parts}. Please look at these parts once more.",
            year=facts.year,
            parts=Joined(newer, "; "),
        )
    if facts.duty is not None and facts.duty.award is not None and facts.sends:
        yield _("Proposed for awards at this review: {n}.", n=Count(len(facts.proposed)))
    if not facts.sends:
        head = First(facts.head_title)
        yield _("The {head} looks it over and sends it; {you} can still change it until then.", head=head)
    yield _("Who can read it: the office, the leaders.")


def dates(facts: ReviewFacts) -> Iterator[Part]:
    """Say until when it is sent, and from which day the office has moved that."""
    if facts.owed is None or facts.owed.due is None:
        return
    if facts.moved_from is not None:
        yield _(
            "To be sent by the end of {day}; the office has moved it from {was}.",
            day=facts.owed.due,
            was=facts.moved_from,
        )
    else:
        yield _("To be sent by the end of {day}.", day=facts.owed.due)
