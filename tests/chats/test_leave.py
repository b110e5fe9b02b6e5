"""Leave: what is said of who acts meanwhile is what happens."""

import pytest

from tests.conftest import Office

AWAY = "nghỉ phép đến 25/10"
NOBODY = "Không cử ai"


async def test_where_a_unit_has_deputies_they_act_when_nobody_is_named(office: Office) -> None:
    asked = await office.says("head", AWAY)
    assert "[Cấp phó của đơn vị]" in asked
    assert NOBODY not in asked
    assert "chuyển đến cấp phó" in await office.says("head", "cấp phó của đơn vị", "ghi lại")


async def test_where_a_unit_has_no_deputy_none_is_promised(office: Office) -> None:
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET active = 0 WHERE unit = 'QLXD' AND role = 'deputy'"))
    asked = await office.says("head", AWAY)
    assert "Cấp phó của đơn vị" not in asked
    assert f"[{NOBODY}]" in asked
    assert "Đơn vị không có cấp phó: nếu không cử ai, việc đến hạn trong thời gian này chưa có người nhận." in asked
    assert "chưa có người nhận" in await office.says("head", NOBODY, "ghi lại")


@pytest.mark.parametrize("skipped", [NOBODY, "bỏ qua"])
async def test_nobody_acts_for_a_deputy_unless_named(office: Office, skipped: str) -> None:
    asked = await office.says("Nông Thị Phác Thảo", AWAY)
    assert "Cấp phó của đơn vị" not in asked
    assert "Trợ lý không nhắc đồng chí" in await office.says("Nông Thị Phác Thảo", skipped, "ghi lại")


@pytest.mark.parametrize("until", ["đến 25/10", "den 25/10", "tới 25/10", "đến hết ngày 25/10", "đến thứ Hai tuần sau"])
async def test_where_only_the_last_day_is_said_it_is_from_today_on(office: Office, until: str) -> None:
    said = await office.says("officer", f"nghỉ phép {until}", "ghi lại")
    assert "từ 18/10/2027 đến hết ngày 25/10/2027" in said
