"""Whether the duties of a plan can be owed, opened and reminded of; whether the hours of speaking fit. Pure."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, time

from bot.language import _
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.duties import Duty
from bot.movement.plan.places import Path
from bot.movement.plan.problems import Clash
from bot.movement.plan.targets import Measure
from bot.movement.plan.ways import SHORT, TAKEN, WAYS, How

_ANY_YEAR = 2027
NEEDED: Mapping[How, str] = {"results": "/baocao"}
"""Ways in which every plan has a duty done, with the command that cannot do without it."""


def needed(found: AsRead) -> Iterator[Clash]:
    """Find ways in which nothing is done, and which something else in the plan needs."""
    if not isinstance(found.data.get("duties"), list):
        return
    there, plan = {how for _n, how in found.written("duties", "how")}, found.plan
    for how, command in NEEDED.items():
        if how not in there:
            yield Clash(
                ("duties",),
                _('there is no duty with how = "{how}", which {command} needs', how=how, command=command),
                _('an entry [[duties]] with how = "{how}"', how=how),
            )
    if "plan" not in there:
        for target in plan.targets:
            if target.measure is Measure.UNITS_WITH_PLAN:
                yield Clash(
                    found.way(target, "measure"),
                    _("no duty makes units send a plan, so there is nothing to count"),
                    _('an entry [[duties]] with how = "{how}"', how="plan"),
                )
    if plan.union_sections and "narrative" not in there:
        yield Clash(
            ("union_sections",),
            _('unions are invited to write, and there is no duty with how = "{how}"', how="narrative"),
            _('an entry [[duties]] with how = "{how}"', how="narrative"),
        )


def ways(found: AsRead) -> Iterator[Clash]:
    """Yield duties that cannot be done in their way: by those who owe them, as often, by this command."""
    before, short = set[str](), False
    for duty in found.plan.duties:
        if duty.way.once and duty.how in before:
            yield Clash(
                found.way(duty, "how"),
                _('a duty before this one has how = "{how}", and what is done so is kept once a year', how=duty.how),
                _("one of {words}", words='how = "paper"'),
            )
        before.add(duty.how)
        if duty.by not in duty.way.by:
            yield Clash(
                found.way(duty, "by"),
                _("duty «{code}» cannot be owed by «{by}»", code=duty.code, by=duty.by),
                _("one of {words}", words=", ".join(f'by = "{by}"' for by in duty.way.by)),
            )
        may_be = [WAYS[duty.how].command if duty.way.once else f"{duty.way.command} {duty.code}"]
        if duty.how == "paper" and duty.by == "office" and not duty.parts and not short:
            may_be.append(SHORT)
        if duty.command and (duty.command not in may_be or (duty.parts and not duty.way.once)):
            may_be = [] if duty.parts else may_be
            yield Clash(
                found.way(duty, "command"),
                _("this command does not open duty «{code}»", code=duty.code),
                _("one of {words}", words=", ".join(f'command = "{each}"' for each in may_be))
                if may_be
                else _("{key} left out", key="command"),
                word=may_be[0] if may_be else "",
            )
        short = short or duty.command == SHORT
        if duty.code.isdecimal() or (duty.code.casefold() in TAKEN and duty.code != duty.word):
            yield Clash(
                found.way(duty, "code"),
                _("«{code}» means something else in commands", code=duty.code),
                _("a code of its own"),
            )
        yield from _sheets(found, duty)
        yield from _supplement(found, duty)
        if duty.by == "union" and not found.plan.union_sections and "union_sections" not in found.unread:
            yield Clash(found.way(duty, "by"), _("unions have nothing to write"), _("entries [[union_sections]]"))


def _sheets(found: AsRead, duty: Duty) -> Iterator[Clash]:
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
    for key in ("before", "until", "opens") if not duty.yearly else ():
        if key in duty.model_fields_set:
            yield Clash(
                found.way(duty, key),
                _("a sheet has its working days, no date of the year"),
                _("{key} left out", key=key),
            )


def _supplement(found: AsRead, duty: Duty) -> Iterator[Clash]:
    """Yield what a supplement lacks, and what of one stands at another duty."""
    if not duty.way.after:
        if duty.figures is not None:
            yield Clash(
                found.way(duty, "figures"),
                _("only a supplement says on which day its figures end"),
                _("{key} left out", key="figures"),
            )
        return
    cutoff = (1, 1) if "cutoff" in found.unread else found.plan.cutoff
    if duty.figures is None or duty.figures <= cutoff:
        yield Clash(
            found.way(duty, "figures"),
            _("a supplement has figures as of a day after the cut-off"),
            _("a day after {day}", day=f"{date(_ANY_YEAR, *cutoff):%d/%m}"),
        )
    for key in ("before", "until"):
        if getattr(duty, key) is not None:
            yield Clash(
                found.way(duty, key),
                _("the office gives the date of a supplement when it asks for it"),
                _("{key} left out", key=key),
            )


def owing(found: AsRead) -> Iterator[Clash]:
    """Yield kinds of unit that are none, or of which none can owe it."""
    known = [kind.code for kind in found.plan.unit_kinds if not kind.union]
    for duty in found.plan.duties:
        if duty.of and (duty.by != "unit" or not duty.way.some):
            yield Clash(
                found.way(duty, "of"),
                _('how = "{how}" by «{by}» is not owed by some kinds of unit only', how=duty.how, by=duty.by),
                _("{key} left out", key="of"),
            )
            continue
        for n, kind in enumerate(duty.of):
            if kind not in known and "unit_kinds" not in found.unread:
                yield not_among(
                    found.way(duty, "of", n), _("there is no kind of unit «{code}»", code=kind), kind, known
                )


def codes(found: AsRead) -> Iterator[Clash]:
    """Yield duties whose code is that of a part of another, or differs from it in capital letters only."""
    owners: dict[str, str] = {}
    for duty in found.plan.duties:
        mine = {each.code for each in (duty, *duty.in_parts())}
        for code in sorted(mine):
            owner = owners.setdefault(code.casefold(), duty.code)
            if owner != duty.code:
                yield Clash(
                    found.way(duty, "code"),
                    _("«{code}» is how duty «{other}» is called in commands", code=code, other=owner),
                    _("a code of its own"),
                )


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
        if duty.parts:
            continue
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
        name = duty.opened_by.partition(" ")[0]
        if name not in known:
            yield not_among(
                found.way(duty, "command"),
                _("the assistant has no command «/{command}»", command=name),
                name,
                sorted(known),
            )
