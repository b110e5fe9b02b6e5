"""«Đã có ai làm chưa?»: everybody finds what is registered, by whatever words, and sees only what everybody may see."""

import pytest

from storage.db import Tx
from tests.conftest import Office, OpenOffice
from tests.sheets import sheet

GIS, BIM, SEVEN = "SK-2027-003", "SK-2027-002", "SK-2027-001"
AUTHOR, HEAD, ADMIN, LEADER = "Nông Văn Mẫu", "Hoàng Văn Thử", "La Văn Thử Nghiệm", "Đinh Văn Cao Kỳ"


def codes(said: str) -> list[str]:
    """The codes of the list, in its order."""
    lines = [line for line in said.splitlines() if line[:1].isdigit() and ". " in line and ", " in line]
    return [line.split(". ", 1)[1].split(",")[0] for line in lines]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("tìm bản đồ quy hoạch", [GIS]),
        ("tim ban do quy hoach", [GIS]),
        ("Đã có ai làm bản đồ quy hoạch chưa?", [GIS]),
        ("da co ai lam ban do quy hoach chua", [GIS]),
        ("tra cứu BIM", [BIM]),
        ("/tim (BIM)", [BIM]),
        ("tìm sáng kiến về thẩm định năm nay", ["SK-2027-004", BIM, SEVEN]),
        ("tìm thẩm định của QLXD", [BIM, SEVEN]),
        ("tìm thẩm định của phòng Quản lý xây dựng", [BIM, SEVEN]),
        ("tìm thẩm định của phòng tôi", [BIM, SEVEN]),
        ("tìm lĩnh vực chuyển đổi số của QHKT", [GIS]),
        ("tìm QHKT II.3", [GIS]),
        ("tìm bcnckt", [SEVEN]),
        ("tìm xung đột kết cấu", [BIM]),
        ("tìm xung độtt kết cấu", [BIM]),
        ("tìm quy trìhn nội bộ", [SEVEN]),
        ("tìm mô hình BIM", [BIM]),
        ("tìm máy bay không người lái", []),
        ("tìm", []),
        ("tìm năm ngoái của TTQH", ["MH-2026-001"]),
    ],
)
async def test_whatever_it_is_called_it_is_found(office: Office, said: str, found: list[str]) -> None:
    shown = await office.says(AUTHOR, said)
    assert codes(shown) == found, shown


async def test_what_waits_was_returned_or_withdrawn_is_nobodys_to_find(office: Office) -> None:
    code = "SK-2027-017"
    await office.says(AUTHOR, *sheet("Tra cứu thành phần hồ sơ bằng mã phản hồi nhanh"))
    for state in ("sent", "returned", "withdrawn"):
        await office.app.db.write(lambda tx: _set(tx, code, state))  # noqa: B023  # awaited at once
        for who in (AUTHOR, HEAD, "office", LEADER, ADMIN):
            assert codes(await office.says(who, "tìm mã phản hồi nhanh")) == [], (state, who)
    assert "chưa thuộc các phiếu" in await office.says("office", f"/tim phieu {code}")
    assert "Tra cứu thành phần" in await office.says(AUTHOR, f"/tim phieu {code}"), "their own"
    for state in ("confirmed", "received", "recognised"):
        await office.app.db.write(lambda tx: _set(tx, code, state))  # noqa: B023  # awaited at once
        for who in (AUTHOR, HEAD, "office", LEADER, ADMIN):
            assert codes(await office.says(who, "tìm mã phản hồi nhanh")) == [code], (state, who)


def _set(tx: Tx, code: str, state: str) -> None:
    tx.run("UPDATE initiative SET state = :state WHERE code = :code", state=state, code=code)


async def test_everybody_sees_what_it_is_and_not_what_it_says(office: Office) -> None:
    said = await office.says("Triệu Văn Phỏng", "tìm quy trình nội bộ", SEVEN)
    assert "đã được công nhận cấp cơ sở" in said
    assert "Đơn vị: Phòng Quản lý xây dựng" in said
    for hidden in (AUTHOR, "Tóm tắt", "Kết quả", "Xem toàn bộ phiếu", "QĐ-"):
        assert hidden not in said
    said = await office.says(HEAD, "tìm quy trình nội bộ", SEVEN, "xem toàn bộ phiếu")
    assert f"Tác giả: {AUTHOR}" in said


async def test_ten_a_page_and_a_number_opens_one(office: Office) -> None:
    first = await office.says(AUTHOR, "tìm năm 2027", look="plain")
    assert len(codes(first)) == 10 and "từ 1 đến 10 trong 16" in first
    second = await office.says(AUTHOR, "11", look="plain")
    assert len(codes(second)) == 6 and "từ 11 đến 16 trong 16" in second
    assert not set(codes(first)) & set(codes(second))
    assert f"Phiếu {codes(second)[2]}" in await office.says(AUTHOR, "3", look="plain")
    await office.app.db.write(lambda tx: tx.run("UPDATE inbox SET body = NULL"))
    message = await office.value("SELECT MIN(id) FROM inbox")
    assert "không còn được lưu" in await office.says(AUTHOR, f"/tim tiep {message} 2")


async def test_the_words_of_another_chat_are_not_gone_on_with(office: Office) -> None:
    await office.says(HEAD, "tìm năm 2027 điều riêng")
    message = await office.value("SELECT MAX(id) FROM inbox")
    assert "không còn được lưu" in await office.says(AUTHOR, f"/tim tiep {message} 1")


async def test_nothing_is_found_and_it_may_be_registered(office: Office) -> None:
    said = await office.says(AUTHOR, "đã có ai làm máy bay không người lái chưa?")
    assert "Chưa có phiếu đăng ký nào về «máy bay không người lái»" in said and "<Đăng ký>" in said
    assert "<Đăng ký>" not in await office.says(LEADER, "tìm máy bay không người lái")


async def test_what_is_alike_is_looked_at_and_the_doubt_still_stands(office: Office) -> None:
    title = "Số hoá và công khai bản đồ quy hoạch xây dựng trên nền tảng GIS phục vụ cung cấp thông tin quy hoạch"
    for look in ("keyboard", "plain", "web"):
        said = await office.says(AUTHOR, "/dangky sk", title, look=look)
        assert f"Xem phiếu giống {GIS}" in said
        said = await office.says(AUTHOR, f"xem phiếu giống {GIS}", look=look)
        assert f"Phiếu {GIS}" in said and "Đơn vị: Phòng Quy hoạch - Kiến trúc" in said
        assert "Đăng ký tiếp" in said, "the doubt is asked once more"
        said = await office.says(AUTHOR, "đăng ký tiếp", look=look)
        assert "Câu 2/3" in said
        await office.says(AUTHOR, "hủy", "xóa", look=look)


async def test_an_open_form_stays_open(office: Office) -> None:
    said = await office.says(AUTHOR, "/dangky sk", "/tim BIM")
    assert codes(said) == [BIM] and "Câu 1/3" in said.split("---\n")[-2]


async def test_whatever_is_typed_does_no_harm(office: Office) -> None:
    odd = (
        "%",
        "_",
        "' OR 1=1 --",
        '"',
        "*",
        "NEAR(a b)",
        "title:x AND NOT y",
        "^",
        "\\",
        "̣̀̉",
        "???",
        "…",
        "-",
        "(",
        "a" * 7900,
        "ă " * 3900,
    )
    for said in (
        *odd,
        "tiep",
        "tiep x y",
        "tiep 1 0",
        "tiep 999999999 99",
        "phieu",
        "phieu phieu",
        "năm 0000",
        "của",
        "lĩnh vực",
        "x" * 100_000,
    ):
        shown = await office.says(AUTHOR, f"/tim {said}")
        assert "chưa trả lời được" not in shown, said[:40]
        assert shown.count("---") == 1
    assert await office.value("SELECT COUNT(*) FROM initiative") != 0


async def test_a_school_searches_its_own_kinds(open_school: OpenOffice) -> None:
    school = await open_school()
    for title, code, kind in await school.rows(
        "SELECT title, code, kind FROM initiative WHERE state IN ('confirmed', 'received', 'recognised') LIMIT 3"
    ):
        name = next(each for each in school.app.plan.kinds if each.code == kind)
        said = await school.says("officer", f"tìm {title}")
        assert code in codes(said) and name.short in said
