"""A share as it is answered: read with all that people write beside it, asked back where it is not certain, shown. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.dialogue import Answers, Choice, Reading, Scene, Unclear, Value, Wrong
from bot.language import Part, Percent, TypedShare, _, clean_line, fold, read_typed_share
from bot.movement import Target
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import MISSING, NA, as_before, capital, fits, percent

_TWO_NUMBERS = re.compile(r"(-?[0-9][0-9.,]*+)[^/0-9]*+/ ?(-?[0-9][0-9.,]*+)\D*+")


@dataclass(frozen=True)
class Share:
    """A numerator over a denominator, in whole numbers; or as last year, where that can be kept.

    `ReportFacts.people` is the denominator of what is a share of the roster, when only one number is given.
    """

    target: Target
    last: Callable[[Target, Scene], Any] = lambda target, scene: None
    """Last year's share, where it can be kept."""
    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read «17/18», «390/400, 97,5%», or «17», «tất cả» where the denominator is known; «như năm ngoái» is asked."""
        if as_before(text, alone=True):
            return self._as_last_year(scene, kept=fold(text).startswith(("giu", "keep")))
        found = read_typed_share(text)
        if found is None:
            two = _TWO_NUMBERS.fullmatch(fold(text))
            if two is not None:
                return Wrong(
                    _(
                        "{numerator} ({n}) and {denominator} ({d}) must be whole numbers, zero or more. For example: 17/18",
                        numerator=self.target.numerator,
                        n=two[1],
                        denominator=self.target.denominator,
                        d=two[2],
                    )
                )
            return Wrong(_("The assistant could not read these figures. Please write both numbers, for example: 17/18"))
        if strange := _strange(text, found.beside, self.target):
            return Wrong(
                _(
                    "The assistant does not know «{word}» here: {numerator} / {denominator} are asked. For example: 17/18",
                    word=strange,
                    numerator=self.target.numerator,
                    denominator=self.target.denominator,
                )
            )
        return self._whole(found, scene)

    def _whole(self, found: TypedShare, scene: Scene) -> Reading:
        """Return the two numbers of what was said; what had to be reckoned or contradicts itself is asked back."""
        n, d = found.part, found.whole
        people = ReportFacts.of(scene).people if self.target.of_roster else 0
        if n is not None and d is not None:
            if found.agrees:
                return Value({"n": n, "d": d})
            return self._meant({"n": n, "d": d}, scene)
        if found.every:
            d = people or n
            if d is not None and n in (None, d):
                return Value({"n": d, "d": d})
            if n is not None and d is not None:
                return self._meant({"n": n, "d": d}, scene)
            before = self._before(scene)
            return self._without_total() if before is None else self._meant({"n": before["d"], "d": before["d"]}, scene)
        d = d or people or None
        if d is None:
            return self._without_total()
        if n is not None:
            return Value({"n": n, "d": d})
        assert found.percent is not None
        n = int((found.percent * d / 100).to_integral_value(ROUND_HALF_UP))
        if not TypedShare(n, d, found.percent).agrees:
            return self._without_total()
        return self._meant({"n": n, "d": d}, scene)

    def _meant(self, value: Mapping[str, int], scene: Scene) -> Reading:
        """Ask whether this is what is meant: both numbers are seen before they are taken."""
        shown = self.show(value, scene)
        asked = _(
            "{numerator} / {denominator}: is it {value}? Otherwise please write both numbers.",
            numerator=capital(self.target.numerator),
            denominator=self.target.denominator,
            value=shown,
        )
        return Unclear(asked, [Choice(dict(value), _("Record {value}", value=shown))])

    def _without_total(self) -> Wrong:
        return Wrong(
            _(
                "Please give both numbers: {numerator} / {denominator}. For example: 17/18",
                numerator=self.target.numerator,
                denominator=self.target.denominator,
            )
        )

    def _before(self, scene: Scene) -> dict[str, int] | None:
        """Return the unit's own figure of the year before; None without one."""
        figure = ReportFacts.of(scene).last_figure(self.target)
        if figure is None or figure.numerator is None or figure.denominator is None:
            return None
        return {"n": int(figure.numerator), "d": int(figure.denominator)}

    def _as_last_year(self, scene: Scene, kept: bool) -> Reading:
        """Show last year's figure, to be confirmed where it can be this year's too; `kept`: as the button says that keeps it."""
        year, before = ReportFacts.of(scene).year - 1, self._before(scene)
        if before is None:
            return Wrong(_("The report of {year} has no figure here. Please write both numbers.", year=year))
        if self.last(self.target, scene) == before:
            if kept:
                return Value(before)
            return Unclear(
                _(
                    "In {year} it was {value}. Record the same for this year?",
                    year=year,
                    value=self.show(before, scene),
                ),
                [Choice(before, _("Record it as in {year}", year=year))],
            )
        return Wrong(
            _(
                "In {year} it was {value}. This year's figure is another one; please write both numbers.",
                year=year,
                value=self.show(before, scene),
            )
        )

    def fits(self, value: Any) -> bool:
        """Whether it is a share."""
        return fits(self.target, value)

    def show(self, value: Any, scene: Scene) -> Part:
        """Say a share: «17/18, 94,4%»."""
        if value == NA:
            return _("does not apply")
        if value == MISSING:
            return _("no figures yet")
        n, d, part = int(value["n"]), int(value["d"]), percent(value, self.target.goal)
        if part is None:
            return _("{n}/{d}", n=n, d=d)
        return _("{n}/{d}, {percent}", n=Decimal(n), d=Decimal(d), percent=Percent(part))


_BESIDE = frozenset(
    fold(
        "tren trong tổng số of là có được người đồng chí cán bộ công chức viên chức lao động đ c đc a dạ ạ nhé đều đã đơn vị phòng"
    ).split()
)


def _strange(text: str, beside: str, target: Target) -> str:
    """Return the first word beside the numbers that neither the plan's words for them nor everyday speech has.

    Their first letters are the plan's words too: «12/12 TTHC».
    """
    words = re.findall(r"[^\W\d_]+", fold(f"{target.numerator} {target.denominator} {target.unit} {target.name}"))
    known, initials = _BESIDE.union(words), "".join(word[0] for word in words)
    looked_at = set(re.findall(r"[^\W\d_]+", beside))
    said = [(word, fold(word)) for word in re.findall(r"[^\W\d_]+", clean_line(text)) if fold(word) in looked_at]
    return next((word for word, plain in said if plain not in known and (len(plain) < 2 or plain not in initials)), "")


def impossible(target: Target) -> Callable[[Any, Answers, Scene], Part | None]:
    """Say why a share cannot be, with both numbers named."""

    def refuse(value: Any, answers: Answers, scene: Scene) -> Part | None:
        if not isinstance(value, dict):
            return None
        n, d = int(value["n"]), int(value["d"])
        if d == 0 and target.may_not_apply:
            return _("The total is 0. If the unit has none of these, please choose «Does not apply».")
        if d == 0:
            return _("{denominator} cannot be 0. Please check it.", denominator=capital(target.denominator))
        if n > d:
            return _(
                "{numerator} ({n}) is larger than {denominator} ({d}). Please check one of the two numbers.",
                numerator=capital(target.numerator),
                n=Decimal(n),
                denominator=target.denominator,
                d=Decimal(d),
            )
        return None

    return refuse
