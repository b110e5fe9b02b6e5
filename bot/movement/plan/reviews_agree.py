"""Whether the reviews of several years can be opened and written as the plan says. Pure."""

from collections.abc import Iterator

from bot.language import _
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.problems import Clash


def reviews(found: AsRead) -> Iterator[Clash]:
    """Yield reviews without years, two of one year, days that the office gives, occasions of awards that are none."""
    occasions, taken = [kind.code for kind in found.plan.awards.kinds], set[int]()
    for duty in found.plan.duties:
        if duty.how != "review":
            if duty.award is not None:
                yield Clash(
                    found.way(duty, "award"),
                    _("only a review lists proposals for awards"),
                    _("{key} left out", key="award"),
                )
            continue
        if not duty.years:
            yield Clash(found.way(duty, "years"), _("a review is written in named years"), _("the years of the review"))
        for n, year in enumerate(duty.years):
            if year in taken:
                yield Clash(
                    found.way(duty, "years", n), _("{year} has another review already", year=year), _("each year once")
                )
            taken.add(year)
        for key in ("before", "until"):
            if getattr(duty, key) is not None:
                yield Clash(
                    found.way(duty, key),
                    _("the office gives the date of a review when it opens it"),
                    _("{key} left out", key=key),
                )
        if duty.award is not None and duty.award not in occasions:
            yield not_among(
                found.way(duty, "award"),
                _("the plan has no occasion of awards «{code}»", code=duty.award),
                duty.award,
                occasions,
            )


def sections(found: AsRead) -> Iterator[Clash]:
    """Yield parts of a review that are drafted from a section that is none of the yearly report."""
    known = found.codes("sections")
    for section in found.plan.review_sections:
        if section.of is not None and section.of not in known:
            yield not_among(
                found.way(section, "of"), _("there is no section «{code}»", code=section.of), section.of, known
            )
