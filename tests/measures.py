"""A plan that measures in every way: two sums, of the units and of the office; two counts; people; a reduction in kWh."""

import re

from tests.conftest import PLAN_TEXT

TARGETS = """
[[targets]]
code = "7"
name = "Mỗi năm trồng ít nhất 200 cây xanh tại trụ sở và công trình"
short = "Trồng cây xanh"
measure = "sum"
goal = 200
question = "trồng bao nhiêu cây xanh"
thing = "cây xanh"
unit = "cây"
units = { "chục cây" = "10" }
beside = ["xanh"]
example = "12"
may_not_apply = true

[[targets]]
code = "8"
name = "Tiết kiệm ít nhất 2,5 tỷ đồng chi thường xuyên"
short = "Tiết kiệm chi thường xuyên"
measure = "sum"
goal = 2500
asked_of = "office"
question = "tiết kiệm bao nhiêu triệu đồng chi thường xuyên"
unit = "triệu đồng"
units = { "tỷ đồng" = "1000" }
example = "1200"

[[targets]]
code = "9"
name = "Có ít nhất 01 mô hình được công nhận cấp tỉnh"
short = "Mô hình cấp tỉnh"
measure = "count"
goal = 1
counted = { what = "recognised", kinds = ["mh"], level = "tinh" }

[[targets]]
code = "10"
name = "Có ít nhất 40 phiếu đăng ký được xác nhận"
short = "Phiếu được xác nhận"
measure = "count"
goal = 40
counted = { what = "confirmed" }

[[targets]]
code = "11"
name = "30% công chức, viên chức đăng ký sáng kiến"
short = "Người có sáng kiến"
measure = "people"
goal = 30
counted = { what = "registered", kinds = ["sk"] }

[[targets]]
code = "12"
name = "Giảm 15% điện năng tại trụ sở đến năm 2030"
short = "Điện năng"
measure = "reduction"
goal = 15
question = "dùng bao nhiêu kWh điện"
thing = "điện"
unit = "kWh"
units = { "MWh" = "1000" }
beside = ["điện", "số"]
example = "5200"
by_year = 2030

"""


def target_of(code: str, text: str = PLAN_TEXT) -> str:
    """The lines of one target."""
    found = re.search(rf'\[\[targets\]\]\ncode = "{code}"\n.*?\n\n', text, re.DOTALL)
    assert found is not None
    return found[0]


def with_radar(text: str, *codes: str) -> str:
    """The plan with these targets watched, and no others."""
    bare = re.sub(r'\[\[radar\]\]\ntarget = ".*"\non = ".*"[^\n]*\n+', "", text)
    return bare + "".join(f'\n[[radar]]\ntarget = "{code}"\non = "09-01"\n' for code in codes)


MEASURES = with_radar(
    PLAN_TEXT.replace(target_of("4"), "").replace(target_of("6"), "").replace(target_of("5"), TARGETS.lstrip()),
    *("7", "9", "10", "11", "12"),
)
"""The shipped plan with these targets beside its first, second and third."""
