"""Papers of single records: whoever may see the record may have its paper, no other."""

from collections.abc import Mapping

from tests.authority.rules import STAFF

OF_RECORDS = ("unit_report", "request_paper", "sheet_paper", "plan_paper")
JOBS: Mapping[str, set[str]] = {job: {*STAFF, "leader"} for job in OF_RECORDS}
SAID = (
    "baocao nhap 2027",
    "baocao BC-2026-QLXD",
    "BC-2026-TTKD",
    "don SK-2027-900",
    "phieu SK-2027-901",
    "kehoach KH-2027-QLXD",
)
