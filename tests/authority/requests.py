"""What the office asks beside the plan: who asks, who answers, who is told."""

from collections.abc import Mapping

from tests.authority.forms import Form, in_unit
from tests.authority.notices import Notified, to_desk, to_sender
from tests.authority.rules import DESK, DESK_OFFICER, DRAFTER, HEAD, Rule, drafts, sends
from tests.walking import Row, Walk

CODE, SUBJECT = "YC-2027-90", "YC-2027-90-QLXD"


def begin(walk: Walk, line: str = "") -> None:
    """A request waits for the unit's answer."""
    by = walk.rows("SELECT id FROM person WHERE name = :name", name=DESK_OFFICER)[0]["id"]
    walk.tx.run(
        """
        INSERT INTO request (id, code, title, whom, chosen, due, planned, ladder, every, since, by, at, changed)
        VALUES (90, :code, 'Báo cáo tình hình ký số', 'units', '["QLXD"]', '2027-10-29', '2027-10-29', 'yearly', 'month',
                '2027-10-10', :by, :at, :at)
        """,
        code=CODE,
        by=by,
        at="2027-10-10T02:00:00.000000Z",
    )
    walk.tx.run(
        """
        INSERT INTO request_question (request, code, place, text, type, unit, first)
        VALUES (90, 'q1', 1, 'Số văn bản đã ký số', 'number', 'văn bản', 1)
        """
    )
    walk.tx.run("INSERT INTO request_receiver (request, receiver, unit) VALUES (90, 'QLXD', 'QLXD')")


def request(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    return me["role"] in DESK and (before is not None or after["by"] == me["id"])


def answer(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert before is None and after is not None, "every version is kept as it is"
    own = after["receiver"] == f"@{me['id']}"
    return after["by"] == me["id"] and (own or (after["receiver"] == me["unit"] and sends(walk, me)))


RULES: Mapping[str, Rule] = {
    "request": request,
    "request_question": lambda walk, me, before, after: me["role"] in DESK,
    "request_receiver": lambda walk, me, before, after: before is None and me["role"] in DESK,
    "request_answer": answer,
}
FORMS: Mapping[str, Form] = {
    "request": (
        DESK_OFFICER,
        (
            "/yeucau moi Báo cáo tình hình sử dụng thiết bị",
            "Tất cả đơn vị",
            "29/10/2027",
            "Một lần",
            "1",
            "Số thiết bị hiện có",
            "Số",
            "thiết bị",
            "Hết câu hỏi",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "request_change": (
        DESK_OFFICER,
        (f"/yeucau {CODE} sua", "sửa 2 Số văn bản ký số trong quý", "tiếp tục", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "request_put_off": (
        DESK_OFFICER,
        (f"/yeucau {CODE} giahan 05/11/2027", "biểu mẫu của tỉnh thay đổi", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "request_recall": (
        DESK_OFFICER,
        (f"/yeucau {CODE} thuhoi", "đã có số liệu ở nơi khác", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "request_answer": (HEAD, (f"/traloi {CODE}", "120", "gửi"), in_unit(drafts)),
}
NOTICES: Mapping[str, Notified] = {
    "request_sent": ({"id": 90}, to_sender),
    "request_news": ({"id": 90, "what": "put_off", "due": "2027-10-29"}, to_sender),
    "request_drafted": ({"subject": SUBJECT, "by": DRAFTER}, to_sender),
    "request_passed": ({"subject": SUBJECT}, lambda walk, me: me["unit"] == "QLXD" and drafts(walk, me)),
    "request_full": ({"id": 90}, to_desk),
}
HEARD = {"request_sent"}
JOBS = {"request_table": DESK}
SAID = (
    CODE,
    f"{CODE} dong v0.1 co",
    f"{CODE} dunglap",
    f"{CODE} bang",
    f"{CODE} thuhoi",
    f"{CODE} giahan",
    f"{CODE} sua",
)
