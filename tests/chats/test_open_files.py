"""What was sent with files is opened in the chat by whoever may see it then, and by nobody else."""

from pathlib import Path

from storage.db import Tx
from tests.conftest import Office
from tests.sheets import sheet

CODE = "SK-2027-017"
AUTHOR, HEAD, DEPUTY, DRAFTER = "Nông Văn Mẫu", "Hoàng Văn Thử", "Nông Thị Phác Thảo", "Lục Thị Minh Họa"
LEADER, ADMIN, ELSEWHERE = "Đinh Văn Cao Kỳ", "La Văn Thử Nghiệm", "Triệu Văn Phỏng"
REFUSED = f"Không tìm thấy hồ sơ {CODE}"


def written(folder: Path, *names: str) -> list[str]:
    """Lines that send these files."""
    for name in names:
        (folder / name).write_bytes(f"nội dung của {name}".encode())
    return [f":file {folder / name}" for name in names]


def brought(said: str) -> list[str]:
    """What is in the files that were opened."""
    lines = [line for line in said.splitlines() if line.startswith("file: ")]
    return [Path("/" + line.partition(" /")[2]).read_text(encoding="utf-8") for line in lines]


async def registered(office: Office, folder: Path, *names: str) -> None:
    """A sheet of the officer's, sent with files as its summary."""
    lines = sheet("Tra cứu thành phần hồ sơ cấp giấy phép bằng mã QR")
    await office.says(AUTHOR, *lines[:3], "sửa tóm tắt", *written(folder, *names), "xong", *lines[3:])
    assert await office.value(f"SELECT state FROM initiative WHERE code = '{CODE}'") == "sent"


async def test_one_file_comes_at_once_several_are_chosen(office: Office, tmp_path: Path) -> None:
    await registered(office, tmp_path, "Bản vẽ.pdf", "Ảnh hiện trường.jpg")
    said = await office.says(AUTHOR, f"/cuatoi {CODE}")
    assert "<Mở tệp (2)>" in said
    said = await office.says(AUTHOR, "mở tệp (2)")
    assert "1. 📎 Bản vẽ.pdf" in said and "2. 📎 Ảnh hiện trường.jpg" in said
    assert "file:" not in said, "nothing is sent before it is chosen"
    said = await office.says(AUTHOR, "2", look="plain")
    assert "Ảnh hiện trường.jpg" in said and said.count("file: ") == 1
    said = await office.says(AUTHOR, f"tệp {CODE}", "tất cả")
    assert said.count("file: ") == 2
    assert brought(said) == ["nội dung của Bản vẽ.pdf", "nội dung của Ảnh hiện trường.jpg"]
    for typed in ("mở tệp 17", "tep sk 17", f"xem tệp của {CODE.lower()}", "/tep 017"):
        assert "1. 📎 Bản vẽ.pdf" in await office.says(AUTHOR, typed), typed
    assert brought(await office.says(AUTHOR, "tep sk 17 2")) == ["nội dung của Ảnh hiện trường.jpg"]
    said = await office.says(AUTHOR, "tep sk 17 9")
    assert "hiện không có tệp đó" in said and "1. 📎 Bản vẽ.pdf" in said


async def test_the_head_before_it_is_confirmed_the_office_only_then_the_leaders_once_it_is_received(
    office: Office, tmp_path: Path
) -> None:
    await registered(office, tmp_path, "Bản vẽ.pdf")

    async def opens() -> set[str]:
        everybody = (AUTHOR, HEAD, DEPUTY, DRAFTER, "office", LEADER, ADMIN, ELSEWHERE)
        return {who for who in everybody if brought(await office.says(who, f"/tep {CODE}"))}

    assert await opens() == {AUTHOR, HEAD, DEPUTY}
    said = await office.says(HEAD, f"/xacnhan {CODE}")
    assert "<Mở tệp (1)>" in said
    await office.says(HEAD, f"/xacnhan {CODE} gui")
    assert await opens() == {AUTHOR, HEAD, DEPUTY, "office"}
    said = await office.says("office", "/tiepnhan")
    assert f"<Tệp của {CODE}>" in said
    await office.says("office", f"/tiepnhan {CODE}")
    assert await opens() == {AUTHOR, HEAD, DEPUTY, "office", LEADER}
    assert REFUSED in await office.says(ELSEWHERE, f"/tep {CODE}")
    assert "Việc này do" in await office.says(ADMIN, f"/tep {CODE}")


async def test_who_opens_what_another_has_sent_stands_in_the_audit(office: Office, tmp_path: Path) -> None:
    await registered(office, tmp_path, "Bản vẽ.pdf")
    opened = "SELECT person.name, about FROM audit JOIN person ON person.id = audit.person WHERE what = 'file_opened'"
    await office.says(AUTHOR, f"/tep {CODE}")
    await office.says(ELSEWHERE, f"/tep {CODE}")
    assert await office.rows(opened) == []
    await office.says(HEAD, f"/tep {CODE}")
    assert await office.rows(opened) == [(HEAD, CODE)]
    assert "Bản vẽ" not in str(await office.rows("SELECT detail FROM audit"))


async def test_what_was_withdrawn_is_opened_by_its_author_alone(office: Office, tmp_path: Path) -> None:
    await registered(office, tmp_path, "Bản vẽ.pdf")
    await office.says(AUTHOR, f"/cuatoi rut {CODE} co")
    assert await office.value(f"SELECT state FROM initiative WHERE code = '{CODE}'") == "withdrawn"
    said = await office.says(HEAD, f"/tep {CODE}")
    assert "đã rút lúc" in said and not brought(said)
    assert brought(await office.says(AUTHOR, f"/tep {CODE}"))


async def test_who_was_moved_meanwhile_opens_nothing_more(office: Office, tmp_path: Path) -> None:
    await registered(office, tmp_path, "Bản vẽ.pdf", "Ảnh.jpg")
    await office.says(HEAD, f"/tep {CODE}")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET unit = 'QLN' WHERE name = :name", name=HEAD))
    said = await office.says(HEAD, "tất cả")
    assert REFUSED in said and not brought(said)
    assert brought(await office.says(AUTHOR, f"/tep {CODE} 1")), "an author stays an author"


async def test_a_plan_is_opened_by_its_unit_and_the_office(office: Office, tmp_path: Path) -> None:
    await office.app.db.write(lambda tx: tx.run("DELETE FROM unit_plan WHERE unit = 'QLXD'"))
    file = written(tmp_path, "Kế hoạch.pdf")
    await office.says(HEAD, "/kehoach 2027", "20/01/2027", "1", *file, "xong", "bỏ qua", "gửi")
    assert "<Mở tệp (1)>" in await office.says(HEAD, "/kehoach")
    for who, may in {HEAD: 1, DRAFTER: 1, "office": 1, LEADER: 0, AUTHOR: 0, ELSEWHERE: 0}.items():
        assert len(brought(await office.says(who, "tệp kh 2027 qlxd"))) == may, who
    await office.says("office", "/tiepnhan KH-2027-QLXD")
    assert brought(await office.says(LEADER, "tệp KH-2027-QLXD"))


async def test_nothing_can_be_asked_that_is_not_answered_in_a_sentence(office: Office, tmp_path: Path) -> None:
    assert "Chưa có hồ sơ kèm tệp nào" in await office.says(AUTHOR, "tệp")
    await registered(office, tmp_path, "Bản vẽ.pdf")
    assert CODE in await office.says(AUTHOR, "tệp")
    for odd in (
        "x" * 7000,
        "SK-9999-999",
        "id5",
        "tu5",
        "tất cả",
        "%",
        "'; DROP TABLE file",
        "SK-2027-001",
        f"{CODE} id999",
    ):
        said = await office.says(AUTHOR, f"/tep {odd}")
        assert "chưa trả lời được" not in said and not brought(said), odd
        assert "Không tìm thấy hồ sơ" in said or "không kèm tệp" in said or "hiện không có tệp đó" in said, odd


async def test_what_was_replaced_is_opened_no_more_and_says_so(office: Office, tmp_path: Path) -> None:
    await registered(office, tmp_path, "Bản nháp.pdf", "Ảnh.jpg")
    await office.says(AUTHOR, f"/cuatoi sua {CODE}", "4", *written(tmp_path, "Bản đúng.pdf"), "xong", "gửi")
    assert brought(await office.says(HEAD, f"/tep {CODE}")) == ["nội dung của Bản đúng.pdf"]
    assert "📎 Tệp: Bản đúng.pdf\n" in await office.says(AUTHOR, f"/cuatoi {CODE}")
    old = await office.value("SELECT id FROM file WHERE name = 'Bản nháp.pdf'")
    assert "hiện không có tệp đó" in await office.says(HEAD, f"/tep {CODE} id{old}")
    assert await office.value("SELECT COUNT(*) FROM file") == 3, "what was sent before is kept"


async def test_a_file_of_a_plan_is_replaced_too(office: Office, tmp_path: Path) -> None:
    await office.app.db.write(lambda tx: tx.run("DELETE FROM unit_plan WHERE unit = 'QLXD'"))
    await office.says(HEAD, "/kehoach 2027", "20/01/2027", "1", *written(tmp_path, "Cũ.pdf"), "xong", "bỏ qua", "gửi")
    await office.says(HEAD, "/kehoach sua 2027", "sửa tệp", *written(tmp_path, "Mới.pdf"), "xong", "gửi")
    assert brought(await office.says("office", "/tep KH-2027-QLXD")) == ["nội dung của Mới.pdf"]
    await office.says(HEAD, "/kehoach sua 2027", "gửi")
    assert brought(await office.says("office", "/tep KH-2027-QLXD")) == ["nội dung của Mới.pdf"]


async def test_what_was_erased_is_said_to_be(office: Office, tmp_path: Path) -> None:
    await registered(office, tmp_path, "Bản vẽ.pdf", "Ảnh.jpg", "Biểu.xlsx")
    await office.app.db.write(lambda tx: tx.run("DELETE FROM file WHERE name = 'Ảnh.jpg'"))
    assert "Ngoài ra có 01 tệp đã được xóa." in await office.says(HEAD, f"/tep {CODE}")
    await office.app.db.write(lambda tx: tx.run("DELETE FROM file"))
    assert f"Tệp của hồ sơ {CODE} đã được xóa." in await office.says(HEAD, f"/tep {CODE}")


async def test_many_files_come_ten_at_a_time(office: Office, tmp_path: Path) -> None:
    await registered(office, tmp_path, *(f"Trang {n:02}.pdf" for n in range(1, 13)))
    said = await office.says(AUTHOR, f"/tep {CODE}", "tất cả")
    assert len(brought(said)) == 10 and "<Mở tiếp (02)>" in said
    said = await office.says(AUTHOR, "mở tiếp (02)")
    assert brought(said) == ["nội dung của Trang 11.pdf", "nội dung của Trang 12.pdf"]
    assert "11. 📎 Trang 11.pdf" in said


async def test_the_unit_that_goes_on_with_an_ended_one_opens_what_it_has_sent(office: Office, tmp_path: Path) -> None:
    await registered(office, tmp_path, "Bản vẽ.pdf")
    heir = str(await office.value("SELECT name FROM person WHERE unit = 'QHKT' AND role = 'head'"))
    assert not brought(await office.says(heir, f"/tep {CODE}"))

    def merge(tx: Tx) -> None:
        tx.run(
            """
            INSERT INTO unit_change (kind, day, wanted, state, at)
            VALUES ('merged', '2027-10-01', '{}', 'done', '2027-10-01T00:00:00.000000Z')
            """
        )
        tx.run("INSERT INTO succession (change, unit, successor) SELECT MAX(id), 'QLXD', 'QHKT' FROM unit_change")

    await office.app.db.write(merge)
    assert not brought(await office.says(heir, f"/tep {CODE}")), "a unit that is still there opens its own"
    await office.app.db.write(lambda tx: tx.run("UPDATE unit SET active = 0, ended = '2027-10-01' WHERE code = 'QLXD'"))
    assert brought(await office.says(heir, f"/tep {CODE}"))
    assert not brought(await office.says(ELSEWHERE, f"/tep {CODE}"))
