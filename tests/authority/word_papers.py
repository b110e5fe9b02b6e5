"""Papers of single records: whoever may see the record may have its paper, no other."""

from collections.abc import Mapping

from tests.authority.rules import STAFF

JOBS: Mapping[str, set[str]] = {"unit_report": {*STAFF, "leader"}}
SAID = ("baocao nhap 2027", "baocao BC-2026-QLXD", "BC-2026-TTKD")
