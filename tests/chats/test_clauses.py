"""«Kế hoạch nói gì»: the plan's own words, by number or by topic, with or without marks, also beside an open form."""

import pytest

from bot.language import Words
from bot.movement import Plan
from bot.office.plan_clauses import clauses, meant, quoted
from bot.server.demo.tables import names, office_of
from tests.conftest import PLAN_TEXT, Office, OpenOffice

PLAN = Plan.parse(PLAN_TEXT)
LONG = "Văn bản “có ngoặc” và {chỗ} trống. " * 85
"""Nearly three thousand characters, with quotation marks and braces."""


def codes(said: str) -> list[str]:
    return [each.code for each in meant(PLAN, said)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("VI.4", ["VI.4"]),
        ("vi 4", ["VI.4"]),
        ("mục VI.4", ["VI.4"]),
        ("muc vi.4?", ["VI.4"]),
        ("về mục II.3", ["II.3"]),
        ("IV", ["IV"]),
        ("III", ["III.1", "III.2", "III.3", "III.4", "III.5", "III.6"]),
        ("họp không giấy tờ", ["II.3"]),
        ("ve tap huan ky nang so", ["III.6"]),
        ("GIẤY", ["II.3", "III.5"]),
        ("đoàn viên", ["VI.3"]),
        ("giấy 30%", ["III.5"]),
        ("tàu vũ trụ", []),
        ("VII.9", []),
        ("?", []),
        ("", []),
    ],
)
def test_a_clause_is_found_by_its_number_or_by_words(said: str, found: list[str]) -> None:
    assert codes(said) == found


def test_clauses_stand_in_the_order_of_their_numbers() -> None:
    found = [each.code for each in clauses(PLAN)]
    assert found[:3] == ["I.1", "I.2", "II.1"]
    assert found[7:9] == ["II.6", "III.1"]
    assert found.index("IV") < found.index("V.1") < found.index("VI.1")
    assert {*PLAN.clauses, *(area.code for area in PLAN.areas)} == set(found)


def test_of_an_area_the_aims_are_quoted_that_speak_of_it() -> None:
    (area,) = meant(PLAN, "chữ ký số")
    assert [Words("vi").say(line) for line in area.lines][1:] == [
        "- Ứng dụng chữ ký số, họp không giấy tờ, điều hành thông minh."
    ]


@pytest.mark.parametrize("name", names())
def test_every_clause_that_something_names_is_quoted_word_for_word(name: str) -> None:
    plan = Plan.parse(office_of(name).plan.read_text(encoding="utf-8"))
    for duty in plan.duties:
        if duty.clause:
            assert plan.clauses[duty.clause] in "".join(map(Words("vi").say, quoted(plan, duty.clause)))


async def test_everybody_may_ask(office: Office) -> None:
    whole = f"Mục VI.4: «{PLAN.clauses['VI.4']}»"
    for who in ("officer", "head", "office"):
        assert whole in await office.says(who, "/kehoachnoi VI.4")
        assert whole in await office.says(who, "ke hoach noi gi ve muc vi.4")
    assert "III.5" in await office.says("officer", "kế hoạch nói gì về giấy")
    every = await office.says("officer", "kế hoạch nói gì")
    assert all(f"- {each.code}: " in every for each in clauses(PLAN))
    assert "không có nội dung «tàu vũ trụ»" in await office.says("officer", "kế hoạch nói gì về tàu vũ trụ")


async def test_a_stranger_reads_nothing_of_it(office: Office) -> None:
    assert "trước ngày 10/11" not in await office.says("stranger:lạ", "/kehoachnoi VI.4")


async def test_an_open_form_stays_open(office: Office) -> None:
    said = await office.says("officer", "/dangky sk", "/kehoachnoi III.4")
    assert "ít nhất 03 sáng kiến" in said
    assert await office.value("SELECT COUNT(*) FROM draft WHERE state = 'open' AND form = 'register_sk'") == 1


async def test_a_very_long_clause_is_said_whole(open_office: OpenOffice) -> None:
    text = PLAN_TEXT.replace(PLAN.clauses["I.1"], LONG.strip()).replace(PLAN.clauses["I.2"], LONG.strip())
    office = await open_office()
    office.app.set_plan(text)
    for look in ("web", "plain", "keyboard"):
        said = await office.says("officer", "/kehoachnoi I.1", look=look)
        assert said.count("Văn bản “có ngoặc” và {chỗ} trống.") == 85, look
    both = await office.says("officer", "/kehoachnoi I")
    assert both.count("“có ngoặc”") == 85, "the other one has a button"
    assert "Mục I.2" in both


async def test_why_a_reminder_came_quotes_the_clause(office: Office) -> None:
    said = await office.says("head", "/visao baocao 2027")
    assert f"Mục VI.4: «{PLAN.clauses['VI.4']}»" in said
    by_rule = await office.says("office", "/visao provincial 2027")
    assert "Mục " not in by_rule, "the plan asks for none of it"


# What stands in this year ---------------------------------------------------------------------------


async def test_under_a_target_stands_what_is_reached_this_year(office: Office) -> None:
    progress = (await office.says("officer", "tiến độ 2027")).splitlines()
    said = await office.says("officer", "/kehoachnoi III")
    for n in range(1, 7):
        (line,) = [each for each in progress if each.startswith(f"{n}. ")]
        quoted_at, stands_at = said.index(f"Mục III.{n}: "), said.index(line)
        assert quoted_at < stands_at, "the same figure as everywhere"
        assert said.find(f"Mục III.{n + 1}: ") == -1 or stands_at < said.index(f"Mục III.{n + 1}: ")


async def test_under_an_order_stands_who_has_followed_it(office: Office) -> None:
    said = await office.says("head", "kế hoạch nói gì về mục VI.4")
    assert "đến hết ngày 09/11/2027" in said
    missing = await office.says("office", "/chuagui 2027")
    sent, units = said.partition("đã gửi ")[2].split()[0].split("/")
    assert f"{sent}/{units}" in missing or int(sent) + missing.count("\n- ") >= int(units)


async def test_before_and_after_the_movement_only_its_words_stand(open_office: OpenOffice) -> None:
    office = await open_office(at="2031-02-03T09:00")
    said = await office.says("office", "/kehoachnoi III.4")
    assert "ít nhất 03 sáng kiến" in said
    assert "Năm 2031" not in said


async def test_the_plan_file_is_for_whoever_looks_after_the_installation(office: Office) -> None:
    for who in ("office", "La Văn Thử Nghiệm"):
        assert "ke-hoach.toml" in await office.says(who, "/kehoachnoi tep")
    for who in ("officer", "head", "Đinh Văn Cao Kỳ"):
        assert "ke-hoach.toml" not in await office.says(who, "/kehoachnoi tệp")
