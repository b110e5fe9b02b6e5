"""Who somebody is: Hùng and Hưng are two people, Hoà and Hòa one; what is near is asked about, never taken."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.record_codes import Code, read_all, read_code
from bot.language.text import clean, exact, fold, has_marks, name_of
from tests.conftest import Office

HUNG = "Nguyễn Văn Hùng"


async def renamed(office: Office, *names: str) -> None:
    """The first people of a unit are called otherwise: of the same unit as the demo's officer."""

    def work(tx: object) -> None:
        for id, name in zip((32, 33), names, strict=False):
            tx.run(  # type: ignore[attr-defined]  # a transaction
                "UPDATE person SET name = :name, name_fold = :fold, unit = 'QLXD', position = 'Chuyên viên' WHERE id = :id",
                id=id,
                name=name,
                fold=fold(name),
            )

    await office.app.db.write(work)


# The key ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Thị Hoà", "Nguyễn Thị Hòa"),
        ("Lê Thuý", "LÊ THÚY"),
        ("Ðào Văn Mẫu", "Đào Văn Mẫu"),
        ("Ɖào Văn Mẫu", "đào văn mẫu"),
        (unicodedata.normalize("NFD", HUNG), HUNG),
        ("H’Hen Niê", "H'Hen Niê"),
        ("Phòng Kế hoạch – Tài chính", "Phòng Kế hoạch-Tài chính"),
        ("Nguyễn\u00a0Văn\u3000Hùng", HUNG),
        ("Nguyễn Văn\u200b Hùng", HUNG),
        ("Ｎguyễn Văn Hùng", HUNG),
        ("Nguyễn Văn Нùng", HUNG),
        ("Lƣơng Văn Tạm", "Lương Văn Tạm"),
        ("Lê Văn Tie\u0301\u0302n", "Lê Văn Tiến"),
        ("Phan Khoẻ", "Phan Khỏe"),
        ("Vũ Uỷ", "Vũ Ủy"),
        ("Nguyễn\u00ad Văn Hùng", HUNG),
    ],
)
def test_what_looks_alike_is_one_name(one: str, other: str) -> None:
    assert exact(one) == exact(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HUNG, "Nguyễn Văn Hưng"),
        ("Lê Anh Tú", "Lê Anh Tư"),
        ("Vũ Thị Hương", "Vũ Thị Hường"),
        (HUNG, "Nguyen Van Hung"),
        ("Đỗ Bình", "Dỗ Bình"),
        ("Lò Văn Lả", "Lò Văn La"),
        ("Lê Mỹ", "Lê Mĩ"),
        ("Trần Văn Quý", "Trần Văn Quỳ"),
    ],
)
def test_marks_make_two_names(one: str, other: str) -> None:
    assert exact(one) != exact(other)


@given(st.text(max_size=40))
def test_the_key_of_a_kept_name_is_the_key_of_what_was_typed(text: str) -> None:
    assert exact(name_of(text)) == exact(text)
    assert clean(clean(text)) == clean(text)


def test_letters_of_old_keyboards_are_kept_as_ours_and_foreign_words_stay() -> None:
    assert clean("Ðề án ðổi mới của ngƣời dân") == "Đề án đổi mới của người dân"
    assert clean("Guðmundur – “trích dẫn”") == "Guðmundur – “trích dẫn”"
    assert has_marks("Hùng")
    assert not has_marks("Hung")


# Codes of records -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "SK-2027-001",
        "SK–2027–001",
        "sk 2027 1",
        "SK-2027-1",
        "SK‑2027‑001",
        "SK−2027−001",
        "sk2027-001",
        "Sk - 2027 - 01",
        "ＳＫ-2027-001",
        "«SK-2027-001»",
        "SK.2027.001",
        "sk/2027/1",
        "SK\u00a02027\u00a0001",
    ],
)
def test_a_code_is_read_however_it_is_typed(said: str) -> None:
    assert read_code(said) == Code("SK", 2027, 1)


def test_several_codes_and_what_is_none() -> None:
    assert read_all("012, 015 và sk–2027–3") == [Code("", None, 12), Code("", None, 15), Code("SK", 2027, 3)]
    assert read_code("ngày 12/5") is None
    assert read_code("9" * 5000) is None
    assert read_code("tất cả") is None


@pytest.mark.parametrize("dash", ["–", " ", "\u2011", "\u2212"])
async def test_every_command_reads_the_same_codes(office: Office, dash: str) -> None:
    code = str(await office.value("SELECT code FROM initiative WHERE year = 2027 AND unit = 'QLXD' AND kind = 'sk'"))
    prefix, year, number = code.split("-")
    said = dash.join((prefix.lower(), year, str(int(number))))

    async def stands(state: str) -> None:
        sql = "UPDATE initiative SET state = :state WHERE code = :code"
        await office.app.db.write(lambda tx: tx.run(sql, state=state, code=code))

    await stands("sent")
    assert code in await office.says("head", f"/xacnhan {said}")
    assert code in await office.says("head", f"/cuatoi {said}")
    await stands("confirmed")
    assert f"{code} «" in await office.says("office", f"/tiepnhan {said}")
    assert f"{code} «" in await office.says("office", f"/congnhan {said}", "xem phiếu")


# Authors ----------------------------------------------------------------------------------------


async def at_authors(office: Office) -> None:
    """The officer's new sheet at its question for authors."""
    said = await office.says(
        "officer", "/dangky sk", "Đặt lịch kiểm định cầu bằng phiếu điện tử", "2", "Có đồng tác giả"
    )
    assert "100" in said or "tác giả" in said, said


async def test_an_author_with_other_marks_is_asked_about(office: Office) -> None:
    await renamed(office, HUNG)
    await at_authors(office)
    said = await office.says("officer", "tôi 50, Nguyễn Văn Hưng 50")
    assert "có phải" in said
    assert f"[{HUNG} (" in said
    assert "Đã ghi" not in said
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'authors' AND value LIKE '%Hùng%'") == 0
    assert f"{HUNG} 50%" in await office.says("officer", "1", "xem phiếu")


async def test_an_author_without_marks_or_with_half_a_name_is_asked_about(office: Office) -> None:
    await renamed(office, HUNG, "Nguyễn Văn Hưng")
    await at_authors(office)
    said = await office.says("officer", "toi 50, nguyen van hung 50")
    assert f"[{HUNG} (" in said
    assert "[Nguyễn Văn Hưng (" in said
    assert "Nguyễn Văn Hưng 50%" in await office.says(
        "officer", "Nguyễn Văn Hưng (Phòng Quản lý xây dựng)", "xem phiếu"
    )


async def test_a_full_name_is_never_the_beginning_or_the_end_of_a_longer_one(office: Office) -> None:
    await renamed(office, "Nguyễn Văn Hùng Cường", "Tôn Nữ Thị Minh Nguyệt")
    await at_authors(office)
    assert "có phải" in await office.says("officer", f"tôi 50, {HUNG} 50")
    assert "có phải" in await office.says("officer", "tôi 50, Thị Minh Nguyệt 50")
    assert "Tôn Nữ Thị Minh Nguyệt 50%" in await office.says("officer", "tôi 50, Minh Nguyệt 50", "xem phiếu")


async def test_the_exact_name_is_taken_beside_one_that_differs_by_marks(office: Office) -> None:
    await renamed(office, HUNG, "Nguyễn Văn Hưng")
    await at_authors(office)
    said = await office.says("officer", "tôi 50, NGUYỄN VĂN HƯNG 50", "xem phiếu")
    assert "Nguyễn Văn Hưng 50%" in said


async def test_two_people_of_one_name_are_told_apart_by_what_is_known_of_them(office: Office) -> None:
    await renamed(office, HUNG, HUNG)
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET born = 1980 WHERE id = 32"))
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET position = 'Phó Trưởng phòng' WHERE id = 33"))
    await at_authors(office)
    said = await office.says("officer", f"tôi 50, {HUNG} 50")
    assert "Chuyên viên, sinh năm 1980" in said
    assert "Phó Trưởng phòng" in said
    await office.says("officer", "2")
    assert await office.value("SELECT value LIKE '%[33,%' FROM answer WHERE field = 'authors'") == 1


async def test_old_letters_in_the_roster_or_in_the_message_change_nobody(office: Office) -> None:
    await renamed(office, "Ðào Thị Mẫu")
    await at_authors(office)
    assert "Mẫu 50%" in await office.says("officer", "tôi 50, Đào Thị Mẫu 50", "xem phiếu")


async def test_who_acts_for_the_head_is_never_somebody_of_a_like_name(office: Office) -> None:
    await renamed(office, HUNG)
    said = await office.says("head", "/xulythay Nguyễn Văn Hưng", "/xulythay Hưng", "/xulythay hung")
    assert await office.value("SELECT COUNT(*) FROM person WHERE stands_in = 32") == 0
    assert HUNG in said, "the one who is near is offered"


async def test_nobody_is_said_to_be_told_who_has_no_chat(office: Office) -> None:
    await at_authors(office)
    said = await office.says("officer", "tôi 50, Đàm Thị Ước Lệ 50", "gửi", "gửi")
    assert "Đồng tác giả được báo" not in said
    assert "nhờ đồng chí Mẫu báo giúp: Đàm Thị Ước Lệ" in said or "báo giúp: Đàm Thị Ước Lệ" in said


# A list of people to choose from ------------------------------------------------------------------

CHARGE = ("/dangky nv", "Số hóa 400 hồ sơ hoàn công", "3")
IN_CHARGE = "SELECT name FROM answer JOIN person ON person.id = json(answer.value) WHERE field = 'charge'"


async def in_charge(office: Office, said: str, *more: str) -> str:
    """What is heard when somebody is named as the officer in charge."""
    heard = await office.says("officer", *CHARGE, said, *more)
    return heard.split("---\n")[-2]


@pytest.mark.parametrize("said", ["hung", "Hưng", "Nguyễn Văn Hưng", "nguyen van hung", "Chuyên viên Nguyễn Văn Hưng"])
async def test_a_name_with_other_marks_proposes_somebody_of_a_list_and_takes_nobody(office: Office, said: str) -> None:
    await renamed(office, HUNG)
    asked = await in_charge(office, said)
    assert f"«{said}»: có phải" in asked
    assert f"[Chuyên viên {HUNG}]" in asked
    assert await office.rows(IN_CHARGE) == []
    assert "Đã ghi: Chuyên viên Nguyễn Văn Hùng." in await office.says("officer", f"Chuyên viên {HUNG}")


async def test_said_again_with_other_marks_it_confirms_nobody(office: Office) -> None:
    await renamed(office, HUNG)
    await in_charge(office, "Hưng", "Chuyên viên Nguyễn Văn Hưng")
    assert await office.rows(IN_CHARGE) == []


@pytest.mark.parametrize("said", ["Hùng", HUNG, "nguyễn văn hùng", f"chuyên viên {HUNG}"])
async def test_a_name_with_its_marks_is_taken(office: Office, said: str) -> None:
    await renamed(office, HUNG)
    assert f"Đã ghi: Chuyên viên {HUNG}." in await in_charge(office, said)


async def test_of_two_whose_names_differ_by_marks_each_is_meant_by_their_own(office: Office) -> None:
    await renamed(office, HUNG, "Nguyễn Văn Hưng")
    assert "Đã ghi: Chuyên viên Nguyễn Văn Hưng." in await in_charge(office, "Nguyễn Văn Hưng")


async def test_of_two_a_name_without_marks_asks_which(office: Office) -> None:
    await renamed(office, HUNG, "Nguyễn Văn Hưng")
    asked = await in_charge(office, "hung")
    assert f"[Chuyên viên {HUNG}]" in asked
    assert "[Chuyên viên Nguyễn Văn Hưng]" in asked
    assert await office.rows(IN_CHARGE) == []


async def test_a_number_at_a_question_back_is_a_place_and_no_number_of_the_roster(office: Office) -> None:
    await renamed(office, HUNG, "Nguyễn Văn Hưng")
    await in_charge(office, "hung", "2")
    assert await office.rows(IN_CHARGE) == [("Nguyễn Văn Hưng",)]


async def test_one_word_makes_nobody_the_only_author(office: Office) -> None:
    await at_authors(office)
    said = await office.says("officer", "dung")
    assert "có phải một trong các đồng chí sau" in said, said
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'authors'") == 0


async def test_an_answer_that_was_asked_about_belongs_to_the_words_it_was_given_in(office: Office) -> None:
    await at_authors(office)
    await office.says("officer", "toi 60, Hoang Van Thu 40", "1")
    given = "SELECT inbox.body FROM answer JOIN inbox ON inbox.id = answer.message WHERE answer.field = 'authors'"
    assert "Hoang Van Thu" in str(await office.value(given)), "editing those words changes the answer"


async def test_the_example_can_be_typed_by_whoever_reads_it(office: Office) -> None:
    await at_authors(office)
    assert "Nông Văn Mẫu 70%; Lý Thị Ví Dụ 30%" in await office.says("officer", "tôi 70, Lý Thị Ví Dụ 30")
