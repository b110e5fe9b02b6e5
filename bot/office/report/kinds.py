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
from bot.language import Part, _, fold
from bot.movement import Baseline, Target, reduction, share
from bot.office.report.facts import YearFacts

MISSING = "missing"
NA = "na"
NOTHING = {"mark": "nothing"}
OUTSIDE = {"mark": "outside"}


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


_NOTHING = re.compile(
    r"(?:(?:da|thua|hien|hien nay|hien tai|nam nay|den nay|trong nam|don vi|phong) )*"
    r"(?:khong|ko|k|kg|khg|hok|chua|none|nothing|no|0)(?: (?:co|phat sinh|ghi nhan))?"
    r"(?: (?:kho khan|vuong mac|de xuat|kien nghi|ton tai|han che|noi dung|y kien|ket qua|van de)(?:,| va)?)*"
    r"(?: (?:gi|j|nao|chi))?(?: (?:het|ca|them|khac|dang ke|noi bat|moi))*(?: (?:a|nhe|nha|em|anh|chi|dong chi))*"
)
_AS_BEFORE = re.compile(
    r"(?:(?:van|cung|xin|de nghi|cu|nam nay|thi|chac) )*"
    r"(?:giu|lay|dung|nhu|giong|y|bang|tuong tu|theo|ghi|de|copy|chep)"
    r"(?: (?:lai|nguyen|nhu|theo|so lieu|noi dung|bao cao|cua|so|ket qua|muc|con so))* "
    r"(?:nam (?:ngoai|truoc|roi|cu|\d{4})|(?:moi|hang|cac) nam(?: truoc)?|cu|truoc|(?:lan|ky|bao cao) truoc)(?: (?:a|nhe|nha|em|anh|chi))*"
    r"|(?:van|cung|thi van|cung van) (?:the|vay|nhu vay|nhu the|y nguyen|nhu cu)(?: (?:a|nhe|thoi))*"
    r"|(?:as|like|same as) (?:last year|before)"
)
_SAME = re.compile(r"(?:van )?(?:giu|giu nguyen|khong doi|khong thay doi|y cu)(?: (?:a|nhe|nha))*|keep")


def as_before(text: str, alone: bool = False) -> bool:
    """Whether it says that something is as last year; `alone`: «giữ nguyên» says so too."""
    said = fold(text).strip(" .,;")
    return len(said) <= LONGEST and (
        _AS_BEFORE.fullmatch(said) is not None or (alone and _SAME.fullmatch(said) is not None)
    )


LONGEST = 100
"""Characters of what may say so, at most."""


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
        if as_before(text):
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
