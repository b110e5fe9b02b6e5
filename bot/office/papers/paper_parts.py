"""The body of the office's report, part by part as the plan's outline names them: the units' own words, nothing invented. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language import Count, First, Joined, Part, Text, _, fold
from bot.movement import Area, Target
from bot.office.awards import award_summary
from bot.office.duties.unions import said as told_of
from bot.office.papers import figure_words, paper_gaps
from bot.office.papers.paper_facts import PaperPeriod, PaperYear
from bot.office.report import raised_words, target_words
from storage.results import Narrative


@dataclass(frozen=True)
class PaperEntry:
    """A sentence of one unit, or of the office: what is compared when the paper is made anew."""

    key: str
    who: Part
    text: Part


@dataclass(frozen=True)
class PaperBlock:
    """A paragraph of the body: a heading below that of its part, a text, or a gap, which is highlighted."""

    kind: str
    text: Part
    entries: Sequence[PaperEntry] = ()


def one_line(text: str) -> str:
    """Return what somebody wrote as one sentence, without the full stop at its end."""
    return "; ".join(line.strip().rstrip(".;") for line in text.strip().splitlines() if line.strip())


def alike(told: Iterable[Narrative]) -> list[tuple[list[str], str]]:
    """Return what units say, alike ones together under the first one's words; what says nothing is left out."""
    found: dict[str, tuple[list[str], str]] = {}
    for each in told:
        text = one_line(each.text)
        if each.mark or not text:
            continue
        units, _words = found.setdefault(fold(text).strip(" .,;"), ([], text))
        units.append(each.unit)
    return list(found.values())


def told(year: PaperYear, code: str, of_many: bool) -> Iterator[PaperBlock]:
    """Yield what the units say of a section or an area; `of_many` names the year too."""
    said = alike(year.told.get(code, ()))
    for units, text in said:
        names: Part = _("{units}", units=Joined([year.unit(unit) for unit in units]))
        if len(units) > 1 and len(units) == len(year.summary.results):
            names = _("all {n} units", n=Count(len(units)))
        if year.unit_alone:
            yield from _alone(year, code, of_many)
            continue
        entries = [PaperEntry(f"{code}:{year.year}:{unit}", year.unit(unit), text) for unit in units]
        line = _("- {units}: {text}.", units=First(names), text=text)
        if of_many:
            line = _("- {year}, {units}: {text}.", year=year.year, units=names, text=text)
        yield PaperBlock("text", line, entries)
    if waiting := paper_gaps.silent(year):
        yield PaperBlock("gap", _("[Not yet from: {units}]", units=paper_gaps.units(year, waiting)))
    elif not said and not of_many:
        yield PaperBlock("text", _("Nothing to report."))


def _alone(year: PaperYear, code: str, of_many: bool) -> Iterator[PaperBlock]:
    """Yield what the one unit says of a section, line by line as it has written it."""
    for text in (
        line.strip().lstrip("-–•").strip().rstrip(".;") for each in year.told[code] for line in each.text.splitlines()
    ):
        if text:
            alone = _("- {line}.", line=text) if not of_many else _("- {year}: {text}.", year=year.year, text=text)
            yield PaperBlock("text", alone, [PaperEntry(f"{code}:{year.year}", "", text)])


def areas(period: PaperPeriod) -> Iterator[PaperBlock]:
    """Yield the areas of the plan, each with its registered items, its figures and what the units say."""
    for area in period.plan.areas:
        yield PaperBlock("heading", area.name)
        for year in period.years:
            yield from _registered(year, area, len(period.years) > 1)
            yield from told(year, area.code, len(period.years) > 1)


def _registered(year: PaperYear, area: Area, of_many: bool) -> Iterator[PaperBlock]:
    """Yield how many items an area has, and its own figures."""
    rows = [row for row in year.summary.tally if row.stands and row.area == area.code]
    if rows:
        about = {"n": Count(sum(row.n for row in rows)), "done": Count(sum(row.n for row in rows if row.recognised))}
        text: Text = _("Registered: {n} items, of which {done} recognised (Annex II).", **about)
        if not about["done"].n:
            text = _("Registered: {n} items, none recognised yet (Annex II).", n=about["n"])
        if year.unit_alone:
            text = _("Registered: {n} items, of which {done} recognised (see the annex).", **about)
            if not about["done"].n:
                text = _("Registered: {n} items (see the annex).", n=about["n"])
        if of_many:
            text = _("{year}: registered {n} items, of which {done} recognised.", year=year.year, **about)
        yield PaperBlock("text", text, [PaperEntry(f"{area.code}:{year.year}:items", area.short, text)])
    for target in (each for each in year.plan.figures if each.area == area.code and year.unit_alone):
        yield from of_unit(year, target, of_many)
    for each in year.summary.progress:
        if each.target.area == area.code:
            value = target_words.short(each)
            line = _("{name}: {value}.", name=each.target.name, value=value)
            if of_many:
                line = _("{year}, {name}: {value}.", year=year.year, name=each.target.name, value=value)
            yield PaperBlock("text", line, [PaperEntry(f"{each.target.code}:{year.year}", each.target.short, value)])


def of_unit(year: PaperYear, target: Target, of_many: bool) -> Iterator[PaperBlock]:
    """Yield what the unit whose report it is has given for a target."""
    for figure in (each for each in year.figures if each.target == target.code):
        value = figure_words.said(target, figure)
        line = _("{name}: {value}.", name=target.name, value=value)
        if of_many:
            line = _("{year}, {name}: {value}.", year=year.year, name=target.name, value=value)
        yield PaperBlock("text", line, [PaperEntry(f"{target.code}:{year.year}", target.short, value)])


def items(period: PaperPeriod) -> Iterator[PaperBlock]:
    """Yield what was recognised, then what has brought about something without a decision: models and good ways."""
    found = False
    for year in period.years:
        done = {item.id for _by, item in year.decided}
        for by, item in year.decided:
            found = True
            text = _(
                "{unit}: «{title}», recognised on the level {level} by decision {decision} of {day}",
                unit=item.unit_name,
                title=item.title,
                level=next((level.name for level in year.plan.levels if level.code == by.level), by.level),
                decision=by.decision,
                day=by.day,
            )
            yield PaperBlock(
                "text", _("- {line}.", line=text), [PaperEntry(f"done:{item.code}:{by.level}", item.code, text)]
            )
        for item in year.items:
            if item.id in year.outcomes and item.id not in done:
                found = True
                result = one_line(year.outcomes[item.id])
                text = _("{unit}: «{title}»; {result}", unit=item.unit_name, title=item.title, result=result)
                yield PaperBlock("text", _("- {line}.", line=text), [PaperEntry(f"way:{item.code}", item.code, text)])
    if not found:
        yield PaperBlock("text", _("Nothing has been recognised yet."))


def raised(period: PaperPeriod) -> Iterator[PaperBlock]:
    """Yield the difficulties that have reached the office, each with what came of it."""
    for year in period.years:
        zone = year.summary.now.tzinfo
        for each in year.summary.raised:
            outcome = raised_words.came_of(each, year.summary.answers.get(each.id), zone)
            unit = year.unit(each.unit)
            text = _("{text}; {outcome}", text=one_line(each.text), outcome=outcome)
            line = _("- {unit} ({code}): {text}.", unit=unit, code=each.code, text=text)
            yield PaperBlock("text", line, [PaperEntry(f"raised:{each.code}", unit, text)])


def inspections(period: PaperPeriod) -> Iterator[PaperBlock]:
    """Yield what inspections have found, and how far it is put right."""
    for year in period.years:
        zone = year.summary.now.tzinfo
        for each in year.summary.inspected:
            how, unit = raised_words.put_right(each, zone), year.unit(each.unit)
            line = _("- {unit}, inspection of {day}: {how}.", unit=unit, day=each.day, how=how)
            yield PaperBlock("text", line, [PaperEntry(f"inspection:{each.code}", unit, how)])


def awards(period: PaperPeriod) -> Iterator[PaperBlock]:
    """Yield how many were proposed and awarded; names stand in the annex."""
    for year in period.years:
        lines = award_summary.lines(year.summary.awards)
        if lines and len(period.years) > 1:
            yield PaperBlock("text", _("{year}:", year=year.year))
        for n, line in enumerate(lines):
            yield PaperBlock("text", line, [PaperEntry(f"award:{year.year}:{n}", "", line)])


def unions(period: PaperPeriod) -> Iterator[PaperBlock]:
    """Yield what the unions tell; they are invited, so that none is missing."""
    for year in period.years:
        for unit, account in year.summary.unions:
            if account is not None:
                text = _("{texts}", texts=Joined(told_of(year.plan, account), "; "))
                line = _("- {unit}: {text}.", unit=unit.name, text=text)
                yield PaperBlock("text", line, [PaperEntry(f"union:{year.year}:{unit.code}", unit.name, text)])


def reviews(period: PaperPeriod) -> Iterator[PaperBlock]:
    """Yield what the units' newest review of the period says, part by part."""
    review = None if period.several is None else period.several.review
    for section in () if review is None else review.sections:
        yield PaperBlock("subheading", section.name)
        for each in () if review is None else review.sent:
            text = each.answers.get(section.code)
            if isinstance(text, str) and text.strip():
                line = _("- {units}: {text}.", units=each.unit_name, text=one_line(text))
                yield PaperBlock("text", line, [PaperEntry(f"review:{section.code}:{each.unit}", each.unit_name, text)])


def section(period: PaperPeriod, code: str) -> Iterator[PaperBlock]:
    """Yield what the units say under a section of their reports."""
    blocks = [block for year in period.years for block in told(year, code, len(period.years) > 1)]
    yield from blocks or [PaperBlock("text", _("Nothing to report."))]


PARTS: Mapping[str, tuple[Text, Callable[[PaperPeriod], Iterator[PaperBlock]]]] = {
    "items": (_("New models, good ways, initiatives"), items),
    "raised": (_("Difficulties raised in the year, and what came of them"), raised),
    "inspections": (_("What inspections have found"), inspections),
    "awards": (_("Awards"), awards),
    "unions": (_("Unions and the Youth Union"), unions),
    "reviews": (_("What the units' reviews say"), reviews),
}
"""The assistant's own parts, each with its heading; one without a word is left out."""
