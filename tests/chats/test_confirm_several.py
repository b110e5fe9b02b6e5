"""A head confirms many sheets in one message: each is named first, one yes, and what has changed between is left out."""

import pytest

from tests.conftest import Office
from tests.sheets import sheet

TITLES = (
    "Tra cứu hồ sơ cấp phép bằng mã QR",
    "Bản đồ ngập úng dùng chung cho các phường",
    "Thư viện mẫu biên bản kiểm tra công trường",
    "Nhắc hạn bảo hành công trình qua tin nhắn",
)


async def registered(office: Office, n: int = 4) -> None:
    for title in TITLES[:n]:
        await office.says("officer", *sheet(title))
    await office.says("head", "việc")


async def confirmed(office: Office) -> list[str]:
    found = await office.rows("SELECT code FROM initiative WHERE state = 'confirmed' AND unit = 'QLXD' ORDER BY code")
    return [row[0] for row in found if int(row[0][-3:]) > 16]


@pytest.mark.parametrize(
    "said", ["xác nhận tất cả", "xac nhan tat ca", "/xacnhan tatca", "duyệt hết", "xác nhận tất cả phiếu"]
)
async def test_all_are_named_with_what_is_empty_before_the_one_yes(office: Office, said: str) -> None:
    await registered(office)
    named = await office.says("head", said)
    assert "Xác nhận các phiếu sau (04)?" in named
    for n, title in enumerate(TITLES, 17):
        assert f"SK-2027-0{n} «{title}»; Nông Văn Mẫu 100%; chưa có: Tóm tắt, Kết quả dự kiến, Áp dụng" in named
    assert await confirmed(office) == [], "not before the yes"
    done = await office.says("head", "Xác nhận 04 phiếu")
    assert "✅ Đã xác nhận 04 phiếu" in done
    assert await confirmed(office) == [f"SK-2027-0{n}" for n in range(17, 21)]
    assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'confirmed' AND about LIKE 'SK-2027-0%'") == 4


@pytest.mark.parametrize("look", ["plain", "keyboard", "web"])
@pytest.mark.parametrize("said", ["1,2,4", "1, 2 và 4", "xác nhận 1,2,4", "xac nhan 1 2 4", "xác nhận 017, 018, 020"])
async def test_some_are_named_by_their_places_in_the_list(office: Office, look: str, said: str) -> None:
    await registered(office)
    assert "3. SK-2027-019" in await office.says("head", "/xacnhan", look=look)
    named = await office.says("head", said, look=look)
    assert "Xác nhận các phiếu sau (03)?" in named
    assert TITLES[2] not in named
    await office.says("head", "Xác nhận 03 phiếu" if look != "plain" else "1", look=look)
    assert await confirmed(office) == ["SK-2027-017", "SK-2027-018", "SK-2027-020"]


async def test_a_sheet_that_changed_between_is_left_out_and_named(office: Office) -> None:
    await registered(office, 3)
    await office.says("head", "xác nhận tất cả")
    await office.says("officer", "/cuatoi sua SK-2027-018", "sửa 1 Bản đồ ngập úng dùng chung cho cả tỉnh", "gửi")
    await office.says("officer", "/cuatoi rut SK-2027-019 co")
    done = await office.says("head", "Xác nhận 03 phiếu")
    assert "✅ Đã xác nhận 01 phiếu" in done
    assert "⚠️ SK-2027-018 được sửa sau khi đồng chí xem nên để lại." in done
    assert "SK-2027-019 đã rút" in done or "Phiếu SK-2027-019" in done
    assert await confirmed(office) == ["SK-2027-017"]
    named = await office.says("head", "/xacnhan 018,017")
    assert "Bản đồ ngập úng dùng chung cho cả tỉnh" in named
    assert "Không có trong danh sách chờ xác nhận: 017." in named


async def test_the_second_tap_and_the_second_head_get_one_true_sentence(office: Office) -> None:
    await registered(office, 2)
    await office.says("head", "xác nhận tất cả")
    await office.says("head", "Xác nhận 02 phiếu")
    again = await office.says("head", "/xacnhan co SK-2027-17,18")
    assert "Chưa xác nhận phiếu nào." in again
    assert "✅" not in again
    assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'confirmed' AND about = 'SK-2027-017'") == 1


async def test_nobody_confirms_what_is_not_theirs(office: Office) -> None:
    await registered(office, 2)
    await office.says("officer", "/xacnhan co SK-2027-17,18")
    await office.says("Phùng Văn Hình Dung", "/xacnhan co SK-2027-17,18")
    assert await confirmed(office) == []


@pytest.mark.parametrize("said", ["xác nhận 1,9", "/xacnhan 1,88", "xác nhận 1, SK-2027-999"])
async def test_what_is_not_in_the_list_is_named(office: Office, said: str) -> None:
    await registered(office, 2)
    heard = await office.says("head", said)
    assert "Xác nhận các phiếu sau (01)?" in heard
    assert "Không có trong danh sách chờ xác nhận:" in heard


@pytest.mark.parametrize(
    "said", ["/xacnhan co", "/xacnhan co ;;;", "/xacnhan co " + "SK-2027-1," * 9000, "xác nhận " + "1," * 9000]
)
async def test_nonsense_confirms_nothing_else(office: Office, said: str) -> None:
    await registered(office, 2)
    await office.says("head", said)
    assert await confirmed(office) == []
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0


async def test_the_list_is_the_list_by_its_own_name(office: Office) -> None:
    await registered(office, 2)
    assert "Phiếu chờ đồng chí Thử xác nhận (02)" in await office.says("head", "xác nhận phiếu")


async def test_who_does_not_agree_keeps_only_that_sheet_back(office: Office) -> None:
    await office.says("officer", "/dangky sk", TITLES[0], "3", "tôi 60, Lý Thị Ví Dụ 40", "gửi")
    await office.says("officer", *sheet(TITLES[1]))
    await office.says("Lý Thị Ví Dụ", ":wait 15m", "/khongdongy SK-2027-017")
    named = await office.says("head", "xác nhận tất cả")
    assert "SK-2027-018" in named
