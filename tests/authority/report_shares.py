"""Parts of the yearly report: whoever heads a unit gives and takes them, whoever was given one writes it."""

from tests.authority.forms import Form, in_unit
from tests.authority.notices import Notified
from tests.authority.rules import DESK, HEAD, HEADS, OFFICER, Rule, keeps, sends
from tests.walking import Row, Walk

WRITERS = {"officer", "drafter", "deputy", "office"}
LINE = "/phancuatoi 2027"


def given_out(walk: Walk, me: Row) -> bool:
    return me["role"] in HEADS | {"deputy"} or sends(walk, me)


def report_share(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "what was given stays in the record"
    mine = after["unit"] == me["unit"]
    if before is not None and before["state"] == "given" and after["state"] == "done":
        return bool(mine and after["person"] == me["id"] and me["role"] in WRITERS)
    if before is not None and after["state"] == "back" and keeps(walk, me):
        return True
    if after["state"] == "over":  # the report is sent, by its head or by the office for the unit
        return bool((mine and sends(walk, me)) or me["role"] in DESK)
    return bool(mine and given_out(walk, me))


def writes(walk: Walk, me: Row) -> bool:
    share = (
        "SELECT 1 FROM report_share WHERE person = :id AND state IN ('given', 'done')"  # as it was before it was sent
    )
    return me["role"] in WRITERS and bool(walk.rows(share, id=me["id"]))


RULES: dict[str, Rule] = {"report_share": report_share}
FORMS: dict[str, Form] = {
    "share_out": (HEAD, ("/chia 2027", "II.4, II.5", "Nông Văn Mẫu", "gửi"), in_unit(given_out)),
    "report_part": (OFFICER, (LINE, "giữ nguyên", "Đề nghị tập huấn ký số", "gửi"), in_unit(writes)),
}
NOTICES: dict[str, Notified] = {
    "report_shared": (
        {"unit": "QLXD", "year": 2027, "parts": ["vuong_mac"], "by": HEAD},
        lambda walk, me: me["unit"] == "QLXD" and writes(walk, me),
    ),
    "report_part_written": (
        {"unit": "QLXD", "year": 2027, "parts": ["vuong_mac"], "kept": [], "by": OFFICER},
        lambda walk, me: me["unit"] == "QLXD" and given_out(walk, me),
    ),
    "report_part_back": (
        {"unit": "QLXD", "year": 2027, "parts": ["vuong_mac"], "over": False},
        lambda walk, me: me["unit"] == "QLXD",
    ),
}
HEARD = {"report_part_written", "report_part_back"}
SAID = ("II.4 cho Nông Văn Mẫu", "rut 900", "dung 900", "them 2027")


def begin(walk: Walk, line: str = "") -> None:
    """Where parts are written, the officer has two of them."""
    if line != LINE:
        return
    for id, part in ((900, "vuong_mac"), (901, "kien_nghi")):
        walk.tx.run(
            """
            INSERT INTO report_share (id, unit, year, part, person, by, at)
            SELECT :id, 'QLXD', 2027, :part, person.id, head.id, '2027-10-12T02:00:00.000000Z'
              FROM person, person AS head WHERE person.name = :name AND head.name = :head
            """,
            id=id,
            part=part,
            name=OFFICER,
            head=HEAD,
        )
