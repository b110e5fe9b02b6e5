"""Lists of awards: what waits, beside what is usual; what a unit has proposed; who was awarded what through the years."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, First, Part, _
from bot.movement import AwardQuota, May
from bot.office.awards import award_texts, nominees, suggesting
from bot.office.duties import item_access, submissions
from storage import award_suggestions, awards, people
from storage.awards import Award, AwardState

MOST = 20
"""Entries of a list."""
LIST = Button(_("Awards"), "/khenthuong")


def home(visit: Visit) -> Say:
    """Return what this person may see and do: what waits for them, what they have proposed or suggested."""
    lines: list[Part] = [_("Awards")]
    buttons: list[Button] = []
    if visit.may(May.RECEIVE):
        more, open_ones = _waiting(visit)
        lines += more
        buttons += open_ones
    if submissions.sends(visit):
        more, open_ones = _of_unit(visit)
        lines += more
        buttons += open_ones
    mine = visit.tx.all(award_suggestions.OF_PERSON, person=visit.me.id)
    if mine:
        lines += [_("{You}r suggestions:"), *(_("- {line}", line=suggesting.line(each)) for each in mine[:5])]
    if len(lines) == 1:
        lines.append(_("Nothing waits for {you_name} here."))
    if nominees.proposes(visit):
        buttons.append(Button(_("Propose"), "/khenthuong denghi"))
    if visit.may(May.REGISTER) and not any(each.id == visit.me.id for each in suggesting.readers(visit, visit.me.unit)):
        buttons.append(Button(_("Suggest to the head"), "/khenthuong goiy"))
    buttons.append(Button(_("Who was awarded"), "/khenthuong danhsach"))
    return Say(lines, buttons=(*dict.fromkeys(buttons), HOME))


def _waiting(visit: Visit) -> tuple[list[Part], list[Button]]:
    """Return what the office has to decide, with the quotas beside it."""
    found = visit.tx.all(awards.WAITING)
    if not found:
        return [_("No proposal waits.")], []
    lines: list[Part] = [_("Proposals that wait ({n}):", n=Count(len(found)))]
    for kind in dict.fromkeys(each.kind_name for each in found):
        lines.append(_("{kind}:", kind=First(kind)))
        lines += [_("- {line}", line=award_texts.line(visit, each)) for each in found[:MOST] if each.kind_name == kind]
    if len(found) > MOST:
        lines.append(_("… and {n} more", n=Count(len(found) - MOST)))
    lines += quotas(visit, {each.kind for each in found}, visit.said.year)
    buttons = [Button(each.code, f"/khenthuong {each.code}") for each in found[:6]]
    return lines, [
        *buttons,
        Button(_("Record a decision"), "/khenthuong quyetdinh"),
        Button(_("Record a proposal to the level above"), "/khenthuong trinh"),
        Button(_("Record who is not chosen"), "/khenthuong khongchon"),
        Button(_("Proposal (Word)"), f"/banword totrinh {visit.said.year}"),
        Button(_("Minutes (Word)"), f"/banword bienban {visit.said.year}"),
    ]


def quotas(visit: Visit, kinds: Iterable[str], year: int) -> Iterator[Part]:
    """Yield how many are proposed or awarded beside what is usual; over it is said, never refused."""
    of_year = [each for each in visit.tx.all(awards.OF_YEAR, year=year) if each.state is not AwardState.NOT_CHOSEN]
    for quota in visit.plan.awards.quotas:
        if quota.kind not in kinds:
            continue
        counted = [each for each in of_year if _counts(quota, each)]
        if quota.of == "office":
            yield _quota_line(visit, quota, len(counted), _among(visit, quota, ""))
            continue
        for unit in dict.fromkeys(each.unit for each in counted):
            mine = [each for each in counted if each.unit == unit]
            among = _among(visit, quota, unit)
            if len(mine) > quota.allowed(among):
                yield _(
                    "⚠️ {unit}: {n} proposed, {most} are usual ({forms})",
                    unit=mine[0].unit_name,
                    n=Count(len(mine)),
                    most=Count(quota.allowed(among)),
                    forms=_forms(visit, quota),
                )


def _counts(quota: AwardQuota, award: Award) -> bool:
    return (award.kind, award.form in quota.forms, award.person is not None) == (
        quota.kind,
        True,
        quota.whom == "person",
    )


def _among(visit: Visit, quota: AwardQuota, unit: str) -> int:
    """Return among how many people or units a share is taken."""
    if quota.whom == "unit":
        return len([each for each in visit.tx.all(people.UNITS) if each.kind not in visit.plan.unions])
    there = visit.tx.all(people.OF_UNIT, unit=unit) if unit else visit.tx.all(people.EVERYBODY)
    return len({each.human or each.id for each in there if each.role != "admin"})


def _forms(visit: Visit, quota: AwardQuota) -> Part:
    names = [form.name for form in visit.plan.awards.forms if form.code in quota.forms]
    return ", ".join(names)


def _quota_line(visit: Visit, quota: AwardQuota, n: int, among: int) -> Part:
    most = quota.allowed(among)
    about = {"forms": _forms(visit, quota), "n": Count(n), "most": Count(most), "among": Count(among)}
    if quota.whom == "person":
        said = _("{forms}, people: {n}, {most} are usual ({share}% of {among} people)", share=quota.share, **about)
        if quota.share is None:
            said = _("{forms}, people: {n}, {most} are usual", **about)
    else:
        said = _("{forms}, collectives: {n}, {most} are usual ({share}% of {among} units)", share=quota.share, **about)
        if quota.share is None:
            said = _("{forms}, collectives: {n}, {most} are usual", **about)
    if n > most:
        return _("⚠️ {quota}, {over} over", quota=said, over=Count(n - most))
    return said


def _of_unit(visit: Visit) -> tuple[list[Part], list[Button]]:
    """Return what the head is asked, and what the unit has proposed."""
    waiting = suggesting.waiting(visit)
    lines: list[Part] = []
    buttons: list[Button] = []
    if waiting:
        lines.append(_("Suggestions that wait for {you_name} ({n}):", n=Count(len(waiting))))
        lines += [
            _("- {n}. {name}: «{merit}»", n=each.id, name=each.name, merit=each.merit[:120]) for each in waiting[:MOST]
        ]
        buttons += [Button(_("Suggestion {n}", n=each.id), f"/khenthuong goiy {each.id}") for each in waiting[:5]]
    mine = [
        each
        for unit in item_access.units(visit)
        for each in visit.tx.all(awards.PROPOSED_BY, unit=unit, since=visit.said.year - 1)
    ]
    if mine:
        lines.append(_("Proposed by {unit} ({n}):", unit=visit.me.unit_name, n=Count(len(mine))))
        lines += [_("- {line}", line=award_texts.line(visit, each)) for each in mine[:MOST]]
        buttons += [Button(each.code, f"/khenthuong {each.code}") for each in mine[:5]]
    return lines, buttons


# Through the years ------------------------------------------------------------------------------

_YEARS = re.compile(r"(20\d\d)\s*(?:-|–|đến|den|tới|toi)\s*(20\d\d)|(20\d\d)")
LONGEST = 60
"""Lines of the list at most."""


def years(visit: Visit, said: str) -> tuple[int, int]:
    """Return the years that are meant: those of the movement where none is said."""
    found = _YEARS.search(said)
    if found is None:
        return visit.plan.first_year, visit.plan.last_year
    first, last, one = found.groups()
    bounds = sorted(int(each) for each in ((first, last) if first else (one, one)))
    return bounds[0], bounds[1]


def awarded(visit: Visit, said: str) -> Say:
    """List who was awarded what by the decisions of some years; the names are those of then."""
    first, last = years(visit, said)
    proposed = visit.tx.all(awards.BETWEEN, first=first, last=last)
    buttons = (LIST, HOME)
    done = visit.tx.all(awards.DECIDED_BETWEEN, first=first, last=last)
    waits = [each for each in proposed if each.state is AwardState.FORWARDED] if visit.may(May.SUMMARISE) else []
    if not done and not waits:
        none = _("No award is on record from {first} to {last}.", first=first, last=last)
        if first == last:
            none = _("No award is on record in {year}.", year=first)
        return Say([none], buttons=buttons)
    lines = list(_by_year(done, first, last))
    if waits:
        lines.append(_("Proposed to the level above, not decided yet ({n}):", n=Count(len(waits))))
        lines += [_("- {whom}: {form}", whom=award_texts.whom(each), form=each.form_name) for each in waits]
    if len(lines) > LONGEST:
        rest = len(lines) - LONGEST
        lines = [*lines[:LONGEST], _("… and {n} more; a year alone: awards list {year}", n=Count(rest), year=last)]
    return Say(lines, buttons=buttons)


def _by_year(done: Sequence[Award], first: int, last: int) -> Iterator[Part]:
    """Yield the list under its heading; of several years, each under its own."""
    if first == last:
        yield _("Awards of {year} ({n})", year=first, n=Count(len(done)))
    else:
        yield _("Awards from {first} to {last} ({n})", first=first, last=last, n=Count(len(done)))
    for year in sorted({_decided(each) for each in done}):
        mine = [each for each in done if _decided(each) == year]
        if first != last:
            yield _("Year {year} ({n}):", year=year, n=Count(len(mine)))
        yield from map(_awarded_line, mine)


def _decided(award: Award) -> int:
    """Return the year of its decision: that of the proposal where nobody has written the day."""
    return award.year if award.day is None else award.day.year


def _awarded_line(award: Award) -> Part:
    about = {"whom": award_texts.whom(award), "form": award.form_name, "decision": award.decision, "day": award.day}
    if _decided(award) != award.year:
        return _("- {whom}: {form}, decision {decision} of {day}, proposed in {year}", year=award.year, **about)
    return _("- {whom}: {form}, decision {decision} of {day}", **about)
