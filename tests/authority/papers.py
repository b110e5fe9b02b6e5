"""Papers of the office: the desk alone makes them and says what is not waited for any more."""

from collections.abc import Mapping

from tests.authority.rules import DESK, Rule
from tests.walking import Row, Walk


def office_paper(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert before is None and after is not None, "every version stays as it is"
    return me["role"] in DESK and after["by"] == me["id"]


def settled_gap(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    return me["role"] in DESK and (after is None or after["by"] == me["id"])


RULES: Mapping[str, Rule] = {"office_paper": office_paper, "settled_gap": settled_gap}
JOBS: Mapping[str, set[str]] = {"office_report": DESK}
SAID = ("word 2027", "word 2026-2027 TL")
