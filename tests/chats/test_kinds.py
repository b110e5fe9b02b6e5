"""What is registered is the plan's: kinds and questions that come, go and change while sheets are open and items stand."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from time import perf_counter

import pytest

from bot.movement import BadPlan, Plan
from bot.server.office import plan_hash
from storage import plans
from storage.migrating import SCHEMA
from storage.opening import connect
from tests.conftest import PLAN_TEXT, Office
from tests.old_files import old_file

pytestmark = pytest.mark.slow

TITLE = "Bản đồ số các tuyến vận tải nông thôn toàn tỉnh"
AFTER = 'code = "starts"\nlabel = "Áp dụng"'
"""Of the kind «sk»; a question is put before it."""


def with_question(*lines: str, code: str = "cost", label: str = "Kinh phí") -> str:
    """The plan with one more question of an initiative."""
    asked = [f'code = "{code}"', f'label = "{label}"', f'question = "{label} thế nào?"', *lines]
    return PLAN_TEXT.replace(AFTER, "\n".join([*asked, "", "[[kinds.fields]]", AFTER]), 1)


def without_kind(text: str, code: str) -> str:
    """The plan without a kind."""
    start = text.index(f'[[kinds]]\ncode = "{code}"')
    end = min(text.index(mark, start + 9) for mark in ("[[kinds]]", "[[levels]]") if mark in text[start + 9 :])
    return text[:start] + text[end:]


async def run_on(office: Office, text: str) -> None:
    now = office.app.now()
    await office.app.db.write(lambda tx: plans.take(tx, hash=plan_hash(text), text=text, now=now))
    office.app.set_plan(text)


def begun(*more: str) -> tuple[str, ...]:
    """An initiative up to the question before the last."""
    return ("/dangky sk", TITLE, "1", "1", *more)


async def code_of(office: Office) -> str:
    return str(await office.value("SELECT code FROM initiative ORDER BY id DESC LIMIT 1"))


async def test_a_question_that_goes_while_it_is_open_takes_no_answer_with_it(office: Office) -> None:
    await run_on(office, with_question('type = "line"'))
    assert "Kinh phí thế nào?" in await office.says("officer", *begun())
    await run_on(office, PLAN_TEXT)
    shown = await office.says("officer", "02 triệu đồng, tự túc")
    assert "Xem lại trước khi gửi" in shown
    assert "Mã theo dõi" in await office.says("officer", "gửi")
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0


async def test_an_answer_to_a_question_that_goes_stays_on_the_sheet_under_its_name(office: Office) -> None:
    await run_on(office, with_question('type = "money"'))
    await office.says("officer", *begun("20 triệu", "gửi"))
    await run_on(office, PLAN_TEXT)
    code = await code_of(office)
    assert "Kinh phí: 20.000.000 đồng" in await office.says("officer", f"/cuatoi {code}")
    await office.says("officer", f"/cuatoi sua {code}", "sửa 1 Bản đồ số các tuyến vận tải của toàn tỉnh", "gửi")
    assert "Kinh phí: 20.000.000 đồng" in await office.says("officer", f"/cuatoi {code}")


async def test_a_question_of_another_type_is_asked_again(office: Office) -> None:
    await run_on(office, with_question('type = "line"'))
    await office.says("officer", *begun("hai mươi triệu", "gửi"))
    code = await code_of(office)
    other = "Quét mã thay sổ giao nhận hồ sơ ở bộ phận một cửa"
    await office.says("officer", *[other if line == TITLE else line for line in begun("ba mươi triệu")])
    for others, answer, said in (
        ('type = "money"', "20 triệu", "Kinh phí: 20.000.000 đồng"),
        ('type = "number"\nunit = "ngày công"', "30", "Kinh phí: 30 ngày công"),
        ('type = "choice"\nchoices = ["Ít", "Nhiều"]', "nhiều", "Kinh phí: Nhiều"),
        ('type = "person"', "1", "Kinh phí: Chuyên viên Nông Văn Mẫu"),
        ('type = "date"', "20/12/2027", "Kinh phí: 20/12/2027"),
        ('type = "period"', "quý IV", "Kinh phí: quý IV/2027"),
    ):
        await run_on(office, with_question(others))
        sheet = await office.says("officer", f"/cuatoi {code}")
        assert "Kinh phí: " in sheet, "what was answered under another plan is still said"
        opened = await office.says("officer", f"/cuatoi sua {code}", "xem phiếu", "tiếp tục")
        assert "Kinh phí thế nào?" in opened
        await office.says("officer", answer, "gửi")
        assert said in await office.says("officer", f"/cuatoi {code}")
        assert "Kinh phí thế nào?" in await office.says("officer", "/dangky sk", "xem phiếu", "tiếp tục")
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0


async def test_a_kind_that_goes_leaves_its_items_with_their_answers(office: Office) -> None:
    code = str(await office.value("SELECT code FROM initiative WHERE kind = 'nv' LIMIT 1"))
    who = str(await office.value(f"SELECT name FROM person JOIN initiative ON person.id = by WHERE code = '{code}'"))
    before = await office.says(who, f"/cuatoi {code}")
    await office.says("officer", "/dangky nv", TITLE)
    await run_on(office, without_kind(PLAN_TEXT, "nv"))
    assert "Kế hoạch đã thay đổi và không còn phiếu này" in await office.says("officer", "3")
    after = await office.says(who, f"/cuatoi {code}")
    assert "Người phụ trách: " in after
    assert "Hoàn thành: " in after
    assert after == before.replace("<Cập nhật tiến độ>\n", ""), "how far it is was asked of its kind"
    await office.app.db.write(
        lambda tx: tx.run("UPDATE initiative SET state = 'returned' WHERE code = :code", code=code)
    )
    assert "không còn đăng ký nhiệm vụ trọng tâm" in await office.says(who, f"/cuatoi sua {code}")
    for person in ("officer", "head", "office"):
        await office.says(
            person, "việc", "/cuatoi", "/dangky", "/xacnhan", "/congnhan", "/thoat", "/tonghop 2027", "/donvi"
        )
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0
    await run_on(office, PLAN_TEXT)
    assert f"1. Tên: {TITLE}" in await office.says("officer", "/dangky nv", "xem phiếu")


HUGE = ("a" * 100_000, "1" * 100_000, "1." * 50_000, "01/" * 33_000, "tôi 1, " * 14_000, "a \n" * 33_000)


@pytest.mark.parametrize(
    "how",
    [
        'type = "line"',
        'type = "paragraph"',
        'type = "number"\nunit = "giờ"',
        'type = "money"',
        'type = "date"',
        'type = "period"',
        'type = "choice"\nchoices = ["Ít", "Nhiều"]',
        'type = "person"',
        'type = "files"',
    ],
)
async def test_whatever_is_sent_to_a_question_is_answered(office: Office, how: str) -> None:
    await run_on(office, with_question(how))
    await office.says("officer", *begun())
    at = perf_counter()
    for text in HUGE:
        shown = await office.says("officer", text)
        assert shown
        assert len(shown) < 20_000
    assert perf_counter() - at < 30
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0
    assert await office.value("SELECT COUNT(*) FROM answer WHERE LENGTH(value) > 7000") == 0
    assert "Kinh phí" in await office.says("officer", "xem phiếu")


async def test_a_choice_that_is_called_like_a_step_can_be_chosen_by_its_number(office: Office) -> None:
    """No file with it is taken; a database that has it goes on."""
    text = with_question('type = "choice"', 'choices = ["Gửi", "Quay lại", "Bỏ qua"]')
    with pytest.raises(BadPlan) as raised:
        Plan.parse(text)
    assert len(raised.value.problems) == 3
    await run_on(office, text)
    assert ": Quay lại" in await office.says("officer", *begun("2"))


async def test_whom_a_sheet_names_reads_it_and_is_kept_like_whoever_is_in_charge(office: Office) -> None:
    await run_on(office, with_question('type = "person"', label="Người hướng dẫn"))
    assert "Người được nêu tên" in await office.says("officer", *begun("Lục Thị Minh Họa"))
    await office.says("officer", "gửi")
    code = await code_of(office)
    who = await office.value("SELECT person FROM item_answer WHERE field = 'cost'")
    assert code in await office.says("Lục Thị Minh Họa", "/dulieucuatoi")
    assert "Người hướng dẫn: " in await office.says("Lục Thị Minh Họa", f"/cuatoi {code}")
    other = str(await office.value("SELECT name FROM person WHERE unit = 'KTVL' AND role = 'officer'"))
    assert "Người hướng dẫn: " not in await office.says(other, f"/cuatoi {code}")
    await office.says("officer", f"/cuatoi sua {code}", "sửa người hướng dẫn", "1", "gửi")
    assert code not in await office.says("Lục Thị Minh Họa", "/dulieucuatoi"), "nobody is held to what was changed"
    await office.says("officer", f"/cuatoi sua {code}", "sửa người hướng dẫn", "Lục Thị Minh Họa", "gửi")
    await office.says("Lục Thị Minh Họa", "/rutdongy co")
    assert "Lục Thị Minh Họa" in await office.says("officer", f"/cuatoi {code}"), "what was filed is kept"
    assert await office.value(f"SELECT COUNT(*) FROM item_answer WHERE person = {who}") == 2


async def test_whom_a_sheet_names_is_followed_by_somebody_when_they_leave(office: Office) -> None:
    mentor, next_one = "Lục Thị Minh Họa", "Lộc Văn Bản Mẫu"
    await run_on(office, with_question('type = "person"', label="Người hướng dẫn"))
    await office.says("officer", *begun(mentor), "gửi")
    code = await code_of(office)
    await office.says(next_one, "việc")
    preview = await office.says("office", f"nhân sự {mentor} nghỉ hưu", next_one)
    assert f"{code}, mục «Người hướng dẫn»: Chuyên viên {next_one} thay" in preview
    assert mentor in await office.says("officer", f"/cuatoi {code}"), "not before it is done"
    await office.says("office", f"nhân sự {mentor} nghỉ hưu", next_one, ":tap Ghi thay đổi")
    told = await office.says(next_one, ":wait 15m")
    assert f"{code}, mục «Người hướng dẫn»" in told
    assert f"Người hướng dẫn: Chuyên viên {next_one}" in await office.says(next_one, f"/cuatoi {code}")
    versions = await office.rows(
        "SELECT person.name FROM item_answer JOIN person ON person.id = person WHERE field = 'cost' ORDER BY version"
    )
    assert versions == [(mentor,), (next_one,)], "what was said before is kept"


async def test_a_name_is_left_where_the_question_is_asked_no_more(office: Office) -> None:
    mentor = "Lục Thị Minh Họa"
    await run_on(office, with_question('type = "person"', label="Người hướng dẫn"))
    await office.says("officer", *begun(mentor), "gửi")
    await run_on(office, PLAN_TEXT)
    said = await office.says("office", f"nhân sự {mentor} nghỉ hưu", "Lộc Văn Bản Mẫu", ":tap Ghi thay đổi")
    assert "✅" in said
    assert "Người hướng dẫn" not in said
    await office.says("office", ":clock 2028-01-04T09:05")
    assert "được nêu tên" not in await office.says("office", "/nammoi"), "nobody can settle it"


async def test_the_new_year_names_whom_sheets_name_that_have_left(office: Office) -> None:
    mentor = "Lục Thị Minh Họa"
    await run_on(office, with_question('type = "person"', label="Người hướng dẫn"))
    await office.says("officer", *begun(mentor), "gửi")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET active = 0 WHERE name = :name", name=mentor))
    await office.says("office", ":clock 2028-01-04T09:05")
    assert f"{mentor} được nêu tên trong {await code_of(office)}" in await office.says("office", "/nammoi")


async def test_whoever_is_in_charge_does_not_confirm(office: Office) -> None:
    head = await office.value("SELECT id FROM person WHERE name = 'Hoàng Văn Thử'")
    review = await office.says("officer", "/dangky nv", TITLE, "1", "Hoàng Văn Thử", "20/12/2027")
    assert "Gửi Trưởng phòng xác nhận" not in review
    await office.says("officer", "gửi")
    code = await code_of(office)
    told = f"SELECT COUNT(*) FROM outbox WHERE person = {head} AND about LIKE '%{code}%'"
    assert await office.value(told) == 0


async def test_a_kind_of_the_whole_unit_asks_nobody(office: Office) -> None:
    start = PLAN_TEXT.index('[[kinds.fields]]\ncode = "authors"')
    text = PLAN_TEXT[:start] + PLAN_TEXT[PLAN_TEXT.index("[[kinds.fields]]", start + 5) :]
    text = text.replace('authors = "people"', 'authors = "unit"', 1)
    Plan.parse(text)
    await run_on(office, text)
    assert "Câu 1/2" in await office.says("officer", "/dangky sk", TITLE, "1", "gửi")
    assert "Tác giả: tập thể Phòng Quản lý xây dựng" in await office.says("officer", f"/cuatoi {await code_of(office)}")


def test_the_longest_name_says_which_kind_is_meant() -> None:
    from bot.office.duties.registering import kind_named

    text = PLAN_TEXT.replace('words = ["mo hinh", "model"]', 'words = ["sang kien phong trao"]', 1)
    plan = Plan.parse(text)
    for said, code, rest in (
        ("sáng kiến phong trào: Tổ tự học", "mh", "Tổ tự học"),
        ("sáng kiến phòng cháy", "sk", "phòng cháy"),
        ("nv", "nv", ""),
    ):
        kind, title = kind_named(plan, said) or pytest.fail(said)
        assert (kind.code, title) == (code, rest)


def test_answers_of_a_file_of_before_are_moved(tmp_path: Path) -> None:
    (step,) = SCHEMA.glob("*_item_answers.sql")
    path = old_file(tmp_path / "office.db", int(step.name[:4]) - 1)
    columns = "code, version, summary, result, starts, due, kind"
    with closing(sqlite3.connect(path)) as file:
        quoted = 'Nói «"có"» \\ và\nxuống dòng'
        file.execute("UPDATE initiative SET summary = ? WHERE id = 1", (quoted,))
        file.execute("UPDATE initiative SET starts = '' WHERE id = 1")
        file.commit()
        before = file.execute(f"SELECT {columns} FROM initiative").fetchall()
    connect(path).close()
    with closing(sqlite3.connect(path)) as file:
        sql = "SELECT code, field, item_answer.version, value FROM item_answer JOIN initiative ON id = item"
        after = {(code, field): (version, json.loads(value)) for code, field, version, value in file.execute(sql)}
    expected: dict[tuple[str, str], tuple[int, str]] = {}
    for code, version, summary, result, starts, due, kind in before:
        given = {"summary": summary or None, "result": result or None, "due": due}
        given["starts"] = None if kind == "nv" else starts
        expected |= {(code, field): (version, value) for field, value in given.items() if value is not None}
    assert after == expected
    assert quoted in [value for _version, value in after.values()]
