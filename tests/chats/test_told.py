"""Who is said to be told: only who has a chat; who has none is named, so that somebody else tells them."""

from tests.conftest import Office
from tests.sheets import sheet

NO_CHAT = "UPDATE chat SET person = NULL WHERE person = (SELECT id FROM person WHERE name = '{}')"


async def without_chat(office: Office, name: str) -> None:
    await office.app.db.write(lambda tx: tx.run(NO_CHAT.format(name)))


async def author_of(office: Office, code: str) -> str:
    """The one author of an item, who wrote it too."""
    (name,) = await office.rows(
        f"""SELECT person.name FROM initiative JOIN person ON person.id = initiative.by
             WHERE code = '{code}'"""
    )
    return str(name[0])


RECOGNISE = ("/congnhan SK-2027-005", "1", "125/QĐ-SXD", "15/10/2027", "gửi")


async def test_authors_with_a_chat_are_told(office: Office) -> None:
    done = (await office.says("office", *RECOGNISE)).split("---\n")[-2]
    assert "Trợ lý sẽ báo các tác giả." in done
    assert "nhờ đồng chí báo giúp" not in done


async def test_an_author_without_a_chat_is_named_and_not_said_to_be_told(office: Office) -> None:
    name = await author_of(office, "SK-2027-005")
    await without_chat(office, name)
    done = (await office.says("office", *RECOGNISE)).split("---\n")[-2]
    assert f"Chưa có trò chuyện, nhờ đồng chí báo giúp: {name}." in done
    assert "Trợ lý sẽ báo các tác giả" not in done
    asked = await office.says("office", "/congnhan rut SK-2027-005", "1", "ghi nhầm sang phiếu khác")
    assert "Các tác giả được báo" not in asked
    assert name in asked.split("---\n")[-2]


async def test_of_two_authors_each_is_told_what_is_true(office: Office) -> None:
    await office.says(
        "officer", "/dangky sk", "Tra cứu thành phần hồ sơ bằng mã QR", "3", "tôi 60, Lý Thị Ví Dụ 40", "gửi"
    )
    (code,) = (await office.rows("SELECT code FROM initiative ORDER BY id DESC LIMIT 1"))[0]
    await office.says("head", f"/xacnhan {code}")
    await office.says("head", f"/xacnhan {code} gui")
    await without_chat(office, "Lý Thị Ví Dụ")
    await office.says("office", f"/tiepnhan {code}")
    done = await office.says("office", f"/congnhan {code}", "1", "125/QĐ-SXD", "18/10/2027", "gửi")
    assert "Trợ lý sẽ báo: Nông Văn Mẫu." in done
    assert "nhờ đồng chí báo giúp: Lý Thị Ví Dụ." in done


async def test_who_sent_what_is_received_is_told_or_named(office: Office) -> None:
    name = await author_of(office, "SK-2027-003")
    await without_chat(office, name)
    one = await office.says("office", "/tiepnhan SK-2027-003")
    assert f"nhờ đồng chí báo giúp: {name}." in one
    assert "Trợ lý sẽ báo người gửi" not in one
    rest = await office.says("office", "tiếp nhận tất cả", "1")
    assert "Trong 10 phút đồng chí hoàn tác được" in rest
    assert "Trợ lý sẽ báo người gửi." in rest


async def test_a_returned_sheet_of_somebody_without_a_chat_names_them(office: Office) -> None:
    await office.says("officer", *sheet("Số hóa 400 hồ sơ hoàn công", "nv", "17/12/2027"))
    (code,) = (await office.rows("SELECT code FROM initiative ORDER BY id DESC LIMIT 1"))[0]
    await without_chat(office, "Nông Văn Mẫu")
    said = await office.says("head", f"/xacnhan {code}", "trả lại để bổ sung", "chưa rõ kết quả", "gửi")
    assert "nhờ đồng chí báo giúp: Nông Văn Mẫu." in said
    assert "Trợ lý sẽ báo người đăng ký" not in said
