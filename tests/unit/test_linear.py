"""Nobody is stopped by what one person types: every parser does with a great deal of junk what it does with little.

Each is called by itself, with no limit before it. The bounds are wide, since the machine has other things to
do: something that grows with the square of a text would need minutes for these.
"""

import sys
from decimal import Decimal
from time import process_time

import pytest

from bench.parsers import JUNK, junk, parsers
from bot.language.author_shares import read_shares
from bot.language.text import SHORT, _fold_short, clean, fold
from tests.conftest import Office

pytestmark = pytest.mark.slow

PARSERS = parsers()
LONG = 50_000
BOUND = 4.0


@pytest.mark.parametrize("name", PARSERS)
def test_a_parser_reads_a_great_deal_of_any_junk_in_a_moment(name: str) -> None:
    for kind, unit in JUNK.items():
        text = junk(unit, LONG, "x")  # which no pattern expects at the end of all that
        began = process_time()
        PARSERS[name](text)
        took = process_time() - began
        assert took < BOUND, f"{name} takes {took:.1f} s for {LONG} characters of {kind}"


@pytest.mark.parametrize("marks", ["\u0302\u0323", "\u0323\u0302\u0301", "\U0001d165\U0001d16d", "\u064b\u0651"])
def test_marks_heaped_on_a_letter_are_not_put_in_order_one_by_one(marks: str) -> None:
    began = process_time()
    assert len(clean("a" + marks * 200_000)) < 10
    assert process_time() - began < BOUND
    assert clean("A\u0302\u0323") == "Ậ", "those of our letters are"


def test_a_long_text_is_not_remembered() -> None:
    before = _fold_short.cache_info().currsize
    for n in range(50):
        fold(f"{n} " + "Đ" * SHORT)
    assert _fold_short.cache_info().currsize == before
    fold(f"chỉ một lần {before}")
    assert _fold_short.cache_info().currsize == before + 1 or before == 8192
    assert sys.getsizeof("Đ" * SHORT) < 1_000


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Nông Văn Mẫu: (60)", [("Nông Văn Mẫu", Decimal(60))]),
        ("tôi = 60; An – 40%", [("tôi", Decimal(60)), ("An", Decimal(40))]),
        (", ".join(["An 1"] * 50), []),
    ],
)
def test_shares_are_read_as_before(text: str, named: list[tuple[str, Decimal]]) -> None:
    assert read_shares(text) == named


async def test_many_names_that_may_mean_several_are_asked_about_at_once(office: Office) -> None:
    """Each name that two people have doubles the meanings of the answer: thirty would have a billion."""
    await office.app.db.write(
        lambda tx: [
            tx.run(
                "INSERT INTO person (name, name_fold, unit, role) VALUES (:name, :fold, 'QLXD', 'officer')",
                name=f"Lý Văn Đôi{'' if n % 2 else ' '}",
                fold="ly van doi",
            )
            for n in range(4)
        ]
    )
    began = process_time()
    said = await office.says("officer", "/dangky sk", "Kho bản vẽ", "3", "2", ", ".join(["Doi 2"] * 30))
    assert process_time() - began < 60
    assert "Câu" in said


@pytest.mark.parametrize(
    "command",
    [
        "nghiphep",
        "viec",
        "cuatoi",
        "dondoc",
        "lich",
        "xembaocao",
        "xemban",
        "congnhan",
        "thoihan",
        "moinguoi",
        "hen",
        "tonghop",
        "dangky",
        "mocgiay",
        "xulythay",
        "viechan",
    ],
)
async def test_no_command_is_stopped_by_what_follows_it(office: Office, command: str) -> None:
    for who in ("office", "head"):
        for unit in ("-", "9", "1 đến ", "/", "a("):
            began = process_time()
            await office.says(who, f"/{command} {junk(unit, 7_900, 'x')}")
            assert process_time() - began < BOUND
    parked = await office.rows("SELECT substr(json_extract(body, '$.text'), 1, 40) FROM inbox WHERE state = 'parked'")
    assert parked == []
