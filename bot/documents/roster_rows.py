"""One line of a roster: a unit or a person, read from its columns, or what is wrong in it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.documents.tables import TableProblem, place_of
from bot.language import Joined, Phone, Text, _, fold, name_of, read_phone, signs
from bot.movement import KIND_WORDS

LONGEST_NAME, LONGEST_FIELD = 80, 120


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the file."""

    line: int
    code: str
    name: str
    kind: str
    """As it is written: which kind of the plan's that is, is looked up when units are compared."""
    sheet: str = ""
    head_title: str = ""
    """What its head is called; empty where the file does not say."""

    def wrong(self, what: Text) -> TableProblem:
        """Return a problem of this line."""
        return TableProblem(self.line, what, self.sheet)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the file; what it does not say is None."""

    line: int
    name: str
    position: str
    kind: str | None
    unit: str
    role: str | None
    """As it is written: which of the plan's that is, is looked up when people are compared."""
    phone: Phone | None
    number: str | None = None
    born: int | None = None
    sheet: str = ""
    note: Text | None = None
    """What was left out of the name."""

    @property
    def where(self) -> Text:
        """Return the place of the line."""
        return place_of(self.sheet, self.line)

    def wrong(self, what: Text) -> TableProblem:
        """Return a problem of this line."""
        return TableProblem(self.line, what, self.sheet)


def read_unit(line: int, row: Mapping[str, str]) -> UnitRow | TableProblem:
    """Read a line of the units; return what is wrong in it where it cannot be."""
    code = signs(row.get("code", ""))
    if not code or not row.get("name"):
        return TableProblem(line, _("A unit needs a code and a name."))
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,16}", code):
        return TableProblem(
            line, _("«{code}» is not a code: letters without marks and digits, up to 16.", code=code[:40])
        )
    kind = row.get("kind", "")[:40]
    return UnitRow(line, code, row["name"][:LONGEST_FIELD], kind, head_title=row.get("head_title", "")[:LONGEST_FIELD])


def read_person(line: int, row: Mapping[str, str]) -> PersonRow | TableProblem:
    """Read a line of the people; return what is wrong in it where it cannot be."""
    kind = KIND_WORDS.get(fold(row["kind"])) if row.get("kind") else None
    phone = read_phone(row["phone"]) if row.get("phone") else None
    born = _year(row["born"]) if row.get("born") else None
    name, left_out = bare_name(row.get("name", ""))
    if len(name.split()) < 2 or len(name) > LONGEST_NAME:
        return TableProblem(line, _("«{name}» is not a full name.", name=name[:LONGEST_NAME]))
    if re.search(r"\d", name):
        return TableProblem(
            line,
            _(
                "«{name}» has a figure in the name. People of one name are told apart in a column «Mã số» or «Năm sinh».",
                name=name,
            ),
        )
    if not row.get("unit"):
        return TableProblem(line, _("{name} has no unit.", name=name))
    if row.get("kind") and kind is None:
        return TableProblem(
            line, _("«{kind}» is not a kind: công chức, viên chức, người lao động.", kind=row["kind"][:40])
        )
    if isinstance(phone, Text):
        return TableProblem(line, phone)
    if row.get("born") and born is None:
        return TableProblem(line, _("«{year}» is not a year of birth.", year=row["born"][:40]))
    note = None
    if left_out:
        note = _(
            "{where}: {what} was left out of the name {name}.",
            where=place_of(row.get("sheet", ""), line),
            what=Joined([f"«{each}»" for each in left_out]),
            name=name,
        )
    number = signs(row.get("number", ""))[:40] or None
    return PersonRow(
        line,
        name,
        row.get("position", "")[:LONGEST_FIELD],
        kind,
        row["unit"][:LONGEST_FIELD],
        row.get("role", "")[:LONGEST_FIELD] or None,
        phone,
        number,
        born,
        note=note,
    )


_TITLES = re.compile(
    r"(?:(?:đồng chí|đ/c|đc|ông|bà|anh|chị|gs|pgs|tskh|ts|ths|th\.s|ks|kts|cn|bs|ls|bscki|cvc|cvcc)[.:]*[ ,/-]+"
    r"|(?:gs|pgs|tskh|ts|ths|ks|kts|cn|bs|ls)\.)+",
    re.IGNORECASE,
)


def bare_name(said: str) -> tuple[str, list[str]]:
    """Return a name without titles before it and remarks behind it, and these."""
    name, left_out = name_of(said[:200]), []
    if (remark := re.search(r"\s*[(\[]([^)\]]*)[)\]]\s*$", name)) is not None:
        left_out.append(remark[1])
        name = name[: remark.start()]
    title = _TITLES.match(name)
    if title is not None:
        rest = name[title.end() :].split()
        # «Ông», «Bà», «Anh» are surnames too.
        if (len(rest) > 2 and rest[0].lower() not in ("văn", "thị")) or (len(rest) > 1 and "." in title[0]):
            left_out.insert(0, title[0].strip())
            name = name[title.end() :]
    return name.strip(" ,;.-"), [each for each in left_out if each]


def _year(said: str) -> int | None:
    found = re.search(r"(?<!\d)(19[3-9]\d|20[01]\d)(?!\d)", said[:40])
    return int(found[1]) if found else None
