"""The notices: each with what it is about, and who may be told."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.authority.rules import (
    AGREE,
    CHIEF,
    DESK,
    DESK_OFFICER,
    DRAFTER,
    HEAD,
    HEADS,
    OFFICER,
    SHEET,
    confirms,
    sends,
)
from tests.walking import Row, Walk

Told = Callable[[Walk, Row], bool]
Notified = tuple[dict[str, Any], Told]
"""What a notice is about, who may be told."""
ITEM = {"code": SHEET, "by": HEAD}


def to_desk(walk: Walk, me: Row) -> bool:
    return me["role"] in DESK


def to_admin(walk: Walk, me: Row) -> bool:
    return bool(me["role"] == "admin")


def to_writer(walk: Walk, me: Row) -> bool:
    return bool(me["name"] == OFFICER)


def to_sender(walk: Walk, me: Row) -> bool:
    return me["unit"] == "QLXD" and sends(walk, me)


FORWARDED = "forwarded"
NOTICES: Mapping[str, Notified] = {
    "parked": ({"message": 1}, to_admin),
    "unreadable": ({"message": 1}, to_admin),
    "work_failed": ({"job": 1}, to_admin),
    "backup_failed": (
        {"where": "x", "why": "đĩa đầy", "file": "x", "day": "2027-10-18"},
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "post_changed": ({"role": "officer", "unit": "QLXD", "name": "Nông Văn Mẫu"}, to_writer),
    "handed_over": ({"change": 900}, lambda walk, me: False),
    "staff_changed": ({"change": 900, "unit": "QLXD"}, lambda walk, me: me["unit"] == "QLXD" and me["role"] in HEADS),
    "post_asked": ({"change": 900}, lambda walk, me: me["role"] in AGREE),
    "post_decided": ({"change": 900}, lambda walk, me: me["name"] == DESK_OFFICER),
    "post_unanswered": ({"change": 900}, lambda walk, me: me["name"] == DESK_OFFICER),
    "year_waits": ({"year": 2028}, lambda walk, me: me["role"] in DESK | {"admin"}),
    "intruder": ({"person": OFFICER, "channel": "telegram"}, lambda walk, me: me["role"] in ("admin", "chief")),
    "to_confirm": (ITEM, lambda walk, me: confirms(walk, me, "QLXD", -1)),
    "coauthor": (ITEM, to_writer),
    "confirmed": (ITEM, to_writer),
    "returned": (ITEM, to_writer),
    "recognised": (ITEM, to_writer),
    "unrecognised": (
        {"code": SHEET, "decision": "1", "reason": "nhầm"},
        lambda walk, me: to_writer(walk, me) or to_sender(walk, me),
    ),
    "received": ({"code": SHEET, "what": "initiative"}, to_writer),
    "report_drafted": ({"unit": "QLXD", "year": 2027, "by": DRAFTER}, to_sender),
    "plan_drafted": ({"unit": "QLXD", "year": 2027, "by": DRAFTER}, to_sender),
    "paper_drafted": ({"unit": "QLXD", "year": 2027, "duty": "quarter", "by": DRAFTER}, to_sender),
    "paper_sent": ({"unit": "QLXD", "year": 2027, "duty": "quarter"}, lambda walk, me: me["unit"] == "QLXD"),
    "report_sent": ({"code": "BC-2026-QLXD"}, lambda walk, me: me["unit"] == "QLXD"),
    "plan_sent": ({"code": "KH-2026-QLXD"}, lambda walk, me: me["unit"] == "QLXD"),
    "delegated": (
        {"duty": "results", "year": 2027, "by": HEAD},
        lambda walk, me: bool(
            walk.rows("SELECT * FROM delegate WHERE person = :id AND unit = :unit", id=me["id"], unit=me["unit"])
        ),
    ),
    "year_opened": ({"year": 2027}, to_desk),
    "filed_for": ({"unit": "QLXD", "code": "BC-2027-QLXD", "version": 1, "how": "results", "kind": ""}, to_sender),
    "standin": ({"by": HEAD}, lambda walk, me: False),
    "leave": ({"by": HEAD}, lambda walk, me: False),
    "urging_asked": ({"id": 1, "n": 1}, lambda walk, me: me["role"] == "chief"),
    "urging_declined": ({"id": 1, "over": False}, to_desk),
    "urging_lost": ({"duty": "results", "year": 2027, "day": "2027-10-18", "people": []}, to_desk),
    "urged": ({"duty": "results", "year": 2027, "text": "Đề nghị gửi", "by": DESK_OFFICER}, sends),
    "withdrew": ({"person": OFFICER}, to_desk),
    "data_asked": ({"id": 1}, to_desk),
    "data_answered": ({"id": 1}, lambda walk, me: me["name"] == OFFICER),
    "astray": ({"person": OFFICER}, to_desk),
    "reached": ({"person": OFFICER, "since": "2027-10-17T08:00:00+07:00"}, to_desk),
    "blocked": ({"person": OFFICER, "channel": "telegram"}, to_desk),
    "quota": ({"channel": "zalo", "used": 1, "limit": 2}, to_desk),
    "unsure": ({"people": [OFFICER]}, lambda walk, me: True),
    "clock_doubt": ({}, lambda walk, me: me["role"] in DESK | {"admin"}),
    "new_device": ({"new": OFFICER, "chat": 1, "person": OFFICER}, to_writer),
    "reopened": ({"id": 900}, to_sender),
    "supplement_drafted": ({"unit": "QLXD", "year": 2026, "by": DRAFTER}, to_sender),
    "reopening_asked": ({"id": 901}, to_desk),
    "reopening_ended": ({"id": 902}, lambda walk, me: to_desk(walk, me) or to_sender(walk, me)),
    "corrected": ({"code": "BC-2026-QLXD", "version": 2}, to_desk),
    "unit_changed": ({"change": 1}, lambda walk, me: False),
    "daily": ({"calendar": [2028], "drafts": []}, to_desk),
    FORWARDED: ({"year": 2027, "summary": None, "by": CHIEF}, lambda walk, me: me["role"] == "leader"),
}
"""Each notice with what it is about, and who may be told; «forwarded» needs a summary and is asked for its roles alone."""
HEARD = {"post_asked", "staff_changed", "parked", "to_confirm", "year_opened", "urged", "astray", "quota", FORWARDED}
"""Of these, the ones that somebody is told in the walk."""
