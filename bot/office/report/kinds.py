"""Kinds of answers of the yearly report: a share of people or documents, an amount, a narrative, what is known. Pure.

Values are JSON. Share: {"n": 17, "d": 18}, "na", "missing". Amount: {"n": "30.5", "estimate": false, "in": "ram"},
"na", "missing". Narrative: the text, or {"mark": "nothing"}, {"mark": "outside"}. Known: "known".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.dialogue import Answers, Choice, Paragraph, Reading, Scene, Unclear, Value, Wrong
from bot.language import Part, Percent, _, clean_line, fold, read_fraction
from bot.movement import Baseline, Target, reduction, share
from bot.office.report.facts import ReportFacts, YearFacts

MISSING = "missing"
NA = "na"
NOTHING = {"mark": "nothing"}
OUTSIDE = {"mark": "outside"}

_TWO_NUMBERS = re.compile(r"(-?[0-9][0-9.,]*+)[^/0-9]*+/ ?(-?[0-9][0-9.,]*+)\D*+")
_SAME = re.compile(r"(?:van |giu )?(?:nhu|bang) (?:nam (?:ngoai|truoc)|cu)|giu|giu nguyen|as last year|keep")


def percent(value: Any, goal: Decimal) -> Decimal | None:
    """Return the percentage of a share as it is said against its goal; None where there is none."""
    if not isinstance(value, dict) or "d" not in value:
        return None
    return share(Decimal(value["n"]), Decimal(value["d"]), goal)


def saving(value: Any, base: Baseline, goal: Decimal, whole: bool) -> Decimal | None:
    """Return by how many percent an amount went down, as it is said; below zero when up; None without a baseline."""
    if not isinstance(value, dict):
        return None
    before = base.whole_year if whole else base.ten_months
    return reduction(before, Decimal(value["n"]), goal) if before else None


def fits(target: Target, value: Any) -> bool:
    """Whether a value is an answer to a target as it is measured today, and no number of something else."""
    if value in (MISSING, NA):
        return value == MISSING or target.may_not_apply
    if not isinstance(value, dict):
        return False
    if target.amount:
        return "d" not in value and value.get("in", target.unit) == target.unit
    return "d" in value


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
        """Read «17/18», or «17» where the denominator is known from the roster; «như năm ngoái»."""
        if _SAME.fullmatch(fold(text).strip(" .")) and isinstance(last := self.last(self.target, scene), dict):
            return Value(last)
        found = read_fraction(text)
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
        if strange := _strange(text, self.target):
            return Wrong(
                _(
                    "The assistant does not know «{word}» here: {numerator} / {denominator} are asked. For example: 17/18",
                    word=strange,
                    numerator=self.target.numerator,
                    denominator=self.target.denominator,
                )
            )
        n, d = found
        if d is None and self.target.of_roster:
            d = ReportFacts.of(scene).people or None
        if d is None:
            return Wrong(
                _(
                    "Please give both numbers: {numerator} / {denominator}. For example: 17/18",
                    numerator=self.target.numerator,
                    denominator=self.target.denominator,
                )
            )
        return Value({"n": n, "d": d})

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
    fold("tren trong tổng số of là có được người đồng chí cán bộ công chức viên chức lao động đ c a dạ ạ nhé").split()
)


def _strange(text: str, target: Target) -> str:
    """Return the first word beside the numbers that neither the plan's words for them nor everyday speech has.

    Their first letters are the plan's words too: «12/12 TTHC».
    """
    words = re.findall(r"[^\W\d_]+", fold(f"{target.numerator} {target.denominator} {target.unit} {target.name}"))
    known, initials = _BESIDE.union(words), "".join(word[0] for word in words)
    said = [(word, fold(word)) for word in re.findall(r"[^\W\d_]+", clean_line(text))]
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


_NOTHING = re.compile(
    r"(?:(?:da|thua|hien|hien nay|hien tai|nam nay|den nay|trong nam|don vi|phong) )*"
    r"(?:khong|ko|k|kg|khg|hok|chua|none|nothing|no|0)(?: (?:co|phat sinh|ghi nhan))?"
    r"(?: (?:kho khan|vuong mac|de xuat|kien nghi|ton tai|han che|noi dung|y kien|ket qua|van de)(?:,| va)?)*"
    r"(?: (?:gi|j|nao|chi))?(?: (?:het|ca|them|khac|dang ke|noi bat|moi))*(?: (?:a|nhe|nha|em|anh|chi|dong chi))*"
)
_AS_BEFORE = re.compile(
    r"(?:van |cung )?(?:nhu|giong|giong nhu|y nhu|tuong tu|tuong tu nhu|theo|lay) (?:bao cao )?"
    r"(?:nam (?:ngoai|truoc|roi|cu|\d{4})|cu|truoc|lan truoc)(?: (?:a|nhe|nha))?|(?:as|like|same as) (?:last year|before)"
)


@dataclass(frozen=True)
class Story(Paragraph):
    """A narrative part: text word for word, or that there is nothing to say."""

    nothing: Part = ""
    """What «nothing» is called here: «Không phát sinh» of an area, «Không có» of a section."""
    code: str = ""
    """The part it is, to look up last year's."""

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read a text; that there is nothing, in any of the ways people say it; or last year's, to be confirmed."""
        said = fold(text).strip(" .,;")
        if _NOTHING.fullmatch(said):
            return Value(NOTHING)
        if _AS_BEFORE.fullmatch(said):
            return self._as_last_year(scene)
        return super().read(text, answers, scene)

    def _as_last_year(self, scene: Scene) -> Reading:
        """Offer what the report of the year before says here: it is seen before it is taken over."""
        facts = YearFacts.of(scene)
        last, year = facts.last.narratives.get(self.code), facts.year - 1
        if last is None or not (last.text or last.mark):
            return Wrong(
                _("The report of {year} has nothing here that could be taken over. Please write it.", year=year)
            )
        value: Any = {"mark": last.mark} if last.mark else last.text
        return Unclear(
            _(
                "The report of {year} says: «{text}». Record the same for this year?",
                year=year,
                text=self.show(value, scene),
            ),
            [Choice(value, _("Record it as in {year}", year=year))],
        )

    def show(self, value: Any, scene: Scene) -> Part:
        """Return the text, or what its mark means."""
        if isinstance(value, dict):
            return _("Not among the unit's functions and tasks") if value["mark"] == "outside" else self.nothing
        return str(value)


@dataclass(frozen=True)
class CountedField:
    """Something the assistant counts itself: shown on the page, never asked; always as it is now."""

    said: Callable[[Scene], Part]
    free = False
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Refuse: it can only be looked at."""
        return Wrong(_("This is not typed in here: the assistant counts it."))

    def show(self, value: Any, scene: Scene) -> Part:
        """Say it as it is now."""
        return self.said(scene)


def only_known(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the one answer to what is counted."""
    return [Choice("known", _("Keep as it is"))]


def capital(text: str) -> str:
    """Return the plan's words as they begin a sentence."""
    return text[:1].upper() + text[1:]
