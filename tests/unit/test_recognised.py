"""What sentences that are no menu words are taken for: two thousand of them by people who have not seen the examples."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from bot.conversation import likely, recognised
from bot.conversation.authority import _never
from bot.conversation.feature import Command
from bot.conversation.menu_words import Sure, calling
from bot.conversation.recognised import AskedFor
from bot.language import FactKind, Phrasebook, Terms, Words, facts_in, fold, phrasebook
from bot.language.learning import Example, learnt, read, stamp_of, written
from bot.language.phrasebook import ALIKE, LEARNT, NOTHING, PHRASES, SHORTHAND, rows, stamp
from bot.movement import Role
from handlers import FEATURES

TODAY = date(2027, 10, 18)
UNSEEN = Path(__file__).parents[1] / "phrases"
COMMANDS: dict[str, Command] = {each.name: each for feature in FEATURES for each in feature.commands}
ROLES = {
    "officer": Role.OFFICER,
    "head": Role.HEAD,
    "office": Role.OFFICE,
    "leader": Role.LEADER,
    "admin": Role.ADMIN,
    "union": Role.OFFICER,
}
MEANT_NOTHING = "-"
TABLES = ("one", "two", "three", "four", "five")


class NamedUnit(NamedTuple):
    """A unit of the office in which the sentences are said."""

    code: str
    name: str


UNITS = [
    NamedUnit("VP", "Văn phòng Sở"),
    NamedUnit("QLXD", "Phòng Quản lý xây dựng"),
    NamedUnit("KHTC", "Phòng Kế hoạch - Tài chính"),
    NamedUnit("QLN", "Phòng Quản lý nhà và Thị trường bất động sản"),
    NamedUnit("VTAT", "Phòng Quản lý vận tải và an toàn giao thông"),
    NamedUnit("QHKT", "Phòng Quy hoạch - Kiến trúc"),
    NamedUnit("TTKD", "Trung tâm Kiểm định chất lượng công trình"),
]


@dataclass(frozen=True)
class Unseen:
    """A sentence, who types it, and the commands that would be right."""

    who: str
    sentence: str
    meant: tuple[str, ...]
    said: str


def unseen(name: str) -> list[Unseen]:
    """The sentences of one table."""
    lines = (UNSEEN / f"unseen_{name}.tsv").read_text(encoding="utf-8").splitlines()
    cells = [(*line.split("\t"), "", "") for line in lines if line.strip()]
    return [Unseen(who, sentence, tuple(meant.split("|")), said) for who, sentence, meant, said, *_rest in cells]


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    """The examples as they are shipped."""
    return phrasebook(Terms())


def asked(book: Phrasebook, who: str, sentence: str) -> list[AskedFor]:
    """What the sentence may ask for, of what this role may do."""
    facts, found = facts_in(sentence, TODAY, UNITS, []), dict[str, AskedFor]()
    for each in book.meant(sentence, facts):
        name, _space, sub = each.label.partition(" ")
        serves = COMMANDS[name].serves
        if name not in found and (serves.by_role(ROLES[who]) or serves.also is not _never):
            found[name] = recognised._filled(book, COMMANDS[name], sub, each, sentence, facts)
    return list(found.values())


def taken_for(book: Phrasebook, of: Unseen) -> tuple[bool, list[str]]:
    """Whether something is done at once, and what may then be tapped too: else the three that are offered."""
    visit: Any = SimpleNamespace(office=SimpleNamespace(features=SimpleNamespace(commands=COMMANDS)), words=Words("vi"))
    mine = asked(book, of.who, of.sentence)
    called = calling(visit, of.sentence)
    if called is not None and not (mine and likely._beats(mine, called)):
        return True, [called.command.name]
    near = [each for each in mine[:3] if each.score >= likely.NEAR]
    sure = bool(near) and likely.surely(mine)
    shown = [near[0], *likely.also(mine)] if sure else near
    return sure, [each.command.name for each in shown]


@pytest.mark.parametrize(
    ("table", "once", "three"),
    [("one", 0.9, 0.965), ("two", 0.87, 0.965), ("three", 0.92, 0.965), ("four", 0.87, 0.955), ("five", 0.84, 0.96)],
)
def test_sentences_that_nobody_has_seen_are_understood(book: Phrasebook, table: str, once: float, three: float) -> None:
    n = Counter[str]()
    of_command = defaultdict[str, Counter[str]](Counter)
    for each in unseen(table):
        if each.meant == (MEANT_NOTHING,):
            continue
        sure, offered = taken_for(book, each)
        row = of_command[each.meant[0]]
        n["all"] += 1
        row["all"] += 1
        right = offered[:1] and offered[0] in each.meant
        n["first"] += bool(right)
        n["once"] += bool(sure and right)
        row["once"] += bool(sure and right)
        n["three"] += any(name in each.meant for name in offered)
    for name, row in sorted(of_command.items(), key=lambda pair: pair[1]["once"] / pair[1]["all"]):
        print(f"{name}: {row['once']}/{row['all']}")
    print({what: f"{count / n['all']:.1%}" for what, count in n.items()})
    assert n["once"] / n["all"] >= once
    assert n["three"] / n["all"] >= three


def test_no_unseen_sentence_stands_among_the_examples() -> None:
    known = {fold(sentence) for _label, sentence in rows(PHRASES)}
    assert [each.sentence for table in TABLES for each in unseen(table) if fold(each.sentence) in known] == []


def test_what_is_no_matter_of_ours_is_left_to_a_kind_sentence_or_a_note(book: Phrasebook) -> None:
    told = [each for table in TABLES for each in unseen(table) if each.meant == (MEANT_NOTHING,)]
    done = [each.sentence for each in told if taken_for(book, each)[0]]
    assert len(told) > 40
    assert len(done) <= len(told) / 8, done


def test_what_is_written_down_as_learnt_is_of_these_examples() -> None:
    assert stamp_of(LEARNT.read_text(encoding="utf-8")) == stamp(), "the examples have changed: ./run house --draw"


def test_what_is_learnt_is_the_same_when_written_and_read() -> None:
    examples = [
        Example("trời", ("troi", "mua")),
        Example("việc", ("viec", "cua", "toi")),
        Example("việc", ("viec", "gap")),
    ]
    known = learnt(examples, {})
    again = read(written(known, "x"), {})
    for words in (("viec", "cua", "ai"), ("troi",), ("viec", "gap", "qua")):
        assert [each.label for each in again.rank(words)] == [each.label for each in known.rank(words)]
        for one, other in zip(again.rank(words), known.rank(words), strict=True):
            assert abs(one.score - other.score) < 0.01


def test_what_an_office_says_of_its_own_is_learnt_on_top(book: Phrasebook) -> None:
    own = phrasebook(Terms(), (("tonghop", "bảng vàng thi đua"), ("chuagui", "ai còn ngủ quên")))
    for sentence, meant in (("bảng vàng thi đua", "tonghop"), ("ai còn ngủ quên", "chuagui"), ("bang vang", "tonghop")):
        assert own.meant(sentence, [])[0].label == meant
    assert own.meant("tôi còn nợ gì", [])[0].label == book.meant("tôi còn nợ gì", [])[0].label == "viec"


def test_every_example_names_a_command_and_only_facts_that_there_are() -> None:
    kinds = {str(kind) for kind in FactKind} | {"text"}
    for label, sentence in rows(PHRASES):
        assert label == NOTHING or label.split(" ")[0] in COMMANDS, label
        assert set(re.findall(r"\{(\w+)\}", sentence)) <= kinds, sentence
        assert "{text}" not in sentence[: -len("{text}")], sentence
        assert sentence == sentence.strip().lower() or "{" in sentence, sentence
    assert len({name.split(" ")[0] for name, _sentence in rows(PHRASES)}) >= len(COMMANDS) - 3


def test_no_row_of_shorthand_or_of_like_words_is_empty_or_twice() -> None:
    typed = [row for row, _meant in rows(SHORTHAND)]
    assert len(set(typed)) == len(typed) and all(typed)
    for line in ALIKE.read_text(encoding="utf-8").splitlines():
        words = line.split("|")
        assert len(words) > 2 and all(words), line
        assert len(set(words)) == len(words), line


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddang kys", "dang ky"),
        ("dang1 ky1", "dang ky"),
        ("ko bit gui bc o dau", "khong biet gui bao cao o dau"),
        ("hồ sơ của em đâu ạ", "ho so cua toi dau"),
        ("ho so", "ho so"),
        ("chỉ tiêu", "chi tieu"),
        ("nhắc bcáo", "nhac bao cao"),
        ("guibaocao", "gui bao cao"),
        ("dạ em chào anh, cho em xem phiếu ạ", "xem phieu"),
    ],
)
def test_what_is_typed_in_a_hurry_is_spelt_out(book: Phrasebook, typed: str, meant: str) -> None:
    assert " ".join(book.read(typed)) == meant


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("xem báo cáo năm ngoái của phòng quản lý xây dựng", "2026 QLXD"),
        ("bên kế hoạch tài chính nộp chưa", "KHTC"),
        ("tong hop 2026-2030", "2026-2030"),
        ("rút phiếu 012", "012"),
        ("rut sk-2027-12", "SK-2027-12"),
        ("hẹn mùng 3 tháng 11", "03/11/2027"),
        ("xin lui den het 3/11", "đến 03/11/2027"),
        ("nghi tu thu hai tuan sau", "từ 25/10/2027"),
        ("nhắc tôi mãi", ""),
        ("sang năm mới", ""),
        ("chỉ tiêu thi đua của chúng ta", ""),
        ("chị Nông Thị Nghĩ Ra nghỉ hưu", "Nông Thị Nghĩ Ra"),
        ("bc 2027 cua don vi toi", "2027"),
        ("chia II.4, II.5", "II.4 II.5"),
        ("chốt số liệu năm 2027", "2027"),
    ],
)
def test_facts_are_read_out_of_a_sentence(sentence: str, facts: str) -> None:
    found = facts_in(sentence, TODAY, UNITS, [])
    order = list(FactKind)
    assert " ".join(each.value for each in sorted(found, key=lambda each: order.index(each.kind))) == facts


def test_who_calls_a_menu_word_whole_is_never_taken_for_another_command(book: Phrasebook) -> None:
    visit: Any = SimpleNamespace(office=SimpleNamespace(features=SimpleNamespace(commands=COMMANDS)), words=Words("vi"))
    for command in COMMANDS.values():
        for phrase in Words("vi").say(command.words).split("|"):
            called = calling(visit, phrase)
            found = asked(book, "office", phrase)
            if called is not None and called.sure is Sure.WHOLE and found:
                assert not likely._beats(found, called), phrase


def test_units_and_people_are_those_of_their_office() -> None:
    @dataclass(frozen=True)
    class Named:
        code: str
        name: str

    line, today = "nhắc phòng Kế hoạch và chị Nông Thị Ví Dụ", date(2027, 10, 18)
    for units, people in (
        ([Named("KH", "Phòng Kế hoạch")], ["Nông Thị Ví Dụ"]),
        ([Named("KHTC", "Phòng Kế hoạch")], ["Nông Thị Ví Dụ"]),
        ([], []),
    ):
        found = {each.value for each in facts_in(line, today, units, people) if each.kind is FactKind.UNIT}
        assert found == {each.code for each in units}
