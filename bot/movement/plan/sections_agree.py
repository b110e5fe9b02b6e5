"""Whether every section and every area of a plan is asked on a page, and every page asks something. Pure."""

from collections.abc import Iterator

from bot.language import _
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.problems import Clash

TAKEN = ("targets", "results")
"""What the page of the figures is called, and any page with the areas."""


def pages(found: AsRead) -> Iterator[Clash]:
    """Yield sections without their page, and pages that are none."""
    known = found.codes("pages")
    for section in found.plan.sections:
        if section.page not in known and "pages" not in found.unread:
            yield not_among(
                found.way(section, "page"), _("there is no page «{code}»", code=section.page), section.page, known
            )
    used = {section.page for section in found.plan.sections}
    for page in found.plan.pages:
        if not page.areas and page.code not in used and "sections" not in found.unread:
            yield Clash(
                found.way(page, "code"), _("nothing is asked on this page"), _("a section that names this page")
            )
        if page.code in TAKEN and not (page.areas and page.code == "results"):
            yield Clash(
                found.way(page, "code"),
                _("«{code}» is what another page is called", code=page.code),
                _("a code of its own"),
            )


def areas(found: AsRead) -> Iterator[Clash]:
    """Yield where the areas are asked on no page, or on several."""
    with_areas = [page for page in found.plan.pages if page.areas]
    written = any(said for _n, said in found.written("pages", "areas"))
    if found.plan.pages and not with_areas and not written:
        yield Clash(("pages",), _("the areas are asked on no page"), _('areas = "last" on one of the pages'))
    for page in with_areas[1:]:
        yield Clash(
            found.way(page, "areas"),
            _("the areas are asked on page «{code}» already", code=with_areas[0].code),
            _("{key} left out", key="areas"),
        )
