"""Announcements and the members of unions: who writes them, who answers them."""

from collections.abc import Mapping, Sequence

from storage import people as roster
from tests.authority.forms import Form
from tests.authority.notices import Notified
from tests.authority.rules import DESK, DESK_OFFICER, HEADS, OFFICER, SECRETARY, SOMEBODY, Rule, sends
from tests.walking import Row, Walk


def looks_after(walk: Walk, me: Row, row: Row) -> bool:
    """The desk its own, whoever sends for a union the union's."""
    if row["of_union"] is None:
        return me["role"] in DESK
    return bool(row["of_union"] == me["unit"] and sends(walk, me))


def of_union(walk: Walk, me: Row) -> bool:
    return bool(me["unit"] == "DTN") and sends(walk, me)


def announcement(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    if before is None:
        return after["by"] == me["id"] and looks_after(walk, me, after)
    return looks_after(walk, me, after)


def receiver(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    if before is not None:
        return bool(after["person"] == me["id"])
    found = walk.rows("SELECT * FROM announcement WHERE id = :id", id=after["announcement"])[0]
    return looks_after(walk, me, found)


def member(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    return bool(after["unit"] == me["unit"]) and sends(walk, me)


RULES: Mapping[str, Rule] = {"announcement": announcement, "announcement_receiver": receiver, "union_member": member}
FORMS: Mapping[str, Form] = {
    "announce": (
        DESK_OFFICER,
        ("/thongbao moi", "QLXD", "1", "Họp giao ban lúc 14 giờ tại phòng 302.", "bỏ qua", "1", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "member_add": (SECRETARY, ("/doanvien DTN", OFFICER, "gửi"), of_union),
    "member_leave": (SECRETARY, ("/doanvien thoi DTN", SOMEBODY, "gửi"), of_union),
    "members_file": (SECRETARY, ("/doanvien tep DTN", "FILE", "xong"), of_union),
}
JOBS: Mapping[str, set[str]] = {key: {*HEADS, "deputy"} for key in ("members_read", "members_write")}
ABOUT = {"id": 900}


def received(walk: Walk, me: Row) -> bool:
    """Whether it has gone to them, and they are still of the unit that it is for."""
    return bool(me["name"] == OFFICER and me["unit"] == "QLXD")


NOTICES: Mapping[str, Notified] = {"announcement": (ABOUT, received), "announcement_again": (ABOUT, received)}
HEARD = {"announcement"}
SAID: Sequence[str] = ("moi", "ds", "900", "900 nhac", "900 rut", "xem 900", "901", "901 rut")


def begin(walk: Walk, line: str = "") -> None:
    """One announcement has gone to the officer and waits for an answer; another one is set down."""
    at = "2027-10-18T01:10:00.000000Z"
    for id, state, due in ((900, "sent", at), (901, "set", "2027-10-20T01:00:00.000000Z")):
        walk.tx.run(
            """
            INSERT INTO announcement (id, by, units, text, state, due, at)
            SELECT :id, person.id, '{"kinds":[],"units":["QLXD"]}', 'Họp lúc 14 giờ tại phòng 302.', :state, :due, :at
              FROM person WHERE name = :name
            """,
            id=id,
            state=state,
            due=due,
            at=at,
            name=DESK_OFFICER,
        )
    walk.tx.run(
        """
        INSERT INTO announcement_receiver (announcement, person) SELECT 900, id FROM person WHERE name = :name
        """,
        name=OFFICER,
    )
    walk.tx.run(
        """
        INSERT INTO outbox (kind, person, news, about, due, at, key, by, state)
        SELECT 'hand', mine.id, 'announcement', '{"id":900}', :at, :at, 'announcement:900:' || mine.id, desk.id, 'sent'
          FROM person AS mine, person AS desk WHERE mine.name = :name AND desk.name = :desk
        """,
        at=at,
        name=OFFICER,
        desk=DESK_OFFICER,
    )
    if "DTN" in line:
        roster.add_unit(walk.tx, code="DTN", name="Đoàn Thanh niên", kind="doan_the")
        walk.tx.run(
            """
            INSERT INTO union_member (unit, person, by, at)
            SELECT 'DTN', mine.id, desk.id, :at FROM person AS mine, person AS desk
             WHERE mine.name = :name AND desk.name = :desk
            """,
            at=at,
            name=SOMEBODY,
            desk=DESK_OFFICER,
        )
