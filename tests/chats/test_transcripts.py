"""Golden transcripts: each conversation on the three looks, readable by the office.

`./run test tests/chats/test_transcripts.py --record` writes them anew; read the difference before committing.
"""

import pytest

from bot.conversation import looks
from bot.dialogue.turn import Button, Say
from bot.language.i18n import Words, _
from tests.conftest import OpenOffice
from tests.sheets import CANDID_REPORT, FIGURES
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

CONVERSATIONS: dict[str, Conversation] = {
    "register": [
        (
            "officer",
            [
                "đăng ký",
                "/dangky sk",
                "Tra cứu thành phần hồ sơ cấp giấy phép xây dựng bằng mã QR",
                ":tap 3. Chuyển đổi số",
                "Dán mã QR ở bộ phận một cửa và gửi kèm phiếu hẹn. Người dân quét mã là thấy danh mục giấy tờ.",
                "tôi 60, Lý Thị Ví Dụ 40",
                "Giảm khoảng 40% hồ sơ phải bổ sung, người dân bớt một lần đi lại",
                "quý IV",
                "gửi",
                "của tôi",
            ],
        ),
        ("head", ["việc", "/xacnhan", "xác nhận 017"]),
    ],
    "units_merge": [
        (
            "office",
            [
                "tổ chức bộ máy",
                "sáp nhập KTVL vào QLXD từ 18/10/2027",
                "1",
                "Quyết định số 125/QĐ-SXD ngày 11/10/2027",
                "gửi",
                "thực hiện",
                "/tochuc",
            ],
        ),
        ("head", [":wait 20m"]),
        ("Lâm Thị Mục Lục", ["việc"]),
        ("office", ["/tonghop 2026", "/tochuc hoantac 1"]),
        ("Lâm Thị Mục Lục", [":wait 20m"]),
    ],
    "units_merge_into_a_new_one": [
        (
            "office",
            [
                "sap nhap",
                "KCHT va VTPT",
                "đơn vị mới",
                "QLGT",
                "Phòng Quản lý giao thông vận tải",
                "phòng",
                "Nông Thị Hư Cấu",
                "01/11/2027",
                "bỏ qua",
                "gửi",
                "/tochuc",
            ],
        )
    ],
    "units_split": [
        (
            "office",
            [
                "tách đơn vị QLN",
                "QLNX",
                "Phòng Nhà ở xã hội",
                "phòng",
                "1, Bế Thị Giả Định",
                "Triệu Văn Phỏng",
                "1",
                "18/10/2027",
                "bỏ qua",
                "gửi",
                "thực hiện",
            ],
        ),
        ("Triệu Văn Phỏng", [":wait 20m"]),
    ],
    "units_rename_and_end": [
        (
            "office",
            [
                "doi ten don vi QLN",
                "Phòng Nhà ở và Đô thị",
                "18/10/2027",
                "bỏ qua",
                "gửi",
                "thực hiện",
                "giải thể TTQH",
                "Phòng Quy hoạch - Kiến trúc",
                "18/10/2027",
                "bỏ qua",
                "gửi",
                "thực hiện",
                "đơn vị mới",
                "TTQH",
                "CDS",
                "Phòng Chuyển đổi số",
                "phòng",
                "18/10/2027",
                "bỏ qua",
                "bỏ qua",
                "gửi",
                "không thực hiện",
                "/sapnhap QLXD vào QLXD",
                "thoát",
                "/sapnhap VP vào QLXD",
                "thoát",
                "/sapnhap KHTC vào QLXD",
                "1",
                "01/03/2027",
                "thoát",
            ],
        )
    ],
    "register_without_marks": [
        (
            "Vi Thị Tạm",
            [
                "dk sk: nhac doanh nghiep van tai co xe qua toc do hang tuan",
                "giao thong van tia",
                "bo qua",
                "mot minh toi",
                "giam khoang 20% so luot vi pham moi quy",
                "1/12",
                "sua 1 Nhắc hằng tuần doanh nghiệp vận tải có xe chạy quá tốc độ",
                "gui",
                "gui",
            ],
        )
    ],
    "refusals": [
        (
            "officer",
            [
                "/dangky mh",
                "ngắn",
                "Tổ tự học trí tuệ nhân tạo của phòng mỗi tuần một giờ",
                "quay lại",
                "tiếp tục",
                "chín",
                "nhân lực",
                "bổ sung sau",
                "tôi 60, Lý Thị Ví Dụ 30",
                "tôi 50, Nguyễn Không Ai 50",
                "tập thể",
                "bỏ qua",
                "ba mươi",
                "/trogiup",
                "chưa xác định",
                "xem phiếu",
                "hủy",
                "lưu",
                "việc của tôi",
            ],
        )
    ],
    "return_and_complete": [
        (
            "officer",
            [
                "/dangky nv",
                "Số hóa xong 400 hồ sơ hoàn công của phòng",
                "chuyển đổi số",
                "bỏ qua",
                "1",
                "bỏ qua",
                "17/12/2027",
                "gửi",
            ],
        ),
        ("head", ["/xacnhan 003", "trả lại để bổ sung", "chưa rõ kết quả", "gửi"]),
        ("officer", ["/cuatoi sua NV-2027-003", "5", "Tra cứu được mọi hồ sơ trong một phút", "gửi"]),
        ("head", [":wait 15m", "/xacnhan NV-2027-003 gui", "/xacnhan NV-2027-003 gui"]),
        ("office", ["/tiepnhan NV-2027-003"]),
        ("officer", ["/cuatoi sua NV-2027-003"]),
    ],
    "report": [
        (
            "head",
            [
                "việc",
                "/baocao 2027",
                "đúng số liệu",
                "Giữ như năm 2026: 5/5",
                "giữ như năm ngoái",
                "30,5",
                "5",
                "390/400",
                "đồng ý dự thảo",
                "Đã phổ biến tại họp phòng hằng quý",
                "không có",
                "In hai mặt toàn bộ tài liệu nội bộ; điện năng giảm 8% so với cùng kỳ",
                "không phát sinh",
                "giữ nguyên",
                "Một số đơn vị phối hợp chưa ký số",
                "Hồ sơ giấy từ cấp huyện cũ còn nhiều",
                "không có",
                "xem toàn văn",
                "tiếp tục",
                "gửi",
                "xem báo cáo",
                "việc",
            ],
        ),
        ("office", ["/tiepnhan", "/tiepnhan BC-2027-QLXD"]),
        ("head", ["/baocao sua 2027"]),
    ],
    "correction": [
        ("head", [*CANDID_REPORT]),
        ("office", ["/tiepnhan BC-2027-QLXD"]),
        (
            "head",
            [
                "báo cáo 2027",
                "xin dinh chinh BC-2027-QLXD vì chỉ tiêu 5 ghi nhầm 30,5 ram, đúng là 31,5 ram",
                "gửi",
                "đính chính BC-2027-QLXD vì sai cả chỉ tiêu 6",
            ],
        ),
        (
            "office",
            [":wait 15m", "việc", "/molai", "/molai BC-2027-QLXD", "16/10", "1", "1", "gửi", "/molai BC-2027-QLXD"],
        ),
        (
            "head",
            [
                ":wait 15m",
                "việc",
                "/baocao sua 2027",
                "5",
                "31,5",
                "xem toàn văn",
                "tiếp tục",
                "gửi",
                "/baocao xem 2027",
            ],
        ),
        ("office", [":wait 15m", "/chuagui 2027", "/tiepnhan", "/tiepnhan BC-2027-QLXD", "tiếp nhận bản đính chính"]),
        ("head", [":wait 15m", "báo cáo 2027"]),
        ("office", ["/xembaocao 2027 QLXD bản 1", "/tonghop 2027"]),
    ],
    "reopened": [
        ("office", ["mở lại BC-2026-QLXD den 22/10 vi số giấy năm 2026 chưa khớp phiếu xuất kho", "gửi", "/molai"]),
        ("head", [":wait 15m", "/baocao sua 2026", "gửi", "/dinhchinh giu BC-2026-QLXD", "1"]),
        ("office", [":wait 15m", "mo lai BC-2026-QLXD den 20/10 vi số giấy chưa khớp, đề nghị xem lại", "gửi"]),
        ("head", [":wait 15m", ":clock 2027-10-20T08:05", ":clock 2027-10-21T08:05", "/baocao sua 2026"]),
        ("office", [":wait 15m", "/molai BC-2026-QLXD", "29/10", "số giấy chưa khớp", "gửi"]),
        ("office", ["/molai dong BC-2026-QLXD", "phiếu xuất kho đã khớp", "gửi"]),
        ("head", [":wait 15m", "/dinhchinh"]),
    ],
    "file_for_a_unit": [
        (
            "office",
            [
                "nhập thay",
                "/nhapthay QLXD 2027",
                "/nhapthay QLXD baocao 2027",
                "văn bản",
                "Báo cáo 12/BC-QLXD",
                "20/10/2027",
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
                "/nhapthay QLXD baocao 2027",
                "thoát",
                "/tiepnhan",
                "/chuagui",
            ],
        ),
        ("head", [":wait 1m", "/donvi", "/baocao sua 2027", "sửa 5 31", "gửi", "/baocao xem 2027"]),
        ("office", ["/nhapthay QLXD baocao 2027"]),
    ],
    "file_for_a_unit_by_telephone": [
        (
            "office",
            [
                "nhap thay ke hoach 2028 cua phong quan ly xay dung",
                "nhập thay phòng Quản lý xây",
                "/nhapthay QLXD sk 2027",
                "điện thoại",
                "1",
                "hôm nay",
                "không có tệp",
                "Nhật ký giám sát công trình bằng ảnh có tọa độ",
                "3",
                "bỏ qua",
                "tôi 100",
                "Nông Văn Mẫu 60, Lý Thị Ví Dụ 40",
                "Giảm một nửa thời gian lập hồ sơ giám sát",
                "quý IV",
                "gửi",
            ],
        ),
        ("officer", [":wait 1m", "/cuatoi SK-2027-017"]),
        ("head", [":wait 1m", "/cuatoi sua SK-2027-017", "sửa 1 Nhật ký giám sát công trình bằng ảnh", "gửi"]),
    ],
    "corrected_plan_and_sheet": [
        ("head", ["kế hoạch 2027", "đính chính KH-2027-QLXD vì ngày ban hành đúng là 18/01/2027", "gửi"]),
        ("office", [":wait 15m", "/molai KH-2027-QLXD", "1", "1", "gửi"]),
        ("head", [":wait 15m", "/kehoach sua 2027", "sua 1 18/01/2027", "gửi"]),
        ("office", [":wait 15m", "/tiepnhan KH-2027-QLXD", "tiếp nhận bản đính chính"]),
        ("head", [":wait 15m", "/kehoach 2027"]),
        ("office", ["mo lai SK-2027-002 den 29/10 vi tên chưa nêu phạm vi áp dụng", "gửi"]),
        (
            "Lục Thị Minh Họa",
            [
                ":wait 15m",
                "/cuatoi SK-2027-002",
                "/cuatoi sua SK-2027-002",
                "sửa 1 Áp dụng mô hình thông tin công trình (BIM) khi thẩm định thiết kế công trình cấp II",
                "gửi",
            ],
        ),
        ("office", [":wait 15m", "tiếp nhận tất cả", "/tiepnhan SK-2027-002", "tiếp nhận bản đính chính"]),
    ],
    "report_doubts": [
        (
            "head",
            [
                "/baocao 2027",
                "sửa",
                "2",
                "6/5",
                "3/5",
                "giữ số này và ghi giải thích",
                "02 công chức mới tiếp nhận từ tháng 9",
                "đúng số liệu",
                "12/12",
                "1.5",
                "1,5",
                "ước cả năm 38",
                "chưa có số liệu",
                "Đang kiểm kê, có số liệu trước 20/11",
                "thoát",
                "việc",
            ],
        )
    ],
    "report_given_to_an_officer": [
        ("head", ["/viechan giao results 2027", "/viechan giao results 2027 nông văn mẫu"]),
        (
            "officer",
            [
                "việc",
                "/baocao 2027",
                "đúng số liệu",
                "5/5",
                "12/12",
                "31",
                "5/5",
                "400/400",
                "đồng ý dự thảo",
                "Đã họp phổ biến",
                "không có",
                "không phát sinh",
                "không phát sinh",
                "giữ nguyên",
                "không có",
                "không có",
                "gửi",
            ],
        ),
        ("head", [":wait 15m", "/baocao 2027", "gửi"]),
        ("officer", [":wait 15m"]),
    ],
    "board": [
        ("head", ["đơn vị tôi"]),
        (
            "officer",
            [
                "/dangky sk",
                "Kho bản vẽ hoàn công dùng chung cho cả Sở",
                "3",
                "bỏ qua",
                "một mình tôi",
                "bỏ qua",
                "chưa xác định",
                "gửi",
            ],
        ),
        ("head", ["/donvi", ":tap Xác nhận phiếu"]),
        ("Nông Thị Phác Thảo", ["/donvi", "/baocao 2027", "đúng số liệu", "thoát"]),
        ("head", ["phòng tôi"]),
        ("officer", ["/donvi"]),
    ],
    "promise": [
        (
            "head",
            ["/viechan hen results 2027", "thứ Năm tuần này", ":wait 3d", ":wait 1d", "/viechan visao results 2027"],
        )
    ],
    "plan": [
        (
            "Đàm Thị Ước Lệ",
            [
                "/kehoach",
                "hôm qua",
                "1",
                "bỏ qua",
                "bổ sung sau",
                "gửi",
                "/kehoach",
                "/kehoach sua 2027",
                "sửa 1 30/02/2027",
                "sửa 1 15/1",
                "gửi",
            ],
        ),
        ("office", ["/tiepnhan"]),
    ],
    "dates_and_baselines": [
        (
            "office",
            [
                "/thoihan",
                "/thoihan plan 2027",
                "01/02/2026",
                "5/2/2027",
                "ghi ngày này",
                "Công văn số 20/SXD-VP",
                "gửi",
                "/mocgiay",
                "/mocgiay KTVL",
                "2026",
                "30",
                "20",
                "36",
                "gửi",
                "việc",
            ],
        )
    ],
    "calendar": [
        (
            "office",
            [
                "ngày nghỉ",
                "/lich 2028",
                "/lich nghi",
                "hôm qua",
                ":tap Sửa câu trả lời",
                "8/11 đến 9/11",
                "Nghỉ bão số 5",
                "Công văn số 99/UBND-KT ngày 18/10/2027",
                "gửi",
                "làm bù",
                "/lich lambu",
                "10/11/2027",
                "13/11/2027",
                "Làm bù cho ngày 08/11/2027",
                "Công văn số 99/UBND-KT ngày 18/10/2027",
                "gửi",
                "/lich",
                "/lich bo 13/11/2027",
                ":tap Bỏ khỏi lịch",
                "/lich bo 13/11/2027",
                "/lich tep",
                "chưa có",
                "thoát",
                "/lich xacnhan 2028",
                "/lich 2035",
            ],
        ),
        ("head", ["/viechan visao results 2027", "/lich"]),
    ],
    "recognise": [
        (
            "office",
            ["/congnhan", "099", "sk 4, 005; SK-2027-007", "cơ sở", "88/QĐ-SXD", "20/12/2027", "15/10/2027", "gửi"],
        ),
        ("Nông Văn Mẫu", [":wait 15m"]),
    ],
    "close_the_list": [
        ("Triệu Văn Phỏng", ["việc", "/xacnhan chot", ":tap Chốt và gửi", "/xacnhan chot", "việc"]),
        (
            "Đàm Thị Ước Lệ",
            ["/xacnhan chot", ":tap Năm nay đơn vị không đăng ký", "Đơn vị mới kiện toàn tổ chức", "gửi"],
        ),
        ("office", ["/chuagui 2027"]),
    ],
    "act_for_the_head": [
        ("head", ["/xulythay", "/xulythay Phác Thảo", "/xulythay ai đó", "/xulythay"]),
        ("Nông Thị Phác Thảo", [":wait 1m", "việc"]),
        ("head", ["/xulythay thoi"]),
    ],
    "invite_and_begin": [
        ("office", ["/moinguoi", "Hứa Thị Mới", "Phòng Quản lý xây dựng", "Chuyên viên", "công chức", "1", "gửi"]),
        ("stranger:người mới", ["/batdau CODE", "tôi đã đọc và đồng ý", "menu"]),
        ("stranger:người mới", ["/dulieucuatoi", "/rutdongy", ":tap Rút lại", "menu"]),
    ],
    "my_data_corrected": [
        ("officer", ["/dulieucuatoi", ":tap Sửa dữ liệu của tôi", "năm sinh", "85", "1985", "gửi"]),
        ("office", [":wait 1m", "/yeucaudulieu", ":tap Yêu cầu 1", ":tap Báo đã nhận", "/yeucaudulieu 1 lam"]),
        ("officer", [":wait 20m", "/xoadulieu", "phiếu đang soạn", "gửi"]),
        ("office", ["/yeucaudulieu 2 tu choi", "Phiếu này phải lưu đến khi xét công nhận", "gửi"]),
        ("officer", [":wait 20m", "dữ liệu của tôi"]),
    ],
    "who_leaves_hands_over": [
        ("head", ["/viechan giao results 2027 nông văn mẫu"]),
        (
            "officer",
            [
                "/baocao 2027",
                "đúng số liệu",
                "5/5",
                "thoát",
                "/dangky sk",
                "Kho bản vẽ hoàn công dùng chung cho cả Sở",
                "3",
                "thoát",
            ],
        ),
        (
            "office",
            [
                "nhan su nong van mau nghi huu",
                "Lộc Văn Bản Mẫu",
                "có",
                ":tap Ghi thay đổi",
                "/nhansu Nông Văn Mẫu",
                "/nhansu Nông Văn Không Ai",
            ],
        ),
        ("Lộc Văn Bản Mẫu", [":wait 15m", "việc", "/baocao 2027"]),
        ("head", ["việc"]),
    ],
    "a_new_head": [
        (
            "office",
            [
                "nhân sự",
                "QLXD",
                ":tap Trưởng phòng Hoàng Văn Thử",
                "1",
                "Nông Thị Phác Thảo",
                "có",
                ":tap Ghi thay đổi",
                "nhân sự Lục Thị Minh Họa làm trưởng phòng",
                "cấp phó của đơn vị",
                ":tap Ghi thay đổi",
                "nhân sự Lục Thị Minh Họa chuyển sang KHÔNG CÓ",
                "thoát",
            ],
        ),
        ("Lục Thị Minh Họa", [":wait 15m", "việc"]),
        ("Nông Thị Phác Thảo", ["việc"]),
    ],
    "a_role_that_takes_two": [
        (
            "office",
            [
                "nhân sự Mạc Thị Dự Thảo làm chánh văn phòng",
                "cấp phó của đơn vị",
                "Chánh Văn phòng",
                ":tap Xin ý kiến người thứ hai",
                "/nhansu",
                "thoát",
            ],
        ),
        ("Hà Văn Thí Dụ", [":wait 15m", "/ykiennhansu", "/ykiennhansu dongy 1"]),
        ("Đinh Văn Cao Kỳ", [":wait 1m", "ý kiến nhân sự", ":tap Phó Chánh Văn phòng Mạc Thị Dự Thảo", ":tap Đồng ý"]),
        ("Tô Thị Thượng Lệ", ["/ykiennhansu dongy 1"]),
        (
            "office",
            [":wait 15m", "nhân sự Lộc Văn Bản Mẫu làm quản trị", "giữ nguyên", ":tap Xin ý kiến người thứ hai"],
        ),
        (
            "Đinh Văn Cao Kỳ",
            [":wait 15m", "/ykiennhansu lydo 2", "Chưa có quyết định phân công", "/ykiennhansu dongy 2"],
        ),
        ("office", [":wait 15m", "nhân sự Lương Thị Nháp làm lãnh đạo sở"]),
    ],
    "somebody_new_in_a_role_that_takes_two": [
        ("office", ["/moinguoi", "Hứa Thị Mới", "Văn phòng Sở", "Chuyên viên", "công chức", "5", "gửi"]),
        ("Hà Văn Thí Dụ", [":wait 15m", "/ykiennhansu"]),
    ],
    "to_the_leaders": [
        (
            "Hà Văn Thí Dụ",
            ["/tonghop 2027", ":tap Chuyển Lãnh đạo Sở", "/tonghop 2027", ":tap Bản định kỳ cho Lãnh đạo Sở: bật, tắt"],
        ),
        ("Đinh Văn Cao Kỳ", ["menu", "/tonghop 2026"]),
    ],
    "ladder": [
        (
            "head",
            [
                ":clock 2027-10-29T08:00",
                ":clock 2027-11-04T08:00",
                ":clock 2027-11-09T08:00",
                ":clock 2027-11-12T09:00",
                ":wait 7d",
            ],
        )
    ],
    "leave": [
        ("head", ["đi công tác từ 28/10 đến 30/10", "1", "gửi", "nghi phep"]),
        ("Nông Thị Phác Thảo", [":wait 15m", ":clock 2027-10-29T08:00"]),
        ("head", [":wait 1m", "nghỉ phép thôi", "hẹn thứ Hai", "/hen 10/11", "thoát"]),
        (
            "officer",
            ["nghỉ phép đến thứ Sáu", "gửi", "đi học từ 1/11 đến 28/10", "/nghiphep 28/10/2027 đến 12/11/2072"],
        ),
    ],
    "urge": [
        ("office", ["/dondoc 2027", "dùng câu soạn sẵn", "gửi ngay", "gửi"]),
        ("head", [":wait 1m"]),
        (
            "office",
            [
                "đôn đốc 2027",
                "Văn phòng Sở đề nghị đồng chí gửi báo cáo trong sáng nay. Trân trọng.",
                "xin ý kiến",
                "gửi",
            ],
        ),
        ("Hà Văn Thí Dụ", [":wait 15m", ":tap Đồng ý", "/dondoc dongy 1"]),
        ("head", [":wait 15m"]),
        (
            "office",
            [
                "/dondoc 2027",
                "dùng câu soạn sẵn",
                "1",
                "gửi",
                "/dondoc bo",
                "/dondoc 2027",
                "dùng câu soạn sẵn",
                "1",
                "gửi",
            ],
        ),
        ("head", [":clock 2027-10-19T08:05"]),
    ],
    "reminders_to_come": [
        ("head", ["lịch nhắc", "/lichnhac donvi"]),
        (
            "office",
            [
                "/lichnhac tatca",
                "/thoihan results 2027",
                "19/11/2027",
                "Công văn số 231/SXD-VP",
                "gửi",
                "chạy thử 2027",
            ],
        ),
        ("head", ["lịch nhắc"]),
    ],
    "report_to_the_province": [
        (
            "office",
            [
                "/thoihan provincial 2027",
                "20/11/2027",
                "Công văn số 1460/UBND-NC",
                "gửi",
                "việc",
                "/baocaotinh 2027",
                "25/11",
                "18/10",
                "231/BC-SXD",
                "gửi",
                "/baocaotinh",
            ],
        )
    ],
    "a_sheet_that_waits": [
        (
            "Vi Thị Tạm",
            [
                "/dangky nv",
                "Số hóa xong 400 hồ sơ hoàn công của phòng",
                "3",
                "bỏ qua",
                "1",
                "bỏ qua",
                "17/12/2027",
                "gửi",
            ],
        ),
        (
            "Chu Văn Giả Sử",
            [":wait 15m", ":clock 2027-10-21T08:00", ":clock 2027-10-25T08:00", "/xacnhan NV-2027-003 gui", "việc"],
        ),
    ],
    "summary": [("office", ["/chuagui 2026", "tổng hợp 2026", "tiến độ", "/tiepnhan"])],
    "stranger": [("stranger:người lạ", ["xin chào", "alo", "bắt đầu ABCD2345"])],
    "home": [("office", ["menu", "trợ giúp", "việc", "/khongco", "xin chào", "dữ liệu của tôi"])],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_the_conversation_is_as_it_was_agreed(
    name: str, look: str, open_office: OpenOffice, record: bool
) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, FOLDER / f"{name}.{look}.txt", record)


def test_a_longer_button_is_a_bug() -> None:
    say = Say([_("Home")], buttons=(Button(_("Home"), "/menu " + "ă" * 30),))
    with pytest.raises(ValueError, match="64 bytes: /menu"):
        looks.render(say, looks.LOOKS["keyboard"], Words("vi"))
    assert looks.render(say, looks.LOOKS["web"], Words("vi")).buttons
