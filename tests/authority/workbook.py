"""The workbook of a year: the office and the leaders get all of it, whoever sends for a unit that one's."""

from collections.abc import Mapping

from tests.authority.rules import DESK, HEADS

JOBS: Mapping[str, set[str]] = {"workbook": {*DESK, *HEADS, "leader", "deputy"}}
