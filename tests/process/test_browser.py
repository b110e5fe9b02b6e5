"""The page in a real browser: registering, confirming, reporting and summing up, on a phone and a desk."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.browsing import NEEDS_BROWSER, WAIT, opened, say, tap
from tests.server import Server

pytestmark = [NEEDS_BROWSER, pytest.mark.slow]


async def test_three_phones_see_each_others_steps_on_a_desk(browser: Browser, demo_server: Server) -> None:
    page, complaints = await opened(browser, demo_server.address, 1440, 900)
    officer, head, office = (page.locator(".phone").nth(n) for n in range(3))
    await expect(page.locator(".phone:visible")).to_have_count(3)
    await say(officer, "/dangky sk", "Câu 1/3")
    await say(officer, "Tra cứu hồ sơ cấp phép bằng mã QR ở một cửa", "Câu 2/3")
    await tap(officer, "3. Chuyển đổi số", "Câu 3/3")
    await tap(officer, "Một mình tôi", "Xem lại trước khi gửi")
    await tap(officer, "Gửi Trưởng phòng xác nhận", "Mã theo dõi: SK-2027-017")
    await expect(head.locator(".theirs").last).to_contain_text("Có phiếu chờ xác nhận", timeout=WAIT)
    await tap(head, "Xem và xác nhận", "Mời đồng chí xác nhận")
    await tap(head, "Xác nhận", "Đã xác nhận phiếu SK-2027-017")
    await expect(officer.locator(".theirs").last).to_contain_text("đã xác nhận phiếu", timeout=WAIT)
    await say(office, "tổng hợp 2026", "Tổng hợp năm 2026")
    picture = office.locator(".picture img").last
    await picture.scroll_into_view_if_needed()
    await expect(picture).to_have_js_property("naturalWidth", 1080, timeout=WAIT)
    assert complaints == []


async def test_the_head_files_the_report_and_the_draft_is_never_far(browser: Browser, demo_server: Server) -> None:
    page, complaints = await opened(browser, demo_server.address, 360, 740)
    await page.get_by_role("tab", name=re.compile("Hoàng Văn Thử")).click()
    head = page.locator(".phone.shown")
    await tap(head, "Mở báo cáo năm", "Phần 1/3: Chỉ tiêu")
    await expect(head.locator(".choice.main")).to_have_text(["Đúng số liệu"])
    await tap(head, "Đúng số liệu", "Năm 2026 đơn vị báo cáo: 5/5")
    await tap(head, "Giữ như năm 2026: 5/5", "Năm 2026 đơn vị báo cáo: 12/12")
    await tap(head, "Giữ như năm 2026: 12/12", "Giấy sử dụng")
    await say(head, "30,5", "Chỉ tiêu 6: Tập huấn kỹ năng số")
    await tap(head, "Giữ như năm 2026: 5/5", "Hồ sơ công việc xử lý trên môi trường mạng")
    await say(head, "400/400", "Phần 2/3: Kết quả theo nội dung")
    await tap(head, "Đồng ý dự thảo", "Công tác tuyên truyền")
    await say(head, "Đã phổ biến tại họp phòng", "Công tác kiểm tra")
    await tap(head, "Không có", "Nội dung II.4")
    await tap(head, "Không phát sinh", "Nội dung II.5")
    await tap(head, "Không phát sinh", "Phần 3/3")
    await tap(head, "Giữ nguyên", "Khó khăn, vướng mắc")
    await tap(head, "Không có", "Đề xuất, kiến nghị")
    await tap(head, "Không có", "Xem lại trước khi gửi")
    await tap(head, "Gửi Văn phòng Sở", "Mã theo dõi: BC-2027-QLXD")
    await tap(head, "Xem báo cáo", "bản 1, gửi lần đầu")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert complaints == []


async def test_one_phone_with_a_switch_at_360_pixels(browser: Browser, demo_server: Server) -> None:
    page, complaints = await opened(browser, demo_server.address, 360, 740)
    await expect(page.locator(".phone:visible")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.get_by_role("tab", name=re.compile("Hoàng Văn Thử")).click()
    head = page.locator(".phone.shown")
    await expect(head.locator(".theirs").last).to_contain_text("Mở kỳ gửi báo cáo", timeout=WAIT)
    await page.get_by_role("button", name="Đến sự kiện tiếp theo").click()
    await expect(page.locator("#now")).not_to_contain_text("08:30", timeout=WAIT)
    await say(head, "viec", "Việc của đồng chí Thử")
    small = await page.evaluate(
        """() => [...document.querySelectorAll('button')].filter(b => b.offsetParent)
              .filter(b => b.getBoundingClientRect().height < 43).map(b => b.textContent)"""
    )
    assert small == [], "buttons too small for a thumb"
    assert complaints == []


async def test_the_heads_board_changes_where_it_stands(browser: Browser, demo_server: Server) -> None:
    page, complaints = await opened(browser, demo_server.address, 1440, 900)
    officer, head = (page.locator(".phone").nth(n) for n in range(2))
    await say(head, "đơn vị tôi", "Chưa mở báo cáo năm 2027")
    board = head.locator(".theirs", has_text="việc gửi Văn phòng Sở")
    await say(head, "trợ giúp", "Trợ lý giúp đồng chí Thử")
    bubbles = await head.locator(".bubble").count()
    place = await head.locator(".log").evaluate("log => log.scrollTop = 40")
    await say(officer, "/dangky sk", "Câu 1/3")
    for text, answer in (
        ("Tra cứu hồ sơ cấp phép bằng mã QR ở một cửa", "Câu 2/3"),
        ("3", "Câu 3/3"),
        ("một mình tôi", "Xem lại trước khi gửi"),
        ("gửi", "Mã theo dõi"),
    ):
        await say(officer, text, answer)
    await expect(board).to_contain_text("Phiếu chờ xác nhận: 01", timeout=WAIT)
    await expect(board.get_by_role("button", name="Xác nhận phiếu")).to_have_count(1)
    await expect(head.locator(".theirs").last).to_contain_text("Có phiếu chờ xác nhận", timeout=WAIT)
    shown = await head.locator(".bubble").all_inner_texts()
    assert len(shown) == bubbles + 1, f"the news of the sheet, and nothing else: {shown}"
    assert await head.locator(".log").evaluate("log => log.scrollTop") == place
    await page.reload()
    await page.wait_for_selector(".phone.shown")
    await expect(board).to_contain_text("Phiếu chờ xác nhận: 01", timeout=WAIT)
    await expect(board).to_have_count(1)
    assert complaints == []


async def test_what_was_written_while_the_server_was_down_is_sent(browser: Browser, demo_server: Server) -> None:
    page, _complaints = await opened(browser, demo_server.address, 1440, 900)
    officer = page.locator(".phone").first
    await say(officer, "việc", "Việc của đồng chí Mẫu")
    await demo_server.kill()
    await officer.locator("textarea").fill("trợ giúp")
    await officer.locator("textarea").press("Enter")
    await demo_server.start()
    await demo_server.ready()
    await expect(officer.locator(".theirs").last).to_contain_text("Trợ lý giúp đồng chí Mẫu", timeout=WAIT)
    await expect(officer.locator(".mine", has_text="trợ giúp")).to_have_count(1)


async def test_an_edited_message_changes_its_answer_and_the_language_switches(
    browser: Browser, demo_server: Server
) -> None:
    page, _complaints = await opened(browser, demo_server.address, 1440, 900)
    officer = page.locator(".phone").first
    await say(officer, "/dangky sk", "Câu 1/3")
    await say(officer, "Tra cứu hồ sơ cấp phép bằng mã QR", "Câu 2/3")
    await officer.locator(".mine", has_text="Tra cứu hồ sơ").hover()
    await officer.get_by_role("button", name="Sửa tin này").last.click()
    await say(officer, "Tra cứu hồ sơ cấp phép bằng mã QR tại một cửa", "Đã sửa câu 1")
    await page.get_by_role("button", name="EN").click()
    await expect(page.get_by_role("button", name="Next event")).to_be_visible(timeout=WAIT)
    await say(page.locator(".phone").first, "/viec", "Tasks of")
