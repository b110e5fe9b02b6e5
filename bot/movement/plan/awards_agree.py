"""Whether awards can be proposed and counted as the plan says: occasions with days, forms for them, quotas of both. Pure."""

from collections.abc import Iterator

from bot.language import Text, _, fold
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.places import Path
from bot.movement.plan.problems import Clash

LISTS = ("kinds", "forms", "quotas")
"""Lists of the table, each with codes of its own."""


def awards(found: AsRead) -> Iterator[Clash]:
    """Look at all that the table says."""
    given = found.data.get("awards")
    if not isinstance(given, dict):
        return
    yield from _codes(found)
    yield from _names(found)
    yield from _days(found)
    yield from _forms(found)
    yield from _quotas(found)


def _way(name: str, n: int, key: str) -> Path:
    return ("awards", name, n, key)


def _codes(found: AsRead) -> Iterator[Clash]:
    for name in LISTS:
        seen = set[str]()
        for n, piece in enumerate(getattr(found.plan.awards, name)):
            if piece.code in seen:
                said = _("the code «{code}» stands in an entry before this one", code=piece.code)
                yield Clash(_way(name, n, "code"), said, _("a code of its own"))
            seen.add(piece.code)


def _names(found: AsRead) -> Iterator[Clash]:
    """Yield where what is chosen by its name on a button has none of its own."""
    for name in ("kinds", "forms"):
        seen = set[str]()
        for n, piece in enumerate(getattr(found.plan.awards, name)):
            if fold(piece.name) in seen:
                said = _("«{name}» stands in an entry before this one, and people choose by it", name=piece.name)
                yield Clash(_way(name, n, "name"), said, _("a name of its own"))
            seen.add(fold(piece.name))


def _days(found: AsRead) -> Iterator[Clash]:
    for n, kind in enumerate(found.plan.awards.kinds):
        if (kind.opens is None) != (kind.until is None):
            here, other = ("opens", "until") if kind.opens is not None else ("until", "opens")
            yield Clash(_way("kinds", n, here), _("it needs {other} as well", other=other), _("both days, or neither"))
        elif kind.opens is not None and kind.until is not None and kind.until < kind.opens:
            yield Clash(_way("kinds", n, "until"), _("it ends before it opens"), _("a day not before opens"))


def years(found: AsRead) -> Iterator[Clash]:
    """Yield years of an occasion that are none of the movement."""
    plan = found.plan
    for n, kind in enumerate(plan.awards.kinds):
        outside = [year for year in kind.years if not plan.first_year <= year <= plan.last_year]
        if outside:
            yield Clash(
                _way("kinds", n, "years"),
                _("{year} is not a year of the movement", year=outside[0]),
                _("years from {first} to {last}", first=plan.first_year, last=plan.last_year),
            )


def _forms(found: AsRead) -> Iterator[Clash]:
    awards = found.plan.awards
    known = [kind.code for kind in awards.kinds]
    for n, form in enumerate(awards.forms):
        for code in form.kinds:
            if code not in known:
                yield not_among(_way("forms", n, "kinds"), _none(code), code, known)
    for n, kind in enumerate(awards.kinds):
        if not any(not form.kinds or kind.code in form.kinds for form in awards.forms):
            yield Clash(
                _way("kinds", n, "code"),
                _("no form of award is for «{kind}»", kind=kind.code),
                _("a form of awards.forms without kinds, or with this one"),
            )


def _none(code: str) -> Text:
    return _("the plan has no occasion of awards «{code}»", code=code)


def _quotas(found: AsRead) -> Iterator[Clash]:
    awards = found.plan.awards
    kinds, forms = [kind.code for kind in awards.kinds], [form.code for form in awards.forms]
    for n, quota in enumerate(awards.quotas):
        if quota.kind not in kinds:
            yield not_among(_way("quotas", n, "kind"), _none(quota.kind), quota.kind, kinds)
        for code in quota.forms:
            if code not in forms:
                said = _("the plan has no form of award «{code}»", code=code)
                yield not_among(_way("quotas", n, "forms"), said, code, forms)
        if (quota.share is None) == (quota.most is None):
            yield Clash(
                _way("quotas", n, "code"), _("it says neither share nor most, or both"), _("one of share and most")
            )
