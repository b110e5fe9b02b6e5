"""Whether the duties of a plan can be owed, opened and reminded of; whether the hours of speaking fit. Pure."""

from collections.abc import Collection, Iterator, Mapping
from datetime import time

from bot.language import _
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.declared import near
from bot.movement.plan.places import Path
from bot.movement.plan.problems import Clash

_ANY_YEAR = 2027

BY: Mapping[str, str] = {
    "plan": "unit",
    "registration": "unit",
    "results": "unit",
    "confirmation": "unit",
    "provincial": "office",
    "narrative": "union",
}
"""Who owes a duty that the assistant knows."""
NEEDED: Mapping[str, str] = {
    "plan": "/kehoach",
    "registration": "/xacnhan chot",
    "results": "/baocao",
    "confirmation": "/xacnhan",
    "provincial": "/baocaotinh",
}
"""Duties that commands look up, with the command."""
PAPER = "vanban"
"""The command that records a report of the office's own which the assistant knows from the plan alone."""


def needed(found: AsRead) -> Iterator[Clash]:
    """Find duties that a command needs and that are missing."""
    there = found.codes("duties")
    for code, command in NEEDED.items():
        if code not in there and isinstance(found.data.get("duties"), list):
            yield Clash(
                ("duties",),
                _("there is no duty «{code}», which {command} needs", code=code, command=command),
                _('an entry [[duties]] with code = "{code}"', code=code),
            )
    if found.plan.union_sections and "narrative" not in there:
        yield Clash(
            ("union_sections",),
            _("unions are invited to write, and there is no duty «{code}»", code="narrative"),
            _('an entry [[duties]] with code = "{code}"', code="narrative"),
        )


def kinds(found: AsRead) -> Iterator[Clash]:
    """Yield duties owed by those, or for what, their commands do not serve."""
    for duty in found.plan.duties:
        if duty.code not in BY and duty.command != f"{PAPER} {duty.code}":
            none = _("duty «{code}» is none of those that units or unions send", code=duty.code)
            if near(duty.code, list(BY)):
                yield not_among(found.way(duty, "code"), none, duty.code, list(BY))
            else:
                yield Clash(
                    found.way(duty, "command"),
                    none,
                    _('command = "{command}", for a report of the office\'s own', command=f"{PAPER} {duty.code}"),
                )
        by, each = BY.get(duty.code, "office"), "sheet" if duty.code == "confirmation" else "year"
        if duty.by != by:
            yield Clash(
                found.way(duty, "by"),
                _("duty «{code}» cannot be owed by «{by}»", code=duty.code, by=duty.by),
                _("one of {words}", words=f'by = "{by}"'),
            )
        if duty.each != each:
            yield Clash(
                found.way(duty, "each"),
                _("duty «{code}» cannot be owed for each «{each}»", code=duty.code, each=duty.each),
                _("one of {words}", words=f'each = "{each}"'),
            )
        if duty.yearly and duty.workdays:
            yield Clash(
                found.way(duty, "workdays"),
                _("a duty that is owed once a year has a date, no working days"),
                _("{key} left out", key="workdays"),
            )
        if not duty.yearly and not duty.workdays:
            yield Clash(
                found.way(duty, "workdays"),
                _("nothing says within how many working days"),
                _("a whole number of working days, from 1 to 365"),
            )
        if duty.by == "union" and not found.plan.union_sections and "union_sections" not in found.unread:
            yield Clash(found.way(duty, "by"), _("unions have nothing to write"), _("entries [[union_sections]]"))


def bases(found: AsRead) -> Iterator[Clash]:
    """Yield where a clause and basis = "plan" do not go together."""
    for duty in found.plan.duties:
        if duty.basis == "plan" and not duty.clause:
            yield Clash(
                found.way(duty, "clause"),
                _("nothing says which clause of the plan asks for it"),
                _('a clause, or basis = "office" where the office asks by its own rule'),
            )
        if duty.basis == "office" and duty.clause:
            yield Clash(
                found.way(duty, "clause"),
                _("a duty by the office's own rule has no clause of the plan"),
                _('{key} left out, or basis = "plan"', key="clause"),
            )


def days(found: AsRead) -> Iterator[Clash]:
    """Yield where the last day does not lie between the first one and the one that locks."""
    for duty in found.plan.duties:
        if duty.before is not None and duty.until is not None:
            yield Clash(
                found.way(duty, "until"),
                _("both before and until say which day is the last one"),
                _("one of {words}", words="before, until"),
            )
        opens, last, locks = duty.opening(_ANY_YEAR), duty.last_day(_ANY_YEAR), duty.locking(_ANY_YEAR)
        if opens > (last or locks):
            yield Clash(
                found.way(duty, "opens"),
                _("it would open after its last day, {day}", day=f"{last or locks:%d/%m}"),
                _("a day up to {day}", day=f"{last or locks:%d/%m}"),
            )
        if last is not None and last > locks:
            yield Clash(
                found.way(duty, "locks"),
                _("it would be locked before its last day, {day}", day=f"{last:%d/%m}"),
                _("a day from {day} on", day=f"{last:%d/%m}"),
            )


def ladders(found: AsRead) -> Iterator[Clash]:
    """Yield duties that climb no ladder of the plan, and rungs that stand twice in one."""
    known = found.codes("ladders")
    for duty in found.plan.duties:
        if duty.ladder not in known and isinstance(found.data.get("ladders"), list):
            yield not_among(
                found.way(duty, "ladder"), _("there is no ladder «{code}»", code=duty.ladder), duty.ladder, known
            )
    for ladder in found.plan.ladders:
        seen = set[str]()
        for n, rung in enumerate(ladder.rungs):
            if rung.opens and rung.workdays:
                yield Clash(
                    found.way(ladder, "rungs", n),
                    _("a rung at the opening has no working days"),
                    _("one of {words}", words="opens, workdays"),
                )
            if rung.code in seen:
                yield Clash(
                    found.way(ladder, "rungs", n),
                    _("this rung stands twice: {rung}", rung=rung.code),
                    _("each day once"),
                )
            seen.add(rung.code)


def hours(found: AsRead) -> Iterator[Clash]:
    """Yield what has no hour in the windows; the office hears its own duties and its lists in one message."""
    speaking, spoken = found.plan.speaking, list[tuple[Path, time]]()
    before = time.min
    for n, (first, last) in enumerate(speaking.windows):
        if not before <= first < last:
            yield Clash(
                ("speaking", "windows", n),
                _("the hours {first} to {last} do not follow", first=f"{first:%H:%M}", last=f"{last:%H:%M}"),
                _("from an earlier to a later hour, one window after the other"),
            )
        before = last
    windows = ", ".join(f"{first:%H:%M}-{last:%H:%M}" for first, last in speaking.windows)
    spoken += [(found.way(ladder, "at"), ladder.at) for ladder in found.plan.ladders]
    spoken += [(("speaking", name), getattr(speaking, name)) for name in ("digest_at", "last_list_at", "list_at")]
    latest = max((ladder.at for ladder in found.plan.ladders), default=time.min)
    for way, at in spoken:
        if not any(first <= at <= last for first, last in speaking.windows):
            yield Clash(
                way,
                _("{at} lies in none of the hours of speaking", at=f"{at:%H:%M}"),
                _("an hour in {windows}", windows=windows),
            )
        elif way[0] == "speaking" and at < latest:
            yield Clash(
                way,
                _("{at} comes before the hour of a ladder, {latest}", at=f"{at:%H:%M}", latest=f"{latest:%H:%M}"),
                _("an hour not before {latest}", latest=f"{latest:%H:%M}"),
            )


def commands(found: AsRead, known: Collection[str]) -> Iterator[Clash]:
    """Yield duties that no command of the assistant opens."""
    for duty in found.plan.duties:
        name = duty.command.partition(" ")[0]
        if name not in known:
            yield not_among(
                found.way(duty, "command"),
                _("the assistant has no command «/{command}»", command=name),
                name,
                sorted(known),
            )
