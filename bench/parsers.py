"""How the time of every parser of what people type grows with the length of junk: `./run bench --parsers`.

Each parser is called by itself, with no limit before it, on every kind of junk at 1, 2, 4 and 8 kB.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from time import process_time
from types import SimpleNamespace
from typing import Any, cast

from bot.channels import limits
from bot.conversation.context import Visit
from bot.conversation.feature import gather
from bot.conversation.menu_words import calling
from bot.dialogue import authors, fields, spans
from bot.dialogue.noise import courtesy, passed_on
from bot.dialogue.turn import Choice, Scene
from bot.dialogue.words import close_word, exact, near
from bot.language import person_names, phone, read_years, record_codes
from bot.language.author_shares import read_shares
from bot.language.dates import read_day, read_span
from bot.language.garbled import looks_legacy, looks_unmarked
from bot.language.i18n import Words
from bot.language.numbers import read_amount, read_fraction
from bot.language.periods import read_period
from bot.language.secret_marks import secret_mark
from bot.language.text import clean, clean_line, file_name, fold, name_of, number, signs
from bot.movement.plan import Plan
from bot.office.opened_years import unclear
from bot.office.report import amounts, kinds, share_answers
from bot.office.report.facts import ReportFacts
from bot.server.clock import OFFICE
from bot.server.settings import PLAN

SIZES = (1_000, 2_000, 4_000, 8_000)
WORST = 2.5
"""How much longer twice as much may take."""
LEAST = 0.001
"""Seconds that one measurement takes at least, by repetition."""

JUNK: Mapping[str, str] = {
    "hyphens": "-",
    "hyphens with blanks": " - ",
    "slashes": "/",
    "dots": ".",
    "commas": ",",
    "blanks": " ",
    "newlines": "\n",
    "digits": "9",
    "digits and dots": "1.",
    "digits and blanks": "1 234 ",
    "a day and a month": "1/1/",
    "percent signs": "%",
    "letters": "a",
    "words": "việc ",
    "«từ»": "từ ",
    "«đến»": "đến ",
    "«ngày 3 đến»": "ngày 3 đến ",
    "«thứ»": "thứ Hai ",
    "«tháng»": "tháng ",
    "a name with brackets": "a(",
    "«tôi 50,»": "tôi 50, ",
    "«và»": "An và ",
    "«trên tổng số»": "5 trên tổng số ",
    "«ước cả năm»": "ước cả năm ",
    "brackets": "(",
    "quotation marks": "«",
    "marks in turns": "\u0302\u0323",
    "a mark": "\u0301",
    "letters taken apart": "ậ",
    "invisible blanks": "\u200b",
    "directions": "\u202e",
    "emoji": "👨\u200d",
    "signs of old encodings": "©n ",
    "telephone numbers": "+84 ",
    "codes": "SK-2027-",
    "«M Ậ T»": "M Ậ T ",
    "«độ mật»": "độ mật: ",
    "«TỐI»": "TỐI ",
    "half an emoji": "\ud83d",
    "links": "http://a@",
}


@dataclass(frozen=True)
class _Speaker:
    id: int
    name: str


class _Known(ReportFacts):
    """What the parsers look at: how many people the unit has."""

    def __init__(self) -> None:
        """Know nothing else, and ask no database."""

    @cached_property
    def people(self) -> int:
        return 18


def _phrases() -> list[str]:
    import handlers

    return [
        fold(each)
        for command in gather(handlers.FEATURES).commands.values()
        for each in Words("vi").say(command.words).split("|")
    ]


def parsers() -> Mapping[str, Callable[[str], Any]]:
    """Every parser by its name: given a text, whatever it comes to."""
    import handlers

    plan = Plan.parse(PLAN.read_text(encoding="utf-8"))
    today, now = date(2027, 10, 18), datetime(2027, 10, 18, 8, 30, tzinfo=OFFICE)
    roster = [
        (n, name, "QLXD")
        for n, name in enumerate(["Nông Văn Mẫu", "Hoàng Văn Thử", "Lý Thị Ví Dụ", "Lý Văn An", "Hà Thị An"])
    ]
    scene = Scene(_Speaker(0, "Nông Văn Mẫu"), now, plan, Words("vi"), _Known())
    choices = [
        Choice(each, each) for each in ("Một mình tôi", "Có đồng tác giả", "Chưa áp dụng", "Đã áp dụng tại đơn vị")
    ]
    phrases = _phrases()
    menu = SimpleNamespace(features=gather(handlers.FEATURES, plan))
    visit = cast(Visit, SimpleNamespace(office=menu, words=Words("vi")))
    share = next(target for target in plan.targets if target.measure == "share")
    amount = next(target for target in plan.targets if target.amount)
    units = amount.measured_in
    read: dict[str, Any] = {
        "a line": fields.Line(),
        "a paragraph": fields.Paragraph(),
        "a day as an answer": fields.Day(),
        "a time as an answer": fields.Expected(),
        "a number as an answer": fields.Number(units),
        "authors": authors.Authors(lambda scene: roster),
        "days as an answer": spans.Days(),
        "a share": share_answers.Share(share),
        "an amount": amounts.Quantity(amount),
        "a narrative": kinds.Story(nothing="Không"),
    }
    return {
        "clean": clean,
        "clean_line": clean_line,
        "fold": fold,
        "signs": signs,
        "name_of": name_of,
        "file_name": file_name,
        "number": number,
        "looks_unmarked": looks_unmarked,
        "looks_legacy": looks_legacy,
        "secret_mark": secret_mark,
        "fit": lambda text: limits.fit({"text": text, "label": text}),
        "read_day": lambda text: read_day(text, today),
        "read_span": lambda text: read_span(text, today),
        "read_period": lambda text: read_period(text, today),
        "read_amount": lambda text: read_amount(text, units),
        "read_fraction": read_fraction,
        "read_years": lambda text: read_years(text, today),
        "what a year leaves": lambda text: unclear(text, today),
        "read_shares": read_shares,
        "a phone": phone.read_phone,
        "a vouched phone": phone.vouched,
        "a code": record_codes.read_code,
        "codes": record_codes.read_all,
        "a person": lambda text: person_names.meant(text, ((name, name) for _id, name, _unit in roster)),
        "a choice": lambda text: exact(text, choices, Words("vi")),
        "nearly a choice": lambda text: near(text, choices, Words("vi")),
        "a courtesy": courtesy,
        "a chat passed on": lambda text: passed_on(text, ["Mời đồng chí cho biết tên."]),
        "a mistyped word": lambda text: close_word(text, phrases),
        "a command in words": lambda text: calling(visit, text),
        **{name: lambda text, kind=kind: kind.read(text, {}, scene) for name, kind in read.items()},  # type: ignore[misc]  # bound at once
    }


def junk(unit: str, size: int, last: str = "") -> str:
    """So many characters of one kind, and what makes a match fail at its very end."""
    return (unit * (size // len(unit) + 1))[: size - len(last)] + last


def seconds(parse: Callable[[str], Any], text: str, least: float = LEAST) -> float:
    """What one call takes: the quickest of a few; of the processor's time, so that other work on the machine does not count."""
    began = process_time()
    parse(text)
    once = max(process_time() - began, 1e-7)
    times = max(1, int(least / once))
    best = once
    for _round in range(2):
        began = process_time()
        for _time in range(times):
            parse(text)
        best = min(best, (process_time() - began) / times)
    return best


@dataclass(frozen=True)
class Growth:
    """How one parser does on one kind of junk."""

    parser: str
    kind: str
    took: tuple[float, ...]

    @property
    def worst(self) -> float:
        """The largest ratio of a doubling."""
        return max(after / before for before, after in zip(self.took, self.took[1:], strict=False))


def growth(name: str, parse: Callable[[str], Any], kind: str, last: str) -> Growth:
    """Measure all sizes side by side; again when a doubling seems too dear, since the machine's speed changes."""
    texts = [junk(JUNK[kind], size, last) for size in SIZES]
    label = kind + (" + x" if last else "")
    best = Growth(name, label, tuple(seconds(parse, text) for text in texts))
    for _again in range(20):
        if best.worst <= WORST:
            break
        fresh = Growth(name, label, tuple(seconds(parse, text) for text in texts))
        best = min(best, fresh, key=lambda each: each.worst)
    return best


def main() -> int:
    """Print the worst of every parser; 1 when one grows too fast."""
    dear = 0
    print(
        f"{len(JUNK)} kinds of junk, each also with an «x» at its end; the worst doubling and the slowest text of each parser.\n"
    )
    print("| Parser | worst doubling | on | 8 kB at most, ms | on |\n|---|--:|---|--:|---|")
    for name, parse in parsers().items():
        found = [growth(name, parse, kind, last) for kind in JUNK for last in ("", "x")]
        worst, slowest = max(found, key=lambda each: each.worst), max(found, key=lambda each: each.took[-1])
        print(
            f"| {name} | {worst.worst:.2f} | {worst.kind} | {slowest.took[-1] * 1000:.2f} | {slowest.kind} |",
            flush=True,
        )
        dear += worst.worst > WORST
    print(f"\n{dear} parsers grow more than {WORST} times a doubling.")
    return int(bool(dear))
