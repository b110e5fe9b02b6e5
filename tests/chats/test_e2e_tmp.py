import pytest
from tests.conftest import Office
S=[("officer","co viec gi can lam ko"),("officer","phiếu tôi đã gửi đâu rồi"),("head","xin lùi ngày gửi đến 12/11"),("office","ai chưa báo cáo"),("office","nhắc các đơn vị"),("office","nhắc phòng QLXD nộp kế hoạch"),("officer","rút phiếu 012"),("head","chốt danh sách"),("head","năm nay không đăng ký"),("office","xem báo cáo năm ngoái của QLXD"),("head","hẹn báo cáo 3/11"),("office","bên kế hoạch tài chính đã gửi báo cáo chưa"),("officer","tuần sau em đi công tác từ 25/10 đến 29/10"),("officer","SK-2027-001"),("office","chị Nông Thị Nghĩ nghỉ hưu từ 1/11"),("head","để Nông Văn Mẫu viết báo cáo năm nay"),("officer","trời hôm nay đẹp quá"),("officer","xác nhận tất cả"),("head","xác nhận tất cả phiếu"),("office","sáp nhập KHTC vào QLXD từ 01/07/2028")]
async def test_it(office: Office):
    for who,s in S:
        print("##",who,":",s); h=await office.says(who,s); print(h.split("---\n")[-2][:700] if "---\n" in h else h[:700]); await office.says(who,"/thoat")
