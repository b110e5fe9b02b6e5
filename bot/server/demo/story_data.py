"""What the invented office's units, items and reports say, and which state each is in. A table."""

from collections.abc import Mapping

from storage.initiatives import ItemState

BASIS = "Công văn hướng dẫn của Văn phòng Sở (văn bản minh họa)"
GIVEN = {("plan", 1, 31), ("registration", 3, 31)}

# The units' states of the composed titles, in their order; 2026 takes the last ones of the list.
STATES = (
    ItemState.RECOGNISED,
    ItemState.RECEIVED,
    ItemState.CONFIRMED,
    ItemState.RECEIVED,
    ItemState.SENT,
    ItemState.RECEIVED,
    ItemState.RECEIVED,
    ItemState.RETURNED,
    ItemState.RECEIVED,
    ItemState.CONFIRMED,
    ItemState.RECOGNISED,
    ItemState.SENT,
    ItemState.RECEIVED,
    ItemState.CONFIRMED,
    ItemState.RECEIVED,
    ItemState.RECEIVED,
    ItemState.CONFIRMED,
    ItemState.RECEIVED,
    ItemState.WITHDRAWN,
    ItemState.RECEIVED,
    ItemState.RECOGNISED,
    ItemState.RECOGNISED,
    ItemState.RECOGNISED,
    ItemState.RECEIVED,
)
KINDS = {"mh": (4, 14, 23), "nv": (6, 19)}
LAST_YEAR = 4

SENT_EARLY = ("TTr", "KHTC", "TTKD")
"""Units whose report of 2027 has come already."""
NO_PLAN, NO_LIST, NO_BASELINE = ("TTQH",), ("TTQH", "QLN"), ("KTVL",)
LATE_2026: Mapping[str, int] = {"QLN": 2, "TTQH": 6}
WITH_PROCEDURES: Mapping[str, int] = {"QLXD": 12, "QHKT": 9, "PTDT": 11, "QLN": 14, "KTVL": 7, "KCHT": 13, "VTPT": 21}
PAPER: Mapping[str, str] = {
    "VP": "96",
    "TTr": "18",
    "KHTC": "24",
    "QHKT": "30",
    "PTDT": "28",
    "QLN": "33",
    "QLXD": "35",
    "KTVL": "26",
    "KCHT": "38",
    "VTPT": "42",
    "CCGD": "31",
    "BQLBT": "36",
    "TTKD": "29",
    "TTQH": "22",
}
SUMMARIES = {
    "II.1": "Lập lại quy trình trên một trang, bỏ bước trùng, thử trong một quý rồi ban hành.",
    "II.2": "Chọn một công trình làm thử, ghi số liệu trước và sau, so với cách làm cũ.",
    "II.3": "Dùng phần mềm sẵn có của cơ quan, nhập dữ liệu một lần, các bộ phận cùng tra cứu.",
    "II.4": "Đặt định mức, đo hằng tháng, công khai kết quả trong phòng.",
    "II.5": "Mỗi tuần một giờ, mỗi người mang một việc thật ra làm thử cùng cả nhóm.",
    "II.6": "Lấy dữ liệu sẵn có, lọc trường hợp cần chú ý, nhắn đơn vị liên quan hằng tuần.",
}
RESULTS = (
    "Giảm khoảng 30% thời gian xử lý mỗi hồ sơ",
    "Bớt một lần đi lại cho người dân, doanh nghiệp",
    "Giảm khoảng 20% lượng giấy in của phòng",
    "Phát hiện sớm sai sót trước khi ra hiện trường",
)
AREAS = {
    "II.1": "Đã rà soát 06 quy trình nội bộ, rút gọn 02 quy trình.",
    "II.2": "Đã áp dụng phần mềm chuyên ngành tại 02 dự án.",
    "II.3": "Đã xử lý hồ sơ công việc trên môi trường mạng, ký số toàn bộ văn bản đi.",
    "II.4": "Đã in hai mặt toàn bộ tài liệu nội bộ, tắt thiết bị điện ngoài giờ.",
    "II.5": "Đã cử công chức, viên chức dự 02 lớp tập huấn kỹ năng số.",
    "II.6": "Đã dùng dữ liệu giám sát hành trình để nhắc doanh nghiệp hằng tuần.",
}
SECTIONS = {
    "chi_dao": "Đã ban hành kế hoạch triển khai, phân công từng công chức theo dõi.",
    "tuyen_truyen": "Đã phổ biến tại họp phòng hằng quý.",
    "kiem_tra": "Đã tự kiểm tra 02 lần.",
    "uu_diem": "Công chức, viên chức chủ động đề xuất giải pháp.",
    "han_che": "Còn hồ sơ phải in để trình ký.",
    "nguyen_nhan": "Một số đơn vị phối hợp chưa ký số.",
    "phuong_huong": "Tiếp tục số hóa hồ sơ, nhân rộng giải pháp đã được công nhận.",
    "vuong_mac": "Chưa có bản quyền phần mềm BIM cho toàn bộ chuyên viên.",
    "kien_nghi": "Đề nghị bố trí kinh phí bản quyền phần mềm trong năm tới.",
}
