"""Any speech to any form on any look: nothing raises, nothing is lost, and there is a way out."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import handlers
from bot.conversation import gather
from bot.conversation.context import Visit
from bot.conversation.looks import LOOKS, render
from bot.dialogue import engine
from bot.dialogue.form import Field, Form, Reading, Unclear, Value
from bot.dialogue.turn import Answer, Answers, Choice, Draft, Said, Scene, Step, Turn
from bot.dialogue.words import STEERING, exact
from bot.language.i18n import Part, Words, _
from bot.movement.plan import Plan
from bot.office.duties.registering import RegisterFacts
from bot.office.report.facts import ReportFacts
from bot.server.clock import at_office
from bot.server.demo import office as demo_office
from bot.server.office import make_office
from storage import chats, people, request_answers, requests
from storage.db import Tx
from storage.opening import connect
from storage.requests import AskedQuestion
from storage.values import dumps, loads
from tests.conftest import FAR, PLAN_TEXT

pytestmark = pytest.mark.slow

NOW = at_office(demo_office.BEGINS)
SUBJECTS = {
    "report": ("Hoàng Văn Thử", "QLXD:2027"),
    "unit_plan": ("Đàm Thị Ước Lệ", "TTQH:2027"),
    "union_account": ("Hoàng Văn Thử", "QLXD:2027"),
    "review": ("Hoàng Văn Thử", "so_ket_don_vi:QLXD:2027"),
    "review_open": ("Lương Thị Nháp", "so_ket_don_vi:2027"),
    "promise": ("Hoàng Văn Thử", "results:2027"),
    "return": ("Hoàng Văn Thử", "SK-2027-001"),
    "no_registration": ("Hoàng Văn Thử", "2027"),
    "award_propose": ("Hoàng Văn Thử", ""),
    "award_decline": ("Hoàng Văn Thử", "1"),
    "award_outcome": ("Lương Thị Nháp", "quyetdinh"),
    "award_correct": ("Lương Thị Nháp", "KT-2027-001:1"),
    "award_praise": ("Lương Thị Nháp", "SK-2027-001"),
    "recognise": ("Lương Thị Nháp", ""),
    "invite": ("Lương Thị Nháp", ""),
    "deadline": ("Lương Thị Nháp", "plan:2027"),
    "baseline": ("Lương Thị Nháp", "KTVL"),
    "urge": ("Lương Thị Nháp", "results:2027"),
    "provincial": ("Lương Thị Nháp", "provincial:VP:2027"),
    "reopen": ("Lương Thị Nháp", "SK-2027-001"),
    "reopening_end": ("Lương Thị Nháp", "SK-2027-001"),
    "ask_correction": ("Hoàng Văn Thử", "SK-2027-001"),
    "supplement": ("Hoàng Văn Thử", "QLXD:2027"),
    "personnel": ("Lương Thị Nháp", "@Nông Văn Mẫu"),
    **dict.fromkeys(("unit_new", "unit_merge"), ("Lương Thị Nháp", "")),
    **dict.fromkeys(("unit_name", "unit_end", "unit_split"), ("Lương Thị Nháp", "QLXD")),
    "request_change": ("Lương Thị Nháp", "YC-2027-90"),
    "request_put_off": ("Lương Thị Nháp", "YC-2027-90"),
    "request_recall": ("Lương Thị Nháp", "YC-2027-90"),
    "request_answer": ("Hoàng Văn Thử", "YC-2027-90-QLXD"),
    "data_reply": ("Lương Thị Nháp", "done:1"),
    "difficulty": ("Nông Văn Mẫu", ""),
    "difficulty_word": ("Hoàng Văn Thử", "chuyen:VM-2027-001:1"),
    "difficulty_opinion": ("Lương Thị Nháp", "ykien:VM-2027-001:1"),
    "inspection": ("Lương Thị Nháp", ""),
    **dict.fromkeys(("class_open", "skill_mark", "skill_withdraw"), ("Lương Thị Nháp", "")),
    **dict.fromkeys(("class_add", "class_off", "class_change", "class_file"), ("Lương Thị Nháp", "LH-2027-090")),
    "task_done": ("Hoàng Văn Thử", "1:1"),
    "task_back": ("Lương Thị Nháp", "1:1"),
    "task_no_more": ("Lương Thị Nháp", "1:1"),
    "share_out": ("Hoàng Văn Thử", "QLXD:2027"),
    "report_part": ("Nông Văn Mẫu", "QLXD:2027"),
    "note_change": ("Nông Văn Mẫu", "1"),
    "share_declined": ("Nông Văn Mẫu", "SK-2027-001"),
    "first_application": ("Nông Văn Mẫu", "SK-2027-001"),
    "author_details": ("Nông Văn Mẫu", "SK-2027-001"),
    "request_sk": ("Nông Văn Mẫu", "SK-2027-001"),
    "request_mh": ("Đàm Văn Thử Lại", "MH-2027-002"),
    "progress_mh": ("Đàm Văn Thử Lại", "MH-2027-002"),
    "progress_nv": ("Đàm Văn Diễn Tập", "NV-2027-001"),
    "item_supplement": ("Lương Thị Nháp", "request_supplement_asked:SK-2027-002"),
    "item_refusal": ("Lương Thị Nháp", "declined:SK-2027-002"),
    "roster_lines": ("Lương Thị Nháp", "12:345678:14"),
    "announce": ("Lương Thị Nháp", ""),
    **dict.fromkeys(("member_add", "member_leave", "members_file"), ("Hoàng Văn Thử", "QLXD")),
    **{
        f"for_{what}": ("Lương Thị Nháp", "QLXD:2027")
        for what in ("results", "plan", "list", "narrative", "item_sk", "item_mh", "item_nv")
    },
}
PLAN = Plan.parse(PLAN_TEXT)
UNDER_ANOTHER_PLAN = {"office_figure"}
"""Forms that no command opens under this plan: it asks no amount of the whole office."""
CODES = [code for code in gather(handlers.FEATURES, PLAN).forms if code not in UNDER_ANOTHER_PLAN]


def asked(tx: Tx) -> None:
    """A request of the office with a question of each type, for the forms that are about one."""
    by = tx.value("SELECT id FROM person WHERE role = 'office'")
    due, ladder = date(2027, 12, 20), "yearly"
    id = requests.add(tx, code="YC-2027-90", title="Báo cáo tình hình ký số", whom="units", chosen=["QLXD"], due=due, ladder=ladder, every="month", by=by, now=NOW)  # fmt: skip
    questions = [
        AskedQuestion("q1", "Số người của phòng", "number", "người", figure="people"),
        AskedQuestion("q2", "Tình hình triển khai", "choice", choices=("Đã xong", "Chưa làm")),
        *(
            AskedQuestion(f"x{type}", f"Câu hỏi {type}", type)
            for type in ("line", "paragraph", "money", "date", "files")
        ),
    ]
    requests.put_questions(tx, request=id, asks=1, questions=questions)
    request_answers.put_receivers(tx, request=id, units=["QLXD"])


@cache
def stage(path: Path) -> dict[str, tuple[Form, Scene]]:
    """Every form with the scene it is played in; what its facts are asked for is read in a copy of the demo's file."""
    copy = path.with_name("played.db")
    shutil.copy(path, copy)
    tx, plan = Tx(connect(copy)), PLAN
    office, found = make_office(plan, PLAN_TEXT, ()), {}
    asked(tx)
    named = {person.name: person for person in tx.all(people.EVERYBODY)}
    for conversation in map(office.features.forms.__getitem__, CODES):
        name, subject = SUBJECTS.get(conversation.code, ("Nông Văn Mẫu", "2027"))
        if subject.startswith("@"):
            subject = str(named[subject[1:]].id)
        chat = tx.all(chats.OF_PERSON, person=named[name].id)
        visit = Visit(tx, office, chat[0] if chat else Any, named[name], NOW)  # type: ignore[arg-type]  # no chat is looked at
        known = conversation.facts(visit, subject)
        scene = Scene(named[name], NOW, plan, Words("vi"), known)
        found[conversation.code] = (conversation.asks(plan, known), scene)
    return found


def through_json(draft: Draft) -> Draft:
    """The draft as the file keeps it between two messages."""
    parts = {
        code: tuple(Answer(loads(dumps(part.value)), part.source, part.message) for part in given_parts)
        for code, given_parts in draft.parts.items()
    }
    return replace(draft, parts=parts, notes=loads(dumps(dict(draft.notes))))


WORDS = sorted({word for text in STEERING.values() for word in Words("vi").say(text).split("|")})
SPEECH = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["sửa 1 Tên mới của phiếu này", "sửa 99 x", "sửa 2", "SỬA", "1", "2", "3", "0", "999"]),
    st.sampled_from(
        [
            "30,5",
            "1.5",
            "17/18",
            "9/11",
            "30/02/2027",
            "thứ Năm",
            "quý III",
            "ước cả năm 38",
            "-3",
            "tôi 60, Lý Thị Ví Dụ 40",
            "tôi 50",
            "012, 015",
            "không",
            "như năm ngoái",
            "125/QĐ-SXD",
        ]
    ),
    st.text(max_size=60),
    st.text(alphabet="aăâeêioôơuưyđ \n:/.,%0123456789", max_size=40),
    st.just("dài " * 500),
)
PICK = st.tuples(st.just("pick"), st.integers(0, 30))


@pytest.mark.parametrize("code", CODES)
def test_any_speech_to_any_form(made_demo: Path, code: str) -> None:
    form, scene = stage(made_demo)[code]

    @settings(max_examples=60 if FAR else 24, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.one_of(SPEECH, PICK, st.just(("file", 1))), max_size=14))
    def play(said: list[Any]) -> None:
        turn = engine.begin(form, scene, Draft(form.code))
        shown(turn, scene)
        for n, each in enumerate(said, 1):
            before = through_json(turn.draft)
            turn = engine.take(form, before, words_of(each, turn, scene, n), scene)
            if turn.end == "dropped" or turn.end == "filed":
                return
            if turn.end == "left":
                assert turn.draft.parts.keys() >= before.parts.keys()
                return
            shown(turn, scene)
            lost = before.parts.keys() - turn.draft.parts.keys()
            assert not lost, f"{lost} was lost by {each!r}"
            way_out(form, turn, scene)

    play()


@pytest.mark.parametrize("code", CODES)
def test_every_question_answers_what_is_asked_about_it_and_stands_again(made_demo: Path, code: str) -> None:
    form, scene = stage(made_demo)[code]
    for field in form.fields:
        draft = Draft(form.code).ask(field.code)
        if not field.visible(draft.values(), scene):
            continue
        stands = [scene.words.say(line) for line in engine.resume(form, draft, scene).say.lines]
        for asked in ("là sao?", "vì sao phải ghi?", "cho em xin ví dụ?", "ghi thế nào?", "bắt buộc không?"):
            turn = engine.take(form, draft, Said(asked, message=1), scene)
            assert (turn.draft.parts, turn.draft.asking) == (draft.parts, draft.asking), (field.code, asked)
            lines = [scene.words.say(line) for line in turn.say.lines]
            assert lines[:1] == stands[:1] and lines[-len(stands) + 1 :] == stands[1:], (field.code, asked)
            assert len(lines) > len(stands), (field.code, asked)
            if "ví dụ" in asked:
                assert any("ví dụ" in line.lower() for line in lines), field.code


@pytest.mark.parametrize("code", CODES)
def test_a_question_that_belongs_no_more_while_it_is_open_raises_nothing(made_demo: Path, code: str) -> None:
    form, scene = stage(made_demo)[code]
    for n, field in enumerate(form.fields):
        if not field.visible({}, scene):
            continue
        hidden = replace(field, when=lambda answers, scene: False)
        changed = replace(form, fields=(*form.fields[:n], hidden, *form.fields[n + 1 :]))
        shown(engine.resume(changed, Draft(form.code).ask(field.code), scene), scene)


def words_of(each: Any, turn: Turn, scene: Scene, n: int) -> Said:
    """A speech: text, a file, or a tap on something that is offered."""
    if each == ("file", 1):
        return Said("", (1,), n)
    if isinstance(each, tuple):
        offered = [*turn.say.choices, *turn.say.steering]
        if not offered:
            return Said("việc", (), n)
        label = scene.words.say(offered[each[1] % len(offered)].label)
        return Said(label, (), n)
    return Said(each.strip(), (), n)


def shown(turn: Turn, scene: Scene) -> None:
    """It can be drawn on every look, in both languages, and says something."""
    for look in LOOKS.values():
        for words in (Words("vi"), Words("en")):
            drawn = render(turn.say, look, words)
            assert drawn.text.strip()
            assert "{" not in drawn.text.replace("{you", "")


def way_out(form: Form, turn: Turn, scene: Scene) -> None:
    """«Thoát» leaves and keeps everything, wherever one stands."""
    left = engine.take(form, through_json(turn.draft), Said("thoát", (), 99), scene)
    assert left.end == "left"
    assert left.draft.parts == through_json(turn.draft).parts


@pytest.mark.parametrize("code", CODES)
def test_a_draft_is_the_same_after_json(made_demo: Path, code: str) -> None:
    form, scene = stage(made_demo)[code]
    turn = engine.begin(form, scene, Draft(form.code))
    for n in range(12):
        twice = engine.take(form, turn.draft, words_of(("pick", n), turn, scene, n), scene)
        again = engine.take(form, through_json(turn.draft), words_of(("pick", n), turn, scene, n), scene)
        assert render(twice.say, LOOKS["web"], scene.words) == render(again.say, LOOKS["web"], scene.words)
        if twice.end:
            return
        turn = twice


@pytest.mark.parametrize("code", CODES)
def test_no_field_is_called_like_a_step(made_demo: Path, code: str) -> None:
    """What a draft asks is a field's code or a step, in one column."""
    assert not {field.code.partition(":")[0] for field in stage(made_demo)[code][0].fields} & {*Step}


def test_a_label_is_known_with_its_number_as_buttons_show_it() -> None:
    choices = [Choice("a", "Chuyển đổi số", "Thúc đẩy chuyển đổi số"), Choice("b", "Chuyển đổi xanh"), Choice("c", "5")]
    words = Words("vi")
    for said, meant in (
        ("1. Chuyển đổi số", "a"),
        ("1) chuyen doi so", "a"),
        ("1. Thúc đẩy chuyển đổi số", "a"),
        ("2.Chuyển đổi xanh", "b"),
        ("3. 5", "c"),
    ):
        assert (found := exact(said, choices, words)) is not None and found.value == meant, said
    for said in ("1. Chuyển đổi xanh", "2. Chuyển đổi số", "3.5", "12. Chuyển đổi xanh"):
        assert exact(said, choices, words) is None, said


def test_a_label_that_ends_like_a_sign_is_known_with_and_without_it() -> None:
    words = Words("vi")
    choices = [Choice("a", "Mở «Báo cáo năm»"), Choice("b", "Chưa có (bổ sung sau)"), Choice("c", "Khác.")]
    for said, meant in (
        ("Mở «Báo cáo năm»", "a"),
        ("1. mo «bao cao nam»", "a"),
        ("Chưa có (bổ sung sau)", "b"),
        ("chua co (bo sung sau", "b"),
        ("2) Chưa có (bổ sung sau).", "b"),
        ("khac", "c"),
    ):
        assert (found := exact(said, choices, words)) is not None and found.value == meant, said


@dataclass(frozen=True)
class Several:
    """A kind whose every answer has so many meanings."""

    meanings: int
    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        return Unclear("Which?", [Choice(str(n), f"meaning {n}") for n in range(10, 10 + self.meanings)])

    def show(self, value: Any, scene: Scene) -> Part:
        return f"value {value}"


@pytest.mark.parametrize("meanings", [0, 1, 2, 3])
def test_an_answer_is_asked_back_with_any_number_of_meanings(meanings: int) -> None:
    field = Field("one", "One", "What?", Several(meanings))
    form = Form("f", lambda answers, scene: "Form", (field,), lambda answers, scene: _("Send"))
    scene = Scene(None, NOW, None, Words("en"))
    asked = engine.take(form, engine.begin(form, scene, Draft("f")).draft, Said("x", message=1), scene)
    assert len(asked.say.choices) == meanings
    for n in range(1, 5):
        for said in (str(n), f"meaning {9 + n}", f"value {9 + n}"):
            turn = engine.take(form, through_json(asked.draft), Said(said, message=2), scene)
            assert turn.draft.values() == ({"one": str(9 + n)} if n <= meanings else {}), said


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("said", ["như năm ngoái", "17", "17/18", "012", "15/06/2027", "tôi 60, Lý Thị Ví Dụ 40"])
def test_a_kind_looks_at_the_facts_of_every_form_that_asks_it(made_demo: Path, code: str, said: str) -> None:
    form, scene = stage(made_demo)[code]
    for field in form.fields:
        reading = field.kind.read(said, {}, scene)
        if isinstance(reading, Value):
            field.kind.show(reading.value, scene)
            field.doubt(reading.value, {}, scene)


def test_facts_of_another_form_are_an_error() -> None:
    with pytest.raises(TypeError, match="RegisterFacts are looked at in a form that has ReportFacts"):
        RegisterFacts.of(Scene(None, NOW, None, Words("vi"), ReportFacts.__new__(ReportFacts)))
