"""The office asks: the year's summary with its picture, who has not sent, how far the targets are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation import (
    DESK,
    HOME,
    MY_TASKS,
    Command,
    Feature,
    JobContext,
    JobKind,
    JobResult,
    Notice,
    Office,
    Visit,
    allowed,
    only,
)
from bot.dialogue import Button, Say
from bot.language import Count, Part, Text, Time, _, read_years
from bot.movement import May, Role, by_post
from bot.office import opened_years
from bot.office.papers import paper_words, standing
from bot.office.reminding.unit_context import TO_LEADERS
from bot.office.report import letting_out, summaries, summary_picture, summary_words, target_words, version_words
from bot.office.report.letting_out import FORWARDED, IN_GROUPS
from bot.office.tables import behind
from handlers import period, word_report
from storage.db import Snapshot


def tonghop(visit: Visit, args: str) -> Say | None:
    """Answer «/tonghop 2027»; «chuyen» forwards it, «lanhdao» switches the leaders' digest, «nhom» names in groups."""
    verb = args.partition(" ")[0]
    if word_report.meant(args):
        return word_report.run(visit, args)
    if verb in ("chuyen", *SWITCHES):
        year = opened_years.one(visit, args, opened_years.collecting(visit), "/tonghop {year}")
        return year if isinstance(year, Say) else _decide(visit, verb, year)
    if len(read_years(args, visit.said.date()).years) > 1:
        return period.run(visit, args)
    return of_year(visit, args, SUMMARY, "/tonghop {year}")


def chuagui(visit: Visit, args: str) -> Say | None:
    """Return who has not sent the year's report, by name."""
    return of_year(visit, args, MISSING, "/chuagui {year}")


def tiendo(visit: Visit, args: str) -> Say | None:
    """Return how far the targets are, for everybody; counts only."""
    return of_year(visit, args, TARGETS, "/tiendo {year}")


def of_year(visit: Visit, args: str, kind: JobKind, shows: str) -> Say | None:
    """Begin a job on the year that was said; or say why that year cannot be shown."""
    year = opened_years.one(visit, args, opened_years.collecting(visit), shows)
    if isinstance(year, Say):
        return year
    return visit.start_job(kind, year=year, unclear=opened_years.unclear(args, visit.said.date()))


def _not_understood(about: Mapping[str, Any]) -> list[Part]:
    """Say that a part of the question was not understood, so that its answer is not taken for one to all of it."""
    if not about.get("unclear"):
        return []
    return [_("«{said}» was not understood; this is the whole of {year}.", said=about["unclear"], year=about["year"])]


async def summary(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return the text, and the picture of the six targets."""
    from bot.documents.chart import draw

    found = await summaries.read(context.snapshot, context.office, about["year"], context.now)
    names = context.person is None or context.person.role != Role.LEADER
    lines = [*_not_understood(about), *summary_words.lines(found, context.office, names)]
    if not names and context.person is not None:
        lines.insert(0, _("Reporting to {whom}:", whom=by_post(context.person)))
    picture = await context.make(draw, summary_picture.bars(found, context.words))
    year = found.year
    paper = await standing.read(context, year) if context.person is not None and names else standing.NOTHING
    lines[1:1] = paper_words.standing(paper)
    buttons = [Button(_("Who has not sent"), f"/chuagui {year}")] if names else []
    if context.person is not None and names:
        buttons.append(Button(_("As a Word file"), f"/tonghop word {year}"))
        if paper.changed:
            buttons.append(Button(_("Changes in the report"), f"/tonghop thaydoi {year}"))
    buttons += behind.buttons(year)
    if context.person is not None:
        buttons.append(Button(_("One page for the meeting"), f"/banword giaoban {year}"))
    if context.person is not None and context.person.role == Role.CHIEF:
        buttons.append(Button(_("Forward to the leaders"), f"/tonghop chuyen {year}"))
        buttons.append(Button(_("The leaders' own digest"), f"/tonghop lanhdao {year}"))
        buttons.append(Button(_("Units by name in groups"), f"/tonghop nhom {year}"))
    buttons.append(HOME)
    name = f"Chi-tieu-{year}.png"
    return JobResult(Say(lines, buttons=tuple(buttons)), [(name, "image/png", picture)])


async def missing(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return who has not sent, by name, with days late; and the other duties of the year."""
    found = await summaries.read(context.snapshot, context.office, about["year"], context.now)
    lines: list[Part] = [
        *_not_understood(about),
        _("Who has not sent the report of {year} · {at}", year=found.year, at=Time(context.now)),
        *summary_words.sent_lines(found),
        *summary_words.other_duty_lines(found, context.office),
    ]
    letter = [Button(_("Letter to the late units"), f"/banword dondoc {found.year}")] if found.missing else []
    buttons = (*letter, Button(_("Yearly summary"), f"/tonghop {found.year}"), HOME)
    return JobResult(Say(lines, buttons=buttons))


async def targets(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return the targets in words, without units or people."""
    found = await summaries.read(context.snapshot, context.office, about["year"], context.now)
    lines: list[Part] = [
        *_not_understood(about),
        _("Targets of {year} · {at}", year=found.year, at=Time(context.now)),
        _("{sent}/{all} units have sent their report.", sent=Count(len(found.sent)), all=Count(len(found.results))),
        *target_words.target_lines(found)[1:],
        *version_words.counts(found),
        summary_words.item_lines(found, context.office)[0],
    ]
    return JobResult(Say(lines, buttons=(*behind.sources(context.person, found.year), MY_TASKS, HOME)))


# What is let out ---------------------------------------------------------------------

SWITCHES: Mapping[str, tuple[str, Text, Text]] = {
    "lanhdao": (
        TO_LEADERS,
        _("✅ From now on the leaders receive the digest when the office does."),
        _("✅ From now on the leaders do not receive the digest."),
    ),
    "nhom": (
        IN_GROUPS,
        _("✅ From now on the summary in a group names the units that have not sent; never a person."),
        _("✅ From now on the summary in a group says counts only."),
    ),
}
"""The setting, and what is said when it is on and off."""


def _decide(visit: Visit, what: str, year: int) -> Say:
    """Return what only the Chánh Văn phòng lets out: the summary to Lãnh đạo Sở, and the two switches."""
    if not visit.may(May.FORWARD):
        said = _("Only the head of the office decides who is shown more.")
    elif what in SWITCHES:
        name, on, off = SWITCHES[what]
        said = on if letting_out.switch(visit, name) else off
    else:
        said = _(
            "✅ The summary of {year} is forwarded to {n} leaders; units are named, never people.",
            year=year,
            n=Count(letting_out.forward(visit, year)),
        )
    return Say([said], buttons=(Button(_("Yearly summary"), f"/tonghop {year}"), HOME))


async def facts_of_year(snapshot: Snapshot, office: Office, about: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return the summary that a forwarded message needs, read just before it is sent."""
    return {"summary": await summaries.read(snapshot, office, about["year"], now)}


def forwarded(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell a leader: the summary the Chánh Văn phòng forwarded."""
    found: summaries.Summary = about["summary"]
    lines = summary_words.lines(found, visit.office, names=False)
    head = _(
        "Reporting to {whom}: the movement in {year} (forwarded by the head of the office).",
        whom=by_post(visit.me),
        year=found.year,
    )
    return Say([head, *lines[1:]], buttons=(Button(_("Yearly summary"), f"/tonghop {found.year}"),))


TONGHOP = Command(
    "tonghop", _("Yearly summary"), _("summary"), tonghop, allowed(May.SUMMARISE), acts=("chuyen", "cholai", "word")
)
CHUAGUI = Command("chuagui", _("Who has not sent"), _("who has not sent|missing"), chuagui, DESK)
TIENDO = Command("tiendo", _("How far the targets are"), _("progress|targets"), tiendo, allowed(May.READ), rank=1)


SUMMARY = JobKind("summary", summary, allowed(May.SUMMARISE), called=_("the summary"))
MISSING = JobKind("missing", missing, DESK)
TARGETS = JobKind("targets", targets, allowed(May.READ))
FEATURE = Feature(
    __name__,
    commands=(TONGHOP, CHUAGUI, TIENDO),
    notices=(Notice(FORWARDED, forwarded, only(_("the leaders"), Role.LEADER), read=facts_of_year),),
    jobs=(SUMMARY, MISSING, TARGETS),
)
