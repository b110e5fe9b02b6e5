"""A review in words: the years with their reports, each target over the years, what was brought about, awards. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.dialogue import Answers, Scene
from bot.language import Count, Joined, Part, Words, _
from bot.movement import Area, Measure, OverYears, ReviewSection, Target, TargetOverYears, YearOf
from bot.office.awards import award_texts
from bot.office.items import result_lines
from bot.office.report import period_words
from bot.office.report.given_lines import bare, decision
from bot.office.report.kinds import OUTSIDE
from bot.office.report.target_words import VERDICTS, count
from bot.office.reviews.review_facts import ReviewFacts, Told
from storage.awards import Award

_vietnamese = Words("vi")
"""The review is a Vietnamese document, whoever reads its draft."""


def of_reports(facts: ReviewFacts) -> Iterator[Part]:
    """Say of each year which report its figures come from; that one is not there is said, never a zero."""
    for year, sent in facts.reports.items():
        if sent is None:
            yield _(
                "- {year}: the yearly report has not been sent; its figures stand here as soon as it is.", year=year
            )
        elif sent.received is None:
            about = {"year": year, "code": sent.code, "version": sent.version}
            yield _("- {year}: report {code}, version {version}, not received by {desk} yet.", **about)
        else:
            about = {"year": year, "code": sent.code, "version": sent.version, "day": sent.received.date()}
            yield _("- {year}: report {code}, version {version}, received on {day}.", **about)


# Targets ----------------------------------------------------------------------------------------

OF_ALL = (Measure.COUNT, Measure.SUM)
"""Measures whose goal is one of the whole office: a unit by itself neither reaches nor misses it."""


def target(one: Target, facts: ReviewFacts) -> Part:
    """Say a target over the years: each year, which way it goes, what counts of them."""
    standing = facts.over(one)
    lines: list[Part] = [_years(standing, facts)]
    if (way := period_words.trend(standing)) is not None:
        lines.append(way)
    lines.append(_rule(standing))
    return _("{all}", all=Joined(lines, "\n"))


def _years(standing: TargetOverYears, facts: ReviewFacts) -> Part:
    said = [_("{year}: {value}", year=each.year, value=_value(each, facts)) for each in standing.years]
    return _("{all}", all=Joined(said, "; "))


def _value(each: YearOf, facts: ReviewFacts) -> Part:
    """Say a year's value; of an amount that itself, with how it compares where something is there to compare it with."""
    one = each.progress.target
    amount = facts.amount(one, each.year) if one.reduces else None
    if amount is None:
        return period_words.value(each)
    if each.value is None:
        return _("{n} {unit}, nothing to compare with", n=amount, unit=one.unit)
    return _("{n} {unit}, {how}", n=amount, unit=one.unit, how=period_words.value(each))


def _rule(standing: TargetOverYears) -> Part:
    """Say what of the years counts, and how that stands."""
    one = standing.target
    if one.measure in OF_ALL:
        if one.counts_over is OverYears.SUM:
            return _("  Together {total}; the goal is one of all units", total=count(standing.total))
        return _("  The goal is one of all units together, in each year")
    verdict = VERDICTS[standing.verdict]
    if one.counts_over is OverYears.EACH:
        judged = [each for each in standing.years if each.value is not None]
        said = {"verdict": verdict, "n": Count(standing.reached), "all": Count(len(judged))}
        return _("  By each year: reached in {n} of {all} years with figures", **said)
    if one.counts_over is OverYears.SUM:
        return _("  By the sum of the years: {verdict}", verdict=verdict)
    if standing.decided_by is None:
        return _("  By the newest year: {verdict}", verdict=verdict)
    return _("  By the newest year with figures, {year}: {verdict}", year=standing.decided_by, verdict=verdict)


# What was brought about -------------------------------------------------------------------------


def recognised(scene: Scene) -> Part:
    """List what was recognised in the period."""
    found = ReviewFacts.of(scene).recognised
    said = [
        _(
            "- {year}: {title} ({level} level, {decision})",
            year=year,
            title=bare(item),
            level=scene.plan.level(by.level).name if by.level in _levels(scene) else by.level,
            decision=decision(by),
        )
        for year, item, by in found
    ]
    return _list(said)


def _levels(scene: Scene) -> list[str]:
    return [level.code for level in scene.plan.levels]


def carried_out(scene: Scene) -> Part:
    """List confirmed models and tasks, each with its result where one is noted."""
    facts, said = ReviewFacts.of(scene), list[Part]()
    for item in facts.carried_out:
        result = facts.of_years[item.year].item_results.get(item.id)
        if result is not None:
            said.append(_("- {year}: {line}", year=item.year, line=result_lines.said(item, result)))
        else:
            said.append(_("- {year}: {title}, no progress noted yet", year=item.year, title=bare(item)))
    return _list(said)


def awarded(scene: Scene) -> Part:
    """List the awards of the period."""
    return _list(
        [
            _("- {year}: {whom}, {form}", year=each.year, whom=award_texts.whom(each), form=each.form_name)
            for each in ReviewFacts.of(scene).awarded
        ]
    )


def proposed(scene: Scene) -> Part:
    """List what the unit proposes at this review: for whoever sends it, and those who read it."""
    facts = ReviewFacts.of(scene)
    if not facts.sees_proposals:
        return _("seen by the {head} alone", head=facts.head_title)
    return _list(proposals(facts.proposed))


def proposals(those: Sequence[Award]) -> list[Part]:
    """Say proposals for awards, each where it stands."""
    return [
        _(
            "- {code} {whom}: {form}; {state}",
            code=each.code,
            whom=award_texts.whom(each),
            form=each.form_name,
            state=award_texts.standing(each),
        )
        for each in those
    ]


def _list(lines: Sequence[Part]) -> Part:
    if not lines:
        return _("none on record")
    return _("{n} on record\n{lines}", n=Count(len(lines)), lines=Joined(lines, "\n"))


# Drafts -----------------------------------------------------------------------------------------


def area(one: Area) -> Any:
    """Return what drafts an area: what each yearly report says there, the year in front."""

    def prefill(answers: Answers, scene: Scene) -> Any:
        told = ReviewFacts.of(scene).told(one.code)
        if told and all(each.said.mark == "outside" for each in told):
            return OUTSIDE
        return _draft(told) if any(each.said.text.strip() for each in told) else None

    return prefill


def section(one: ReviewSection, difficulty: bool) -> Any:
    """Return what drafts a part: the yearly reports' words; of difficulties also what has come of each by now."""

    def prefill(answers: Answers, scene: Scene) -> Any:
        facts = ReviewFacts.of(scene)
        told = facts.told(one.of or "")
        # That there was nothing is an answer which somebody has to give of this period.
        draft = _draft(told) if any(each.said.text.strip() for each in told) else None
        more = list(_came_of(facts, draft or "")) if difficulty else []
        return "\n".join([*([draft] if draft else []), *more]) or None

    return prefill


def _came_of(facts: ReviewFacts, draft: str) -> Iterator[str]:
    """Yield difficulties that the reports do not tell of, and what has come since of those that they do."""
    for raised, sentence, came in facts.raised:
        whole, now = _vietnamese.say(sentence), _vietnamese.say(came)
        if raised.code not in draft:
            yield _vietnamese.say(_("Year {year}: {text}", year=raised.year, text=whole))
        elif now not in draft:
            yield _vietnamese.say(_("{code} by now: {outcome}.", code=raised.code, outcome=now))


def _draft(told: Sequence[Told]) -> str:
    return "\n".join(_vietnamese.say(_of_year(each)) for each in told)


def _of_year(told: Told) -> Part:
    if told.said.text.strip():
        return _("Year {year}: {text}", year=told.year, text=told.said.text.strip())
    if told.said.mark == "outside":
        return _("Year {year}: not among the unit's functions and tasks.", year=told.year)
    return _("Year {year}: nothing came up.", year=told.year)
