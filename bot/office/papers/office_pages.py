"""Papers of the whole office's year: the letter that urges who is late, one page for the leaders before their meeting."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, JobContext, allowed
from bot.dialogue import Button
from bot.language import Count, Part, Time, _
from bot.movement import May, State
from bot.office.papers import paper_heads
from bot.office.papers.award_papers import named
from bot.office.papers.paper_kinds import FilledPaper, PaperKind, words_of
from bot.office.reminding import manual_reminder_texts
from bot.office.report import summaries, summary_words

LATE = frozenset({State.OVERDUE, State.LOCKED})


async def lay_urging(context: JobContext, about: Mapping[str, Any]) -> FilledPaper | None:
    """Return the letter to the units whose report is late, and a text for a group that names no person."""
    year, office, words = int(about["subject"]), context.office, words_of(context.words)
    found = await summaries.read(context.snapshot, office, year, context.now)
    late = [each for each in found.missing if each.state in LATE]
    back = (Button(_("Who has not sent"), f"/chuagui {year}"),)
    if not late:
        return FilledPaper(None, "", [_("No unit is late with its report of {year}.", year=year)], back)
    say, plan, text = words.say, office.plan, office.plan.papers.of("dondoc")
    what, names = plan.reports.called, found.standing.names
    due = next((each.due for each in late if each.due is not None), None)
    asks = _(
        "The last day of the {what} of {year} was {due}. On {today} the following {n} units have not sent it:",
        what=what,
        year=year,
        due=due,
        today=context.now.date(),
        n=Count(len(late)),
    )
    wants = _(
        "{desk} asks the heads of these units to send it at once; where something stands in the way, please let {desk} know.",
        desk=plan.office.desk,
    )
    head = paper_heads.of_office(plan, text, "", words, context.now.year)
    values = {
        **head,
        "about": say(_("Re: urging the {what} of {year}", what=what, year=year)),
        "to": [say(names[each.unit]) for each in late],
        "opening": say(asks),
        "rows": [
            {
                "n": str(n),
                "unit": say(names[each.unit]),
                "late": say(_("{n} days", n=Count(-each.days_left(context.now.date())))),
                "missing": "–",
            }
            for n, each in enumerate(late, 1)
        ],
        "wants": say(wants),
        "closing": paper_heads.closed(text.closing or _("Please carry this out."), words),
        "copies": list(text.copies or head["copies"]),
        "draft": False,
        "footer": "",
    }
    lines: list[Part] = [
        _("📎 Letter to {n} late units, report of {year}", n=Count(len(late)), year=year),
        _("For a group, to be copied:"),
        manual_reminder_texts.letter(plan, plan.reports.code, year),
    ]
    lines += [_("- {unit}", unit=names[each.unit]) for each in late]
    return FilledPaper(values, f"Cong-van-don-doc-{year}", lines, back)


async def lay_page(context: JobContext, about: Mapping[str, Any]) -> FilledPaper | None:
    """Return the summary as the leaders are shown it, on a page: units by name, never a person."""
    year, office, words = int(about["subject"]), context.office, words_of(context.words)
    found = await summaries.read(context.snapshot, office, year, context.now)
    say, plan = words.say, office.plan
    values = {
        **paper_heads.of_office(plan, plan.papers.of("giaoban"), "", words, context.now.year),
        "kind": say(_("QUICK REPORT")),
        "subject": say(
            _("The movement “{name}” in {year}, as of {at}", name=plan.name, year=year, at=Time(context.now))
        ),
        "lines": [say(line) for line in summary_words.lines(found, office, names=False)[1:] if say(line).strip()],
        "draft": False,
        "footer": "",
    }
    lines: list[Part] = [_("📎 One page for the leaders: the movement in {year}", year=year)]
    return FilledPaper(values, f"Bao-cao-nhanh-{year}", lines, (Button(_("Yearly summary"), f"/tonghop {year}"),))


URGING = PaperKind(
    "urging_letter",
    _("the letter to the late units"),
    "urging_letter",
    DESK,
    typed="dondoc",
    named=named,
    lay=lay_urging,
)
LEADERS = PaperKind(
    "leaders_page",
    _("the page for the leaders"),
    "leaders_page",
    allowed(May.SUMMARISE),
    typed="giaoban",
    named=named,
    lay=lay_page,
)
