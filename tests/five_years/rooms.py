"""The tables of every other room over the five years, and the arithmetic over them: nothing of the product is here.

Awards, difficulties, classes, skills, requests, announcements, inspections, reviews. A year's part is told as it stands
on the day on which somebody asks: what was proposed, raised or found in a year stays that year's, though it is answered
in the next. The lists of people are cumulative, as of the cut-off of a year, leavers out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.five_years.people import NAMES
from tests.five_years.table import MERGED, YEARS, Fields, Year, percent, read
from tests.scripted_year.table import COUNTS, LISTS, name, people_of

FOLDER = Path(__file__).parent / "rooms"


def rows(table: str) -> list[Fields]:
    """The rows of a table of the rooms."""
    return read(table, FOLDER)


@dataclass
class WholeYear(Year):
    """A year with all of its rooms, as it stands on a day."""

    today: str = field(default="", init=False)

    # The lists of people ----------------------------------------------------------------------

    @property
    def cut_off(self) -> str:
        """The last day of the year's figures."""
        return f"{self.year}-10-31"

    def officials(self, unit: str) -> set[str]:
        """Whom figures of a unit's people are about."""
        those = set(people_of(unit))
        for old, new in MERGED.items():
            if new == unit and self.year >= 2028:
                those |= set(people_of(old))
        return those - {row["person"] for row in rows("people") if row["day"] <= self.cut_off}

    def learnt(self, column: str) -> set[str]:
        """Everybody in the list of a target at the cut-off."""
        found = set[str]()
        if column == "skilled":
            for row in rows("skills"):
                if row["day"] <= self.cut_off:
                    found = (found | set(people_of(row["people"]))) - set(people_of(row["withdrawn"]))
            return found
        for row in rows("classes"):
            if row["topic"] == COUNTS and row["end"] == "held" and row["last"] <= self.cut_off:
                found |= set(people_of(row["people"])) - set(people_of(row["declines"]))
        return found

    def listed(self, column: str) -> dict[str, str]:
        """What the list says of each unit of which somebody stands in it."""
        those = self.learnt(column)
        of = {unit: self.officials(unit) for unit in self.reports}
        return {unit: f"{len(those & all_)}/{len(all_)}" for unit, all_ in of.items() if those & all_}

    def own(self, column: str) -> set[str]:
        """The units that give a total of their own though somebody stands in the list."""
        said = {row["unit"] for row in rows("own") if (row["year"], row["column"]) == (str(self.year), column)}
        return said | (set(self.corrections) if column == "skilled" else set())

    def told(self, column: str) -> Mapping[str, str]:
        """What is known of the units: what the list says, unless they have given a total of their own."""
        said = dict(super().told(column))
        if column in LISTS:
            by_list = self.listed(column)
            said |= {unit: by_list[unit] for unit in by_list if unit in said and unit not in self.own(column)}
        return said

    # What the summary says beside the figures -------------------------------------------------

    def lines(self, names: Mapping[str, str]) -> Iterator[str]:
        """What the summary has to say once the year is over."""
        yield from super().lines(names)
        if self.year > 2026:
            for column in LISTS:
                by_list = [unit for unit in self.listed(column) if unit in self.sent and unit not in self.own(column)]
                yield f"  Theo danh sách từng người: {len(by_list):02} đơn vị"
                theirs = [names[unit] for unit in NAMES if unit in self.sent and unit not in by_list]
                yield f"  Theo số đơn vị báo: {'; '.join(theirs)}"
        yield from self.difficulties()
        yield from self.inspections()
        yield from self.awards()

    def begun(self, table: str) -> list[Fields]:
        """The rows of a table that were begun in this year, until today."""
        return [row for row in rows(table) if row["day"].startswith(f"{self.year}-") and row["day"] <= self.today]

    def ended(self, row: Fields, column: str) -> str:
        """What has come of a row until today; empty before its day."""
        return row["end"] if row[column] and row[column] <= self.today else ""

    def raised(self) -> Counter[str]:
        """What was raised in the year and has reached the office, by what has come of it."""
        ends = Counter[str]()
        for row in self.begun("difficulties"):
            end = self.ended(row, "moved")
            if end != "withdrawn" and (row["way"] == "desk" or end == "passed_on"):
                ends[end] += 1
        return ends

    def put_right(self) -> tuple[int, int]:
        """In how many inspections of the year something was found, and in how many of these it is put right."""
        those = self.begun("inspections")
        return sum(bool(row["found"]) for row in those), sum("" < row["done"] <= self.today for row in those)

    def difficulties(self) -> Iterator[str]:
        """What the summary says of what was raised in the year."""
        if n := (ends := self.raised()).total():
            yield (
                f"Vướng mắc nêu trong năm ({n:02}): đã giải quyết {ends['solved']:02}, "
                f"đã trả lời {ends['opinion'] + ends['passed_on']:02}, đang xem xét {ends['']:02}."
            )

    def inspections(self) -> Iterator[str]:
        """What the summary says of what was found in the year."""
        if those := self.begun("inspections"):
            found, done = self.put_right()
            yield f"Kiểm tra trong năm ({len(those):02}): có tồn tại {found:02}, đã khắc phục {done:02}."

    def awards(self) -> Iterator[str]:
        """What was proposed in the year, and what has come of it."""
        those = [row for row in self.begun("awards") if self.award(row) != "withdrawn"]
        if those:
            yield f"Khen thưởng: {len(those):02} đề nghị"
        for form in dict.fromkeys(row["form"] for row in those):
            of = [row for row in those if row["form"] == form]
            given = [row for row in of if self.award(row) == "awarded"]
            persons = sum("/" in row["whom"] for row in given)
            above, none = (sum(self.award(row) == end for row in of) for end in ("forwarded", "not_chosen"))
            yield (
                f"- {form}: {len(of):02}; đã khen {persons:02} cá nhân, {len(given) - persons:02} tập thể; "
                f"đã đề nghị cấp có thẩm quyền {above:02}; chưa được chọn {none:02}"
            )

    def over_the_years(self, column: str) -> str:
        """The year in the row of a target of the summary of several years."""
        told = [each.split("/") for each in self.told(column).values()]
        part = percent(sum(int(n) for n, _d in told), sum(int(d) for _n, d in told))
        return f"{self.year}: {part}" + (" (tạm tính)" if len(told) < len(self.reports) else "")

    def beside(self) -> Iterator[str]:
        """What the summary of several years says of this one beside its figures."""
        states = Counter(self.award(row) for row in self.begun("awards"))
        del states["withdrawn"]
        if n := states.total():
            yield (
                f"- Năm {self.year}: đề nghị {n:02}, đã khen {states['awarded']:02}; chờ cấp có thẩm quyền "
                f"{states['forwarded']:02}, chưa được chọn {states['not_chosen']:02}, đang xem xét {states['']:02}"
            )
        if n := (ends := self.raised()).total():
            yield (
                f"- Năm {self.year}: nêu {n:02}, đã giải quyết {ends['solved']:02}, "
                f"đã trả lời {ends['opinion'] + ends['passed_on']:02}, đang xem xét {ends['']:02}"
            )
        if those := self.begun("inspections"):
            found, done = self.put_right()
            yield f"- Năm {self.year}: kiểm tra {len(those):02}, có tồn tại {found:02}, đã khắc phục {done:02}"

    def award(self, row: Fields) -> str:
        """Where a proposal stands today."""
        if row["forwarded"] and not self.ended(row, "decided"):
            return "forwarded" if row["forwarded"] <= self.today else ""
        return self.ended(row, "decided")

    def awarded(self) -> list[str]:
        """Who was awarded by a decision of this year, whenever proposed."""
        decided = [row for row in rows("awards") if row["decided"].startswith(f"{self.year}-")]
        those = [row for row in decided if self.award(row) == "awarded"]
        return [name(row["whom"]) if "/" in row["whom"] else NAMES[row["whom"]] for row in those]


def answered(year: str, code: str) -> tuple[int, int, int]:
    """How many have answered a request, of how many, and the sum of what they have said."""
    request = next(row for row in rows("requests") if (row["year"], row["code"]) == (year, code))
    to = request["to"] or ("KHTC, QLXD" if not request["title"] else "")
    asked = len(to.split(", ")) if to else len(NAMES) - len(MERGED)
    said = [int(row["n"]) for row in rows("answers") if (row["of"], row["request"]) == (year, code)]
    return len(said), asked, sum(said)


def cumulative(years: Mapping[int, WholeYear]) -> Iterator[str]:
    """What the summary of 2026 to 2030 has to say, year by year."""
    for each in years.values():
        done = sum(item["end"] == "recognised" for item in each.items)
        yield f"- Năm {each.year}: đăng ký {len(each.items):02}, được công nhận {done:02}"
        yield f"- Năm {each.year}: đã gửi {len(each.sent):02}/{len(each.reports):02}"
    for column in LISTS:
        yield "  " + "; ".join(each.over_the_years(column) for each in years.values())
    for each in years.values():
        yield from each.beside()
    n = len([row for row in rows("reviews") if row["year"] == str(YEARS[-1])])
    yield f"Báo cáo tổng kết của đơn vị năm {YEARS[-1]}: đã gửi {n:02}/{len(years[YEARS[-1]].reports):02}"


def today(years: Mapping[int, WholeYear], day: date) -> None:
    """Have every year stand as it stands on a day."""
    for each in years.values():
        each.today = str(day)
