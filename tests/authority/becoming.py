"""What the record holds before a way begins, and what may have become of somebody meanwhile."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from storage import chats
from storage import people as roster
from tests.authority.rules import DESK_OFFICER, ELSEWHERE, OFFICER, RECOGNISED, ROLES, SECRETARY, SHEET, SOMEBODY
from tests.walking import Row, Walk

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


def newest(walk: Walk) -> int:
    """The number of the sheet that was begun last."""
    return int(walk.rows("SELECT COALESCE(MAX(id), 0) AS id FROM draft")[0]["id"])


def drafted(walk: Walk, until: int) -> list[Row]:
    """The answers of all sheets until this one, and of later ones of their forms; what somebody begins anew is another form."""
    return walk.rows(
        """
        SELECT draft, field, part, value FROM answer JOIN draft ON draft.id = answer.draft
         WHERE draft.id <= :until OR draft.form IN (SELECT form FROM draft WHERE id <= :until)
         ORDER BY draft, field, part
        """,
        until=until,
    )


SAID: Sequence[str] = (
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
"""What may follow a command."""
