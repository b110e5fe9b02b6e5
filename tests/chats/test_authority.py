"""Role, action, record, through time: begun as one, gone on with as another, over every form, command, button, notice and edit.

Who may cause what is written here once more, in plain sets, and not taken from the product's own table: a change
of the record that no rule here allows fails, whatever the product thinks of it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zlib import crc32

import pytest

import handlers
from bot.conversation import gather
from bot.conversation.context import Visit
from bot.movement import Plan
from storage import chats
from storage import people as roster
from tests.conftest import PLAN_TEXT, Office
from tests.sheets import sheet
from tests.walking import Change, Row, Walk, taken_back

pytestmark = pytest.mark.slow

FEATURES = gather(handlers.FEATURES, Plan.parse(PLAN_TEXT))
HEADS = {"head", "chief", "union"}
DESK = {"office", "chief"}
STAFF = {"officer", "drafter", "head", "deputy", "office", "chief", "union"}
ROLES = sorted(STAFF | {"leader", "admin"})
OFFICER, HEAD, DEPUTY, DRAFTER = "Nông Văn Mẫu", "Hoàng Văn Thử", "Nông Thị Phác Thảo", "Lục Thị Minh Họa"
DESK_OFFICER, CHIEF, ADMIN, LEADER = "Lương Thị Nháp", "Hà Văn Thí Dụ", "La Văn Thử Nghiệm", "Đinh Văn Cao Kỳ"
ELSEWHERE, SOMEBODY = "Triệu Văn Phỏng", "Lộc Văn Bản Mẫu"
SPEAKERS = (OFFICER, HEAD, DEPUTY, DRAFTER, DESK_OFFICER, CHIEF, ADMIN, LEADER, ELSEWHERE)
SHEET, RECOGNISED, SECRETARY = "SK-2027-900", "SK-2027-901", "Chu Thị Đoàn Viên"

# The rules ------------------------------------------------------------------------------------


def sends(walk: Walk, me: Row) -> bool:
    """Who sends for a unit: its head, whom the head has named; without a head the deputies."""
    unit = walk.rows("SELECT * FROM person WHERE unit = :unit AND active", unit=me["unit"])
    heads = [each for each in unit if each["role"] in HEADS]
    named = any(me["id"] == each["stands_in"] for each in heads)
    return me["role"] in HEADS or named or (not heads and me["role"] == "deputy")


def drafts(walk: Walk, me: Row) -> bool:
    """Who writes the unit's papers: heads, deputies, its contact, and whom the head has named for it."""
    given = walk.rows("SELECT * FROM delegate WHERE person = :id AND unit = :unit", id=me["id"], unit=me["unit"])
    return me["role"] in HEADS | {"deputy", "drafter"} or bool(given) or sends(walk, me)


def confirms(walk: Walk, me: Row, unit: str, by: int) -> bool:
    if me["id"] == by:
        return False
    return me["role"] in DESK or (unit == me["unit"] and (sends(walk, me) or me["role"] == "deputy"))


HIGH, AGREE = {"office", "chief", "leader", "admin"}, {"chief", "leader", "admin"}
"""Roles that two people give and take, and who may be the second of them."""


def agreed(walk: Walk, me: Row) -> bool:
    """Whether this person has just been the second one to say yes to what somebody else has proposed."""
    found = walk.rows("SELECT * FROM post_change WHERE state = 'done' AND decided = :id AND by <> :id", id=me["id"])
    return me["role"] in AGREE and bool(found)


def keeps(walk: Walk, me: Row) -> bool:
    """Who keeps the list of people, and so hands over what hangs on a post."""
    return me["role"] in DESK | {"admin"} or agreed(walk, me)


def initiative(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of the record is deleted"
    if before is not None and {name for name in after if before[name] != after[name]} <= {"by", "charge", "version"}:
        return keeps(walk, me)
    if before is None:
        mine = me["role"] in STAFF and after["unit"] == me["unit"]
        return after["by"] == me["id"] and (mine or filed_for(walk, me, after))
    if after["by"] == me["id"] and after["state"] == "confirmed" and filed_for(walk, me, after):
        return True
    if after["state"] in ("received", "recognised"):
        return me["role"] in DESK
    if after["state"] in ("confirmed", "returned") and after["state"] != before["state"]:
        return confirms(walk, me, after["unit"], after["by"])
    return bool(after["by"] == me["id"] and after["unit"] == me["unit"])


def of_unit(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    row = after or before or {}
    return (row.get("unit") == me["unit"] and sends(walk, me)) or filed_for(walk, me, after)


def filed_for(walk: Walk, me: Row, after: Row | None) -> bool:
    """Whether the office files it for the unit: only with the source it comes from, in its own name."""
    sources = walk.rows("SELECT * FROM paper_source WHERE replaced IS NULL AND by = :id", id=me["id"])
    of = [(each["unit"], each["year"]) for each in sources]
    return me["role"] in DESK and after is not None and (after["unit"], after["year"]) in of


def source(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "where a record comes from stays"
    if before is None:
        return me["role"] in DESK and after["by"] == me["id"]
    rest = {name for name in after if name != "replaced" and before[name] != after[name]}
    return not rest and before["replaced"] is None and (me["role"] in DESK or of_unit(walk, me, before, after))


def arranged(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    mine = (after or before or {}).get("unit") == me["unit"]
    if before is not None and keeps(walk, me):  # it is handed over with a post
        return True
    return mine and (me["role"] in HEADS | {"deputy"} or sends(walk, me))


def desk(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    return me["role"] in DESK


def person(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    if before is None:
        assert after is not None
        return me["role"] in DESK | {"admin"} and (after["role"] != "admin" or me["role"] == "admin")
    assert after is not None
    changed = {name for name in after if before[name] != after[name]}
    own = {"away_from", "away_until", "away_to", "stands_in", "language", "prefers"}
    asked = walk.rows("SELECT 1 FROM data_request WHERE person = :id AND state = 'done'", id=after["id"])
    if asked and me["role"] in DESK and changed <= {"phone", "name", "name_fold", "position", "born", "number"}:
        return True
    if after["id"] == me["id"]:
        return changed <= own
    if changed & {"role", "unit", "active"} and {before["role"], after["role"]} & HIGH:
        return agreed(walk, me)
    return changed <= {"role", "unit", "active", "position", "stands_in", "away_to"} and keeps(walk, me)


def post_change(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    if before is None:
        return me["role"] in DESK | {"admin"} and after["by"] == me["id"]
    return me["role"] in AGREE if after["by"] != me["id"] else me["role"] in DESK | {"admin"}


def data_request(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    row = after or before or {}
    return row["person"] == me["id"] or (before is not None and me["role"] in DESK)


def structure(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    return me["role"] in DESK | {"admin"}


def invite(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    row = after or before or {}
    return row["person"] == me["id"] or keeps(walk, me)


JOBS = {
    "summary": DESK | {"leader"},
    "missing": DESK,
    "targets": STAFF | {"leader"},
    "rehearsal": DESK,
    "calendar_read": DESK,
    "calendar_write": DESK,
    "reminders": set(ROLES),
    "roster_read": DESK | {"admin"},
    "roster_write": DESK | {"admin"},
}


def job(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None
    return after["person"] == me["id"] and me["role"] in JOBS[after["work"]]


Rule = Callable[[Walk, Row, Row | None, Row | None], bool]
RULES: Mapping[str, Rule] = {
    "initiative": initiative,
    "author": lambda walk, me, before, after: me["role"] in STAFF,
    "recognition": desk,
    "deadline": desk,
    "holiday": desk,
    "year": desk,
    "fulfilment": desk,
    "baseline": desk,
    "urging": desk,
    "data_request": data_request,
    "urged": desk,
    "setting": lambda walk, me, before, after: me["role"] in DESK | {"admin"},
    "union_account": of_unit,
    "closed_list": of_unit,
    "unit_plan": of_unit,
    "report_version": lambda walk, me, before, after: me["role"] in DESK or of_unit(walk, me, before, after),
    "reopening": lambda walk, me, before, after: me["role"] in DESK or of_unit(walk, me, before, after),
    "figure": lambda walk, me, before, after: sends(walk, me) or me["role"] in DESK,
    "narrative": lambda walk, me, before, after: sends(walk, me) or me["role"] in DESK,
    "paper_source": source,
    "delegate": arranged,
    "promise": arranged,
    "person": person,
    "invite": invite,
    "job": job,
    "unit": structure,
    "unit_change": structure,
    "unit_name": structure,
    "succession": structure,
    "post_change": post_change,
}


def wrong(walk: Walk, me: Row | None, changes: Sequence[Change]) -> list[str]:
    """Changes that this person, as they are now, may not cause; a stranger and who is inactive cause none."""
    if me is None or not me["active"]:
        return [table for table, _before, _after in changes]
    return [table for table, before, after in changes if not RULES[table](walk, me, before, after)]


# The forms ------------------------------------------------------------------------------------

Goes = Callable[[Walk, Row], bool]


def in_unit(also: Goes) -> Goes:
    return lambda walk, me: me["unit"] == "QLXD" and also(walk, me)


FORMS: Mapping[str, tuple[str, Sequence[str], Goes]] = {
    "register_sk": (
        OFFICER,
        sheet("Kho bản vẽ hoàn công dùng chung toàn phòng"),
        in_unit(lambda walk, me: me["role"] in STAFF),
    ),
    "register_mh": (
        OFFICER,
        (
            "/dangky mh",
            "Một cửa liên thông cấp phép ba ngày làm việc",
            "3",
            "bỏ qua",
            "cả đơn vị",
            "bỏ qua",
            "chưa xác định",
            "gửi",
        ),
        in_unit(lambda walk, me: me["role"] in STAFF),
    ),
    "register_nv": (
        OFFICER,
        sheet("Hoàn thành số hóa hồ sơ lưu trữ năm nay", "nv", "17/12/2027"),
        in_unit(lambda walk, me: me["role"] in STAFF),
    ),
    "return": (
        HEAD,
        (f"/xacnhan {SHEET} tralai", "1", "gửi"),
        in_unit(lambda walk, me: me["role"] in DESK or sends(walk, me) or me["role"] == "deputy"),
    ),
    "no_registration": (
        HEAD,
        ("/xacnhan khongdangky co", "Phòng tập trung hai nhiệm vụ chuyển tiếp", "gửi"),
        in_unit(sends),
    ),
    "report": (
        HEAD,
        (
            "/baocao 2027",
            "đúng số liệu",
            "5/5",
            "12/12",
            "30,5",
            "5/5",
            "390/400",
            "đồng ý dự thảo",
            "Đã phổ biến tại họp phòng hằng quý",
            "không có",
            "In hai mặt toàn bộ tài liệu nội bộ",
            "không phát sinh",
            "giữ nguyên",
            "Một số đơn vị phối hợp chưa ký số",
            "không có",
            "Đề nghị tập huấn ký số cho đơn vị phối hợp",
            "gửi",
        ),
        in_unit(drafts),
    ),
    "unit_plan": (HEAD, ("/kehoach 2027", "20/01/2027", "1", "bỏ qua", "gửi"), in_unit(drafts)),
    "promise": (
        HEAD,
        ("/viechan hen results 2027", "1"),
        in_unit(lambda walk, me: me["role"] in HEADS | {"deputy"} or sends(walk, me)),
    ),
    "leave": (OFFICER, ("/nghiphep", "20/10/2027", "22/10/2027", "gửi"), in_unit(lambda walk, me: True)),
    "urge": (DESK_OFFICER, ("/dondoc 2027", "1", "1", "gửi"), lambda walk, me: me["role"] in DESK),
    "deadline": (
        DESK_OFFICER,
        ("/thoihan registration 2027", "31/10/2027", "công văn 12/SXD-VP", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "baseline": (DESK_OFFICER, ("/mocgiay QLXD", "1", "35", "42", "gửi"), lambda walk, me: me["role"] in DESK),
    "provincial": (
        DESK_OFFICER,
        ("/baocaotinh 2027", "18/10/2027", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "calendar": (
        DESK_OFFICER,
        ("/lich nghi", "25/10/2027", "nghỉ bù", "văn bản 15/SXD", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "calendar_file": (DESK_OFFICER, ("/lich tep", "FILE", "gửi"), lambda walk, me: me["role"] in DESK),
    "roster_file": (DESK_OFFICER, ("/nhansutep", "FILE", "xong"), lambda walk, me: me["role"] in DESK | {"admin"}),
    "roster_lines": (
        DESK_OFFICER,
        ("/nhansutep chon 1 345678 3", "tất cả", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "recognise": (
        DESK_OFFICER,
        ("/congnhan", "1", "1", "125/QĐ-SXD", "15/10/2027", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "unrecognise": (
        DESK_OFFICER,
        (f"/congnhan rut {RECOGNISED}", "1", "ghi nhầm phiếu khác", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "reopen": (
        DESK_OFFICER,
        ("/molai BC-2026-QLXD", "1", "sai số liệu mục 5", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "reopening_end": (
        DESK_OFFICER,
        ("/molai dong KH-2026-QLXD", "số liệu đã khớp", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "ask_correction": (HEAD, ("/dinhchinh BC-2026-QLXD", "sai số liệu mục 5", "gửi"), in_unit(sends)),
    "supplement": (HEAD, ("/bosung 2026", "gửi"), in_unit(drafts)),
    "union_account": (
        SECRETARY,
        ("/baocao", "Phổ biến Kế hoạch cho 45 đoàn viên", "Vận động 12 đoàn viên đăng ký sáng kiến", "gửi"),
        lambda walk, me: me["unit"] == "DTN" and sends(walk, me),
    ),
    "data_correct": (OFFICER, ("/suadulieu", "năm sinh", "1985", "gửi"), lambda walk, me: True),
    "data_erase": (OFFICER, ("/xoadulieu", "phiếu đang soạn", "gửi"), lambda walk, me: True),
    "data_reply": (
        DESK_OFFICER,
        ("/yeucaudulieu 1 từ chối", "Phải lưu theo quy định", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "personnel": (DESK_OFFICER, (f"/nhansu {SOMEBODY}", "1"), lambda walk, me: me["role"] in DESK | {"admin"}),
    "personnel_who": (DESK_OFFICER, ("/nhansu", f"{SOMEBODY} nghỉ"), lambda walk, me: me["role"] in DESK | {"admin"}),
    "post_declined": (
        LEADER,
        ("/ykiennhansu lydo 900", "Chưa có quyết định phân công"),
        lambda walk, me: me["role"] in AGREE,
    ),
    "for_results": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD baocao 2027",
            "văn bản",
            "Công văn 12/QLXD",
            "15/10/2027",
            "không có tệp",
            "đúng số liệu",
            *("5/5", "12/12", "30,5", "5/5", "400/400"),
            "đồng ý dự thảo",
            "Đã phổ biến tại họp phòng hằng quý",
            "không có",
            "In hai mặt toàn bộ tài liệu nội bộ",
            "không phát sinh",
            "giữ nguyên",
            "Hồ sơ giấy từ cấp huyện cũ còn nhiều",
            "không có",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_plan": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD kehoach 2027",
            "trực tiếp",
            "không có số",
            "1",
            "15/10/2027",
            "bỏ qua",
            "20/01/2027",
            "1",
            "bỏ qua",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_list": (
        DESK_OFFICER,
        ("/nhapthay QLXD danhsach 2027", "điện thoại", "1", "15/10/2027", "bỏ qua", "1", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_item_sk": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD sk 2027",
            "văn bản",
            "Công văn 12/QLXD",
            "15/10/2027",
            "không có tệp",
            "Nhật ký giám sát công trình bằng ảnh có tọa độ",
            "3",
            "bỏ qua",
            "Nông Văn Mẫu 60, Lý Thị Ví Dụ 40",
            "Giảm một nửa thời gian lập hồ sơ giám sát",
            "quý IV",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_item_mh": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD mh 2027",
            "điện thoại",
            "1",
            "15/10/2027",
            "không có tệp",
            "Một cửa liên thông cấp phép ba ngày làm việc",
            "3",
            "bỏ qua",
            "cả đơn vị",
            "bỏ qua",
            "chưa xác định",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_item_nv": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD nv 2027",
            "văn bản",
            "Công văn 12/QLXD",
            "15/10/2027",
            "không có tệp",
            "Hoàn thành số hóa hồ sơ lưu trữ năm nay",
            "3",
            "bỏ qua",
            "1",
            "Tra cứu được mọi hồ sơ trong một phút",
            "17/12/2027",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_narrative": (
        DESK_OFFICER,
        (
            "/nhapthay DTN tuyentruyen 2027",
            "văn bản",
            "Báo cáo 05/BC-ĐTN",
            "15/10/2027",
            "bỏ qua",
            "Phổ biến Kế hoạch cho 45 đoàn viên",
            "Vận động 12 đoàn viên đăng ký sáng kiến",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "invite": (
        DESK_OFFICER,
        ("/moinguoi", "Hứa Thị Mới Toanh", "Phòng Quản lý xây dựng", "Chuyên viên", "công chức", "1", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_new": (
        DESK_OFFICER,
        ("/donvimoi", "CDS", "Phòng Chuyển đổi số", "1", "18/10/2027", "bỏ qua", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_name": (
        DESK_OFFICER,
        ("/doiten QLN", "Phòng Nhà ở và Đô thị", "18/10/2027", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_merge": (
        DESK_OFFICER,
        ("/sapnhap", "KTVL", "QLXD", "1", "18/10/2027", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_end": (
        DESK_OFFICER,
        ("/giaithe KTVL", "Phòng Quản lý xây dựng", "18/10/2027", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_split": (
        DESK_OFFICER,
        (
            "/tachdonvi QLN",
            "QLNX",
            "Phòng Nhà ở xã hội",
            "1",
            "1, 3",
            "Triệu Văn Phỏng",
            "1",
            "18/10/2027",
            "bỏ qua",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
}
"""Each form with somebody who may fill it in, what they say, and who else may go on with it."""

UNDER_ANOTHER_PLAN = {"office_figure"}
"""Forms that no command opens under this plan: it asks the units for their paper."""

# What may have become of somebody meanwhile ------------------------------------------------------

Become = Callable[[Walk, int, int], None]
"""Given the person and their chat."""


def role(name: str) -> Become:
    return lambda walk, me, chat: _set(walk, "role = :value", me, name)


def _set(walk: Walk, what: str, me: int, value: Any) -> None:
    walk.tx.run(f"UPDATE person SET {what} WHERE id = :id", id=me, value=value)


def moved_as(name: str) -> Become:
    def become(walk: Walk, me: int, chat: int) -> None:
        _set(walk, "unit = :value", me, "QLN")
        _set(walk, "role = :value", me, name)

    return become


def moved(walk: Walk, me: int, chat: int) -> None:
    _set(walk, "unit = :value", me, "QLN")


def inactive(walk: Walk, me: int, chat: int) -> None:
    _set(walk, "active = :value", me, 0)


def withdrawn(walk: Walk, me: int, chat: int) -> None:
    chats.unlink_all(walk.tx, me, but=chat)


def taken_over(walk: Walk, me: int, chat: int) -> None:
    other = walk.rows("SELECT id FROM person WHERE name = :name", name=ELSEWHERE)[0]["id"]
    chats.link(walk.tx, chat=chat, person=other)


BECOMES: Mapping[str, Become] = {
    **{f"role {name}": role(name) for name in ROLES},
    "moved": moved,
    "moved as head": moved_as("head"),
    "moved as officer": moved_as("officer"),
    "inactive": inactive,
    "withdrawn": withdrawn,
    "taken over": taken_over,
}


FEW = ("role officer", "role leader", "moved", "inactive", "taken over")
"""Of these, the ones that are walked in every way."""


def begin(walk: Walk, line: str = "") -> None:
    """A sheet waits for confirmation; where the plan is begun, it has not been sent."""
    if "kehoach" in line:
        walk.tx.run("DELETE FROM unit_plan WHERE unit = 'QLXD'")
    if "danhsach" in line:
        walk.tx.run("DELETE FROM closed_list WHERE unit = 'QLXD'")
    by = walk.rows("SELECT id FROM person WHERE name = :name", name=OFFICER)[0]["id"]
    at = "2027-10-10T02:00:00.000000Z"
    for code, state in ((SHEET, "sent"), (RECOGNISED, "recognised")):
        walk.tx.run(
            """
            INSERT INTO initiative (code, kind, year, unit, title, title_fold, area, state, by, at, changed, plan_hash)
            VALUES (:code, 'sk', 2027, 'QLXD', 'Lịch kiểm tra trên giấy', 'lich kiem tra tren giay', 'II.1', :state, :by, :at, :at, 'x')
            """,
            code=code,
            state=state,
            by=by,
            at=at,
        )
    if not walk.rows("SELECT 1 FROM data_request"):
        walk.tx.run(
            """
            INSERT INTO data_request (id, person, what, part, text, reply_by, done_by, at)
            VALUES (1, :by, 'correct', 'phone', '+84912345678', '2027-10-12', '2027-10-20', :at)
            """,
            by=by,
            at=at,
        )
    walk.tx.run(
        """
        INSERT INTO recognition (initiative, level, decision, day, by, at)
        SELECT id, :level, '12/QĐ-SXD', '2027-10-11', :by, :at FROM initiative WHERE code = :code
        """,
        level=walk.office.app.plan.levels[0].code,
        code=RECOGNISED,
        by=by,
        at=at,
    )
    for id, record, state in (
        (900, "KH-2026-QLXD", "open"),
        (901, "DS-2026-QLXD", "asked"),
        (902, "BC-2026-QLXD", "declined"),
    ):
        walk.tx.run(
            """
            INSERT INTO reopening (id, record, what, unit, year, state, reason, at, day, asked, ended)
            VALUES (:id, :record, 'plan', 'QLXD', 2026, :state, 'sai ngày ban hành', :at, '2027-10-29', :at,
                    CASE :state WHEN 'declined' THEN :at END)
            """,
            id=id,
            record=record,
            state=state,
            at=at,
        )
    walk.tx.run(
        """
        INSERT INTO post_change (id, post, wanted, stamp, state, by, at, until)
        SELECT 900, post.id, '{"role":"leader"}', 0, 'asked', office.id, :at, '2027-10-25'
          FROM person AS post, person AS office WHERE post.name = :post AND office.name = :office
        """,
        at=at,
        post=SOMEBODY,
        office=DESK_OFFICER,
    )
    if line == "/bosung 2026":
        walk.tx.run(
            """
            INSERT INTO deadline (duty, year, day, basis, at) VALUES ('supplement', 2026, '2027-10-29', 'x', :at)
            """,
            at=at,
        )
    if line == "/baocao" or "DTN" in line:
        roster.add_unit(walk.tx, code="DTN", name="Đoàn Thanh niên", kind="doan_the")
        secretary = roster.add_person(
            walk.tx,
            name=SECRETARY,
            name_fold="chu thi doan vien",
            position="Bí thư",
            kind="cong_chuc",
            unit="DTN",
            role="union",
        )
        place = chats.at(walk.tx, channel="local", address=f"person:{secretary}", look="web")
        chats.link(walk.tx, chat=place.id, person=secretary)


def whose(walk: Walk, chat: int) -> Row | None:
    """Whose chat it is now."""
    found = walk.rows("SELECT person.* FROM chat JOIN person ON person.id = chat.person WHERE chat.id = :id", id=chat)
    return found[0] if found else None


def seat(walk: Walk, name: str) -> tuple[int, int]:
    """Somebody's number and chat."""
    sql = "SELECT person.id, chat.id AS chat FROM person JOIN chat ON chat.person = person.id WHERE name = :name"
    row = walk.rows(sql, name=name)[0]
    return row["id"], row["chat"]


def drafted(walk: Walk) -> list[Row]:
    return walk.rows("SELECT draft, field, part, value FROM answer ORDER BY draft, field, part")


# Forms ----------------------------------------------------------------------------------------


def test_every_form_notice_and_job_is_walked() -> None:
    assert set(FEATURES.forms) == set(FORMS) | UNDER_ANOTHER_PLAN
    assert set(FEATURES.notices) == set(NOTICES)
    assert set(FEATURES.jobs) - {"counts"} == set(JOBS), "«counts» is for groups, where nobody is asked for"


@pytest.mark.parametrize("form", FORMS)
async def test_a_form_begun_as_one_and_gone_on_with_as_another(office: Office, form: str) -> None:
    who, lines, goes = FORMS[form]

    def straight(walk: Walk) -> list[Change]:
        begin(walk, lines[0])
        _me, chat = seat(walk, who)
        walk.watch()
        for line in lines:
            walk.says(chat, line)
        return walk.changes()

    assert await taken_back(office, straight), f"{form}: whoever may fill it in comes to nothing"
    last = len(lines) - 1
    cuts = {last: BECOMES, 1: {name: BECOMES[name] for name in ("role officer", "moved", "inactive", "taken over")}}
    for cut, becomes in cuts.items():
        for name, become in becomes.items():
            others = (taken_up_again, edited) if cut == last and name in FEW else ()
            for way in (gone_on_with, *others):
                bad = await taken_back(office, lambda walk: way(walk, who, lines, cut, become, goes))  # noqa: B023  # taken back before the next
                assert not bad, f"{form}, {name} before «{lines[cut]}», {way.__name__}: {bad}"


def _until(walk: Walk, who: str, lines: Sequence[str], cut: int, become: Become) -> tuple[int, Row | None]:
    begin(walk, lines[0])
    me, chat = seat(walk, who)
    for line in lines[:cut]:
        walk.says(chat, line)
    become(walk, me, chat)
    return chat, whose(walk, chat)


def _may(walk: Walk, who: str, now: Row | None, goes: Goes) -> bool:
    """Whether whoever speaks now may go on with what was begun."""
    return now is not None and bool(now["active"]) and now["name"] == who and goes(walk, now)


def gone_on_with(walk: Walk, who: str, lines: Sequence[str], cut: int, become: Become, goes: Goes) -> list[str]:
    """The next messages go into the open form."""
    chat, now = _until(walk, who, lines, cut, become)
    walk.watch()
    sheet = drafted(walk)
    for line in lines[cut:]:
        walk.says(chat, line)
    found = wrong(walk, now, walk.changes())
    if not _may(walk, who, now, goes) and drafted(walk) != sheet:
        found.append("an answer was taken")
    return found


def taken_up_again(walk: Walk, who: str, lines: Sequence[str], cut: int, become: Become, goes: Goes) -> list[str]:
    """The sheet was left; it is taken up again by its number."""
    chat, now = _until(walk, who, lines, cut, lambda *_: None)
    walk.says(chat, "/thoat")
    become(walk, seat(walk, who)[0], chat)
    now = whose(walk, chat)
    newest = walk.rows("SELECT MAX(id) AS id FROM draft")[0]["id"]
    walk.watch()
    sheet = drafted(walk)
    for line in (f"/viec tiep {newest}", *lines[cut:]):
        walk.says(chat, line)
    found = wrong(walk, now, walk.changes())
    if not _may(walk, who, now, goes) and drafted(walk) != sheet:
        found.append("an answer was taken")
    return found


def edited(walk: Walk, who: str, lines: Sequence[str], cut: int, become: Become, goes: Goes) -> list[str]:
    """An earlier message is edited, then the sheet is sent."""
    begin(walk, lines[0])
    me, chat = seat(walk, who)
    names = []
    for line in lines[:cut]:
        walk.says(chat, line)
        names.append(walk.last)
    become(walk, me, chat)
    now = whose(walk, chat)
    walk.watch()
    sheet = drafted(walk)
    for name, line in zip(names[1:], lines[1:cut], strict=True):
        walk.says(chat, f"{line} nữa", edits=name)
    found = wrong(walk, now, walk.changes())
    if not _may(walk, who, now, goes) and drafted(walk) != sheet:
        found.append("an answer was changed")
    walk.says(chat, "gửi")
    return found + wrong(walk, now, walk.changes())


# Commands and buttons -------------------------------------------------------------------------

SAID = (
    "",
    "2027",
    "co",
    "tatca",
    "dongy 1",
    "khong 1",
    "chuyen 2027",
    "lanhdao 2027",
    "nhom 2027",
    "mo 2026",
    "QLXD",
    "Lục Thị Minh Họa",
    "Lục Thị Minh Họa nghỉ",
    "xem 900",
    "rut 900",
    "dongy 900",
    "khong 900",
    SHEET,
    f"{SHEET} gui",
    f"{SHEET} v1 gui",
    f"rut {SHEET} co",
    f"sua {SHEET}",
    "chot co",
    "khongdangky co",
    "giao results 2027 Lục Thị Minh Họa",
    "hen results 2027",
    "xacnhan 2028",
    "ghi 1",
    "thoi",
    "dung",
    "ma",
    "day",
    "21/10/2027",
    "den 22/10",
    "xem 2026",
    "012",
    "BC-2026-QLXD",
    "dong KH-2026-QLXD",
    "tuchoi DS-2026-QLXD",
    "giu KH-2026-QLXD co",
    "rut DS-2026-QLXD",
)


def _drawn(*of: str) -> bool:
    """A sixth of all, always the same: over all speakers each is walked once or twice."""
    return crc32(" ".join(of).encode()) % 6 == 0


def offered(walk: Walk, who: str) -> dict[str, list[str]]:
    """Every command with what may follow it, and every button met on the way: what each changes for this person."""
    _me, chat = seat(walk, who)
    payloads = [
        f"/{each.name} {said}".strip()
        for each in FEATURES.commands.values()
        for said in SAID
        if not said or _drawn(who, each.name, said)
    ]
    found: dict[str, list[str]] = {}
    walk.watch()
    walk.tx.run("SAVEPOINT offered")
    for payload in payloads:
        if payload in found:
            continue
        walk.says(chat, payload)
        more = walk.buttons(chat)
        changes = walk.changes()
        found[payload] = [*wrong(walk, whose(walk, chat), changes)]
        if changes:
            found[payload].insert(0, "acts")
        walk.tx.run("ROLLBACK TO offered")
        payloads += [each for each in more if each not in found and len(payloads) < 300]
    return found


@pytest.mark.parametrize(
    "who", SPEAKERS, ids=("officer", "head", "deputy", "drafter", "desk", "chief", "admin", "leader", "elsewhere")
)
async def test_a_button_shown_to_one_and_tapped_as_another(office: Office, who: str) -> None:
    def harvest(walk: Walk) -> dict[str, list[str]]:
        begin(walk)
        return offered(walk, who)

    found = await taken_back(office, harvest)
    assert {payload.split()[0] for payload in found} >= {f"/{each.name}" for each in FEATURES.commands.values()}
    assert not {payload: what for payload, what in found.items() if what not in ([], ["acts"])}
    acting = [payload for payload, what in found.items() if what]
    some = (
        "role officer",
        "role leader",
        "role office",
        "moved",
        "moved as head",
        "inactive",
        "withdrawn",
        "taken over",
    )
    for name in some:

        def tapped(walk: Walk, become: Become = BECOMES[name]) -> dict[str, list[str]]:
            begin(walk)
            me, chat = seat(walk, who)
            become(walk, me, chat)
            now, bad = whose(walk, chat), {}
            walk.watch()
            walk.tx.run("SAVEPOINT tapped")
            for payload in acting:
                walk.says(chat, payload)
                if found := wrong(walk, now, walk.changes()):
                    bad[payload] = found
                walk.tx.run("ROLLBACK TO tapped")
            return bad

        assert await taken_back(office, tapped) == {}, name


# Notices --------------------------------------------------------------------------------------

Told = Callable[[Walk, Row], bool]
ITEM = {"code": SHEET, "by": HEAD}


def to_desk(walk: Walk, me: Row) -> bool:
    return me["role"] in DESK


def to_admin(walk: Walk, me: Row) -> bool:
    return bool(me["role"] == "admin")


def to_writer(walk: Walk, me: Row) -> bool:
    return bool(me["name"] == OFFICER)


def to_sender(walk: Walk, me: Row) -> bool:
    return me["unit"] == "QLXD" and sends(walk, me)


NOTICES: Mapping[str, tuple[dict[str, Any], Told]] = {
    "parked": ({"message": 1}, to_admin),
    "unreadable": ({"message": 1}, to_admin),
    "work_failed": ({"job": 1}, to_admin),
    "backup_failed": (
        {"where": "x", "why": "đĩa đầy", "file": "x", "day": "2027-10-18"},
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "post_changed": ({"role": "officer", "unit": "QLXD", "name": "Nông Văn Mẫu"}, to_writer),
    "handed_over": ({"change": 900}, lambda walk, me: False),
    "staff_changed": ({"change": 900, "unit": "QLXD"}, lambda walk, me: me["unit"] == "QLXD" and me["role"] in HEADS),
    "post_asked": ({"change": 900}, lambda walk, me: me["role"] in AGREE),
    "post_decided": ({"change": 900}, lambda walk, me: me["name"] == DESK_OFFICER),
    "post_unanswered": ({"change": 900}, lambda walk, me: me["name"] == DESK_OFFICER),
    "year_waits": ({"year": 2028}, lambda walk, me: me["role"] in DESK | {"admin"}),
    "intruder": ({"person": OFFICER, "channel": "telegram"}, lambda walk, me: me["role"] in ("admin", "chief")),
    "to_confirm": (ITEM, lambda walk, me: confirms(walk, me, "QLXD", -1)),
    "coauthor": (ITEM, to_writer),
    "confirmed": (ITEM, to_writer),
    "returned": (ITEM, to_writer),
    "recognised": (ITEM, to_writer),
    "unrecognised": ({"code": SHEET, "decision": "1", "reason": "nhầm"}, to_writer),
    "received": ({"code": SHEET, "what": "initiative"}, to_writer),
    "report_drafted": ({"unit": "QLXD", "year": 2027, "by": DRAFTER}, to_sender),
    "plan_drafted": ({"unit": "QLXD", "year": 2027, "by": DRAFTER}, to_sender),
    "paper_drafted": ({"unit": "QLXD", "year": 2027, "duty": "quarter", "by": DRAFTER}, to_sender),
    "paper_sent": ({"unit": "QLXD", "year": 2027, "duty": "quarter"}, lambda walk, me: me["unit"] == "QLXD"),
    "report_sent": ({"code": "BC-2026-QLXD"}, lambda walk, me: me["unit"] == "QLXD"),
    "plan_sent": ({"code": "KH-2026-QLXD"}, lambda walk, me: me["unit"] == "QLXD"),
    "delegated": (
        {"duty": "results", "year": 2027, "by": HEAD},
        lambda walk, me: bool(
            walk.rows("SELECT * FROM delegate WHERE person = :id AND unit = :unit", id=me["id"], unit=me["unit"])
        ),
    ),
    "year_opened": ({"year": 2027}, to_desk),
    "filed_for": ({"unit": "QLXD", "code": "BC-2027-QLXD", "version": 1, "how": "results", "kind": ""}, to_sender),
    "standin": ({"by": HEAD}, lambda walk, me: False),
    "leave": ({"by": HEAD}, lambda walk, me: False),
    "urging_asked": ({"id": 1, "n": 1}, lambda walk, me: me["role"] == "chief"),
    "urging_declined": ({"id": 1, "over": False}, to_desk),
    "urging_lost": ({"duty": "results", "year": 2027, "day": "2027-10-18", "people": []}, to_desk),
    "urged": ({"duty": "results", "year": 2027, "text": "Đề nghị gửi", "by": DESK_OFFICER}, sends),
    "withdrew": ({"person": OFFICER}, to_desk),
    "data_asked": ({"id": 1}, to_desk),
    "data_answered": ({"id": 1}, lambda walk, me: me["name"] == OFFICER),
    "astray": ({"person": OFFICER}, to_desk),
    "reached": ({"person": OFFICER, "since": "2027-10-17T08:00:00+07:00"}, to_desk),
    "blocked": ({"person": OFFICER, "channel": "telegram"}, to_desk),
    "quota": ({"channel": "zalo", "used": 1, "limit": 2}, to_desk),
    "unsure": ({"people": [OFFICER]}, lambda walk, me: True),
    "announcement": ({"by": DESK_OFFICER, "text": "Họp lúc 14:00"}, lambda walk, me: True),
    "clock_doubt": ({}, lambda walk, me: me["role"] in DESK | {"admin"}),
    "new_device": ({"new": OFFICER, "chat": 1, "person": OFFICER}, to_writer),
    "reopened": ({"id": 900}, to_sender),
    "supplement_drafted": ({"unit": "QLXD", "year": 2026, "by": DRAFTER}, to_sender),
    "reopening_asked": ({"id": 901}, to_desk),
    "reopening_ended": ({"id": 902}, lambda walk, me: to_desk(walk, me) or to_sender(walk, me)),
    "corrected": ({"code": "BC-2026-QLXD", "version": 2}, to_desk),
    "unit_changed": ({"change": 1}, lambda walk, me: False),
    "daily": ({"calendar": [2028], "drafts": []}, to_desk),
}
"""Each notice with what it is about, and who may be told; «forwarded» needs a summary and is asked for its roles alone."""
FORWARDED = "forwarded"
NOTICES = {
    **NOTICES,
    FORWARDED: ({"year": 2027, "summary": None, "by": CHIEF}, lambda walk, me: me["role"] == "leader"),
}


async def test_a_notice_is_said_to_whom_it_concerns_as_they_are_then(office: Office) -> None:
    becomes = {
        "": None,
        **{
            n: BECOMES[n]
            for n in ("role officer", "role head", "role office", "role leader", "moved", "moved as head", "inactive")
        },
    }

    def told(walk: Walk) -> tuple[list[str], set[str]]:
        begin(walk)
        ids = {row["name"]: row["id"] for row in walk.rows("SELECT id, name FROM person")}
        bad, heard = [], set()
        walk.watch()
        walk.tx.run("SAVEPOINT told")
        for who in SPEAKERS:
            for name, become in becomes.items():
                me, chat = seat(walk, who)
                if become is not None:
                    become(walk, me, chat)
                now = whose(walk, chat)
                for news, (sample, rule) in NOTICES.items():
                    about = {
                        key: ids[value]
                        if key in ("by", "person", "new")
                        else [ids[v] for v in value]
                        if key == "people"
                        else value
                        for key, value in sample.items()
                    }
                    if news == "new_device":
                        about["new"] = seat(walk, OFFICER)[1] if who == OFFICER or become is None else about["chat"]
                    if said(walk, chat, me, news, about):
                        heard.add(news)
                        if now is None or not now["active"] or not rule(walk, now):
                            bad.append(f"{news}: {who} {name}")
                walk.tx.run("ROLLBACK TO told")
        return bad, heard

    bad, heard = await taken_back(office, told)
    assert bad == []
    assert heard >= {
        "post_asked",
        "staff_changed",
        "parked",
        "to_confirm",
        "year_opened",
        "urged",
        "astray",
        "quota",
        "announcement",
        FORWARDED,
    }, "nothing was said"


def said(walk: Walk, chat: int, me: int, news: str, about: dict[str, Any]) -> bool:
    """Whether this notice would be said to this person now."""
    app = walk.office.app
    place = walk.tx.one(chats.BY_ID, id=chat)
    assert place is not None
    visit = Visit(walk.tx, app.office, place, walk.tx.one(roster.BY_ID, id=me), app.now())
    notice = app.office.features.notices[news]
    if not notice.serves.holds(visit, about):
        return False
    return news == FORWARDED or notice.say(visit, about) is not None
