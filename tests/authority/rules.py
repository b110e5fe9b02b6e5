"""The rules: whom each table of the record lets cause which change, in plain sets."""

from collections.abc import Callable, Mapping

from tests.walking import Row, Walk

HEADS = {"head", "chief", "union"}
DESK = {"office", "chief"}
STAFF = {"officer", "drafter", "head", "deputy", "office", "chief", "union"}
ROLES = sorted(STAFF | {"leader", "admin"})
OFFICER, HEAD, DEPUTY, DRAFTER = "Nông Văn Mẫu", "Hoàng Văn Thử", "Nông Thị Phác Thảo", "Lục Thị Minh Họa"
DESK_OFFICER, CHIEF, ADMIN, LEADER = "Lương Thị Nháp", "Hà Văn Thí Dụ", "La Văn Thử Nghiệm", "Đinh Văn Cao Kỳ"
ELSEWHERE, SOMEBODY = "Triệu Văn Phỏng", "Lộc Văn Bản Mẫu"
SPEAKERS = (OFFICER, HEAD, DEPUTY, DRAFTER, DESK_OFFICER, CHIEF, ADMIN, LEADER, ELSEWHERE)
SHEET, RECOGNISED, SECRETARY = "SK-2027-900", "SK-2027-901", "Chu Thị Đoàn Viên"


def sends(walk: Walk, me: Row) -> bool:
    """Who sends for a unit: its head, whom the head has named, also for a leave; without a head there the deputies."""
    unit = walk.rows("SELECT * FROM person WHERE unit = :unit AND active", unit=me["unit"])
    heads = [each for each in unit if each["role"] in HEADS]
    today = walk.office.app.now().date().isoformat()
    away = [each for each in heads if each["away_from"] and each["away_from"] <= today <= each["away_until"]]
    named = [each["stands_in"] for each in heads] + [each["away_to"] for each in away]
    nobody = not heads or bool(away)  # the deputies, where whoever was named is not there either
    return me["role"] in HEADS or me["id"] in named or (nobody and me["role"] == "deputy")


def drafts(walk: Walk, me: Row) -> bool:
    """Who writes the unit's papers: heads, deputies, its contact, and whom the head has named for it."""
    given = walk.rows("SELECT * FROM delegate WHERE person = :id AND unit = :unit", id=me["id"], unit=me["unit"])
    return me["role"] in HEADS | {"deputy", "drafter"} or bool(given) or sends(walk, me)


def confirms(walk: Walk, me: Row, unit: str, by: int) -> bool:
    if me["id"] == by:
        return False
    return me["role"] in DESK or (unit == me["unit"] and (sends(walk, me) or me["role"] == "deputy"))


HIGH, AGREE = {"office", "chief", "leader", "admin"}, {"chief", "leader", "admin"}
"""Roles that two people give and take, and who may be the second of them."""


def agreed(walk: Walk, me: Row) -> bool:
    """Whether this person has just been the second one to say yes to what somebody else has proposed."""
    found = walk.rows("SELECT * FROM post_change WHERE state = 'done' AND decided = :id AND by <> :id", id=me["id"])
    return me["role"] in AGREE and bool(found)


def keeps(walk: Walk, me: Row) -> bool:
    """Who keeps the list of people, and so hands over what hangs on a post."""
    return me["role"] in DESK | {"admin"} or agreed(walk, me)


def initiative(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of the record is deleted"
    if before is not None and {name for name in after if before[name] != after[name]} <= {"by", "charge", "version"}:
        return keeps(walk, me)
    if (me["role"] in DESK and of_corrected_plan(walk, after)) or of_plan(walk, me, after):
        return True
    if before is None:
        mine = me["role"] in STAFF and after["unit"] == me["unit"]
        return after["by"] == me["id"] and (mine or filed_for(walk, me, after))
    if after["by"] == me["id"] and after["state"] == "confirmed" and filed_for(walk, me, after):
        return True
    way = (before["state"], after["state"])
    if way[1] == "requested" or (way[1] == "received" and way[0] in ("requested", "incomplete", "complete")):
        return authored(walk, me, after) or (way[1] == "received" and me["role"] in DESK)
    if way[1] == "cancelled":
        return bool(after["unit"] == me["unit"] and sends(walk, me))
    if way[1] in ("received", "recognised", "incomplete", "complete", "declined", "rejected"):
        return me["role"] in DESK
    if way == ("confirmed", "returned"):
        return me["role"] in DESK
    if after["state"] in ("confirmed", "returned") and after["state"] != before["state"]:
        return confirms(walk, me, after["unit"], after["by"])
    return bool(after["by"] == me["id"] and after["unit"] == me["unit"])


def of_plan(walk: Walk, me: Row, item: Row) -> bool:
    """Whether it is a task of the plan that this person sends for their unit: sending confirms it."""
    mine = item["unit"] == me["unit"] and sends(walk, me) and item["state"] in ("sent", "confirmed")
    return mine and bool(walk.rows("SELECT 1 FROM plan_task WHERE item = :id", id=item["id"]))


def of_corrected_plan(walk: Walk, item: Row) -> bool:
    """Whether a plan that the office has received says this of one of its tasks, or says it no more."""
    if item["state"] == "cancelled":
        return bool(item["reason"] == "không còn trong kế hoạch")
    return bool(
        walk.rows(
            """
            SELECT 1 FROM plan_task JOIN unit_plan ON unit = :unit AND year = :year
             WHERE item = :id AND received IS NOT NULL
            """,
            unit=item["unit"],
            year=item["year"],
            id=item["id"],
        )
    )


def authored(walk: Walk, me: Row, item: Row) -> bool:
    """Whether an item is this person's own: they are an author of it, or wrote it and are of its unit."""
    found = walk.rows("SELECT 1 FROM author WHERE initiative = :item AND person = :me", item=item["id"], me=me["id"])
    return bool(found) or (item["by"] == me["id"] and item["unit"] == me["unit"])


def of_unit(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    row = after or before or {}
    return (row.get("unit") == me["unit"] and sends(walk, me)) or filed_for(walk, me, after)


def filed_for(walk: Walk, me: Row, after: Row | None) -> bool:
    """Whether the office files it for the unit: only with the source it comes from, in its own name."""
    sources = walk.rows("SELECT * FROM paper_source WHERE replaced IS NULL AND by = :id", id=me["id"])
    of = [(each["unit"], each["year"]) for each in sources]
    return me["role"] in DESK and after is not None and (after["unit"], after["year"]) in of


def source(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "where a record comes from stays"
    if before is None:
        return me["role"] in DESK and after["by"] == me["id"]
    rest = {name for name in after if name != "replaced" and before[name] != after[name]}
    return not rest and before["replaced"] is None and (me["role"] in DESK or of_unit(walk, me, before, after))


def arranged(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    mine = (after or before or {}).get("unit") == me["unit"]
    if before is not None and keeps(walk, me):  # it is handed over with a post
        return True
    return mine and (me["role"] in HEADS | {"deputy"} or sends(walk, me))


def desk(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    return me["role"] in DESK


def person(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    if before is None:
        assert after is not None
        return me["role"] in DESK | {"admin"} and (after["role"] != "admin" or me["role"] == "admin")
    assert after is not None
    changed = {name for name in after if before[name] != after[name]}
    own = {"away_from", "away_until", "away_to", "stands_in", "language", "prefers"}
    asked = walk.rows("SELECT 1 FROM data_request WHERE person = :id AND state = 'done'", id=after["id"])
    if asked and me["role"] in DESK and changed <= {"phone", "name", "name_fold", "position", "born", "number"}:
        return True
    if after["id"] == me["id"]:
        return changed <= own
    if changed & {"role", "unit", "active"} and {before["role"], after["role"]} & HIGH:
        return agreed(walk, me)
    return changed <= {"role", "unit", "active", "position", "stands_in", "away_to"} and keeps(walk, me)


def post_change(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    if before is None:
        return me["role"] in DESK | {"admin"} and after["by"] == me["id"]
    return me["role"] in AGREE if after["by"] != me["id"] else me["role"] in DESK | {"admin"}


def data_request(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    row = after or before or {}
    return row["person"] == me["id"] or (before is not None and me["role"] in DESK)


def structure(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    return me["role"] in DESK | {"admin"}


def invite(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    row = after or before or {}
    return row["person"] == me["id"] or keeps(walk, me)


JOBS = {
    "summary": DESK | {"leader"},
    "period": DESK | {"leader"},
    "missing": DESK,
    "targets": STAFF | {"leader"},
    "rehearsal": DESK,
    "calendar_read": DESK,
    "calendar_write": DESK,
    "reminders": set(ROLES),
    "clauses": STAFF | {"leader"},
    "plan_file": DESK | {"admin"},
    "roster_read": DESK | {"admin"},
    "roster_write": DESK | {"admin"},
}


Rule = Callable[[Walk, Row, Row | None, Row | None], bool]
RULES: Mapping[str, Rule] = {
    "initiative": initiative,
    "author": lambda walk, me, before, after: me["role"] in STAFF,
    "recognition": desk,
    "deadline": desk,
    "holiday": desk,
    "year": desk,
    "fulfilment": desk,
    "baseline": desk,
    "urging": desk,
    "data_request": data_request,
    "urged": desk,
    "setting": lambda walk, me, before, after: me["role"] in DESK | {"admin"},
    "union_account": of_unit,
    "closed_list": of_unit,
    "unit_plan": of_unit,
    "report_version": lambda walk, me, before, after: me["role"] in DESK or of_unit(walk, me, before, after),
    "reopening": lambda walk, me, before, after: me["role"] in DESK or of_unit(walk, me, before, after),
    "figure": lambda walk, me, before, after: sends(walk, me) or me["role"] in DESK,
    "narrative": lambda walk, me, before, after: sends(walk, me) or me["role"] in DESK,
    "paper_source": source,
    "delegate": arranged,
    "promise": arranged,
    "person": person,
    "invite": invite,
    "unit": structure,
    "unit_change": structure,
    "unit_name": structure,
    "succession": structure,
    "post_change": post_change,
}
