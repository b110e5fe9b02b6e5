"""Sheets that many tests send: what is said from the command to «gửi»."""


def sheet(title: str, kind: str = "sk", due: str = "") -> tuple[str, ...]:
    """An initiative, a model or a task: about digital work, nobody else in it, without what may be added later."""
    return (f"/dangky {kind}", title, "3", "1", *([due] if due else []), "gửi")


REGISTER = sheet("Đặt lịch kiểm tra công trình bằng phiếu điện tử")
TASK = sheet("Số hóa xong 400 hồ sơ hoàn công của phòng", "nv", "17/12/2027")
FIGURES = ("đúng số liệu", "5/5", "12/12", "30,5", "5/5", "400/400")
"""The first page of the yearly report of 2027 and its questions, every figure at its goal."""
FILLED = (
    "/baocao 2027",
    *FIGURES,
    "đồng ý dự thảo",
    "đã họp",
    "không có",
    "không phát sinh",
    "không phát sinh",
    "giữ nguyên",
    "không có",
    "không có",
)
"""The yearly report of a head, every figure at its goal, up to its review."""
REPORT = (*FILLED, "gửi")
CANDID = (
    "/baocao 2027",
    *FIGURES[:-1],
    "390/400",
    "đồng ý dự thảo",
    "Đã phổ biến tại họp phòng hằng quý",
    "không có",
    "In hai mặt toàn bộ tài liệu nội bộ",
    "không phát sinh",
    "giữ nguyên",
    "Một số đơn vị phối hợp chưa ký số",
    "không có",
    "không có",
)
"""The yearly report of a head who says why a figure is below its goal, up to its review."""
CANDID_REPORT = (*CANDID, "gửi")
