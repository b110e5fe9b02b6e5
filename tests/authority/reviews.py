"""Reviews of several years: the desk opens, closes and gives back; whoever sends for a unit sends its own."""

from tests.authority.forms import Form, in_unit
from tests.authority.notices import Notified, to_sender
from tests.authority.rules import DESK, DESK_OFFICER, DRAFTER, HEAD, Rule, drafts, sends
from tests.walking import Row, Walk

DUTY = "so_ket_don_vi"
LINE = f"/giaidoan {DUTY} 2027"
OPENS = "/giaidoan mo 2027"


def unit_review(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "every version stays"
    if before is not None and before["received"] != after["received"]:
        return me["role"] in DESK
    return bool(after["unit"] == me["unit"] and sends(walk, me))


def review_closing(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    return me["role"] in DESK and (after is None or after["by"] == me["id"])


RULES: dict[str, Rule] = {"unit_review": unit_review, "review_closing": review_closing}
FORMS: dict[str, Form] = {
    "review": (
        HEAD,
        (
            LINE,
            "đúng số liệu",
            "đồng ý dự thảo",
            "Giao chỉ tiêu từ đầu năm",
            "đồng ý",
            "không có",
            "danh sách đúng",
            "gửi",
        ),
        in_unit(drafts),
    ),
    "review_open": (
        DESK_OFFICER,
        (OPENS, "45/SXD-VP", "15/10/2027", "30/11/2027", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
}
NOTICES: dict[str, Notified] = {
    "review_drafted": ({"unit": "QLXD", "year": 2027, "by": DRAFTER}, to_sender),
    "review_sent": ({"code": "GD-2027-QLXD"}, lambda walk, me: me["unit"] == "QLXD"),
    "review_opened": ({"unit": "QLXD", "duty": DUTY, "year": 2027}, to_sender),
    "review_given_back": ({"code": "GD-2027-QLXD"}, to_sender),
}
HEARD = {"review_drafted"}
SAID = ("mo 2027", "dong 2027 co", "xem 2027 QLXD", "xem 2027 KTVL", "sua 2027", "molai GD-2027-KTVL")


def begin(walk: Walk, line: str = "") -> None:
    """A unit has sent its review and the office has received it; the review is open."""
    if line == OPENS:
        return
    walk.tx.run(
        """
        INSERT INTO deadline (duty, year, day, basis, by, at)
        SELECT :duty, 2027, '2027-11-30', 'Công văn 45/SXD-VP', id, '2027-10-11T02:00:00.000000Z'
          FROM person WHERE name = :name
        """,
        duty=DUTY,
        name=DESK_OFFICER,
    )
    walk.tx.run(
        """
        INSERT INTO unit_review (unit, year, duty, code, version, answers, basis, late, by, at, first, received, plan_hash)
        SELECT 'KTVL', 2027, :duty, 'GD-2027-KTVL', 1, '{}', '{}', 0, id, '2027-10-12T02:00:00.000000Z',
               '2027-10-12T02:00:00.000000Z', '2027-10-13T02:00:00.000000Z', ''
          FROM person WHERE unit = 'KTVL' LIMIT 1
        """,
        duty=DUTY,
    )
