"""Awards: who suggests, reads, proposes, decides, puts right, praises."""

from collections.abc import Mapping

from tests.authority.forms import Form, in_unit
from tests.authority.notices import Notified, to_desk, to_sender, to_writer
from tests.authority.rules import DESK, DESK_OFFICER, HEAD, HEADS, OFFICER, STAFF, Rule, sends
from tests.walking import Row, Walk

PROPOSED, AWARDED = "KT-2027-900", "KT-2027-901"


def award(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    if before is None:
        return after["by"] == me["id"] and after["by_unit"] == me["unit"] and _proposes(walk, me, after)
    if after["state"] == "withdrawn":
        mine = after["by"] == me["id"] and me["role"] in DESK
        return after["by_unit"] == me["unit"] and (mine or sends(walk, me))
    return me["role"] in DESK


def _proposes(walk: Walk, me: Row, row: Row) -> bool:
    """Nobody themselves, in whatever post; whoever heads a unit by the office alone; others by whoever sends for their unit."""
    whom = walk.person(row["person"]) if row["person"] else None
    if whom is not None and (whom["human"] or whom["id"]) == (me["human"] or me["id"]):
        return False
    if whom is not None and whom["role"] in HEADS:
        return me["role"] in DESK
    own = row["unit"] == me["unit"] and sends(walk, me)
    mine = walk.rows("SELECT kind FROM unit WHERE code = :unit", unit=me["unit"])
    union = bool(mine) and mine[0]["kind"] in walk.office.app.plan.unions and sends(walk, me)
    return bool(own or union or (whom is None and me["role"] in DESK))


def award_suggestion(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    if before is None:
        return me["role"] in STAFF and after["by"] == me["id"] and after["unit"] == me["unit"]
    if after["state"] == "withdrawn":
        return bool(after["by"] == me["id"])
    unit = walk.rows("SELECT role FROM person WHERE unit = :unit AND active", unit=me["unit"])
    headless = not any(each["role"] in HEADS for each in unit)
    return after["unit"] == me["unit"] and (me["role"] in HEADS or (headless and sends(walk, me)))


def of_desk(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    return before is None and after is not None and after["by"] == me["id"] and me["role"] in DESK


RULES: Mapping[str, Rule] = {
    "award": award,
    "award_link": lambda walk, me, before, after: before is None and (sends(walk, me) or me["role"] in DESK),
    "award_change": of_desk,
    "award_suggestion": award_suggestion,
    "praise": of_desk,
}
FORMS: Mapping[str, Form] = {
    "award_suggest": (
        OFFICER,
        ("/khenthuong goiy", "Lục Thị Minh Họa", "Hướng dẫn đồng nghiệp ký số thành thạo trong một tuần", "gửi"),
        lambda walk, me: me["unit"] == "QLXD" and me["role"] in STAFF,
    ),
    "award_decline": (
        HEAD,
        ("/khenthuong goiy 900 khong", "sẽ đề nghị vào cuối năm", "gửi"),
        in_unit(lambda walk, me: me["role"] in HEADS),
    ),
    "award_propose": (
        HEAD,
        (
            "/khenthuong denghi",
            "Lục Thị Minh Họa",
            "đột xuất",
            "biểu dương",
            "2",
            "Áp dụng mô hình thông tin công trình tại 02 dự án",
            "không kèm hồ sơ",
            "không có biên bản",
            "gửi",
        ),
        in_unit(lambda walk, me: sends(walk, me) or me["role"] in DESK),
    ),
    "award_outcome": (
        DESK_OFFICER,
        (f"/khenthuong khongchon {PROPOSED}", "không có biên bản", "mô hình còn làm thử", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "award_correct": (
        DESK_OFFICER,
        (f"/khenthuong sua {AWARDED}", "1", "126/QĐ-SXD", "12/10/2027", "ghi nhầm số quyết định", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "award_praise": (
        DESK_OFFICER,
        (f"/khenthuong bieuduong {AWARDED}", "1", "1", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
}


NOTICES: Mapping[str, Notified] = {
    "award_suggested": ({"id": 900}, lambda walk, me: me["unit"] == "QLXD" and sends(walk, me)),
    "award_suggestion_answered": ({"id": 901}, to_writer),
    "award_proposed": ({"code": PROPOSED}, to_desk),
    "award_decided": ({"code": AWARDED, "version": 2, "why": ""}, to_sender),
    "praised": ({"id": 900}, to_writer),
}
HEARD = {"award_suggested", "award_suggestion_answered", "award_proposed", "award_decided", "praised"}
SAID = (
    "goiy",
    "goiy 900",
    "goiy 900 nhan",
    "goiy 900 khong",
    "goiy 900 rut",
    "denghi",
    "danhsach 2026-2030",
    "quyetdinh",
    "trinh",
    "bieuduong",
    PROPOSED,
    f"rut {PROPOSED} co",
    f"rut {PROPOSED} v1 co",
    f"sua {AWARDED}",
)


def begin(walk: Walk, line: str = "") -> None:
    """A proposal waits, another was awarded and praised; a suggestion waits, another was answered."""
    ids = {row["name"]: row["id"] for row in walk.rows("SELECT id, name FROM person")}
    at = "2027-10-10T02:00:00.000000Z"
    for id, code, state, decision, day in (
        (900, PROPOSED, "proposed", "", None),
        (901, AWARDED, "awarded", "125/QĐ-SXD", "2027-10-11"),
    ):
        walk.tx.run(
            """
            INSERT INTO award (id, code, year, kind, kind_name, form, form_name, above, unit, what, person, name,
                               reason, merit, by, by_unit, at, state, version, decision, day)
            VALUES (:id, :code, 2027, 'hang_nam', 'khen thưởng hằng năm', 'giay_khen', 'Giấy khen', 0, 'QLXD', 'person',
                    :person, 'Chuyên viên Nông Văn Mẫu', 'Có sáng kiến', 'Rút quy trình còn 5 bước', :by, 'QLXD', :at,
                    :state, :version, :decision, :day)
            """,
            id=id,
            code=code,
            person=ids[OFFICER],
            by=ids[HEAD],
            at=at,
            state=state,
            version=2 if decision else 1,
            decision=decision,
            day=day,
        )
    for id, state in ((900, "waiting"), (901, "declined")):
        walk.tx.run(
            """
            INSERT INTO award_suggestion (id, unit, what, name, merit, by, at, state)
            VALUES (:id, 'QLXD', 'unit', 'Phòng Quản lý xây dựng', 'Số hóa xong hồ sơ trước hạn', :by, :at, :state)
            """,
            id=id,
            by=ids[OFFICER],
            at=at,
            state=state,
        )
    walk.tx.run(
        "INSERT INTO praise (id, about, text, reach, by, at) VALUES (900, :about, 'Biểu dương', 'own', :by, :at)",
        about=AWARDED,
        by=ids[DESK_OFFICER],
        at=at,
    )
