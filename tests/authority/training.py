"""Classes and skills: the office keeps all, a head the own unit's; whoever stands in a list takes themselves off."""

from collections.abc import Mapping, Sequence

from tests.authority.forms import Form
from tests.authority.rules import DESK, DESK_OFFICER, HEAD, HEADS, OFFICER, SOMEBODY, Rule, sends
from tests.walking import Row, Walk

THEIRS, OFFICES = "LH-2027-901", "LH-2027-902"


def keeps(walk: Walk, me: Row, unit: str | None) -> bool:
    """The desk everything, whoever sends for a unit the unit's."""
    return me["role"] in DESK or (unit == me["unit"] and me["unit"] != "DTN" and sends(walk, me))


def class_(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    return keeps(walk, me, after["unit"]) and (before is not None or after["by"] == me["id"])


def listed(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    of = walk.rows("SELECT * FROM training_class WHERE id = :id", id=after["class"])[0]
    person = walk.person(after["person"])
    if before is not None and (person["human"] or person["id"]) == (me["human"] or me["id"]):
        return True
    return keeps(walk, me, of["unit"]) and keeps(walk, me, person["unit"])


def skill(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None, "nothing of it is deleted"
    return keeps(walk, me, walk.person(after["person"])["unit"])


RULES: Mapping[str, Rule] = {"training_class": class_, "training_person": listed, "skill": skill}


def of_unit(walk: Walk, me: Row) -> bool:
    return keeps(walk, me, "QLXD")


def any_keeper(walk: Walk, me: Row) -> bool:
    return keeps(walk, me, me["unit"])


FORMS: Mapping[str, Form] = {
    "class_open": (
        HEAD,
        ("/taphuan moi", "1", "Tập huấn ký số", "01/10/2027", "chỉ một ngày", "bỏ qua", OFFICER, "gửi"),
        any_keeper,
    ),
    "class_change": (HEAD, (f"/taphuan {THEIRS} sua", "sửa 2", "Kỹ năng số, đợt 2", "gửi"), of_unit),
    "class_add": (HEAD, (f"/taphuan {THEIRS} them", SOMEBODY, "gửi"), of_unit),
    "class_off": (HEAD, (f"/taphuan {THEIRS} bo", OFFICER, "gửi"), of_unit),
    "class_file": (HEAD, (f"/taphuan {THEIRS} tep", "FILE", "xong"), of_unit),
    "skill_mark": (HEAD, ("/thanhthao ghi", SOMEBODY, "Kiểm tra hệ thống văn bản", "01/10/2027", "gửi"), any_keeper),
    "skill_withdraw": (HEAD, ("/thanhthao rut", OFFICER, "gửi"), any_keeper),
}
JOBS: Mapping[str, set[str]] = {key: {*HEADS, *DESK, "deputy"} for key in ("class_people_read", "class_people_write")}
SAID: Sequence[str] = (THEIRS, f"{THEIRS} huy", f"{THEIRS} khongdu", OFFICES, f"{OFFICES} khongdu")


def begin(walk: Walk, line: str = "") -> None:
    """A class of the unit and one of the office, with the officer in both lists; of a way about skills, the officer has passed the test."""
    at = "2027-10-11T02:00:00.000000Z"
    ids = {row["name"]: row["id"] for row in walk.rows("SELECT id, name FROM person")}
    for id, code, unit, by in ((901, THEIRS, "QLXD", HEAD), (902, OFFICES, None, DESK_OFFICER)):
        walk.tx.run(
            """
            INSERT INTO training_class (id, code, unit, topic, name, first, last, by, at)
            VALUES (:id, :code, :unit, 'an_toan', 'Kỹ năng số', '2027-10-01', '2027-10-02', :by, :at)
            """,
            id=id,
            code=code,
            unit=unit,
            by=ids[by],
            at=at,
        )
        walk.tx.run(
            "INSERT INTO training_person (class, person, by, at) VALUES (:id, :person, :by, :at)",
            id=id,
            person=ids[OFFICER],
            by=ids[by],
            at=at,
        )
    if "thanhthao" not in line:  # it would fill the report in, whose questions other ways answer
        return
    walk.tx.run(
        """
        INSERT INTO skill (target, person, test, day, by, at)
        VALUES ('2', :person, 'Kiểm tra', '2027-10-01', :by, :at)
        """,
        person=ids[OFFICER],
        by=ids[HEAD],
        at=at,
    )
