"""What a person may type: right answers to a question by its kind, wrong ones, and what answers nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from bot.dialogue import Day, Expected, Field, Files, Line, Number
from bot.language.text import fold
from bot.office.report.amounts import Quantity
from bot.office.report.share_answers import Share
from tests.walker.invented import GIVEN

ONE = timedelta(days=1)
TITLES = (
    "Số hóa hồ sơ lưu trữ của phòng, đợt {n}",
    "Bộ câu hỏi kiểm tra dùng chung cho các đoàn, lần {n}",
    "Rút gọn quy trình thẩm định còn {n} bước",
    "Nhắc lịch kiểm định thiết bị bằng tin nhắn, mẫu {n}",
    "Sổ tay hướng dẫn {n} câu hỏi thường gặp của người dân",
    "Tổ chức họp không giấy tờ tại đơn vị, phương án {n}",
)
TEXTS = (
    "Đã rà soát {n} hồ sơ; kết quả được công khai tại phòng.",
    "Phối hợp với các đơn vị liên quan, hoàn thành {n} nội dung trong quý.",
    "Mỗi tuần một buổi, mỗi người mang một việc thật ra làm thử, lần {n}.",
    "Còn {n} hồ sơ phải bổ sung do chờ ý kiến của cơ quan liên quan.",
)
JUNK = (
    "??",
    "ừ",
    "vâng ạ",
    "không biết",
    "😀",
    "0",
    "999999999999",
    "-5",
    "1/0",
    "31/02/2027",
    "32/13/2029",
    "99/99",
    "ngày mai của hôm kia",
    "1.234.5,6,7",
    "a" * 400,
    "ơi " * 700,
    "<b>đậm</b> & \"nháy\" 'đơn'",
    "%s %d \\n",
    "'; DROP TABLE person; --",
    "\u200b",
    "́̀",
    "Ai đó gửi lúc 08:00: nhớ báo cáo nhé",
    "gửi gửi gửi",
    "sửa",
    "sửa 99 không có mục này",
    "sửa 1 Đổi tên thành nội dung khác hẳn",
    "/khongcolenhnay",
    "/",
    "1",
    "7",
    "tôi 60, Trần Ví Hung 40",
    "tôi 150",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed, and the value it must come to where that is known."""

    text: str
    means: Any = None
    file: bool = False
    sure: bool = True
    """Whether the question should take it: where nothing is known of it, it is only tried."""


def right(dice: Random, field: Field, offered: Sequence[str], shown: str, today: date, n: int) -> list[Typed]:
    """Return answers that this question should take, by its kind and by what stands below it."""
    kind, found = field.kind, list[Typed]()
    if isinstance(kind, Files):
        return [Typed("", file=True), Typed("xong")]
    for place, label in enumerate(offered, 1):
        found += [Typed(label), Typed(label if kind.digits or kind.text else str(place)), Typed(fold(label))]
    if isinstance(kind, Day):
        days = [day_typed(dice, _near(dice, today, kind), today) for _ in range(3)]
        found += [replace(each, sure=field.refuse is None) for each in days]
    elif isinstance(kind, Expected):
        month = dice.randint(1, 12)
        found += [Typed(f"tháng {month}/{today.year}"), Typed(f"quý {dice.randint(1, 4)}/{today.year}")]
        found += [Typed(day_typed(dice, today + dice.randint(1, 90) * ONE, today).text)]
    elif isinstance(kind, Share):
        whole = dice.randint(1, 40)
        found += [Typed(f"{dice.randint(0, whole)}/{whole}"), Typed(f"{whole} / {whole}"), Typed(f"{whole}/{whole}")]
    elif isinstance(kind, Number | Quantity):
        found += [amount_typed(dice) for _ in range(3)]
    elif isinstance(kind, Line) and kind.text:
        found += [_text(dice, kind, n) for _ in range(3)]
        if kind.shortest < 4:
            found.append(Typed(f"{dice.randint(1, 300)}/CV-VP"))
    elif hasattr(kind, "roster"):
        found += [Typed("tôi"), Typed(f"tôi 60, Trần Ví {dice.choice(GIVEN)} 40", sure=False)]
    likely = [*_examples(shown), *_CODE.findall(shown), "5", "3/3", f"{today:%d/%m/%Y}"]
    return [*found, *(Typed(each, sure=False) for each in (_examples(shown) if found else likely))]


def _text(dice: Random, kind: Line, n: int) -> Typed:
    long = kind.longest > 1000
    text = dice.choice(TEXTS if long or dice.random() < 0.3 else TITLES).format(n=n)
    if long and dice.random() < 0.05:
        text = f"{text} " * 40
    if long and dice.random() < 0.2:
        text += f"\nĐợt sau dự kiến {n + 1} nội dung."
    return Typed(text, text.strip())


def _near(dice: Random, today: date, kind: Day) -> date:
    first, last = (0 if not kind.past else -40), (0 if not kind.ahead else 60)
    return today + dice.randint(first, last) * ONE


def day_typed(dice: Random, day: date, today: date) -> Typed:
    """Return a day as people type it."""
    ways = [f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%Y-%m-%d}"]
    ways.append(f"ngày {day.day} tháng {day.month} năm {day.year}")
    if day == today:
        ways += ["hôm nay", "hom nay"]
    if day == today + ONE:
        ways += ["mai", "ngày mai"]
    if day.year == today.year:
        ways += [f"{day.day}/{day.month}"]
    return Typed(dice.choice(ways), day.isoformat())


def amount_typed(dice: Random) -> Typed:
    """Return an amount as people write it."""
    whole, half = dice.randint(0, 900), dice.choice((0, 5))
    n = Decimal(whole) + Decimal(half) / 10
    ways = [f"{whole},{half}" if half else str(whole), f"{whole},{half}0"]
    return Typed(dice.choice(ways), n)


_CODE = re.compile(r"[A-ZĐ]{2,4}-\d{4}-\w+")
_EXAMPLE = re.compile(r"Ví dụ: ([^\n]+)")


def _examples(shown: str) -> list[str]:
    return [each.strip() for found in _EXAMPLE.findall(shown) for each in found.split("; ")]


def wrong(dice: Random) -> Typed:
    """Return what hardly answers anything."""
    return Typed(dice.choice(JUNK))


def said(value: Any, typed: Typed) -> bool:
    """Whether a stored value is what was typed, as far as that is known."""
    means = typed.means
    if means is None:
        return True
    if isinstance(means, Decimal):
        given = value.get("n") if isinstance(value, dict) else value
        return isinstance(given, str) and Decimal(given) == means
    if isinstance(value, str):
        return " ".join(value.split()) == " ".join(str(means).split()) or value.endswith(str(means).strip())
    return isinstance(value, dict)  # a text that is kept in parts with files, or means «nothing»
