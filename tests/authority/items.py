"""One registered item: what its authors, its unit and the office may cause of its life, and who is told."""

from collections.abc import Mapping, Sequence

from tests.authority.forms import Form, in_unit
from tests.authority.notices import Notified, to_desk, to_writer
from tests.authority.rules import DESK, DESK_OFFICER, HEAD, OFFICER, Rule, authored, sends
from tests.walking import Row, Walk

SHARED, OWN, MODEL, ASKED, READY = "SK-2027-905", "SK-2027-906", "MH-2027-906", "SK-2027-907", "SK-2027-908"
TASK, MODEL_TASK = "NV-2027-909", "MH-2027-909"
WRITER = "Lục Thị Minh Họa"


def begin(walk: Walk, line: str = "") -> None:
    """Items in every state, each written by the officer; one is somebody else's, who has a share for the officer."""
    ids = {row["name"]: row["id"] for row in walk.rows("SELECT id, name FROM person")}
    at = "2027-10-10T02:00:00.000000Z"
    for code, state, by in (
        (SHARED, "sent", WRITER),
        (OWN, "received", OFFICER),
        (MODEL, "received", OFFICER),
        (ASKED, "requested", OFFICER),
        (READY, "confirmed", OFFICER),
        (TASK, "confirmed", OFFICER),
        (MODEL_TASK, "confirmed", OFFICER),
    ):
        charge = ids[OFFICER] if code == TASK else None
        walk.tx.run(
            """
            INSERT INTO initiative (code, kind, year, unit, title, title_fold, area, charge, state, by, at, changed, plan_hash)
            VALUES (:code, :kind, 2027, 'QLXD', 'Sổ tay tra cứu nội bộ', 'so tay tra cuu noi bo', 'II.1', :charge,
                    :state, :by, :at, :at, 'x')
            """,
            code=code,
            kind=code[:2].lower(),
            charge=charge,
            state=state,
            by=ids[by],
            at=at,
        )
        shares = [(by, "60"), (OFFICER, "40")] if by == WRITER else [] if charge else [(OFFICER, "100")]
        for place, (who, share) in enumerate(shares):
            walk.tx.run(
                """
                INSERT INTO author (initiative, person, share, place)
                SELECT id, :person, :share, :place FROM initiative WHERE code = :code
                """,
                person=ids[who],
                share=share,
                place=place,
                code=code,
            )
    walk.tx.run(
        "INSERT INTO recognition_request (item, by, at) SELECT id, by, :at FROM initiative WHERE code = :code",
        at=at,
        code=ASKED,
    )


def item_of(walk: Walk, row: Row) -> Row:
    return walk.rows("SELECT * FROM initiative WHERE id = :id", id=row["item"])[0]


def _own(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    """Whether it is of an item of their own, in their own name."""
    return after is not None and after["by"] == me["id"] and authored(walk, me, item_of(walk, after))


def request(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    row = after or before or {}
    if before is not None and after is not None and before["by"] == after["by"]:
        return me["role"] in DESK or authored(walk, me, item_of(walk, row))
    return authored(walk, me, item_of(walk, row))


def supplement(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    if after is None:
        return False
    if before is None:
        return me["role"] in DESK and after["by"] == me["id"]
    item = item_of(walk, after)
    changed = {name for name in after if before[name] != after[name]}
    return changed == {"answered"} and (
        me["role"] in DESK or authored(walk, me, item) or (item["unit"] == me["unit"] and sends(walk, me))
    )


def progress(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    if before is not None or after is None or after["by"] != me["id"]:
        return False
    item = item_of(walk, after)
    mine = me["id"] == item["charge"] or authored(walk, me, item)
    return item["unit"] == me["unit"] and (mine or sends(walk, me))


def himself(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    row = after or before or {}
    return bool(row["person"] == me["id"] or (after is None and me["role"] in DESK))


RULES: Mapping[str, Rule] = {
    "author_answer": himself,
    "author_detail": himself,
    "first_application": _own,
    "recognition_request": request,
    "asked_supplement": supplement,
    "item_progress": progress,
}


def anybody(walk: Walk, me: Row) -> bool:
    return True


def desk(walk: Walk, me: Row) -> bool:
    return me["role"] in DESK


REQUEST: Sequence[str] = (
    "15/03/2027",
    "1",
    "Trước đây làm trên giấy, nay tra cứu trên máy",
    "1",
    "Máy in, mạng nội bộ",
    "Giảm một nửa thời gian tra cứu",
    "bỏ qua",
    "bỏ qua",
    "1",
    "05/11/1985",
    "Kỹ sư",
    "gửi",
)
FORMS: Mapping[str, Form] = {
    "share_declined": (OFFICER, (f"/khongdongy {SHARED}", "chúng tôi đã thống nhất chia đều"), anybody),
    "request_sk": (OFFICER, (f"/yeucaucongnhan {OWN}", *REQUEST), anybody),
    "request_mh": (OFFICER, (f"/yeucaucongnhan {MODEL}", *REQUEST), anybody),
    "author_details": (OFFICER, (f"/thongtintacgia {ASKED}", "05/11/1985", "Kỹ sư", "gửi"), anybody),
    "first_application": (OFFICER, (f"/apdung {OWN}", "15/03/2027", "1", "gửi"), anybody),
    "item_supplement": (DESK_OFFICER, (f"/xetphieu bosung {ASKED}", "xác nhận của nơi áp dụng", "1", "gửi"), desk),
    "item_refusal": (DESK_OFFICER, (f"/xetphieu khong {ASKED}", "chưa có tính mới", "bỏ qua", "gửi"), desk),
    "progress_nv": (OFFICER, (f"/capnhat {TASK}", "1", "30/11/2027", "gửi"), in_unit(anybody)),
    "progress_mh": (OFFICER, (f"/capnhat {MODEL_TASK}", "3", "chờ kinh phí", "30/11/2027", "gửi"), in_unit(anybody)),
}


def concerned(walk: Walk, me: Row) -> bool:
    """Its authors, the office, whoever sends for its unit."""
    return me["name"] == OFFICER or me["role"] in DESK or (me["unit"] == "QLXD" and sends(walk, me))


NOTICES: Mapping[str, Notified] = {
    "share_declined": ({"code": SHARED, "by": OFFICER}, lambda walk, me: me["name"] == WRITER or concerned(walk, me)),
    "item_requested": ({"code": ASKED, "by": OFFICER}, to_desk),
    "author_details": ({"code": ASKED}, to_writer),
    "item_moved": ({"code": READY, "move": "confirmed", "by": HEAD}, concerned),
}
HEARD = {"item_requested", "author_details", "item_moved"}
SAID: Sequence[str] = (
    SHARED,
    OWN,
    ASKED,
    READY,
    TASK,
    f"rut {ASKED} v1 co",
    f"du {ASKED} v1",
    f"khong {ASKED}",
    f"tuchoi {READY}",
    f"bosung {READY}",
    f"{TASK} xong",
)
