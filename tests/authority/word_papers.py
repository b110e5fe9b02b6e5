"""Papers of single records: whoever may see the record may have its paper, no other."""

from collections.abc import Mapping

from tests.authority.rules import DESK, ROLES, STAFF

OF_RECORDS = ("unit_report", "request_paper", "sheet_paper", "plan_paper")
OF_THE_OFFICE = ("award_letter", "award_minutes", "leaders_page")
JOBS: Mapping[str, set[str]] = {
    **{job: {*STAFF, "leader"} for job in OF_RECORDS},
    **{job: {*DESK, "leader"} for job in OF_THE_OFFICE},
    **dict.fromkeys(("urging_letter", "answers_paper"), DESK),
    "merits_paper": {*ROLES},
}
SAID = (
    "baocao nhap 2027",
    "baocao BC-2026-QLXD",
    "BC-2026-TTKD",
    "don SK-2027-900",
    "phieu SK-2027-901",
    "kehoach KH-2027-QLXD",
    "totrinh 2027",
    "bienban 2027",
    "dondoc 2027",
    "giaoban 2027",
    "thanhtich 2027",
)
