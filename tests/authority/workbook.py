"""The workbook of a year: the office and the leaders get all of it, whoever sends for a unit that one's."""

from collections.abc import Mapping

from tests.authority.rules import DESK, HEADS

JOBS: Mapping[str, set[str]] = {job: {*DESK, *HEADS, "leader", "deputy"} for job in ("workbook", "figure_sources")} | {
    "picture": {*DESK, "leader"}
}
SAID = ("5 2027", "5 2027 QLXD", "4 2027 trang 2")
