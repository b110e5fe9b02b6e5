"""The tables of the year 2027 and the arithmetic over them: nothing of the product is imported here.

The rules beside those of `tests.five_years`: whoever has attended a class of the topic that counts, until the cut-off,
counts once; labourers, leavers, whoever has said that they did not attend, and classes cancelled do not. A unit of
which somebody stands in a list has the list's figure, unless it has given a total of its own. Of a difficulty the
office tells once it has reached the office.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.five_years.people import NAMES, everybody
from tests.five_years.table import Fields, Year, read

FOLDER = Path(__file__).parent
CUT_OFF = "2027-10-31"
COUNTS = "Kỹ năng số cơ bản"
"""The topic of classes that the target counts."""
LISTS = {"skilled": "skills", "trained": "classes"}
PAPER = "TTKD"
SILENT = "TTQH"
"""The unit of which nobody but one officer ever says anything."""


def rows(table: str) -> list[Fields]:
    """The rows of a table of this year."""
    return read(table, FOLDER)


def people_of(said: str) -> list[str]:
    """«TTr QLXD/3» → every «unit/number» that is meant."""
    found = list[str]()
    for each in said.split():
        of = [f"{each}/{n}" for n in range(staff(each))] if "/" not in each else [each]
        found += [one for one in of if one not in found]
    return found


def staff(unit: str) -> int:
    """How many people of the tables work in a unit."""
    return sum(code == unit for _name, _position, code, _role in everybody())


def name(person: str) -> str:
    """What «unit/number» is called."""
    unit, _slash, n = person.partition("/")
    return [name for name, _position, code, _role in everybody() if code == unit][int(n)]


@dataclass
class Scripted(Year):
    """The year of the tables."""

    def __init__(self) -> None:
        super().__init__(2027, FOLDER)

    # The lists of people ----------------------------------------------------------------------

    def officials(self, unit: str) -> list[str]:
        """Whom figures of a unit's people are about."""
        out = {row["person"] for row in rows("people") if row["what"] in ("labourer", "leaves")}
        return [each for each in people_of(unit) if each not in out]

    def learnt(self, column: str) -> set[str]:
        """Everybody in the list of a target."""
        if column == "skilled":
            skills = rows("skills")
            gone = {each for row in skills for each in people_of(row["withdrawn"])}
            return {each for row in skills for each in people_of(row["people"])} - gone
        found = set[str]()
        for row in rows("classes"):
            if row["topic"] == COUNTS and row["end"] == "held" and row["last"] <= CUT_OFF:
                found |= set(people_of(row["people"])) - set(people_of(row["declines"]))
        return found

    def listed(self, column: str) -> dict[str, str]:
        """What the list says of each unit of which somebody stands in it."""
        those = self.learnt(column)
        of = {unit: self.officials(unit) for unit in NAMES}
        return {
            unit: f"{len(those & set(officials))}/{len(officials)}"
            for unit, officials in of.items()
            if those & set(officials)
        }

    def told(self, column: str) -> Mapping[str, str]:
        """What is known of the units: a total of their own, else what the list says."""
        own = {unit: row[column] for unit, row in self.sent.items() if row[column]}
        return (self.listed(column) if column in LISTS else {}) | own

    def sources(self, column: str) -> Iterator[str]:
        """The lines that name where the figures of a target come from."""
        own = [unit for unit, row in self.sent.items() if row[column]]
        by_list = [unit for unit in self.listed(column) if unit not in own]
        yield f"  Theo danh sách từng người: {len(by_list):02} đơn vị"
        yield f"  Theo số đơn vị báo: {'; '.join(NAMES[unit] for unit in NAMES if unit in own)}"

    # What stands in the summary beside the figures ---------------------------------------------

    def lines(self, names: Mapping[str, str]) -> Iterator[str]:
        """What the summary has to say once the year is over."""
        yield from super().lines(names)
        for column in LISTS:
            yield from self.sources(column)
        yield from self._difficulties()
        yield from self._inspections()
        yield from self._awards()

    def _difficulties(self) -> Iterator[str]:
        there = [row for row in rows("difficulties") if row["way"] == "desk" or row["end"] == "passed_on"]
        there = [row for row in there if row["end"] != "withdrawn"]
        ends = Counter(row["end"] for row in there)
        yield (
            f"Vướng mắc nêu trong năm ({len(there):02}): đã giải quyết {ends['solved']:02}, "
            f"đã trả lời {ends['opinion'] + ends['passed_on']:02}, đang xem xét {ends['waiting']:02}."
        )

    def _inspections(self) -> Iterator[str]:
        those = rows("inspections")
        found, done = [row for row in those if row["found"]], [row for row in those if row["done"]]
        yield f"Kiểm tra trong năm ({len(those):02}): có tồn tại {len(found):02}, đã khắc phục {len(done):02}."

    def _awards(self) -> Iterator[str]:
        those = [row for row in rows("awards") if row["end"] != "withdrawn"]
        yield f"Khen thưởng: {len(those):02} đề nghị"
        for form in dict.fromkeys(row["form"] for row in those):
            of = [row for row in those if row["form"] == form]
            given = [row for row in of if row["end"] == "awarded"]
            persons = sum("/" in row["whom"] for row in given)
            above, none = (sum(row["end"] == end for row in of) for end in ("forwarded", "not_chosen"))
            yield (
                f"- {form}: {len(of):02}; đã khen {persons:02} cá nhân, {len(given) - persons:02} tập thể; "
                f"đã đề nghị cấp có thẩm quyền {above:02}; chưa được chọn {none:02}"
            )


# What stands in lists of their own ----------------------------------------------------------------


def awarded() -> list[str]:
    """Whom the list of awards of the year names, with the form."""
    given = [row for row in rows("awards") if row["end"] == "awarded"]
    return [f"{name(row['whom']) if '/' in row['whom'] else NAMES[row['whom']]}|{row['form']}" for row in given]


def answered(code: str) -> tuple[int, int, int]:
    """How many units have answered a request, of how many, and the sum of what they have said."""
    request = next(row for row in rows("requests") if row["code"] == code)
    series = request if request["title"] else next(row for row in rows("requests") if row["every"] == "Hằng quý")
    asked = len(series["to"].split(", ")) if series["to"] else len(NAMES)
    said = [int(row["n"]) for row in rows("answers") if row["request"] == code]
    return len(said), asked, sum(said)


def of_class(row: Fields) -> int:
    """How many stand in the list of a class at the end."""
    return len(people_of(row["people"])) - len(people_of(row["declines"]))


def receivers(row: Fields) -> int:
    """How many an announcement goes to: whoever has the role; of everybody the administrator too, without whoever sends it."""
    roles = {"thủ trưởng đơn vị": ("head", "chief"), "cấp phó": ("deputy",)}.get(row["roles"])
    return sum(role in roles for _name, _position, _unit, role in everybody()) if roles else len(everybody()) + 1 - 1
