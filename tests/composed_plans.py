"""Plans composed by rule: a hospital that there is not, with other areas, kinds, questions, targets, titles and duties each time.

Nothing of the two shipped plans stands in it, so that whatever else is said of their offices comes from the program.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import time
from random import Random
from typing import Any

from bot.movement import Role

NOUNS = (
    "khám bệnh",
    "cấp cứu",
    "dinh dưỡng",
    "dược lâm sàng",
    "xét nghiệm",
    "phục hồi chức năng",
    "an toàn người bệnh",
)
KINDS = (
    ("Cải tiến chất lượng", "cải tiến", "CT"),
    ("Kỹ thuật mới", "kỹ thuật mới", "KM"),
    ("Đề tài nghiên cứu", "đề tài", "DT"),
    ("Buổi truyền thông sức khỏe", "buổi truyền thông", "TT"),
    ("Quy trình chăm sóc", "quy trình", "QT"),
    ("Góc thư giãn cho người bệnh", "góc thư giãn", "GT"),
)
FIELDS: Mapping[str, tuple[str, str, dict[str, Any]]] = {
    "line": ("Nơi làm", "Làm ở buồng, phòng thủ thuật nào?", {"example": "Buồng bệnh số 3"}),
    "paragraph": ("Cách làm", "Đề nghị nêu cách làm trong vài câu.", {"example": "Làm thử hai tuần rồi so kết quả."}),
    "number": ("Số giường", "Áp dụng cho bao nhiêu giường bệnh?", {"unit": "giường", "example": "12"}),
    "money": ("Kinh phí", "Dự kiến cần bao nhiêu kinh phí?", {"example": "5 triệu đồng"}),
    "date": ("Ngày làm thử", "Làm thử từ ngày nào?", {"example": "20/10/2027"}),
    "period": ("Thời gian", "Dự kiến làm vào lúc nào?", {"example": "quý 4/2027"}),
    "choice": ("Chuyên khoa", "Thuộc chuyên khoa nào?", {"choices": ["Nội", "Ngoại", "Sản", "Nhi"]}),
    "person": ("Người theo dõi", "Ai theo dõi kết quả?", {}),
    "files": ("Tệp", "Đề nghị gửi ảnh hoặc tệp, nếu có.", {"required": False}),
}
TITLES = (("trưởng khoa", "Trưởng khoa"), ("điều dưỡng trưởng", "Điều dưỡng trưởng"), ("trưởng nhóm", "Trưởng nhóm"))
QUARTERS = (
    ("quý I", "03-15", "04-06"),
    ("quý II", "06-15", "07-06"),
    ("quý III", "09-15", "10-06"),
    ("quý IV", "12-10", "12-28"),
)
HALVES = (("sáu tháng đầu năm", "06-01", "06-26"), ("sáu tháng cuối năm", "12-01", "12-26"))


def composed(seed: int) -> str:
    """Return the plan of a seed, as a file's text."""
    random = Random(seed)
    head, head_title = random.choice(TITLES)
    areas = [
        {
            "code": f"A.{n}",
            "name": f"Đổi mới công tác {noun}",
            "short": noun.capitalize(),
            "aims": [f"Làm tốt việc {noun}."],
        }
        for n, noun in enumerate(random.sample(NOUNS, random.randint(1, len(NOUNS))), 1)
    ]
    kinds = [_kind(random, f"k{n}", *each) for n, each in enumerate(random.sample(KINDS, random.randint(1, 5)))]
    if not any(kind["recognised"] for kind in kinds):
        kinds[0]["recognised"] = True
    targets, sections = _targets(random, kinds), _sections(random)
    plan: dict[str, Any] = {
        "name": f"Bệnh viện xanh, thân thiện số {seed}",
        "clause_of_reporting": "",
        "first_year": 2027,
        "last_year": 2029,
        "cutoff": "10-31",
        "notice": "2027-01",
        "registered": ", ".join(kind["short"] for kind in kinds),
        "office": {
            "name": "Bệnh viện Đa khoa Thí Dụ",
            "short": "Bệnh viện Thí Dụ",
            "desk": "Ban Chất lượng",
            "desk_unit": "CL",
            "chief": "Trưởng ban Chất lượng",
            "leaders": "Ban Giám đốc",
            "above": "Hội đồng quản lý",
            "sign": "BVTD",
        },
        "decided": kinds[0]["short"],
        "difficulties": "trở ngại, kiến nghị",
        "titles": {
            "unit": "khoa",
            "heads": head,
            "head": head,
            "head_of_unit": f"{head} phụ trách",
            "head_title": head_title,
            "officers": "nhân viên y tế",
            "staff": "nhân viên y tế",
        },
        "roles": _roles(head),
        "unit_kinds": [{"code": "k", "name": "khoa", "head": head_title, "deputy": f"Phó {head_title}"}],
        "areas": areas,
        "kinds": kinds,
        "levels": [
            {"code": f"c{n}", "name": name} for n, name in enumerate(("bệnh viện", "ngành")[: random.randint(1, 2)])
        ],
        "targets": targets,
        "pages": [
            {"code": "steering", "name": "Việc đã làm", "areas": "last"},
            *(
                [{"code": "assessment", "name": "Nhìn lại"}]
                if any(each["page"] == "assessment" for each in sections)
                else []
            ),
        ],
        "sections": sections,
        "duties": _duties(random),
        "ladders": [
            {
                "code": code,
                "at": time(8),
                "rungs": [{"opens": True}, {"workdays": -3}, {"workdays": 0}, {"workdays": 2}],
            }
            for code in ("yearly", "short")
        ],
        "speaking": {
            "windows": [[time(8), time(11)], [time(14), time(16, 30)]],
            "digest_at": time(9),
            "list_at": time(10),
        },
        "surprise": {"points": 20, "ratio": 0.5},
    }
    if random.random() < 0.6:
        plan["unit_kinds"].append({"code": "u", "name": "đoàn hội", "head": "Chủ tịch", "union": True})
        plan["union_sections"] = [{"code": "vd", "name": "Vận động hội viên"}]
        plan["duties"].append(_yearly("hoi", "phần của đoàn hội", "narrative", "10-15", "11-20", by="union"))
    return "".join(_toml(plan))


def _kind(random: Random, code: str, name: str, short: str, prefix: str) -> dict[str, Any]:
    authors = random.choice(("people", "people_or_unit", "unit", "charge"))
    asked = random.sample(list(FIELDS), random.randint(0, 6))
    fields = [_field(random, f"f{m}", of) for m, of in enumerate(asked)]
    if authors != "unit":
        whose = {"code": "ai", "label": "Người thực hiện", "question": "Những ai thực hiện?", "type": "authors"}
        fields.insert(random.randint(0, len(fields)), whose)
    recognised = authors != "charge" and random.random() < 0.7
    words = {"code": code, "prefix": prefix, "name": name, "short": short, "example": f"{name} ở buồng bệnh số 5"}
    return {**words, "authors": authors, "recognised": recognised, "fields": fields}


def _field(random: Random, code: str, of: str) -> dict[str, Any]:
    label, question, more = FIELDS[of]
    said = {"code": code, "label": label, "question": question, "type": of, "required": random.random() < 0.5}
    return {**said, **more}


def _targets(random: Random, kinds: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Compose what is measured: each way at most twice, never the same thing twice."""
    any_kind = random.choice([kind["code"] for kind in kinds])
    recognised = [kind["code"] for kind in kinds if kind["recognised"]]
    pool: list[dict[str, Any]] = [
        {"measure": "units_with_plan", "goal": 100, "short": "Có kế hoạch"},
        {
            "measure": "share",
            "goal": 95,
            "short": "Rửa tay đúng",
            "numerator": "lượt rửa tay đúng",
            "denominator": "tổng số lượt được giám sát",
        },
        {
            "measure": "share",
            "goal": 100,
            "short": "Người được tập huấn",
            "numerator": "số người đã tập huấn",
            "denominator": "tổng số người",
            "of_roster": True,
            "may_not_apply": True,
        },
        {
            "measure": "sum",
            "goal": 500,
            "short": "Giờ tập huấn",
            "question": "tập huấn bao nhiêu giờ",
            "unit": "giờ",
            "example": "24",
        },
        {
            "measure": "sum",
            "goal": 40,
            "short": "Buổi tư vấn",
            "question": "tư vấn bao nhiêu buổi cho người bệnh",
            "unit": "buổi",
            "example": "4",
            "may_not_apply": True,
        },
        {
            "measure": "count",
            "goal": 3,
            "short": "Được công nhận",
            "counted": {"what": "recognised", "kinds": recognised},
        },
        {
            "measure": "count",
            "goal": 10,
            "short": "Được xác nhận",
            "counted": {"what": "confirmed", "kinds": [any_kind]},
        },
        {"measure": "people", "goal": 60, "short": "Người tham gia", "counted": {"what": "registered"}},
        {
            "measure": "reduction",
            "goal": 15,
            "short": "Rác thải nhựa",
            "question": "thải bao nhiêu ki-lô-gam rác nhựa",
            "unit": "kg",
            "units": {"tạ": "100"},
            "example": "30",
            "by_year": 2029,
        },
        {
            "measure": "reduction",
            "goal": 10,
            "short": "Điện",
            "question": "dùng bao nhiêu số điện",
            "unit": "kWh",
            "example": "900",
        },
    ]
    chosen = random.sample(pool, random.randint(1, len(pool)))
    if all(kind["authors"] == "unit" for kind in kinds):  # no sheet names anybody who could be counted
        chosen = [each for each in chosen if each["measure"] != "people"] or pool[:1]
    return [
        {"code": f"t{n}", "name": f"Chỉ tiêu về {each['short'].lower()}", **each} for n, each in enumerate(chosen, 1)
    ]


def _sections(random: Random) -> list[dict[str, Any]]:
    names = ("Việc đã làm", "Điều còn vướng", "Mong muốn", "Bài học", "Việc năm tới")
    return [
        {"code": f"s{n}", "name": name, "page": random.choice(("steering", "assessment"))}
        for n, name in enumerate(names[: random.randint(1, len(names))])
    ]


def _roles(head: str) -> dict[str, Any]:
    """What a hospital calls the roles."""
    words = ("nhân viên y tế", "thư ký khoa", head, f"phó {head}", "cán bộ chất lượng", "trưởng ban", "đại diện")
    names = (*words, "ban giám đốc", "tổ máy tính")
    return {role.value: {"name": name, "words": [f"{name} …"]} for role, name in zip(Role, names, strict=True)}


def _duties(random: Random) -> list[dict[str, Any]]:
    """Compose what is owed: the report that every plan has, and others, one of them in parts of a year."""
    found = [
        _yearly("bc", "báo cáo chất lượng", "results", "10-15", random.choice(("11-10", "11-25"))),
        _yearly("kh", "kế hoạch chất lượng", "plan", "01-04", "02-10"),
        _yearly("ds", "danh sách đăng ký", "list", "01-04", random.choice(("03-20", ""))),
        {
            "code": "xn",
            "name": "xác nhận phiếu",
            "how": "sheet",
            "basis": "office",
            "workdays": random.randint(2, 9),
            "ladder": "short",
        },
        _yearly("tr", "báo cáo trình Hội đồng quản lý", "paper", "11-01", "12-05", by="office"),
    ]
    every, parts = random.choice((("quarter", QUARTERS), ("half", HALVES)))
    found.append(
        {
            "code": "ky",
            "name": "báo cáo nhanh",
            "how": "paper",
            "basis": "office",
            "every": every,
            "parts": [{"name": name, "opens": opens, "before": before} for name, opens, before in parts],
            "ladder": "short",
        }
    )
    return found


def _yearly(code: str, name: str, how: str, opens: str, before: str, by: str = "unit") -> dict[str, Any]:
    said = {"code": code, "name": name, "how": how, "basis": "office", "by": by, "opens": opens, "locks": "12-31"}
    return {**said, **({"before": before} if before else {})}


# As TOML -----------------------------------------------------------------------------------------


def _toml(plan: Mapping[str, Any]) -> Iterable[str]:
    tables = {name: value for name, value in plan.items() if _is_table(value)}
    yield from (f"{name} = {_value(value)}\n" for name, value in plan.items() if name not in tables)
    for name, value in tables.items():
        for each in value if isinstance(value, list) else [value]:
            yield f"\n[[{name}]]\n" if isinstance(value, list) else f"\n[{name}]\n"
            yield from (f"{key} = {_value(inner)}\n" for key, inner in each.items())


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {_value(inner)}' for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return value.isoformat() if isinstance(value, time) else json.dumps(value, ensure_ascii=False)
