"""Whether the parts of a plan agree with each other, and whether the machine can run what they say. Pure."""

from collections.abc import Callable, Collection, Iterator

from bot.language import _, fold
from bot.movement.plan import (
    abbreviations,
    awards_agree,
    duties_agree,
    kinds_agree,
    papers_agree,
    phrases,
    reviews_agree,
    roles_agree,
    sections_agree,
    targets_agree,
    times_agree,
    units_agree,
)
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.places import Path
from bot.movement.plan.problems import Clash

CODED = (
    "unit_kinds",
    "areas",
    "kinds",
    "levels",
    "targets",
    "figures",
    "topics",
    "pages",
    "sections",
    "union_sections",
    "review_sections",
    "duties",
    "ladders",
)
CHOSEN = {"areas": "short", "kinds": "short", "levels": "name", "topics": "name"}
"""By what name people choose among the entries of a list."""
REPORTED = ("areas", "sections", "targets", "figures")
"""What is asked for in one report, and so needs codes of its own."""
REVIEWED = ("areas", "review_sections")
"""What is asked for in one review, and so needs codes of its own too."""
TAKEN = ("BC", "KH", "TB", "KT", "GS", "LH", "GD", "TH", "VM", "YC", "GN")
"""What codes of reports, of units' plans, of announcements, of awards, of inspections, of classes, of reviews, of the
office's reports, of difficulties, of requests and of notes begin with."""


def clashes(found: AsRead, commands: Collection[str] | None) -> Iterator[Clash]:
    """Look at all that could be read together; a check whose subject could not be read is left out."""
    for needs, check in _CHECKS:
        if not found.unread & frozenset(needs):
            yield from check(found)
    if commands is not None:
        yield from duties_agree.commands(found, commands)
        yield from phrases.clashes(found, commands)


def _codes(found: AsRead) -> Iterator[Clash]:
    for names in (REPORTED, REVIEWED, *((name,) for name in CODED if name not in REPORTED)):
        seen = set[str]()
        for name in names:
            for n, code in found.written(name):
                if code in seen:
                    yield Clash(
                        (name, n, "code"),
                        _("the code «{code}» stands in an entry before this one", code=code),
                        _("a code of its own"),
                    )
                seen.add(code)


def _names(found: AsRead) -> Iterator[Clash]:
    """Yield where what is chosen by its name on a button has none of its own."""
    for name, key in CHOSEN.items():
        seen = set[str]()
        for n, said in found.written(name, key):
            if fold(said) in seen:
                yield Clash(
                    (name, n, key),
                    _("«{name}» stands in an entry before this one, and people choose by it", name=said),
                    _("a name of its own"),
                )
            seen.add(fold(said))


def _prefixes(found: AsRead) -> Iterator[Clash]:
    seen = set(TAKEN)
    for n, prefix in found.written("kinds", "prefix"):
        if prefix in seen:
            yield Clash(
                ("kinds", n, "prefix"),
                _("other codes begin with «{prefix}» already", prefix=prefix),
                _("two letters that no other kind has, nor {taken}", taken=", ".join(TAKEN)),
            )
        seen.add(prefix)


def _years(found: AsRead) -> Iterator[Clash]:
    plan = found.plan
    if plan.last_year < plan.first_year:
        yield Clash(
            ("last_year",),
            _("the movement ends before it begins, in {first}", first=plan.first_year),
            _("a year not before {first}", first=plan.first_year),
        )


def _clauses(found: AsRead) -> Iterator[Clash]:
    """Yield whatever names a clause that is none of the plan's, where those stand in the file."""
    if not found.plan.clauses:
        return
    known = [*found.plan.clauses, *found.codes("areas")]
    named: list[tuple[Path, object]] = [(("clause_of_reporting",), found.data.get("clause_of_reporting"))]
    named += [(found.way(duty, "clause"), duty.clause) for duty in found.plan.duties if duty.clause]
    named += [
        (found.way(each, "clause"), each.clause) for each in (*found.plan.targets, *found.plan.figures) if each.clause
    ]
    for way, clause in named:
        if isinstance(clause, str) and clause not in known:
            yield not_among(way, _("the plan has no clause «{code}»", code=clause), clause, known)


def _keeping(found: AsRead) -> Iterator[Clash]:
    keeping = found.plan.keeping
    if keeping.nudge >= keeping.drafts:
        yield Clash(
            ("keeping", "nudge"),
            _("a sheet would be put away before anybody is reminded of it"),
            _("fewer days than drafts, which are {days}", days=keeping.drafts),
        )


_CHECKS: tuple[tuple[tuple[str, ...], Callable[[AsRead], Iterator[Clash]]], ...] = (
    ((), _codes),
    ((), _names),
    ((), _prefixes),
    ((), kinds_agree.words),
    ((), kinds_agree.fields),
    ((), kinds_agree.of_plans),
    (("first_year", "last_year"), _years),
    (("clauses",), _clauses),
    (("abbreviations",), abbreviations.clashes),
    (("keeping",), _keeping),
    ((), units_agree.words),
    (("roles",), roles_agree.words),
    ((), sections_agree.pages),
    ((), sections_agree.areas),
    (("union_sections",), units_agree.sides),
    (("first_year", "last_year"), targets_agree.targets),
    ((), targets_agree.areas),
    (("topics",), targets_agree.fed),
    (("topics",), targets_agree.topics),
    ((), targets_agree.amounts),
    (("kinds", "levels"), targets_agree.counted),
    (("kinds", "levels"), targets_agree.measures),
    ((), targets_agree.radar),
    (("cutoff",), targets_agree.cutoff),
    ((), duties_agree.needed),
    ((), duties_agree.ways),
    ((), duties_agree.owing),
    ((), duties_agree.codes),
    ((), times_agree.often),
    (("awards",), reviews_agree.reviews),
    (("sections",), reviews_agree.sections),
    ((), duties_agree.bases),
    ((), duties_agree.days),
    ((), duties_agree.ladders),
    (("papers",), papers_agree.outline),
    (("papers",), papers_agree.signers),
    (("papers",), papers_agree.each),
    (("speaking",), duties_agree.hours),
    (("awards",), awards_agree.awards),
    (("awards", "first_year", "last_year"), awards_agree.years),
)
"""What each check looks at beside the entries of lists, which are there as far as they are right."""
