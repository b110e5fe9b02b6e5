"""The plan file: every mistake in one go, each with its line, what is expected and an example; none passes for right.

Every key of the shipped plans, spoilt in each way: `test_plan_keys.py`.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import gather
from bot.language.i18n import Words
from bot.movement.plan import BadPlan, Plan, Problem
from bot.movement.plan.declared import declared
from bot.movement.plan.places import places
from bot.office.plan_check import check, problems_of
from bot.server.office import make_calendar
from handlers import FEATURES
from tests.conftest import PLAN_TEXT

COMMANDS = gather(FEATURES).commands
VIETNAMESE, ENGLISH = Words("vi"), Words("en")
LINE = re.compile(r"- Dòng \d+, .+: .+\. Cần: .+\. Ví dụ: .+")
LINES = PLAN_TEXT.split("\n")


def problems(text: str) -> tuple[Problem, ...]:
    """What is wrong in a text."""
    with pytest.raises(BadPlan) as raised:
        Plan.parse(text, COMMANDS)
    said = [VIETNAMESE.say(line) for line in problems_of(raised.value)]
    assert said[0].startswith("Tệp kế hoạch có")
    for line in said[1:]:
        assert LINE.fullmatch(line), line
        assert "?." not in line
    english = " ".join(ENGLISH.say(line) for line in problems_of(raised.value))
    assert "Expected: " in english
    assert "pydantic" not in english
    assert [each.line for each in raised.value.problems] == sorted(each.line for each in raised.value.problems)
    return raised.value.problems


def only(text: str, line: str, *words: str) -> None:
    """One thing is wrong: at the line that says this, with these words."""
    (problem,) = problems(text)
    assert text.split("\n")[problem.line - 1].startswith(line), problem
    said = VIETNAMESE.say(problems_of(BadPlan([problem]))[1])
    for word in words:
        assert word in said, said


def changed(was: str, now: str) -> str:
    assert was in PLAN_TEXT, was
    return PLAN_TEXT.replace(was, now, 1)


# What stands in no single key -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "line", "words"),
    [
        ("first_year = 2026", "first_year = 26", "first_year", "2000 đến 2099"),
        ("last_year = 2030", "last_year = 2025", "last_year", "2026 trở đi"),
        ("years = [2027]", "years = [2040]", "years", "2026 đến 2030"),
        ('cutoff = "10-31"', 'cutoff = "31-10"', "cutoff", "«10-31» không?"),
        ('cutoff = "10-31"', 'cutoff = "02-30"', "cutoff", "năm nào cũng có"),
        ('cutoff = "10-31"', 'cutoff = "02-29"', "cutoff", "năm nào cũng có"),
        ('cutoff = "10-31"', 'cutoff = "11-30"', "cutoff", "09/11"),
        ('on = "09-01"', 'on = "11-01"', "on", "31/10"),
        ('clause_of_reporting = "VI.4"', 'clause_of_reporting = "VI.9"', "clause_of_reporting", "không có mục «VI.9»"),
        ('clause = "VI.4"', 'clause = "VII"', "clause", "không có mục «VII»"),
        ('how = "plan"\nclause = "III.1"\n', 'how = "plan"\n', "[[duties]]", "mục nào của kế hoạch"),
        ('clause = "III.4"', 'clause = "III.9"', "clause", "không có mục «III.9»"),
        (
            'basis = "office"                  # a',
            'clause = "VI.2"\nbasis = "office" # a',
            "clause",
            "quy định của bộ phận thường trực",
        ),
        ('desk_unit = "VP"', 'desk_unit = "Văn phòng"', "desk_unit", "chữ không dấu"),
        ('desk = "Văn phòng Sở"', 'desk = "Văn\\nphòng"', "desk", "xuống dòng"),
        ('code = "don_vi"', 'code = "phong"', "code", "«phong»"),
        ('code = "don_vi"', 'code = "đơn vị"', "code", "chữ không dấu"),
        ('name = "đơn vị"', 'name = "Phòng"', "name", "«phong»"),
        ('"trung tâm", "chi cục"]', '"trung tâm", "THANH TRA"]', "words", "«phong»"),
        ("union = true                      #", "union = false                     #", "", "đoàn thể"),
        ('head = "Giám đốc"', 'haed = "Giám đốc"', "haed", "«head» không?"),
        ('{ "Chi cục" = "Chi cục trưởng" }', '{ "Chi cục" = 3 }', "heads", "ngoặc kép"),
        ("seal = true ", 'seal = "có" ', "seal", "true hoặc false"),
        ('prefix = "MH"', 'prefix = "SK"', "prefix", "«SK»"),
        ('prefix = "MH"', 'prefix = "BC"', "prefix", "«BC»"),
        ('prefix = "MH"', 'prefix = "MHX"', "prefix", "hai chữ hoa"),
        ('authors = "people"\n', 'authors = "unit"\n', "[[kinds.fields]]", "không câu nào"),
        ('type = "authors"\n', 'type = "line"\n', "[[kinds.fields]]", "đúng một câu"),
        ('code = "starts"', 'code = "summary"', "code", "«summary»"),
        ('code = "starts"', 'code = "title"', "code", "«title»"),
        ('code = "starts"', 'code = "Bắt đầu"', "code", "chữ thường không dấu"),
        ('label = "Áp dụng"', 'label = "nội dung"', "label", "«nội dung»"),
        ('type = "period"', 'type = "time"', "type", '"period"'),
        ('type = "period"', 'type = "choice"', "[[kinds.fields]]", "choices"),
        ('type = "period"', 'type = "number"', "[[kinds.fields]]", "unit"),
        ('type = "period"', 'type = "period"\nunit = "giờ"', "unit", "bỏ khóa này"),
        ('type = "period"', 'type = "period"\npast = false', "past", "bỏ khóa này"),
        ('type = "period"', 'type = "period"\nwhen = "result"', "when", "không bao giờ hỏi"),
        ('type = "period"', 'type = "choice"\nchoices = ["Một"]', "choices", "2 đến 30"),
        ('type = "period"', 'type = "choice"\nchoices = ["Một", "mốt"]', "choices", "đã có trong danh sách"),
        ('type = "period"', 'type = "choice"\nchoices = ["Quay lại", "Đi"]', "choices", "từ điều khiển"),
        ('type = "period"', 'type = "choice"\nchoices = ["2", "Ba"]', "choices", "số thứ tự"),
        ('type = "period"', 'type = "money"', "example", "20 triệu đồng"),
        ('example = "30/10/2027"', 'example = "khi nào xong"', "example", "một ngày"),
        ('words = ["mo hinh", "model"]', 'words = ["sang kien"]', "words", "loại «sk»"),
        ('code = "II.2"', 'code = "II.1"', "code", "«II.1»"),
        ('code = "uu_diem"', 'code = "II.1"', "code", "«II.1»"),
        ('code = "6"\nname', 'code = "2"\nname', "code", "«2»"),
        ('short = "Chuyển đổi xanh"', 'short = "chuyển đổi số"', "short", "«chuyển đổi số»"),
        ('measure = "share"', 'measure = "shares"', "measure", "«share» không?"),
        ('numerator = "số thủ tục cung cấp trực tuyến"\n', "", "[[targets]]", "numerator"),
        ('unit = "thủ tục"', 'unit = "thủ tục"\nquestion = "có bao nhiêu"', "question", 'measure = "share"'),
        ('measure = "count"\n', 'measure = "count"\nmay_not_apply = true\n', "may_not_apply", 'measure = "count"'),
        ('counted = { what = "recognised", kinds = ["sk"], level = "co_so" }\n', "", "[[targets]]", "counted"),
        ('kinds = ["sk"], level', 'kinds = ["nv"], level', "counted", "«nv»"),
        ('kinds = ["sk"], level', 'kinds = ["skk"], level', "counted", "«sk» không?"),
        ('level = "co_so" }', 'level = "coso" }', "counted", "«co_so» không?"),
        ('what = "recognised"', 'what = "confirmed"', "counted", "được công nhận mới có cấp"),
        ('what = "recognised"', 'what = "recognized"', "counted", "«recognised» không?"),
        ("goal = 3\n", "goal = 2.5\n", "goal", "số phiếu"),
        ("goal = 3\n", "goal = 3\nby_year = 2030\n", "by_year", 'measure = "count"'),
        ("bao nhiêu ram giấy A4", "bao nhiêu ram giấy A4?", "question", "dấu hỏi"),
        ('example = "31"', 'example = "31 thùng"', "example", "không đọc được thành số"),
        ('units = { "tờ"', 'units = { "Ram" = "2", "tờ"', "units", "«Ram» đã có"),
        ('asked_of = "units" ', 'asked_of = "office"\nmay_not_apply = true #', "may_not_apply", "bộ phận thường trực"),
        ('unit = "thủ tục"', 'unit = "thủ tục"\nasked_of = "office"', "asked_of", 'measure = "share"'),
        ('command = "mocgiay"', 'command = "moc giay"', "command", "«mocgiay» không?"),
        ("goal = 100", "goal = 900", "goal", "100%"),
        ("goal = 100", "goal = -5", "goal", "lớn hơn 0"),
        ("goal = 100", "goal = nan", "goal", "số"),
        ("goal = 100", 'goal = "100"', "goal", "số"),
        ("stays = true", "stays = 1", "stays", "true hoặc false"),
        ("by_year = 2030", "by_year = 2031", "by_year", "2026 đến 2030"),
        ('unit = "ram"\n', "", "[[targets]]", "unit"),
        ('"1/500"', '"nửa ram"', "units", "hệ số"),
        ('area = "II.3"', 'area = "II.33"', "area", "«II.3» không?"),
        ('target = "6"\non', 'target = "9"\non', "target", "«9»"),
        ('target = "6"\non', 'target = "4"\non', "target", "«4»"),
        ('target = "6"\non', 'target = "1"\non', "target", "bậc thang"),
        ('ladder = "union"', 'ladder = "unoin"', "ladder", "«union» không?"),
        ('command = "baocaotinh"', 'command = "baocao"', "command", "vanban provincial"),
        ('command = "baocaotinh"', 'command = "mo"', "command", "không mở việc"),
        ('before = "11-10"', 'before = "11-31"', "before", "năm nào cũng có"),
        ('before = "11-10"', 'before = "11-10"\nuntil = "11-09"', "until", "before"),
        ('opens = "10-15"', 'opens = "11-15"', "opens", "09/11"),
        ("workdays = 5 ", "workdays = 0 ", "workdays", "ngày làm việc"),
        ("workdays = 5 ", "workdays = -400 ", "workdays", "0 đến 365"),
        ("{ workdays = -7 }", "{ workdays = -3 }", "    { workdays", "-3"),
        ("{ workdays = -7 }", "{ workdays = -400 }", "    { workdays", "-60 đến 60"),
        ("{ workdays = -7 }", "{ workdays = -7, opens = true }", "    { workdays", "mở kỳ"),
        ('to = ["deputy"] }', 'to = ["deputi"] }', "    { workdays", "«deputy» không?"),
        ('by = "office" ', 'by = "union" ', "by", "«provincial»"),
        ('by = "office" ', 'by = "unit" ', "command", "vanban provincial"),
        ('how = "sheet"', 'how = "list"', "how", "mỗi năm chỉ lưu một lần"),
        ('how = "sheet"', 'how = "shet"', "how", "sheet"),
        ('how = "narrative"', 'how = "paper"', "by", 'by = "office"'),
        ('code = "narrative"', 'code = "mo"', "code", "nghĩa khác"),
        ('code = "narrative"', 'code = "2027"', "code", "nghĩa khác"),
        ('code = "narrative"', 'code = "kehoach"', "code", "nghĩa khác"),
        ('code = "narrative"', 'code = "Results"', "code", "«results»"),
        ('how = "sheet"', 'how = "sheet"\nopens = "01-04"', "opens", "ngày làm việc"),
        ('how = "plan"', 'how = "plan"\nof = ["phogn"]', "of", "«phong» không?"),
        ('how = "results"', 'how = "results"\nof = ["phong"]', "of", "không giao riêng"),
        ('how = "results"', 'how = "results"\nyears = [2027]', "years", "năm nào cũng phải có"),
        ('how = "results"', 'how = "results"\nevery = "half"', "every", "mỗi năm chỉ lưu một lần"),
        ('how = "paper"', 'how = "paper"\nevery = "half"', "[[duties]]", "có 2 kỳ"),
        ('how = "paper"', 'how = "paper"\nyears = [2027, 2031]', "years", "2026 đến 2030"),
        (
            "progress = true                   #",
            "from_plan = true\nprogress = true #",
            "from_plan",
            "đã thuộc loại «mh»",
        ),
        (
            "progress = true                   #",
            "from_plan = true\nprogress = true #",
            "from_plan",
            "một loại duy nhất",
        ),
        ('progress = true\ndue = "due" ', 'due = "due" ', "from_plan", "theo dõi cho đến khi xong"),
        ('progress = true\ndue = "due" ', "progress = true #", "from_plan", "có ngày hoàn thành"),
        ('authors = "charge"', 'authors = "people"', "from_plan", "có một người phụ trách"),
        ('how = "plan"', 'how = "paper"', "from_plan", "không đơn vị nào gửi kế hoạch"),
        (
            'question = "Nhiệm vụ trọng tâm dự kiến mang lại kết quả, lợi ích gì?"\ntype = "paragraph"\nrequired = false',
            'question = "Nhiệm vụ trọng tâm dự kiến mang lại kết quả, lợi ích gì?"\ntype = "paragraph"',
            "from_plan",
            "kế hoạch không nêu «Kết quả dự kiến»",
        ),
        ('sxd = "sở xây dựng"', '"s x" = "sở xây dựng"', '"s x"', "một từ không quá"),
        ('sxd = "sở xây dựng"', 'sxd = "sở"', "sxd", "chỉ có một từ"),
        ('sxd = "sở xây dựng"', '"Cđs" = "chuyển đổi số"', '"Cđs"', "đã có ở dòng trước"),
        ('sxd = "sở xây dựng"', 'sxd = "sở sxd"', "sxd", "chính nó"),
        ('sxd = "sở xây dựng"', 'sxd = "sở xd tỉnh"\nxd = "sxd tỉnh"', "xd", "chính nó"),
        ('sxd = "sở xây dựng"', "sxd = 12", "sxd", "ngoặc kép"),
        ("digest_weekday = 0", "digest_weekday = 7", "digest_weekday", "Chủ nhật"),
        ("digest_at = 09:30:00", "digest_at = 12:30:00", "digest_at", "08:00-11:00"),
        ("digest_at = 09:30:00", "digest_at = 930", "digest_at", "giờ"),
        ("list_at = 10:30:00", "list_at = 25:00:00", "list_at", "Ví dụ"),
        ("windows = [[08:00:00, 11:00:00], ", "windows = [[11:00:00, 08:00:00], ", "windows", "nối tiếp"),
        ("bodies = 30", "bodies = -30", "bodies", "1 đến 3650"),
        ("nudge = 7 ", "nudge = 400 ", "nudge", "drafts"),
        ("points = 20 ", "points = 200 ", "points", "tối đa 100"),
        ("[speaking]", "[speakin]", "[speakin]", "«speaking» không?"),
        ("[surprise]   ", "[[surprise]]", "[[surprise]]", "bảng"),
        ("drafts = 365 ", 'notice = "2027"\ndrafts = 365 ', "notice", "đầu tệp"),
        ('short = "Sở Xây dựng"', "short = “Sở Xây dựng”", "short", "bị cong"),
        ('short = "Sở Xây dựng"', "short = Sở Xây dựng", "short", "ngoặc kép"),
        ('short = "Sở Xây dựng"', 'short = "Sở Xây dựng', "short", "chưa đóng"),
        ('short = "Sở Xây dựng"', "short Sở Xây dựng", "short", "khóa"),
        ("years = [2027]", "years = [2027", "", "Ví dụ"),
        ("[office]", "[office", "[office", "chưa đóng"),
        ("[office]", "[office]\n[office]", "[office]", "đã có"),
    ],
)
def test_what_the_machine_cannot_run_is_refused_at_its_line(was: str, now: str, line: str, words: str) -> None:
    text = changed(was, now)
    found = problems(text)
    said = [VIETNAMESE.say(each) for each in problems_of(BadPlan(found))[1:]]
    assert any(
        text.split("\n")[problem.line - 1].startswith(line) and words in said
        for problem, said in zip(found, said, strict=True)
    ), said


def test_an_office_of_unions_alone_is_refused() -> None:
    text = re.sub(r'(code = "(?:phong|don_vi)"\n)', r"\1union = true\n", PLAN_TEXT)
    assert any("không đơn vị nào phải gửi" in VIETNAMESE.say(each.what) for each in problems(text))


def without_duty(code: str) -> str:
    start = PLAN_TEXT.index(f'[[duties]]\ncode = "{code}"')
    return PLAN_TEXT[:start] + PLAN_TEXT[start:].partition("\n\n")[2]


@pytest.mark.parametrize(
    ("code", "words"), [("plan", "không có gì để đếm"), ("results", "/baocao"), ("narrative", 'how = "narrative"')]
)
def test_a_duty_that_something_needs_is_missed(code: str, words: str) -> None:
    assert any(words in VIETNAMESE.say(each.what) for each in problems(without_duty(code)))


@pytest.mark.parametrize("code", ["registration", "confirmation", "provincial"])
def test_a_duty_that_nothing_needs_may_be_left_out(code: str) -> None:
    assert Plan.parse(without_duty(code), COMMANDS).known_duty(code) is None


@pytest.mark.parametrize("table", [name for name, info in Plan.model_fields.items() if info.is_required()])
def test_a_part_that_is_gone_is_missed(table: str) -> None:
    data = re.sub(rf"(?ms)^\[?\[{table}(?:\.[a-z]+)?\].*?(?=^\[|^#|\Z)", "", PLAN_TEXT)
    data = re.sub(rf"(?m)^{table} = .*\n", "", data, count=1)
    assert table in [each.where for each in problems(data)]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "x", "[[[", "[" * 5000, "a = 1\nb = 2\n", "\x00", "name = '''", PLAN_TEXT[:400], PLAN_TEXT + "\n[[\n"],
)
def test_what_is_no_plan_at_all_has_no_traceback(text: str) -> None:
    problems(text)


def test_everything_is_said_in_one_go() -> None:
    """Writing, values and what does not agree, in whatever parts."""
    text = (
        changed("goal = 3\n", "goal = -3\n")
        .replace('ladder = "union"', 'ladder = "unoin"')
        .replace('desk = "Văn phòng Sở"\n', "")
        .replace("digest_at = 09:30:00", "digest_ta = 09:30:00")
        .replace('clause = "VI.2"', 'clause = "VI.22"')
    )
    where = [each.where for each in problems(text)]
    assert where == [
        "[office] desk",
        "[[targets]] «4» goal",
        "[[duties]] «registration» clause",
        "[[duties]] «narrative» ladder",
        "[speaking] digest_ta",
    ]
    two = problems(
        text.replace("first_year = 2026", "first_year = hai nghìn").replace('notice = "2026-11"', "notice = 2026-11")
    )
    assert [each.line for each in two][:2] == [9, 13]
    assert "[[targets]] «4» goal" in [each.where for each in two]


def test_the_example_is_what_was_probably_meant() -> None:
    (first,) = problems(changed('cutoff = "10-31"', 'cutoff = "31-10"'))
    assert first.example == 'cutoff = "10-31"'
    (second,) = problems(changed('ladder = "union"', 'ladder = "unoin"'))
    assert second.example == 'ladder = "union"'


def test_every_key_says_what_it_is_and_has_an_example_that_is_right() -> None:
    """What is shown as an example can be written."""

    def look(model: Any, way: tuple[str | int, ...]) -> Iterator[str]:
        for name in model.model_fields:
            found = declared(Plan, (*way, name))
            assert found is not None and found.key is not None, f"{way} {name} says nothing"
            yield name
            inner = declared(Plan, (*way, name, 0))
            for kind, more in ((found.kind, ()), (inner.kind if inner else None, (0,))):
                if hasattr(kind, "model_fields"):
                    yield from look(kind, (*way, name, *more))
            assert (
                found.key.example
                or hasattr(found.kind, "model_fields")
                or (inner and hasattr(inner.kind, "model_fields"))
            )
            if found.key.example and "= " not in found.key.example:
                tomllib.loads(f"{name} = {found.key.example}")

    assert len(list(look(Plan, ()))) > 100


# What is right ----------------------------------------------------------------------------------


def test_every_place_of_a_text_is_found() -> None:
    """Line and way agree with what `tomllib` reads."""
    text = (
        PLAN_TEXT
        + "\n[a.b]\n\"c d\" = '''\n[[no]]\n'''\ne = { f = [1, 2], g.h = 3 }\n[[a.l]]\n[[a.l.m]]\nn = 1\n[[a.l.m]]\n"
    )
    found = places(text)

    def look(value: object, way: tuple[str | int, ...]) -> None:
        if way:
            name = next(step for step in reversed(way) if isinstance(step, str))
            assert isinstance(way[-1], int) or name in text.split("\n")[found[way] - 1], way
        entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for step, inner in entries:
            look(inner, (*way, step))

    look(tomllib.loads(text), ())
    assert ("no",) not in found


def test_the_first_plan_ever_shipped_goes_on() -> None:
    """A database opens on the text it has, whatever is asked of a new one."""
    first = (Path(__file__).parents[1] / "plans/first.toml").read_text(encoding="utf-8")
    assert Plan.kept(first).duty("results").last_day(2027) == date(2027, 11, 9)
    assert [(each.code, each.name, each.union, each.seal) for each in Plan.kept(first).unit_kinds] == [
        (each.code, each.name, each.union, each.seal) for each in Plan.parse(PLAN_TEXT).unit_kinds
    ]
    assert Plan.kept(first).terms == Plan.parse(PLAN_TEXT).terms, "what was said before a plan could say it"
    asked = [
        kind.model_copy(
            update={
                "fields": tuple(
                    f.model_copy(
                        update={"required": f.required or (f.code == "starts" and kind.code != "nv"), "question": ""}
                    )
                    for f in kind.fields
                    if f.when == "register"
                ),
                "progress": False,
                "due": "",
                "from_plan": False,
                "example": "",
            }
        )
        for kind in Plan.parse(PLAN_TEXT).kinds
    ]
    kept = [
        kind.model_copy(
            update={"example": "", "fields": tuple(f.model_copy(update={"question": ""}) for f in kind.fields)}
        )
        for kind in Plan.kept(first).kinds
    ]
    assert kept == asked, "what was asked before a plan could say it"
    problems(first)
    with pytest.raises(BadPlan):
        Plan.kept(first + "\n[[\n")


def test_the_first_plan_asks_for_figures_as_it_always_did() -> None:
    first = Plan.kept((Path(__file__).parents[1] / "plans/first.toml").read_text(encoding="utf-8"))
    now = Plan.parse(PLAN_TEXT)
    kept = first.target("4").counted
    assert kept is not None and (kept.what, kept.kinds) == ("recognised", ("sk",))
    for code in ("1", "2", "3", "5", "6", "II.3.1"):
        before, after = first.target(code).model_dump(), now.target(code).model_dump()
        assert {key for key in after if before[key] != after[key]} <= {"name", "short", "clause", "fed_by"}, code


def test_a_right_plan_says_so() -> None:
    report = check(PLAN_TEXT, make_calendar(), date(2027, 1, 5), COMMANDS)
    assert report.problems == 0
    assert VIETNAMESE.say(report.lines[0]).startswith("Tệp kế hoạch đúng")


@pytest.mark.parametrize(
    "key",
    [
        "chief",
        "leaders",
        "above",
        "sign",
        "unit",
        "heads",
        "head",
        "head_of_unit",
        "head_title",
        "officers",
        "staff",
        "decided",
        "difficulties",
    ],
)
def test_no_office_reads_the_words_of_another(key: str) -> None:
    """What a plan taken before may leave out, a file that is handed in has to say; so both mean the same."""
    line = next(line for line in LINES if line.startswith(f"{key} = "))
    assert any(each.where.endswith(key) for each in problems(PLAN_TEXT.replace(f"{line}\n", "", 1)))
    assert Plan.kept(PLAN_TEXT).terms == Plan.parse(PLAN_TEXT).terms
