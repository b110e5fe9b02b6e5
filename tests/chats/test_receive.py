"""What the office receives at once it can undo; what it recognises is named, received, and can be taken back."""

from tests.conftest import Office

WAITS = "SELECT COUNT(*) FROM initiative WHERE state = 'confirmed'"
TOLD = "SELECT COUNT(*) FROM outbox WHERE news = 'received' AND shown IS NOT NULL"


async def test_everything_is_named_and_asked_about_before_it_is_received(office: Office) -> None:
    before = await office.value(WAITS)
    said = await office.says("office", "tiếp nhận tất cả")
    assert "Tiếp nhận tất cả" in said
    for (code,) in await office.rows("SELECT code FROM initiative WHERE state = 'confirmed'"):
        assert code in said
    assert await office.value(WAITS) == before
    said = await office.says("office", "1")
    assert "✅ Đã tiếp nhận" in said or "✅" in said
    assert "<Hoàn tác>" in said
    assert await office.value(WAITS) == 0


async def test_what_was_received_at_once_is_undone_before_anybody_hears(office: Office) -> None:
    before = await office.value(WAITS)
    await office.says("office", "tiếp nhận tất cả", "1")
    said = await office.says("office", ":wait 5m", "hoàn tác")
    assert "✅ Đã hoàn tác" in said
    assert await office.value(WAITS) == before
    await office.says("office", ":wait 30m")
    assert await office.value(TOLD) == 0


async def test_after_ten_minutes_they_are_told_and_it_cannot_be_undone(office: Office) -> None:
    await office.says("office", "tiếp nhận tất cả", "1", ":wait 9m")
    assert await office.value(TOLD) == 0
    said = await office.says("office", ":wait 3m", "hoàn tác")
    assert "chỉ hoàn tác được trong 10 phút" in said
    assert await office.value(WAITS) == 0
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'received'") != 0


async def test_a_number_is_a_code_and_never_a_place_in_the_list(office: Office) -> None:
    for look in ("plain", "web", "keyboard"):
        said = await office.says("office", "/congnhan", "3", look=look)
        assert " 3. SK-" not in said
        assert "[3. SK-" not in said
        assert "SK-2027-003 chưa được tiếp nhận" in said.split("---\n")[-2]
    said = await office.says("office", "5")
    assert "Đã ghi: SK-2027-005 «" in said


async def test_a_sheet_that_was_not_received_is_not_recognised(office: Office) -> None:
    said = await office.says("office", "công nhận SK-2027-003")
    assert "SK-2027-003 chưa được tiếp nhận" in said
    said = await office.says("office", "003")
    assert "SK-2027-003 chưa được tiếp nhận" in said
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'items'") == 0


async def test_a_code_typed_with_the_command_is_named(office: Office) -> None:
    said = await office.says("office", "công nhận 5")
    assert "Đã ghi: SK-2027-005 «" in said


async def test_a_wrong_recognition_is_taken_back_with_its_reason(office: Office) -> None:
    done = await office.says("office", "/congnhan SK-2027-005", "1", "125/QĐ-SXD", "15/10/2027", "gửi")
    assert "<Rút công nhận SK-2027-005>" in done
    asked = await office.says("office", "/congnhan rut SK-2027-005", "1", "ghi nhầm sang phiếu khác")
    assert "Các tác giả và thủ trưởng đơn vị được báo kèm lý do" in asked
    assert await office.value("SELECT COUNT(*) FROM recognition WHERE decision = '125/QĐ-SXD'") == 1, "not before «gửi»"
    said = await office.says("office", "gửi")
    assert "✅ Đã rút công nhận SK-2027-005 theo Quyết định 125/QĐ-SXD" in said
    assert await office.value("SELECT COUNT(*) FROM recognition WHERE decision = '125/QĐ-SXD'") == 0
    assert await office.value("SELECT state FROM initiative WHERE code = 'SK-2027-005'") == "received"
    assert "Không có công nhận nào" in await office.says("office", "/congnhan rut SK-2027-005")


async def test_the_head_hears_of_a_recognition_that_was_taken_back(office: Office) -> None:
    """It counts no more in the unit's report, so its head has to know, and whoever acts for the head."""
    await office.says("office", "/congnhan SK-2027-005", "1", "125/QĐ-SXD", "15/10/2027", "gửi")
    await office.says("office", "/congnhan rut SK-2027-005", "1", "ghi nhầm sang phiếu khác", "gửi")
    unit = await office.value("SELECT unit FROM initiative WHERE code = 'SK-2027-005'")
    head = str(await office.value(f"SELECT name FROM person WHERE unit = '{unit}' AND role = 'head' AND active"))
    told = await office.says(head, ":wait 15m")
    assert "đã được rút" in told
    assert "Lý do: «ghi nhầm sang phiếu khác»" in told
    assert "SK-2027-005" in await office.says(head, "/cuatoi SK-2027-005")
