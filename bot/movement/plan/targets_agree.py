"""Whether targets and figures of a plan can be measured, each by itself and beside the others. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from bot.language import Units, _, fold, read_amount
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.problems import Clash
from bot.movement.plan.targets import AMOUNTS, ASKED, Measure, OverYears, Target

_ANY_YEAR = 2027

GOES: Mapping[str, tuple[Measure, ...]] = {
    "counted": (Measure.COUNT, Measure.PEOPLE),
    "asked_of": AMOUNTS,
    "numerator": (Measure.SHARE,),
    "denominator": (Measure.SHARE,),
    "of_roster": (Measure.SHARE,),
    "fed_by": (Measure.SHARE,),
    "stays": (Measure.SHARE,),
    "question": AMOUNTS,
    "thing": AMOUNTS,
    "unit": ASKED,
    "units": AMOUNTS,
    "beside": AMOUNTS,
    "example": ASKED,
    "example_before": AMOUNTS,
    "why_more": ASKED,
    "why_less": ASKED,
    "command": AMOUNTS,
    "as_of": (Measure.SHARE, Measure.SUM),
    "may_not_apply": ASKED,
    "by_year": (Measure.UNITS_WITH_PLAN, Measure.SHARE, Measure.PEOPLE, Measure.REDUCTION),
}
"""With which measures a key says something; with any other it is left out. What is added up begins anew each year."""
SAYS: Mapping[Measure, tuple[str, ...]] = {
    Measure.SHARE: ("numerator", "denominator"),
    Measure.SUM: ("question", "unit", "example"),
    Measure.REDUCTION: ("question", "unit", "example"),
    Measure.COUNT: ("counted",),
    Measure.PEOPLE: ("counted",),
}
"""Which keys a measure cannot do without."""
PERCENT = tuple(measure for measure in Measure if measure not in (Measure.COUNT, Measure.SUM))
"""Measures whose goal is a percentage."""


def targets(found: AsRead) -> Iterator[Clash]:
    """Look at each by itself."""
    plan = found.plan
    for each in plan.asked_about:
        yield from _by_its_measure(found, each)
        yield from _goal(found, each)
        yield from _over_years(found, each)
        if each.by_year is not None and not plan.first_year <= each.by_year <= max(plan.first_year, plan.last_year):
            yield Clash(
                found.way(each, "by_year"),
                _("{year} is not a year of the movement", year=each.by_year),
                _("a year from {first} to {last}", first=plan.first_year, last=plan.last_year),
            )


def _goal(found: AsRead, each: Target) -> Iterator[Clash]:
    if each.measure in PERCENT and each.goal > 100:
        yield Clash(
            found.way(each, "goal"), _("«{goal}» is more than 100%", goal=each.goal), _("percent, from 1 to 100")
        )
    if each.measure is Measure.COUNT and each.goal != each.goal.to_integral_value():
        yield Clash(found.way(each, "goal"), _("«{goal}» is no number of sheets", goal=each.goal), _("a whole number"))


def _by_its_measure(found: AsRead, each: Target) -> Iterator[Clash]:
    measure = each.measure.value
    for key, measures_of in GOES.items():
        if each.measure not in measures_of and getattr(each, key) != _default(key):
            yield Clash(
                found.way(each, key),
                _('this does not go with measure = "{measure}"', measure=measure),
                _("{key} left out", key=key),
            )
    for key in SAYS.get(each.measure, ()):
        if not getattr(each, key):
            yield Clash(
                found.way(each, key),
                _('measure = "{measure}" cannot be asked for without {key}', measure=measure, key=key),
                _("which sheets are counted") if key == "counted" else _("text in quotes"),
            )
    if each.of_office and each.may_not_apply:
        yield Clash(
            found.way(each, "may_not_apply"),
            _("the office alone gives this figure, so it concerns it"),
            _("{key} left out", key="may_not_apply"),
        )


def _default(key: str) -> object:
    return Target.model_fields[key].get_default(call_default_factory=True)


def amounts(found: AsRead) -> Iterator[Clash]:
    """Yield what could not be asked or read as an amount: a question that ends, an example that is none, a unit twice."""
    for each in (target for target in found.plan.asked_about if target.amount):
        if each.question.rstrip().endswith("?"):
            yield Clash(
                found.way(each, "question"),
                _("the question mark is put behind it, with the units"),
                _("text without a question mark"),
            )
        for key in ("example", "example_before"):
            said = getattr(each, key)
            if said and not isinstance(read_amount(said, Units("")), Decimal):
                yield Clash(
                    found.way(each, key), _("«{said}» cannot be read as a number", said=said), _("a number in quotes")
                )
        seen = {fold(each.unit)}
        for name in each.units:
            if not fold(name) or fold(name) in seen:
                yield Clash(
                    found.way(each, "units", name),
                    _("the unit of measure «{name}» stands there already", name=name),
                    _("another unit of measure"),
                )
            seen.add(fold(name))


def counted(found: AsRead) -> Iterator[Clash]:
    """Yield what counts sheets that cannot be: of no kind, of no level, recognised where nothing can be."""
    plan, levels = found.plan, found.codes("levels")
    known = found.codes("kinds")
    nobodys = {kind.code for kind in plan.kinds if kind.authors == "unit"}
    for each in (target for target in plan.asked_about if target.counted is not None):
        by = each.counted
        assert by is not None
        way = found.way(each, "counted")
        for n, code in enumerate(by.kinds):
            if code not in known:
                yield not_among((*way, "kinds", n), _("there is no kind «{code}»", code=code), code, known)
            elif by.what == "recognised" and any(kind.code == code and not kind.recognised for kind in plan.kinds):
                yield Clash(
                    (*way, "kinds", n),
                    _("no decision recognises sheets of the kind «{code}»", code=code),
                    _("a kind that may be recognised"),
                )
            elif each.measure is Measure.PEOPLE and code in nobodys:
                yield Clash(
                    (*way, "kinds", n),
                    _("sheets of the kind «{code}» name nobody: they are the whole unit's", code=code),
                    _("a kind whose sheets have authors or somebody in charge"),
                )
        may = {kind.code for kind in plan.kinds if kind.recognised or by.what != "recognised"}
        if each.measure is Measure.PEOPLE and not by.kinds and may and may <= nobodys:
            yield Clash(
                way,
                _("no kind that it counts names anybody, so that nobody would be counted"),
                _("a kind whose sheets have authors or somebody in charge"),
            )
        if by.level and by.what != "recognised":
            yield Clash((*way, "level"), _("only what is recognised has a level"), _("{key} left out", key="level"))
        elif by.level and by.level not in levels:
            yield not_among((*way, "level"), _("there is no level «{code}»", code=by.level), by.level, levels)


def fed(found: AsRead) -> Iterator[Clash]:
    """Yield what no list of people can fill in: a share of something else than the roster, topics there are not."""
    known = found.codes("topics")
    for each in (target for target in found.plan.asked_about if target.fed_by is not None):
        by, way = each.fed_by, found.way(each, "fed_by")
        assert by is not None
        if each.measure is Measure.SHARE and not each.of_roster:
            yield Clash(way, _("a list of people fills in a share of the roster alone"), _("of_roster = true"))
        if by.what == "skills" and by.topics:
            yield Clash((*way, "topics"), _("only classes have topics"), _("{key} left out", key="topics"))
            continue
        for n, code in enumerate(by.topics):
            if code not in known:
                yield not_among((*way, "topics", n), _("there is no topic «{code}»", code=code), code, known)
        if by.what == "classes" and not known:
            yield Clash(way, _("the plan has no topics of classes"), _("entries of [[topics]]"))


def topics(found: AsRead) -> Iterator[Clash]:
    """Yield topics whose classes no area tells of, because there is none such."""
    known = found.codes("areas")
    for topic in found.plan.topics:
        if topic.area and topic.area not in known:
            yield not_among(
                found.way(topic, "area"), _("there is no area «{code}»", code=topic.area), topic.area, known
            )


def areas(found: AsRead) -> Iterator[Clash]:
    """Yield figures that belong to no area or are no share, and targets that belong to one."""
    known = found.codes("areas")
    for figure in found.plan.figures:
        if figure.area not in known:
            yield not_among(
                found.way(figure, "area"), _("there is no area «{code}»", code=figure.area), figure.area, known
            )
        if figure.measure is not Measure.SHARE:
            yield Clash(
                found.way(figure, "measure"),
                _("a figure of an area is a share"),
                _("one of {words}", words='measure = "share"'),
            )
    for target in found.plan.targets:
        if target.area:
            yield Clash(
                found.way(target, "area"), _("a target has no area; figures have one"), _("{key} left out", key="area")
            )


def measures(found: AsRead) -> Iterator[Clash]:
    """Yield two targets that count the same thing: they would always show the same number."""
    first: dict[object, str] = {}
    for target in found.plan.asked_about:
        same = _same(found, target)
        if same in first:
            yield Clash(
                found.way(target, "measure"),
                _("this target would show the same number as target «{code}»", code=first[same]),
                _("a measure of its own, or one target less"),
            )
        first.setdefault(same, target.code)


def _same(found: AsRead, target: Target) -> object:
    """Return what two targets of one number have in common."""
    if target.counted is None:
        said = (target.numerator, target.denominator, target.question)
        return target.measure, *(" ".join(fold(each).split()) for each in said)
    by, kinds = target.counted, found.plan.kinds
    lowest = next(iter(found.codes("levels")), "")
    named = by.kinds or [kind.code for kind in kinds if kind.recognised or by.what != "recognised"]
    return target.measure, by.what, frozenset(named), by.what == "recognised" and (by.level or lowest)


def radar(found: AsRead) -> Iterator[Clash]:
    """Yield what is watched twice, or is no target whose units can do something about it."""
    known, seen = found.codes("targets", "figures"), set[str]()
    of = {each.code: each for each in found.plan.asked_about}
    for watch in found.plan.radar:
        way, target = found.way(watch, "target"), of.get(watch.target)
        if watch.target not in known:
            yield not_among(way, _("there is no target «{code}»", code=watch.target), watch.target, known)
        elif watch.target in seen:
            yield Clash(way, _("target «{code}» is watched already", code=watch.target), _("each target once"))
        elif target is not None and target.of_office:
            yield Clash(
                way,
                _("the office alone gives this figure, so no unit can be told"),
                _("a target that units are asked for"),
            )
        elif target is not None and target.measure is Measure.UNITS_WITH_PLAN:
            yield Clash(
                way,
                _("the ladder of its duty reminds of this target already"),
                _("a target that is asked for or counted"),
            )
        seen.add(watch.target)


def cutoff(found: AsRead) -> Iterator[Clash]:
    """Yield where figures end after the report is due, or their pace is looked at when it cannot change any more."""
    ends = date(_ANY_YEAR, *found.plan.cutoff)
    for duty in found.plan.duties:
        last = duty.last_day(_ANY_YEAR)
        if duty.how == "results" and last is not None and ends > last:
            yield Clash(
                ("cutoff",),
                _("figures would end after the last day of the report, {day}", day=f"{last:%d/%m}"),
                _("a day up to {day}", day=f"{last:%d/%m}"),
            )
    for watch in found.plan.radar:
        if watch.day(_ANY_YEAR) > ends:
            yield Clash(
                found.way(watch, "on"),
                _("the pace would be looked at after figures end, {day}", day=f"{ends:%d/%m}"),
                _("a day up to {day}", day=f"{ends:%d/%m}"),
            )


def _over_years(found: AsRead, target: Target) -> Iterator[Clash]:
    """Yield where years of percentages would be added up, and a goal of every year that is to be reached by one."""
    if target.over_years is OverYears.SUM and target.measure in PERCENT:
        yield Clash(
            found.way(target, "over_years"),
            _("percentages of several years are not added up"),
            _("each or last; sum with {measures} only", measures="count, sum"),
        )
    if target.over_years is OverYears.EACH and target.by_year is not None:
        yield Clash(
            found.way(target, "over_years"),
            _("the goal is to be reached by {year}, so it is none of every year", year=target.by_year),
            _("last, or no by_year"),
        )
