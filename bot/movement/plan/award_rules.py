"""What an office awards: occasions with their days, forms with who decides them, how many are usual, words for reasons. Pure."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Literal

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import (
    SOME,
    AwardCount,
    Code,
    FewDays,
    Key,
    Line,
    MonthDay,
    MovementYear,
    Points,
    Short,
    Steps,
    YesNo,
)

Whom = Literal["person", "unit"]


class AwardKind(Piece):
    """An occasion of awards: every year, at any time, at a review."""

    code: Annotated[Code, Key(_("Its code; stays for ever"), '"hang_nam"')]
    name: Annotated[Line, Key(_("Its name inside a sentence, with a small letter"), '"khen thưởng hằng năm"')]
    short: Annotated[Short, Key(_("What people type for it"), '"hằng năm"')] = ""
    opens: Annotated[
        MonthDay | None,
        Key(_("The first day on which proposals are taken; without it they are at any time"), '"10-15"'),
    ] = None
    until: Annotated[MonthDay | None, Key(_("The last day on which they are taken"), '"12-15"')] = None
    years: Annotated[tuple[MovementYear, ...], Key(_("Only in these years"), "[2027]")] = ()
    workdays: Annotated[
        FewDays,
        Key(_("Within so many working days a proposal is answered; 0 where it waits for the yearly meeting"), "10"),
    ] = 0

    def held_in(self, year: int) -> bool:
        """Whether there is this occasion in a year."""
        return not self.years or year in self.years

    def window(self, year: int) -> tuple[date, date] | None:
        """Return the first and the last day on which proposals are taken; None at any time."""
        if self.opens is None or self.until is None:
            return None
        return date(year, *self.opens), date(year, *self.until)

    def takes(self, day: date) -> bool:
        """Whether a proposal is taken on a day."""
        window = self.window(day.year)
        return self.held_in(day.year) and (window is None or window[0] <= day <= window[1])


class AwardForm(Piece):
    """A form of award: who decides it, for whom it is."""

    code: Annotated[Code, Key(_("Its code; stays for ever"), '"giay_khen"')]
    name: Annotated[Line, Key(_("Its name as it stands in a decision"), '"Giấy khen của Giám đốc Sở"')]
    level: Annotated[Short, Key(_("Who decides it, as the lists say it"), '"Giám đốc Sở"')]
    above: Annotated[YesNo, Key(_("Whether the office only proposes it, and a level above decides"), "true")] = False
    whom: Annotated[
        Whom | None, Key(_("For whom it is: person, unit (any collective); without it for both"), '"person"')
    ] = None
    kinds: Annotated[tuple[Code, ...], SOME, Key(_("Only on these occasions; without it on all"), '["dot_xuat"]')] = ()

    def fits(self, kind: str, person: bool) -> bool:
        """Whether it may be proposed on an occasion, for a person or a collective."""
        return (not self.kinds or kind in self.kinds) and self.whom in (None, "person" if person else "unit")


class AwardQuota(Piece):
    """How many of a form are usual: more is said, never refused."""

    code: Annotated[Code, Key(_("Its code; stays for ever"), '"gk_ca_nhan"')]
    kind: Annotated[Code, Key(_("The code of the occasion"), '"hang_nam"')]
    forms: Annotated[
        tuple[Code, ...], SOME, Key(_("The codes of the forms that are counted together"), '["giay_khen"]')
    ]
    whom: Annotated[Literal["person", "unit"], Key(_("Whether people are counted, or collectives"), '"person"')]
    of: Annotated[
        Literal["office", "unit"], Key(_("Whether it holds for the whole office or for each unit"), '"unit"')
    ] = "office"
    share: Annotated[
        Points | None, Key(_("So many percent of the people (of the units, where collectives are counted)"), "20")
    ] = None
    most: Annotated[AwardCount | None, Key(_("Or: so many at most"), "2")] = None

    def allowed(self, among: int) -> int:
        """Return how many are usual among so many people or units."""
        return self.most if self.most is not None else int(among * (self.share or 0) / 100)


class Awards(Piece):
    """Awards of the movement; without kinds the assistant takes no proposals."""

    kinds: Annotated[tuple[AwardKind, ...], Key(_("Occasions of awards"))] = ()
    forms: Annotated[tuple[AwardForm, ...], Key(_("Forms of awards, the lowest first"))] = ()
    quotas: Annotated[tuple[AwardQuota, ...], Key(_("How many are usual; more is said, never refused"))] = ()
    reasons: Annotated[
        tuple[Line, ...],
        SOME,
        Key(_("Reasons that are offered to whoever proposes"), '["Có sáng kiến được công nhận, áp dụng hiệu quả"]'),
    ] = ()
    remind: Annotated[
        tuple[Steps, ...],
        SOME,
        Key(
            _(
                "The office is reminded of a proposal without an answer so many working days before (below zero) or after its last day"
            ),
            "[-2, 0, 2]",
        ),
    ] = (-2, 0, 2)

    def kind(self, code: str) -> AwardKind | None:
        """Return the occasion of this code; None for one that only an earlier plan had."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def form(self, code: str) -> AwardForm | None:
        """Return the form of this code; None for one that only an earlier plan had."""
        return next((form for form in self.forms if form.code == code), None)

    def fitting(self, kind: str, person: bool, above: bool | None = None) -> list[AwardForm]:
        """Return the forms that may be proposed on an occasion; `above` asks for those of one side alone."""
        return [form for form in self.forms if form.fits(kind, person) and above in (None, form.above)]

    def taking(self, day: date) -> Collection[AwardKind]:
        """Return the occasions of which proposals are taken on a day."""
        return [kind for kind in self.kinds if kind.takes(day)]
