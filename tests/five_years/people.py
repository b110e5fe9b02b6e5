"""Who works in the office of the tables: fourteen units, 120 invented people, an administrator beside them."""

from tests.five_years.table import read

UNITS = {row["code"]: row for row in read("units")}
NAMES = {code: row["name"] for code, row in UNITS.items()}
FAMILY = ("Nông", "Hoàng", "Lý", "Vi", "Triệu", "Bế", "Chu", "Đàm", "Lộc", "Mạc")
THINGS = (
    "Bảng Kê",
    "Sổ Mẫu",
    "Tờ Nháp",
    "Ghi Chép",
    "Mục Lục",
    "Phụ Bản",
    "Bìa Cứng",
    "Dấu Trang",
    "Kẹp Giấy",
    "Thước Kẻ",
    "Bản Vẽ",
    "Khung Tên",
)
TITLES = {"chief": "Chánh Văn phòng", "head": "Thủ trưởng đơn vị", "deputy": "Cấp phó"}


def everybody() -> list[tuple[str, str, str, str]]:
    """120 invented people, the administrator beside them: name, position, unit, role."""
    found = list[tuple[str, str, str, str]]()
    for code, row in UNITS.items():
        roles = ["chief" if code == "VP" else "head", "deputy", "drafter"]
        roles += ["office", "office", "leader"] if code == "VP" else []
        for role in [*roles, *["officer"] * (int(row["staff"]) - len(roles))]:
            n = len(found)
            name = f"{FAMILY[n % 10]} {('Văn', 'Thị')[n % 2]} {THINGS[n // 10]}"
            found.append((name, TITLES.get(role, "Chuyên viên"), code, role))
    return found
