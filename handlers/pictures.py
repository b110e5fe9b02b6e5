"""«/bieudo»: units and duties, registered items, the years, each as a picture with its text."""

import re
from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, Command, Feature, JobContext, JobKind, JobResult, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import _, fold, read_years
from bot.movement import May
from bot.office import opened_years
from bot.office.report import period, summaries
from bot.office.tables import duty_picture, item_picture, trend_picture

WHAT: Mapping[str, str] = {
    "nhiemvu": r"nhiem ?vu|don vi|phong|gui|han",
    "dangky": r"dang ?ky|sang kien|mo hinh|noi dung|linh vuc",
    "cacnam": r"cac ?nam|xu huong|qua cac|nhieu nam",
}
"""What a picture shows, with the words that mean it."""
LABELS = {"nhiemvu": _("Units and duties"), "dangky": _("Registered items"), "cacnam": _("The years")}


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/bieudo 2027»: which pictures there are; «biểu đồ nhiệm vụ», «biểu đồ sáng kiến 2027», «biểu đồ các năm»."""
    said = read_years(args, visit.said.date())
    words = re.sub(r"[^a-z0-9 ]+", " ", fold(said.rest))
    what = next((name for name, meant in WHAT.items() if re.search(rf"\b(?:{meant})\b", words)), "")
    can = sorted(year for year in said.years if opened_years.can_show(visit.plan, year, visit.now.date()))
    if len(can) > 1 or what == "cacnam":
        years = can if len(can) > 1 else _all_years(visit)
        return visit.start_job(PICTURE, what="cacnam", years=years)
    year = opened_years.one(visit, args, opened_years.collecting(visit), f"/bieudo {what} {{year}}")
    if isinstance(year, Say):
        return year
    if not what:
        return Say([_("Pictures of {year}. Please choose one.", year=year)], buttons=_buttons(year))
    return visit.start_job(PICTURE, what=what, years=[year])


def _all_years(visit: Visit) -> list[int]:
    """Return the years of the movement of which something can be known."""
    plan, today = visit.plan, visit.now.date()
    there = [year for year in range(plan.first_year, plan.last_year + 1) if opened_years.can_show(plan, year, today)]
    return there or [plan.first_year]


def _buttons(year: int, shown: str = "") -> tuple[Button, ...]:
    others = [Button(label, f"/bieudo {what} {year}") for what, label in LABELS.items() if what != shown]
    return (*others, Button(_("Yearly summary"), f"/tonghop {year}"), HOME)


async def picture(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return the picture, and the same in words."""
    from bot.documents import area_bars, duty_grid, year_columns

    plan, words, years = context.office.plan, context.words, about["years"]
    if about["what"] == "cacnam":
        several = await period.read(context.snapshot, context.office, years, context.now)
        drawn = await context.make(year_columns.draw, trend_picture.columns(several, plan.office.name, words))
        lines, name = trend_picture.told(several), f"Cac-nam-{years[0]}-{years[-1]}.png"
    else:
        found = await summaries.read(context.snapshot, context.office, years[0], context.now)
        if about["what"] == "nhiemvu":
            drawn = await context.make(duty_grid.draw, duty_picture.grid(found, plan.office.name, words))
            lines, name = duty_picture.told(found), f"Nhiem-vu-{years[0]}.png"
        else:
            drawn = await context.make(area_bars.draw, item_picture.bars(found, plan, words))
            lines, name = item_picture.told(found, plan), f"Dang-ky-{years[0]}.png"
    return JobResult(Say(lines, buttons=_buttons(years[-1], about["what"])), [(name, "image/png", drawn)])


COMMAND = Command(
    "bieudo", _("Pictures"), _("picture|pictures"), run, allowed(May.SUMMARISE), listed=False, seldom=True
)
PICTURE = JobKind("picture", picture, allowed(May.SUMMARISE), called=_("the picture"))
FEATURE = Feature(__name__, commands=(COMMAND,), jobs=(PICTURE,))
