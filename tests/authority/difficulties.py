"""Difficulties and the tasks of units: who raises, answers, passes on, records, does, closes."""

from collections.abc import Mapping

from tests.authority.forms import Form, in_unit
from tests.authority.notices import Notified, to_desk, to_sender
from tests.authority.rules import DESK, DESK_OFFICER, HEAD, OFFICER, Rule, sends
from tests.walking import Row, Walk

WITH_HEAD, AT_DESK, ANSWERED, PAST_HEAD = "VM-2027-901", "VM-2027-902", "VM-2027-903", "VM-2027-904"


def asks(walk: Walk, me: Row, row: Row) -> bool:
    """Whoever raised it; where they are not there any more, who acts for the unit, or the office it was sent to."""
    asker = walk.person(row["by"])
    if asker["active"]:
        return bool(asker["id"] == me["id"])
    return bool(me["role"] in DESK if row["way"] == "desk" else row["unit"] == me["unit"] and sends(walk, me))


def difficulty(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    if before is None:
        return bool(after["by"] == me["id"] and after["unit"] == me["unit"])
    if before["unit"] != after["unit"]:
        return me["role"] in DESK | {"admin"}
    if before["state"] == "answered" or after["state"] == "withdrawn":
        return asks(walk, me, before)
    if before["state"] == "head":
        head = before["unit"] == me["unit"] and sends(walk, me)
        return head or (after["state"] == "desk" and asks(walk, me, before))
    return me["role"] in DESK


def unit_task(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    if before is not None and after["state"] == "done":
        return before["unit"] == me["unit"] and sends(walk, me)
    return me["role"] in DESK or (before is not None and before["unit"] != after["unit"] and me["role"] == "admin")


def inspection(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    return me["role"] in DESK or (before is not None and before["unit"] != after["unit"] and me["role"] == "admin")


RULES: Mapping[str, Rule] = {
    "inspection": inspection,
    "difficulty": difficulty,
    "difficulty_step": lambda walk, me, before, after: before is None and after is not None and after["by"] == me["id"],
    "unit_task": unit_task,
}
FORMS: Mapping[str, Form] = {
    "difficulty": (
        OFFICER,
        ("/vuongmac moi", "Chưa có bản quyền phần mềm dựng mô hình", "2", "1", "gửi"),
        in_unit(lambda walk, me: True),
    ),
    "difficulty_word": (
        HEAD,
        (f"/vuongmac {WITH_HEAD} traloi 1", "Phòng bố trí máy dùng chung trong tuần này", "gửi"),
        in_unit(sends),
    ),
    "difficulty_opinion": (
        DESK_OFFICER,
        (
            f"/vuongmac {AT_DESK} ykien 1",
            "1",
            "15/10/2027",
            "12/TB-SXD",
            "Đồng ý mua trong quý IV",
            "Phòng Quản lý xây dựng",
            "Mua 02 bản quyền phần mềm",
            "30/11/2027",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "inspection": (
        DESK_OFFICER,
        ("/kiemtra moi", "QLXD", "12/10/2027", "12/BB-KT", "03 hồ sơ chưa ký số", "30/11/2027", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "task_done": (HEAD, ("/viecgiao 900 xong 1", "Đã mua xong hai bản quyền", "gửi"), in_unit(sends)),
    "task_back": (
        DESK_OFFICER,
        ("/viecgiao 900 tra 1", "30/11/2027", "Chờ bố trí kinh phí quý IV", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "task_no_more": (
        DESK_OFFICER,
        ("/viecgiao 900 thoi 1", "Đã có đơn vị khác thực hiện", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
}
NOTICES: Mapping[str, Notified] = {
    "difficulty": ({"code": WITH_HEAD, "n": 1}, lambda walk, me: to_sender(walk, me) or me["name"] == OFFICER),
    "inspected": ({"code": "GS-2027-901"}, lambda walk, me: to_desk(walk, me) or to_sender(walk, me)),
    "unit_task": ({"id": 900, "step": 1}, lambda walk, me: to_desk(walk, me) or to_sender(walk, me)),
}
HEARD = {"difficulty", "unit_task"}
SAID = (
    f"{WITH_HEAD} thang",
    f"{AT_DESK} trinh",
    f"{AT_DESK} rut 1 co",
    f"{ANSWERED} xong",
    f"{PAST_HEAD} rut co",
    f"{PAST_HEAD} trinh 1",
    "lanhdao",
    "ds",
    "901 dong",
    "GS-2027-901 bo co",
    "901 dong 1",
)


def begin(walk: Walk, line: str = "") -> None:
    """One with the head, one with the office, one answered, one sent past the head; a task to do and one that is done."""
    by = walk.rows("SELECT id FROM person WHERE name = :name", name=OFFICER)[0]["id"]
    desk = walk.rows("SELECT id FROM person WHERE name = :name", name=DESK_OFFICER)[0]["id"]
    at = "2027-10-14T02:00:00.000000Z"
    for n, (code, way, state) in enumerate(
        (
            (WITH_HEAD, "head", "head"),
            (AT_DESK, "head", "desk"),
            (ANSWERED, "head", "answered"),
            (PAST_HEAD, "desk", "desk"),
        ),
        900,
    ):
        walk.tx.run(
            """
            INSERT INTO difficulty (id, code, year, unit, by, at, area, text, way, state, since)
            VALUES (:id, :code, 2027, 'QLXD', :by, :at, 'II.2', 'Chưa có bản quyền phần mềm', :way, :state, :at)
            """,
            id=n,
            code=code,
            by=by,
            at=at,
            way=way,
            state=state,
        )
        walk.tx.run(
            """
            INSERT INTO difficulty_step (difficulty, n, move, was, by, at)
            VALUES (:id, 1, CASE :state WHEN 'answered' THEN 'answered' WHEN 'desk' THEN 'passed_on' ELSE 'sent' END,
                    :way, :by, :at)
            """,
            id=n,
            state=state if way == "head" else "",
            way=way,
            by=by,
            at=at,
        )
    walk.tx.run(
        """
        INSERT INTO inspection (code, year, unit, day, by, at)
        VALUES ('GS-2027-901', 2027, 'QLXD', '2027-10-12', :desk, :at)
        """,
        desk=desk,
        at=at,
    )
    for id, state in ((900, "open"), (901, "done")):
        walk.tx.run(
            """
            INSERT INTO unit_task (id, source, unit, text, day, state, by, at, done_by, done)
            VALUES (:id, :source, 'QLXD', 'Mua bản quyền', '2027-11-15', :state, :desk, :at,
                    CASE :state WHEN 'done' THEN :by END, CASE :state WHEN 'done' THEN :at END)
            """,
            id=id,
            source=AT_DESK,
            state=state,
            desk=desk,
            by=by,
            at=at,
        )
