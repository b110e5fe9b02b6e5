"""The target radar: what the pace will miss is said early, once, without blame, to whom it concerns."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.context import Visit
from bot.movement.counting import CountedSheet
from bot.movement.forecast import Candidate, Newest, Stage, Standing, Warning, due_by, newest, ranked, warnings
from bot.movement.plan import BadPlan, Plan
from bot.movement.progress import Baseline, Figure, Reported
from bot.office.report import forecast_data as outlooks
from bot.office.report.forecast_data import Outlook
from handlers.radar import for_head, for_office
from storage import chats, people
from storage.db import Tx
from tests.conftest import PLAN_TEXT, Office, OpenOffice
from tests.process.test_bad_input import thidua

PLAN = Plan.parse(PLAN_TEXT)
UNITS = ("A", "B", "C")
LOOKED = date(2027, 9, 1)
PLENTY = tuple(Candidate("A", Stage.SENT, "sk", f"SK-{n}") for n in range(3))


def at(
    *newest: Newest,
    candidates: tuple[Candidate, ...] = PLENTY,
    recognised: int = 0,
    baselines: dict[str, Baseline] | None = None,
) -> Standing:
    against = {("5", unit): base for unit, base in (baselines or {}).items()}
    return Standing(Reported(2027, UNITS, sheets=sheets(recognised), baselines=against), candidates, newest)


def sheets(recognised: int) -> list[CountedSheet]:
    """So many that a decision of the year has recognised."""
    return [CountedSheet("A", "sk", levels={"co_so"}) for _n in range(recognised)]


def share(unit: str, n: int, of: int, year: int = 2026, target: str = "6") -> Newest:
    return Newest(year, Figure(unit, target, Decimal(n), Decimal(of)))


def paper(unit: str, used: str, year: int = 2027, estimate: bool = False) -> Newest:
    return Newest(year, Figure(unit, "5", Decimal(used), None, estimate=estimate))


def of(target: str, standing: Standing, today: date = LOOKED, plan: Plan = PLAN) -> Warning | None:
    found = {each.target.code: each for each in warnings(plan, today.year, today, standing)}
    return found.get(target)


def sure(target: str, standing: Standing, today: date = LOOKED) -> Warning:
    warning = of(target, standing, today)
    assert warning is not None
    return warning


# When -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "said"),
    [(date(2027, 8, 31), False), (date(2027, 9, 1), True), (date(2027, 12, 31), True), (date(2028, 1, 1), False)],
)
def test_it_looks_from_its_day_to_the_end_of_the_year(today: date, said: bool) -> None:
    found = warnings(PLAN, 2027, today, at(candidates=()))
    assert [each.key for each in found] == (["radar:2027:4"] if said else [])


def test_a_plan_without_a_radar_never_warns() -> None:
    assert warnings(PLAN.model_copy(update={"radar": ()}), 2027, LOOKED, at(candidates=())) == []


# Initiatives ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recognised", "stages", "lacking"),
    [
        (0, [], 3),
        (1, [], 2),
        (1, [Stage.SENT], 1),
        (0, [Stage.SENT, Stage.CONFIRMED], 1),
        (0, [Stage.DRAFT, Stage.DRAFT, Stage.DRAFT], 3),
        (2, [Stage.DRAFT, Stage.COMPLETE], None),
        (0, [Stage.SENT, Stage.CONFIRMED, Stage.RECEIVED], None),
        (3, [], None),
        (5, [], None),
    ],
)
def test_initiatives_recognised_and_on_the_way(recognised: int, stages: list[Stage], lacking: int) -> None:
    candidates = tuple(Candidate("A", stage, "sk") for stage in stages)
    warning = of("4", at(recognised=recognised, candidates=candidates))
    assert (warning and warning.lacking) == lacking


def test_the_most_ready_come_first() -> None:
    given = [
        Candidate("A", Stage.DRAFT, "sk", answers=2),
        Candidate("B", Stage.DRAFT, "sk", answers=5),
        Candidate("A", Stage.SENT, "sk", "SK-2027-001"),
        Candidate("C", Stage.COMPLETE, "sk", "SK-2027-009"),
        Candidate("B", Stage.CONFIRMED, "sk", "SK-2027-002"),
        Candidate("B", Stage.RECEIVED, "sk", "SK-2027-003"),
    ]
    assert [(each.stage, each.answers) for each in ranked(given)] == [
        ("complete", 0),
        ("received", 0),
        ("confirmed", 0),
        ("sent", 0),
        ("draft", 5),
        ("draft", 2),
    ]
    assert sure("4", at(candidates=tuple(given[:4]))).units == ("C", "A", "B")


@given(
    recognised=st.integers(0, 4),
    stages=st.lists(st.sampled_from(list(Stage)), max_size=5),
    trained=st.lists(st.integers(0, 10), min_size=3, max_size=3),
    more=st.sampled_from(list(Stage)),
)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_another_initiative_never_makes_a_warning_appear(
    recognised: int, stages: list[Stage], trained: list[int], more: Stage
) -> None:
    figures = [share(unit, n, 10) for unit, n in zip(UNITS, trained, strict=True)]
    standing = at(*figures, recognised=recognised, candidates=tuple(Candidate("A", s, "sk") for s in stages))
    added = replace(standing, candidates=(*standing.candidates, Candidate("B", more, "sk")))
    before = {each.key for each in warnings(PLAN, 2027, LOOKED, standing)}
    assert {each.key for each in warnings(PLAN, 2027, LOOKED, added)} <= before
    one_more = replace(standing, known=replace(standing.known, sheets=sheets(recognised + 1)))
    assert {each.key for each in warnings(PLAN, 2027, LOOKED, one_more)} <= before


# Shares ---------------------------------------------------------------------------------------


def test_units_behind_with_the_people_left_most_first() -> None:
    warning = sure("6", at(share("A", 17, 18), share("B", 5, 10), share("C", 9, 9)))
    assert [(each.unit, each.left) for each in warning.behind] == [("B", Decimal(5)), ("A", Decimal(1))]
    assert (warning.reached, warning.needed, warning.lacking) == tuple(map(Decimal, (31, 37, 6)))
    assert warning.units == ("B", "A")


@pytest.mark.parametrize(
    "figures",
    [
        [],
        [share("A", 18, 18), share("B", 10, 10)],
        [share("A", 0, 0)],
        [share("elsewhere", 1, 9)],
        [share("A", 1, 9, target="2")],
    ],
    ids=["nothing known", "all of them", "nobody", "a unit that owes nothing", "a target not watched"],
)
def test_no_warning_without_somebody_left(figures: list[Newest]) -> None:
    assert of("6", at(*figures)) is None


def test_a_goal_that_the_office_reaches_as_a_whole_is_reached() -> None:
    target = PLAN.target("6").model_copy(update={"goal": Decimal(90)})
    plan = PLAN.model_copy(update={"targets": tuple(target if t.code == "6" else t for t in PLAN.targets)})
    assert of("6", at(share("A", 99, 100), share("B", 8, 10)), plan=plan) is None
    warning = of("6", at(share("A", 89, 100), share("B", 7, 9)), plan=plan)
    assert warning is not None
    assert [(each.unit, each.left) for each in warning.behind] == [("B", Decimal(2)), ("A", Decimal(1))], (
        "8,1 people are 9"
    )


def test_the_newest_figure_counts() -> None:
    def figure(unit: str, n: int | None, na: bool = False) -> Figure:
        return Figure(unit, "6", None if n is None else Decimal(n), Decimal(9), na)

    found = newest(
        2027,
        filed=[figure("A", 1), figure("D", None, na=True)],
        drafted=[figure("A", 2), figure("B", 3), figure("C", None)],
        last_year=[figure("A", 4), figure("B", 5), figure("C", 6), figure("D", 7)],
    )
    assert {each.figure.unit: (each.year, each.figure.numerator) for each in found} == {
        "A": (2027, Decimal(1)),
        "B": (2027, Decimal(3)),
        "C": (2026, Decimal(6)),
    }


# Paper ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "percent"), [(2025, "0"), (2026, "0"), (2027, "7.5"), (2028, "15"), (2030, "30"), (2031, "30")]
)
def test_the_straight_line(year: int, percent: str) -> None:
    assert due_by(PLAN, PLAN.target("5"), year) == Decimal(percent)


BASES = {"A": Baseline(Decimal(100), Decimal(120)), "B": Baseline(Decimal(50), None)}


@pytest.mark.parametrize(
    ("figures", "behind"),
    [
        ([paper("A", "92.5")], None),
        ([paper("A", "92.6")], ["A"]),
        ([paper("A", "80"), paper("B", "49")], None),
        ([paper("A", "99"), paper("B", "40")], ["A"]),
        ([paper("A", "112", estimate=True)], ["A"]),
        ([paper("A", "111", estimate=True)], None),
        ([paper("B", "60", estimate=True)], None),
        ([paper("C", "60")], None),
        ([paper("A", "100", year=2026)], None),
        ([], None),
    ],
    ids=[
        "on the line",
        "above it",
        "as a whole below it",
        "one above it",
        "estimate",
        "estimate below",
        "no baseline of the whole year",
        "no baseline",
        "last year on last year's line",
        "nothing known",
    ],
)
def test_paper_against_the_line(figures: list[Newest], behind: list[str] | None) -> None:
    warning = of("5", at(*figures, baselines=BASES))
    assert (warning and [each.unit for each in warning.behind]) == behind


# The plan file --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('target = "6"\non', 'target = "9"\non', "[[radar]] «9» target"),
        ('target = "6"\non', 'target = "1"\non', "[[radar]] «1» target"),
        ('target = "6"\non', 'target = "4"\non', "[[radar]] «4» target"),
        ('on = "09-01"', 'on = "09-31"', "«09-31»"),
        ('on = "09-01"', 'on = "02-29"', "«02-29»"),
        ('target = "6"\non', 'whom = "6"\non', "không có khóa «whom»"),
    ],
)
def test_a_radar_that_cannot_be_is_refused(tmp_path: Path, was: str, now: str, said: str) -> None:
    text = PLAN_TEXT.replace(was, now, 1)
    with pytest.raises(BadPlan):
        Plan.parse(text)
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    answer = thidua("check", str(path))
    assert answer.returncode == 1
    assert said in answer.stderr


def test_the_days_of_looking_stand_in_the_calendar(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN_TEXT, encoding="utf-8")
    said = thidua("check", str(path), THIDUA_NOW="2027-01-05T08:00").stdout
    assert "Chỉ tiêu 4 (Sáng kiến được công nhận): từ ngày 01/09/2027" in said


# The words ------------------------------------------------------------------------------------

NAMES = {"QLXD": "Phòng Quản lý xây dựng", "KTVL": "Phòng Kinh tế và Vật liệu xây dựng", "VP": "Văn phòng Sở"}
STANDING = Standing(
    Reported(
        2027,
        tuple(NAMES),
        sheets=sheets(1),
        baselines={("5", "QLXD"): Baseline(Decimal(35), None), ("5", "VP"): Baseline(Decimal(80), None)},
    ),
    (
        Candidate("QLXD", Stage.SENT, "sk", "SK-2027-012", "Bảng tra cứu giá vật liệu bằng mã QR"),
        Candidate("KTVL", Stage.DRAFT, "sk", answers=4),
        Candidate("QLXD", Stage.DRAFT, "sk", answers=2),
    ),
    (share("QLXD", 17, 18), share("KTVL", 5, 10), share("VP", 9, 9), paper("QLXD", "34"), paper("VP", "80")),
)
ALL = Outlook(2027, LOOKED, warnings(PLAN, 2027, LOOKED, STANDING), NAMES)


async def hears(office: Office, who: str, outlook: Outlook) -> str:
    """What somebody is told of it, as one text with its buttons."""

    def work(tx: Tx) -> str:
        person = tx.one(people.NAMED, fold=who)
        assert person is not None
        chat = chats.at(tx, channel="local", address=f"person:{person.id}", look="web")
        visit = Visit(tx, office.app.office, chat, person, office.app.now())
        say = (for_office if person.role in ("office", "chief") else for_head)(visit, outlook)
        if say is None:
            return ""
        words = visit.words
        return "\n".join([*map(words.say, say.lines), *(f"[{words.say(b.label)}] {b.says}" for b in say.buttons)])

    return await office.app.db.write(work)


async def test_the_office_hears_everything(office: Office) -> None:
    assert await hears(office, "luong thi nhap", ALL) == (
        "Dự báo thực hiện chỉ tiêu năm 2027 · 01/09/2027\n"
        "Với tiến độ hiện nay, 03 chỉ tiêu có thể chưa đạt.\n"
        "4. Sáng kiến được công nhận: đã công nhận 01, đã gửi và đang xét 01; cần thêm ít nhất 01 để đạt mục tiêu 03.\n"
        "Các phiếu gần hoàn thành nhất:\n"
        "- SK-2027-012 «Bảng tra cứu giá vật liệu bằng mã QR» (Phòng Quản lý xây dựng): đã gửi, chờ lãnh đạo đơn vị xác nhận\n"
        "- Một phiếu đang soạn (Phòng Kinh tế và Vật liệu xây dựng): đã soạn 04 câu, chưa gửi\n"
        "- Một phiếu đang soạn (Phòng Quản lý xây dựng): đã soạn 02 câu, chưa gửi\n"
        "6. Tập huấn kỹ năng số: 31/37, 83,8% theo số liệu mới nhất; còn 06 người tại 02 đơn vị.\n"
        "- Phòng Kinh tế và Vật liệu xây dựng (05 người); Phòng Quản lý xây dựng (01 người)\n"
        "5. Giấy sử dụng: giảm 0,9% theo số liệu mới nhất; theo lộ trình cần giảm 7,5% để đạt mục tiêu giảm 30% vào năm 2030.\n"
        "Cao hơn lộ trình: Văn phòng Sở (cao hơn 6 ram); Phòng Quản lý xây dựng (cao hơn 1,6 ram)\n"
        "Lãnh đạo đơn vị liên quan được báo một lần, chỉ về đơn vị mình. Danh sách này chưa gửi Lãnh đạo Sở.\n"
        "[Tiến độ chỉ tiêu] /tiendo 2027\n"
        "[Tổng hợp năm] /tonghop 2027"
    )


async def test_a_head_hears_of_their_own_unit_only(office: Office) -> None:
    said = await hears(office, "hoang van thu", ALL)
    assert said == (
        "Dự báo thực hiện chỉ tiêu năm 2027 · Phòng Quản lý xây dựng\n"
        "Trợ lý báo sớm, mỗi năm một lần, để đồng chí Thử chủ động sắp xếp.\n"
        "Chỉ tiêu 4, Sáng kiến được công nhận: Sở Xây dựng cần thêm ít nhất 01 để đạt mục tiêu 03 trong năm. Phiếu của đơn vị:\n"
        "- SK-2027-012 «Bảng tra cứu giá vật liệu bằng mã QR»: đã gửi, chờ lãnh đạo đơn vị xác nhận\n"
        "- Một phiếu đang soạn: đã soạn 02 câu, chưa gửi\n"
        "Đề nghị đồng chí Thử quan tâm để các phiếu này sớm hoàn thành.\n"
        "Chỉ tiêu 6, Tập huấn kỹ năng số: 17/18 (báo cáo năm 2026), còn 01 người.\n"
        "Nếu đã thực hiện xong, đồng chí chỉ cần ghi số mới trong báo cáo năm.\n"
        "Chỉ tiêu 5, Giấy sử dụng: 34 ram (số liệu năm nay); theo lộ trình là 32,4 ram (giảm 7,5%) để đạt mục tiêu giảm 30% vào năm 2030.\n"
        "[Phiếu chờ xác nhận] /xacnhan\n"
        "[Việc của tôi] /viec\n"
        "[Tiến độ chỉ tiêu] /tiendo 2027"
    )
    for unit, name in NAMES.items():
        assert unit == "QLXD" or name not in said


async def test_a_head_who_is_not_concerned_hears_nothing(office: Office) -> None:
    assert await hears(office, "trieu van phong", ALL) == ""
    assert await hears(office, "hoang van thu", ALL.only(())) == ""
    assert await hears(office, "luong thi nhap", ALL.only(())) == ""


async def test_what_was_said_before_is_left_out(office: Office) -> None:
    said = await hears(office, "luong thi nhap", ALL.only(["radar:2027:6"]))
    assert "Tập huấn" in said
    assert "Sáng kiến được công nhận" not in said
    assert "Giấy sử dụng" not in said


async def test_without_any_sheet_the_office_hears_so(office: Office) -> None:
    nothing = warnings(PLAN, 2027, LOOKED, at(candidates=()))
    said = await hears(office, "luong thi nhap", Outlook(2027, LOOKED, nothing, NAMES))
    assert "Hiện chưa có phiếu nào đã gửi hoặc đang soạn." in said


async def test_at_most_five_are_named(office: Office) -> None:
    candidates = tuple(Candidate("QLXD", Stage.DRAFT, "sk", answers=n) for n in range(9))
    found = warnings(PLAN, 2027, LOOKED, at(candidates=candidates))
    for who in ("luong thi nhap", "hoang van thu"):
        said = await hears(office, who, Outlook(2027, LOOKED, found, NAMES))
        assert len(re.findall("Một phiếu đang soạn", said)) == 5
        assert "đã soạn 08 câu" in said


# What is read ---------------------------------------------------------------------------------


async def looks(office: Office) -> Outlook:
    reader = await office.app.db.reader()
    async with reader.snapshot() as snapshot:
        return await outlooks.read(snapshot, office.app.office, 2027, office.app.now())


async def test_it_reads_figures_initiatives_and_open_drafts(open_office: OpenOffice) -> None:
    office = await open_office()
    before = {each.target.code: each for each in (await looks(office)).warnings}
    assert "4" not in before, "more than three are recognised or on the way"
    assert {each.newest.year for each in before["6"].behind} == {2026, 2027}
    assert "QLXD" not in before["6"].units
    await office.says("head", "/baocao 2027", "sửa 6 4/5")
    after = {each.target.code: each for each in (await looks(office)).warnings}
    mine = next(each for each in after["6"].behind if each.unit == "QLXD")
    assert (mine.newest.year, mine.left) == (2027, Decimal(1)), "the open draft is newer than last year's report"


async def test_candidates_are_what_may_still_be_recognised(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.app.db.write(lambda tx: tx.run("DELETE FROM recognition"))
    await office.app.db.write(
        lambda tx: tx.run(
            """
            UPDATE initiative SET state = 'withdrawn' WHERE id NOT IN
                (SELECT MIN(id) FROM initiative WHERE year = 2027 AND kind = 'sk'
                  GROUP BY state HAVING state IN ('received', 'sent'))
            """
        )
    )
    await office.says("officer", "/dangky sk", "Kho lưu trữ bản vẽ hoàn công dùng chung", "3")
    warning = next(each for each in (await looks(office)).warnings if each.target.code == "4")
    assert (warning.reached, warning.on_the_way, warning.lacking) == (Decimal(0), 2, Decimal(1))
    assert [(each.stage, each.answers) for each in warning.candidates] == [
        (Stage.COMPLETE, 0),
        (Stage.SENT, 0),
        (Stage.DRAFT, 2),
    ]
    assert warning.candidates[-1].unit == "QLXD"
    said = await hears(office, "luong thi nhap", await looks(office))
    assert "Kho lưu trữ" not in said, "what is not sent yet stays with its author"
    assert warning.candidates[0].code in said


async def test_before_its_day_nothing_is_read(open_office: OpenOffice) -> None:
    office = await open_office()
    reader = await office.app.db.reader()
    async with reader.snapshot() as snapshot:
        early = office.app.now().replace(month=8, day=31)
        assert (await outlooks.read(snapshot, office.app.office, 2027, early)).warnings == []
        assert (await outlooks.read(snapshot, office.app.office, 2026, office.app.now())).warnings == []
