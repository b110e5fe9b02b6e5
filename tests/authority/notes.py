"""Notes of the year: only whoever writes one changes it, puts it into the report and takes it out of it."""

from tests.authority.forms import Form, in_unit
from tests.authority.rules import OFFICER, Rule
from tests.walking import Row, Walk

NOTE, TAKEN = 900, 901
WORDS = "Đã dán mã QR ở bộ phận một cửa"


def note(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    row = after or before or {}
    if before is None:
        return bool(row["person"] == me["id"] and row["unit"] == me["unit"] and row["state"] == "own")
    if row["person"] != me["id"]:
        return False
    if after is None:
        return bool(before["state"] == "own")
    if "taken" in (before["state"], after["state"]):  # its unit's report: nobody acts on it from another unit
        return bool(row["unit"] == me["unit"])
    return bool(before["unit"] == after["unit"])


RULES: dict[str, Rule] = {"note": note}
FORMS: dict[str, Form] = {
    "note": (OFFICER, ("/ghi", WORDS), in_unit(lambda walk, me: True)),
    "note_change": (
        OFFICER,
        (f"/ghi sua {NOTE}", "sửa 1 Đã trồng 30 cây xanh ở cơ quan", "gửi"),
        in_unit(lambda walk, me: True),
    ),
}
SAID = (
    "xem",
    "donvi",
    "Đã tiết kiệm điện ở phòng họp",
    f"xem {NOTE}",
    f"sua {NOTE}",
    f"dua {NOTE}",
    f"dua {NOTE} II.3",
    f"rut {TAKEN}",
    f"linhvuc {NOTE} II.4",
    f"xoa {NOTE} v1 co",
    f"xoa {TAKEN} v1 co",
    f"xem {TAKEN}",
)


def begin(walk: Walk, line: str = "") -> None:
    """A note of the officer's own, and one that stands in the unit's report."""
    for id, state in ((NOTE, "own"), (TAKEN, "taken")):
        walk.tx.run(
            """
            INSERT INTO note (id, person, unit, day, area, text, state, at)
            SELECT :id, person.id, person.unit, '2027-10-12', 'II.3', :words, :state, '2027-10-12T02:00:00.000000Z'
              FROM person WHERE name = :name
            """,
            id=id,
            words=WORDS,
            state=state,
            name=OFFICER,
        )
