"""The marks of state secrets are seen however they are written; ordinary words with «mật» are let through."""

from time import perf_counter

import pytest

from bot.language.secret_marks import secret_mark
from tests.chats.test_forgetting import where
from tests.conftest import Office

MARKS = [
    "Công văn MẬT số 12",
    "BaoCao_MẬT_2027.docx",
    "MẬT-12.pdf",
    "[TUYỆT MẬT] Kế hoạch",
    "TÀI LIỆU TỐI MẬT",
    "Độ mật: MẬT",
    "TO\u0302\u0301I MA\u0323\u0302T",
    # as they are printed
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "[MẬT]",
    "(TỐI MẬT)",
    "«Tuyệt mật»",
    "Mật",
    "*MẬT*",
    "- MẬT -",
    "CV MẬT",
    "HỎA TỐC - MẬT",
    "Dấu: MẬT",
    "Số: 12/BC-SXD\nMẬT\nBÁO CÁO\nKết quả năm",
    "MẬT\nKẾ HOẠCH",
    "MẬT\nCHỈ THỊ",
    "TỐI MẬT ĐỘ KHẨN: HỎA TỐC",
    "MẬT - ĐỘ KHẨN: THƯỢNG KHẨN",
    "Độ mật: Mật",
    "ĐỘ MẬT: TỐI",
    "Độ bí mật: tuyệt",
    "độ mật - Tối mật",
    "Mức mật: Mật",
    "văn bản Mật số 5",
    "đóng dấu Mật rồi ạ",
    "Đây là tài liệu tối mật của Sở",
    "TuyỆt MẬt",
    "MẬT BÁO CÁO TUẦN",
    "Gửi anh bản MẬT để xem",
    "Tờ trình MẬT, đề nghị ký",
    # invisible characters, other alphabets, other widths
    "M\u00adẬT",
    "M\u034fẬT",
    "MẬ\u200bT",
    "M\u2060ẬT",
    "M\u3164ẬT",
    "M\uffa0ẬT",
    "M\U000e0020ẬT",
    "M\ufe0fẬT",
    "M\u180eẬT",
    "ＭẬＴ",
    "\u041cẬ\u0422",
    "M\u0410\u0302\u0323\u0422",
    "\u039c\u0391\u0323\u0302\u03a4",
    "𝐌Ậ𝐓",
    "Ⓜ\u200bẬⓉ",
    "🅼Ậ🆃",
    "M\u0336Ậ\u0336T\u0336",
    "ᴍẬᴛ",
    # letters apart, joined, over lines
    "M Ậ T",
    "M.Ậ.T",
    "M-Ậ-T",
    "M_Ậ_T",
    "M·Ậ·T",
    "M\nẬ\nT",
    "M\nẬT",
    "m ậ t",
    "T Ố I  M Ậ T",
    "T.U.Y.Ệ.T M.Ậ.T",
    "TỐIMẬT",
    "TuyệtMật",
    "TỐI_MẬT",
    "TUYỆT-MẬT",
    "TỐI\nMẬT",
    "TUYỆT\r\nMẬT",
    "TỐI\u2028MẬT",
    # names of files
    "Mật.docx",
    "mật.pdf",
    "MAT.pdf",
    "VB TOI MAT.pdf",
    "TUYET_MAT.docx",
    "T.O.I M.A.T.pdf",
    "CV_TỐI_MẬT_01.pdf",
    "(MAT) KH 2027.docx",
    "Công văn mật.pdf",
    "CV_Mật_01.docx",
    "hồ sơ mật (2).pdf",
    "QD-TOI-MAT-V2.XLSX",
    "MẬT01.pdf",
    "cv_toi_mat.pdf",
    "Toi Mat 12.docx",
    "ToiMat.pdf",
    "tuyet-mat.jpg",
    "cong van mat.pdf",
    "CV_12_mat.pdf",
    "vb so 7 mat (1).docx",
    # without marks, where nothing else is written so
    "Công văn TUYET MAT số 3",
]
ORDINARY = [
    "bảo mật",
    "mật",
    "mật độ xây dựng",
    "MẬT ĐỘ XÂY DỰNG KHU A",
    "BẢO MẬT THÔNG TIN",
    "BẢO_MẬT_HỆ_THỐNG.docx",
    "MẬTX",
    "MẬT ĐỘ XÂY DỰNG",
    "MẬT-ĐỘ",
    "MẬT_ĐỘ.xlsx",
    "MẬT  ĐỘ",
    "BẢO MẬT",
    "BẢO-MẬT",
    "BẢO_MẬT.pdf",
    "Bảo MẬT tài khoản",
    "BÍ MẬT NHÀ NƯỚC",
    "CƠ MẬT VIỆN",
    "GIẢI MẬT HỒ SƠ",
    "SỎI MẬT",
    "TÚI MẬT",
    "ĐƯỜNG MẬT",
    "MẬT ONG",
    "ONG MẬT",
    "MẬT MÃ",
    "MẬT KHẨU MỚI",
    "MẬT THIẾT",
    "THÂN MẬT",
    "TRỌNG MẬT",
    "MẬT BÁO",
    "MẬT VỤ",
    "MẬT THƯ",
    "MẬT HIỆU",
    "HỆ SỐ MẬT ĐỘ",
    "NƯỚC MẬT",
    "ỐNG MẬT CHỦ",
    "GAN MẬT",
    "MẬT GẤU",
    "MẬT NGỌT",
    "MẬT MÍA",
    "NGHIÊM MẬT",
    "CẨN MẬT",
    "MẬT TÔNG",
    "MẬT THÁM",
    "MẬT LỢN",
    "KHOAI MẬT",
    "BẢO\nMẬT",
    "MẬT\nĐỘ",
    "B Ả O  M Ậ T",
    "M Ậ T  Đ Ộ",
    "Đ Ộ  M Ậ T  Đ Ộ",
    "BẢO M\u200bẬT",
    "Mật độ xây dựng tối đa 40%",
    "Buổi tối mật độ xe trên cầu tăng cao",
    "buổi tối mật ong rẻ hơn",
    "Tối mật mã hóa lại",
    "Lý Văn Mật",
    "Đồng chí Mật đã gửi báo cáo",
    "Độ mật: Không",
    "ĐỘ MẬT: KHÔNG",
    "độ mật tối thiểu",
    "Tài liệu mật thì không được gửi qua đây đúng không ạ",
    "mật ngọt chết ruồi",
    "Nuôi ong lấy mật",
    "đường, sữa, mật",
    "TOI MAT DIEN THOAI",
    "toi mat ba ngay",
    "MAT BANG TANG 1.dwg",
    "TOI UU MAT DO.xlsx",
    "BE MAT DUONG.pdf",
    "MẶT BẰNG",
    "MẤT MÁT",
    "MẮT",
    "RA MẮT",
    "TOI MAT DO.pdf",
    "Thạc sĩ mật mã học",
    "LẬP QUY HOẠCH ĐẤT",
    "MẶT CẮT NGANG.dwg",
    "",
    "   ",
    "Trần Mật - Phòng Ví dụ",
    "thẩm mỹ",
    "format.pdf",
    "automat.docx",
    "MATLAB.pdf",
]


@pytest.mark.parametrize("text", MARKS, ids=ascii)
def test_a_mark_is_seen_however_it_is_written(text: str) -> None:
    assert secret_mark(text)
    assert secret_mark(f"Kính gửi Văn phòng\n{text}\nTrân trọng") or "." in text


@pytest.mark.parametrize("text", ORDINARY, ids=ascii)
def test_an_ordinary_word_is_let_through(text: str) -> None:
    assert not secret_mark(text)


@pytest.mark.parametrize(
    "unit",
    [
        "M ",
        "MẬT ĐỘ ",
        "M\n",
        "- ",
        "Mật ",
        "(",
        "độ mật: ",
        "T Ố I ",
        "\u0302",
        "Ậ",
        "mật\n",
        "._",
        "TỐI",
        "tối mật độ ",
    ],
)
def test_what_is_long_is_looked_through_in_a_moment(unit: str) -> None:
    text = unit * (100_000 // len(unit)) + "x"
    began = perf_counter()
    secret_mark(text)
    assert perf_counter() - began < 10


@pytest.mark.parametrize("text", ["T Ố I  M Ậ T", "M\u3164ẬT", "Độ mật: Mật"])
async def test_a_marked_message_is_not_kept_and_its_writer_is_told(office: Office, text: str) -> None:
    assert "bí mật nhà nước" in await office.says("officer", text)
    assert await office.value("SELECT body FROM inbox ORDER BY id DESC LIMIT 1") is None


async def test_a_file_with_a_marked_name_is_not_kept(office: Office) -> None:
    path = office.folder.parent / "VB TOI MAT.pdf"
    path.write_bytes(b"%PDF noi dung")
    assert "bí mật nhà nước" in await office.says(
        "officer", "/dangky sk", "Kho bản vẽ", "3", "sửa tóm tắt", f":file {path}"
    )
    assert await office.value("SELECT COUNT(*) FROM content") == 0


async def test_what_bears_a_mark_stands_nowhere(office: Office) -> None:
    chat = (await office.chat("officer"))._chat
    await office.says("officer", "TỐI MẬT Thạch sùng")
    await office.app.receive(chat, "m2", {"text": "/viec", "label": "[MẬT] Thạch sùng"})
    await office.app.drain()
    assert await where(office, "Thạch sùng") == {}


async def test_parts_of_one_answer_bear_no_mark_together(office: Office) -> None:
    long = "Cách làm chung của cả phòng. " * 60
    said = await office.says(
        "officer",
        "/dangky sk",
        "Kho bản vẽ dùng chung",
        "3",
        "sửa tóm tắt",
        f"{long} Tài liệu này Tối",
        "mật số 12 Thạch sùng",
    )
    assert "bí mật nhà nước" in said
    assert await where(office, "Thạch sùng") == {}
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'summary'") == 1
