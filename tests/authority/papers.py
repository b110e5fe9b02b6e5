"""Papers of the office: the desk alone makes them and says what is not waited for any more."""

from collections.abc import Mapping

from tests.authority.forms import Form
from tests.authority.rules import DESK, DESK_OFFICER, Rule
from tests.walking import Row, Walk


def office_paper(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert before is None and after is not None, "every version stays as it is"
    return me["role"] in DESK and after["by"] == me["id"]


def settled_gap(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    return me["role"] in DESK and (after is None or after["by"] == me["id"])


def desk(walk: Walk, me: Row) -> bool:
    return me["role"] in DESK


RULES: Mapping[str, Rule] = {"office_paper": office_paper, "settled_gap": settled_gap}
KEY = "2027:report:KTVL"
FORMS: Mapping[str, Form] = {
    "gap_settle": (DESK_OFFICER, (f"/tonghop khongcho {KEY}", "đơn vị không gửi", "gửi"), desk),
    "report_kept": (DESK_OFFICER, ("/tonghop banvp 2027", "WORD", "xong", "gửi"), desk),
    "report_signed": (DESK_OFFICER, ("/tonghop daky 2027", "231/BC-SXD", "15/10/2027", "Để sau", "gửi"), desk),
}
JOBS: Mapping[str, set[str]] = dict.fromkeys(("office_report", "report_gaps", "report_changes"), DESK)
SAID = ("word 2027", "word 2026-2027 TL", "phanchua 2027", f"khongcho {KEY}", "cholai 2027:report:PTDT", "thaydoi 2027")


def begin(walk: Walk, line: str = "") -> None:
    """There is a draft of the year, and a gap that is not waited for."""
    by = next(row["id"] for row in walk.rows("SELECT id, name FROM person") if row["name"] == DESK_OFFICER)
    at = "2027-10-11T02:00:00.000000Z"
    walk.tx.run(
        """
        INSERT INTO office_paper (first, last, stage, n, contents, gaps, by, at)
        VALUES (2027, 2027, 'draft', 1, '{}', 0, :by, :at)
        """,
        by=by,
        at=at,
    )
    walk.tx.run(
        "INSERT INTO settled_gap (gap, year, reason, by, at) VALUES ('2027:report:PTDT', 2027, 'không gửi', :by, :at)",
        by=by,
        at=at,
    )
