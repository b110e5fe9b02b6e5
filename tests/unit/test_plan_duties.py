"""Duties as the plan says them: free codes, parts of a year and their days, named years, kinds of unit, older texts."""

import re
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.conversation import gather
from bot.language import Words
from bot.movement import Plan, Year, obligations, periods
from bot.movement.obligations import Obligation
from bot.movement.plan import BadPlan
from bot.office.duties.duty_kinds import duty_named, of_year
from bot.server.office import make_calendar
from handlers import FEATURES
from storage.migrating import migrations, statements
from tests.conftest import PLAN_TEXT
from tests.old_files import old_file

COMMANDS = gather(FEATURES).commands
LADDERS = "# When a duty is spoken of, and to whom"
QUARTERS = """[
    { name = "quý I", opens = "03-15", before = "04-05" },
    { name = "quý II", opens = "06-15", before = "07-05" },
    { name = "quý III", opens = "09-15", before = "10-05" },
    { name = "quý IV", opens = "12-15", before = "01-05" },
]"""
TERMS = """[
    { name = "học kỳ I", opens = "09-05", before = "01-16" },
    { name = "học kỳ II", opens = "01-16", before = "06-01", locks = "06-30" },
]"""


def entry(code: str, more: str, by: str = "unit") -> str:
    """One more duty, by the rule of the office."""
    return f'[[duties]]\ncode = "{code}"\nname = "báo cáo"\nhow = "paper"\nbasis = "office"\nby = "{by}"\n{more}\n\n'


def text(*entries: str) -> str:
    return PLAN_TEXT.replace(LADDERS, "".join(entries) + LADDERS, 1)


def plan(*entries: str) -> Plan:
    return Plan.parse(text(*entries), COMMANDS)


def refused(*entries: str) -> list[str]:
    """Where, and what, is wrong."""
    with pytest.raises(BadPlan) as raised:
        plan(*entries)
    return [f"{each.where}: {Words('en').say(each.what)}" for each in raised.value.problems]


def days(found: Plan, code: str, year: int) -> tuple[date, date | None, date]:
    duty = found.duty(code)
    return duty.opening(year), duty.last_day(year), duty.locking(year)


def test_a_part_is_a_duty_of_its_own_with_its_name_and_its_days() -> None:
    found = plan(entry("q", f'every = "quarter"\nparts = {QUARTERS}'))
    assert [duty.code for duty in found.all_duties][-4:] == ["q.1", "q.2", "q.3", "q.4"]
    assert found.known_duty("q") is None
    assert found.duty("q.2").name == "báo cáo quý II"
    assert found.duty("q.2").opened_by == "vanban q.2"
    assert days(found, "q.1", 2027) == (date(2027, 3, 15), date(2027, 4, 4), date(2028, 3, 14))
    assert duty_named(found, "Q.2") == "q.2"


def test_a_last_part_may_end_in_the_next_calendar_year() -> None:
    found = plan(entry("q", f'every = "quarter"\nparts = {QUARTERS}'))
    assert days(found, "q.4", 2027) == (date(2027, 12, 15), date(2028, 1, 4), date(2028, 12, 14))


def test_the_parts_of_a_school_year_go_on_in_the_next_calendar_year() -> None:
    found = plan(entry("hk", f'every = "half"\nparts = {TERMS}'))
    assert days(found, "hk.1", 2026) == (date(2026, 9, 5), date(2027, 1, 15), date(2027, 9, 4))
    assert days(found, "hk.2", 2026) == (date(2027, 1, 16), date(2027, 5, 31), date(2027, 6, 30))
    assert found.duty("hk.1").promising(date(2027, 1, 15), 2026) == date(2027, 1, 29)


def test_a_part_without_a_date_waits_for_the_office() -> None:
    found = plan(
        entry("hk", f'every = "half"\nparts = {TERMS.replace(", before = " + chr(34) + "01-16" + chr(34), "")}')
    )
    assert days(found, "hk.1", 2026) == (date(2026, 9, 5), None, date(2027, 9, 4))


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ('opens = "06-15"', 'opens = "04-01"', "parts 2 opens: it would open before the part ahead"),
        ('opens = "06-15"', 'opens = "03-10"', "it would last until the first part opens again"),
        ('before = "01-05"', 'before = "03-20"', "parts 4: it would last until the first part opens again"),
        ('before = "01-05"', 'before = "01-05", until = "01-04"', "parts 4 until: both before and until"),
        ('before = "01-05"', 'before = "01-05", locks = "12-20"', "parts 4 locks: it would be open still"),
        ('name = "quý I", ', "", "parts 1 name"),
        ('opens = "03-15", ', "", "parts 1 opens"),
        ('opens = "03-15"', 'opens = "15-03"', "parts 1 opens"),
        ('    { name = "quý I", opens = "03-15", before = "04-05" },\n', "", 'every = "quarter" has 4 parts, not 3'),
    ],
)
def test_parts_that_do_not_follow_each_other_are_refused(was: str, now: str, words: str) -> None:
    assert was in QUARTERS
    found = refused(entry("q", f'every = "quarter"\nparts = {QUARTERS.replace(was, now, 1)}'))
    assert any(words in each for each in found), found


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ((entry("q", f'every = "half"\nparts = {TERMS}'), entry("q.1", "")), "«q.1»: «q.1» is how duty «q» is called"),
        ((entry("q.1", ""), entry("q", f'every = "half"\nparts = {TERMS}')), "«q»: «q.1» is how duty «q.1» is called"),
        ((entry("Q", ""), entry("q", "")), "«q»: «q» is how duty «Q» is called"),
        ((entry("q", f"parts = {TERMS}"),), 'every = "year" has 0 parts, not 2'),
        ((entry("q", 'every = "half"'),), 'every = "half" has 2 parts, not 0'),
        ((entry("q", f'every = "half"\nopens = "01-04"\nparts = {TERMS}'),), "opens: each part has its own days"),
        ((entry("q", f'every = "half"\ncommand = "vanban q"\nparts = {TERMS}'),), "does not open duty «q»"),
        ((entry("q", 'command = "baocaotinh"', "office"),), "does not open duty «q»"),
        ((entry("q", 'of = ["doan_the"]'),), "there is no kind of unit «doan_the»"),
        ((entry("q", 'of = ["phong"]', "office"),), "by «office» is not owed by some kinds"),
    ],
)
def test_what_cannot_be_owed_is_refused(entries: tuple[str, ...], words: str) -> None:
    found = refused(*entries)
    assert any(words.replace("«q.1»: ", "").replace("«q»: ", "") in each for each in found), found


# Who owes what ----------------------------------------------------------------------------------

KINDS = {"QLXD": "phong", "TTQH": "don_vi", "VP": "phong", "DTN": "doan_the"}


def owed(found: Plan, code: str, *years: int, kinds: dict[str, str] = KINDS) -> list[Obligation]:
    of = periods(found, [Year(year) for year in years], {}, make_calendar())
    filed: dict[tuple[str, str, int], datetime] = {}
    all_of_them = obligations(
        found, list(kinds), of, filed, date(2027, 6, 1), make_calendar(), unions=["DTN"], kinds=kinds
    )
    return [each for each in all_of_them if each.duty.code == code]


def test_only_units_of_the_kinds_named_owe_it() -> None:
    found = plan(entry("q", 'of = ["don_vi"]'))
    assert [each.unit for each in owed(found, "q", 2027)] == ["TTQH"]
    assert [each.unit for each in owed(found, "q", 2027, kinds=KINDS | {"QLXD": "don_vi"})] == ["QLXD", "TTQH"]
    assert owed(found, "q", 2027, kinds=KINDS | {"TTQH": "phong"}) == []
    assert [each.unit for each in owed(plan(entry("q", "")), "q", 2027)] == ["QLXD", "TTQH", "VP"]
    assert [each.unit for each in owed(plan(entry("q", "", "office")), "q", 2027)] == ["VP"]


def test_only_the_years_named_have_it() -> None:
    found = plan(entry("tk", "years = [2027, 2030]", "office"))
    assert [each.year for each in owed(found, "tk", 2026, 2027, 2028, 2030)] == [2027, 2030]


# Names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [("báo cáo quý I", "báo cáo quý I năm"), ("báo cáo sáu tháng đầu năm", "báo cáo sáu tháng đầu năm")],
)
def test_a_year_follows_every_name(name: str, said: str) -> None:
    found = plan(entry("q", "").replace('"báo cáo"', f'"{name}"'))
    part = of_year(found.duty("q"))
    assert (part if isinstance(part, str) else Words("vi").say(part)) == said


def test_any_code_serves_any_way() -> None:
    """The report, the plan and the rest are found by how they are done."""
    other = text()
    for code in ("plan", "registration", "results", "confirmation", "provincial", "narrative"):
        other = other.replace(f'[[duties]]\ncode = "{code}"', f'[[duties]]\ncode = "viec-{code[:3]}"')
    found = Plan.parse(other, COMMANDS)
    assert found.reports.code == "viec-res"
    assert [duty.opened_by for duty in found.all_duties] == [duty.opened_by for duty in plan().all_duties]
    assert [duty_named(found, word) for word in ("baocao", "kehoach", "danhsach", "phieu", "baocaotinh")] == [
        "viec-res",
        "viec-pla",
        "viec-reg",
        "viec-con",
        "viec-pro",
    ]


# Texts that were taken before -------------------------------------------------------------------


def before(said: str) -> str:
    """Lạng Sơn's plan as it was written when the way hung on the code."""
    said = re.sub(
        r'(?m)^(how|short) = ("(plan|list|results|paper|narrative)"|"(kế|danh|xác|phần|báo cáo năm|báo cáo tr).*")\n',
        "",
        re.sub(
            r'\[\[duties\]\]\ncode = "(so|tong)_ket(_don_vi)?"(?s:.*?)\n\n', "", said
        ),  # reviews were no duties then
    )
    said = said.replace('how = "sheet"\n', 'each = "sheet"\n')
    for code, command in (
        ("plan", "kehoach"),
        ("registration", "xacnhan chot"),
        ("results", "baocao"),
        ("confirmation", "xacnhan"),
        ("narrative", "baocao"),
    ):
        said = said.replace(f'[[duties]]\ncode = "{code}"\n', f'[[duties]]\ncode = "{code}"\ncommand = "{command}"\n')
    return said


def test_a_text_of_the_time_when_the_way_hung_on_the_code_goes_on() -> None:
    kept, now = Plan.kept(before(PLAN_TEXT)), Plan.parse(PLAN_TEXT)
    assert [(duty.code, duty.how, duty.opened_by, duty.word) for duty in kept.all_duties] == [
        (duty.code, duty.how, duty.opened_by, duty.word) for duty in now.all_duties if not duty.years
    ]
    assert [duty.called for duty in kept.all_duties if duty.code != "provincial"] == [
        duty.called for duty in now.all_duties if duty.code != "provincial" and not duty.years
    ]
    with pytest.raises(BadPlan):
        Plan.parse(before(PLAN_TEXT))


def test_a_free_code_of_that_time_is_a_paper_of_the_office() -> None:
    half = '[[duties]]\ncode = "half"\nname = "báo cáo"\nbasis = "office"\nby = "office"\ncommand = "vanban half"\n\n'
    kept = Plan.kept(before(PLAN_TEXT).replace(LADDERS, half + LADDERS))
    assert (kept.duty("half").how, kept.duty("half").opened_by) == ("paper", "vanban half")


def test_the_first_plan_has_its_three_duties() -> None:
    first = Plan.kept((Path(__file__).parents[1] / "plans/first.toml").read_text(encoding="utf-8"))
    assert [duty.how for duty in first.all_duties] == ["plan", "list", "results"]
    assert first.done_by("sheet") is None


def test_a_sheet_of_the_time_when_one_paper_had_no_code_finds_its_duty(tmp_path: Path) -> None:
    with closing(sqlite3.connect(old_file(tmp_path / "office.db", 21))) as file:
        add = (
            "INSERT INTO draft (form, subject, person, plan_hash, touched, at)"
            " SELECT ?, ?, MIN(id), '', '', '' FROM person"
        )
        file.executemany(add, [("provincial", "VP:2027"), ("provincial", "half:VP:2027"), ("report", "VP:2027")])
        for statement in statements(migrations()[22]):
            file.execute(statement)
        found = file.execute("SELECT form, subject FROM draft ORDER BY id DESC LIMIT 3").fetchall()
    assert found == [("report", "VP:2027"), ("provincial", "half:VP:2027"), ("provincial", "provincial:VP:2027")]
