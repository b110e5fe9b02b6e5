"""The forms: each with somebody who may fill it in, what they say, and who else may go on with it."""

from collections.abc import Callable, Mapping, Sequence

from tests.authority.rules import (
    AGREE,
    DESK,
    DESK_OFFICER,
    HEAD,
    HEADS,
    LEADER,
    OFFICER,
    RECOGNISED,
    SECRETARY,
    SHEET,
    SOMEBODY,
    STAFF,
    drafts,
    sends,
)
from tests.sheets import CANDID, FIGURES, sheet
from tests.walking import Row, Walk

Goes = Callable[[Walk, Row], bool]
Form = tuple[str, Sequence[str], Goes]
"""Somebody who may fill it in, what they say, who else may go on with it."""


def in_unit(also: Goes) -> Goes:
    return lambda walk, me: me["unit"] == "QLXD" and also(walk, me)


TASKS = "Rà soát hồ sơ hoàn công giai đoạn trước; 30/11/2027; Nông Văn Mẫu; II.1"
FORMS: Mapping[str, Form] = {
    "register_sk": (
        OFFICER,
        sheet("Kho bản vẽ hoàn công dùng chung toàn phòng"),
        in_unit(lambda walk, me: me["role"] in STAFF),
    ),
    "register_mh": (
        OFFICER,
        ("/dangky mh", "Một cửa liên thông cấp phép ba ngày làm việc", "3", "cả đơn vị", "gửi"),
        in_unit(lambda walk, me: me["role"] in STAFF),
    ),
    "register_nv": (
        OFFICER,
        sheet("Hoàn thành số hóa hồ sơ lưu trữ năm nay", "nv", "17/12/2027"),
        in_unit(lambda walk, me: me["role"] in STAFF),
    ),
    "return": (
        HEAD,
        (f"/xacnhan {SHEET} tralai", "1", "gửi"),
        in_unit(lambda walk, me: me["role"] in DESK or sends(walk, me) or me["role"] == "deputy"),
    ),
    "no_registration": (
        HEAD,
        ("/xacnhan khongdangky co", "Phòng tập trung hai nhiệm vụ chuyển tiếp", "gửi"),
        in_unit(sends),
    ),
    "report": (HEAD, (*CANDID[:-1], "Đề nghị tập huấn ký số cho đơn vị phối hợp", "gửi"), in_unit(drafts)),
    "unit_plan": (HEAD, ("/kehoach 2027", "20/01/2027", "1", "bỏ qua", TASKS, "gửi"), in_unit(drafts)),
    "promise": (
        HEAD,
        ("/viechan hen results 2027", "1"),
        in_unit(lambda walk, me: me["role"] in HEADS | {"deputy"} or sends(walk, me)),
    ),
    "leave": (OFFICER, ("/nghiphep", "20/10/2027", "22/10/2027", "gửi"), in_unit(lambda walk, me: True)),
    "urge": (DESK_OFFICER, ("/dondoc 2027", "1", "1", "gửi"), lambda walk, me: me["role"] in DESK),
    "deadline": (
        DESK_OFFICER,
        ("/thoihan registration 2027", "31/10/2027", "công văn 12/SXD-VP", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "baseline": (DESK_OFFICER, ("/mocgiay QLXD", "1", "35", "42", "gửi"), lambda walk, me: me["role"] in DESK),
    "provincial": (
        DESK_OFFICER,
        ("/baocaotinh 2027", "18/10/2027", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "calendar": (
        DESK_OFFICER,
        ("/lich nghi", "25/10/2027", "nghỉ bù", "văn bản 15/SXD", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "calendar_file": (DESK_OFFICER, ("/lich tep", "FILE", "gửi"), lambda walk, me: me["role"] in DESK),
    "roster_file": (DESK_OFFICER, ("/nhansutep", "FILE", "xong"), lambda walk, me: me["role"] in DESK | {"admin"}),
    "roster_lines": (
        DESK_OFFICER,
        ("/nhansutep chon 1 345678 3", "tất cả", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "recognise": (
        DESK_OFFICER,
        ("/congnhan", "1", "1", "125/QĐ-SXD", "15/10/2027", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "unrecognise": (
        DESK_OFFICER,
        (f"/congnhan rut {RECOGNISED}", "1", "ghi nhầm phiếu khác", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "reopen": (
        DESK_OFFICER,
        ("/molai BC-2026-QLXD", "1", "sai số liệu mục 5", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "reopening_end": (
        DESK_OFFICER,
        ("/molai dong KH-2026-QLXD", "số liệu đã khớp", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "ask_correction": (HEAD, ("/dinhchinh BC-2026-QLXD", "sai số liệu mục 5", "gửi"), in_unit(sends)),
    "supplement": (HEAD, ("/bosung 2026", "gửi"), in_unit(drafts)),
    "union_account": (
        SECRETARY,
        ("/baocao", "Phổ biến Kế hoạch cho 45 đoàn viên", "Vận động 12 đoàn viên đăng ký sáng kiến", "không có", "gửi"),
        lambda walk, me: me["unit"] == "DTN" and sends(walk, me),
    ),
    "data_correct": (OFFICER, ("/suadulieu", "năm sinh", "1985", "gửi"), lambda walk, me: True),
    "data_erase": (OFFICER, ("/xoadulieu", "phiếu đang soạn", "gửi"), lambda walk, me: True),
    "data_reply": (
        DESK_OFFICER,
        ("/yeucaudulieu 1 từ chối", "Phải lưu theo quy định", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "personnel": (DESK_OFFICER, (f"/nhansu {SOMEBODY}", "1"), lambda walk, me: me["role"] in DESK | {"admin"}),
    "personnel_who": (DESK_OFFICER, ("/nhansu", f"{SOMEBODY} nghỉ"), lambda walk, me: me["role"] in DESK | {"admin"}),
    "post_declined": (
        LEADER,
        ("/ykiennhansu lydo 900", "Chưa có quyết định phân công"),
        lambda walk, me: me["role"] in AGREE,
    ),
    "for_results": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD baocao 2027",
            "văn bản",
            "Công văn 12/QLXD",
            "15/10/2027",
            "không có tệp",
            *FIGURES,
            "đồng ý dự thảo",
            "Đã phổ biến tại họp phòng hằng quý",
            "không có",
            "In hai mặt toàn bộ tài liệu nội bộ",
            "không phát sinh",
            "giữ nguyên",
            "Hồ sơ giấy từ cấp huyện cũ còn nhiều",
            "không có",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_plan": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD kehoach 2027",
            "trực tiếp",
            "không có số",
            "1",
            "15/10/2027",
            "bỏ qua",
            "20/01/2027",
            "1",
            "bỏ qua",
            TASKS,
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_list": (
        DESK_OFFICER,
        ("/nhapthay QLXD danhsach 2027", "điện thoại", "1", "15/10/2027", "bỏ qua", "1", "gửi"),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_item_sk": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD sk 2027",
            "văn bản",
            "Công văn 12/QLXD",
            "15/10/2027",
            "không có tệp",
            "Nhật ký giám sát công trình bằng ảnh có tọa độ",
            "3",
            "bỏ qua",
            "Nông Văn Mẫu 60, Lý Thị Ví Dụ 40",
            "Giảm một nửa thời gian lập hồ sơ giám sát",
            "quý IV",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_item_mh": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD mh 2027",
            "điện thoại",
            "1",
            "15/10/2027",
            "không có tệp",
            "Một cửa liên thông cấp phép ba ngày làm việc",
            "3",
            "cả đơn vị",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_item_nv": (
        DESK_OFFICER,
        (
            "/nhapthay QLXD nv 2027",
            "văn bản",
            "Công văn 12/QLXD",
            "15/10/2027",
            "không có tệp",
            "Hoàn thành số hóa hồ sơ lưu trữ năm nay",
            "3",
            "1",
            "Tra cứu được mọi hồ sơ trong một phút",
            "17/12/2027",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "for_narrative": (
        DESK_OFFICER,
        (
            "/nhapthay DTN tuyentruyen 2027",
            "văn bản",
            "Báo cáo 05/BC-ĐTN",
            "15/10/2027",
            "bỏ qua",
            "Phổ biến Kế hoạch cho 45 đoàn viên",
            "Vận động 12 đoàn viên đăng ký sáng kiến",
            "không có",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK,
    ),
    "invite": (
        DESK_OFFICER,
        ("/moinguoi", "Hứa Thị Mới Toanh", "Phòng Quản lý xây dựng", "Chuyên viên", "công chức", "1", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_new": (
        DESK_OFFICER,
        ("/donvimoi", "CDS", "Phòng Chuyển đổi số", "1", "18/10/2027", "bỏ qua", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_name": (
        DESK_OFFICER,
        ("/doiten QLN", "Phòng Nhà ở và Đô thị", "18/10/2027", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_merge": (
        DESK_OFFICER,
        ("/sapnhap", "KTVL", "QLXD", "1", "18/10/2027", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_end": (
        DESK_OFFICER,
        ("/giaithe KTVL", "Phòng Quản lý xây dựng", "18/10/2027", "bỏ qua", "gửi"),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
    "unit_split": (
        DESK_OFFICER,
        (
            "/tachdonvi QLN",
            "QLNX",
            "Phòng Nhà ở xã hội",
            "1",
            "1, 3",
            "Triệu Văn Phỏng",
            "1",
            "18/10/2027",
            "bỏ qua",
            "gửi",
        ),
        lambda walk, me: me["role"] in DESK | {"admin"},
    ),
}
"""Each form with somebody who may fill it in, what they say, and who else may go on with it."""

UNDER_ANOTHER_PLAN = {"office_figure"}
"""Forms that no command opens under this plan: it asks the units for their paper."""
