"""The house keeps its rules: rooms with faces, SQL, time and Telegram in one place each, nothing too long."""

import ast
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from bot.office.leaving import table_meanings
from storage.migrating import migrations
from tests.house import ROOT, Source, faces, length, names, report, sources

FILES = sources()
FACES = faces(FILES)
WITH_A_FACE = {"bot.delivery", "bot.conversation", "bot.channels", "bot.movement", "bot.dialogue", "bot.language"}
MESSENGERS = ("bot.channels.telegram", "bot.channels.web", "bot.channels.zalo")

SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|PRAGMA|CREATE|DROP|ALTER|ATTACH|DETACH|VACUUM"
    r"|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\s"
)
WITHOUT_COLUMNS = re.compile(r"\b(?:INSERT(?:\s+OR\s+\w+)?|REPLACE)\s+INTO\s+\w+\s+(?:VALUES|SELECT|DEFAULT)\b", re.I)
ASKS_THE_TIME = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
MAY_ASK = {
    "bot/server/clock.py": "it is the clock",
    "bot/channels/telegram/listener.py": "how long nobody listened, in Telegram's own seconds; `Clock.told` makes them office time",
}
"""Who asks, and why."""

MOST_LINES, LONGEST_FUNCTION = 300, 60
HANDLER = range(40, 200 + 1)
"""How long a handler is: it reads like the conversation it holds, and holds a whole one."""
TABLES: frozenset[str] = frozenset()
"""Files that are one table and may be as long as it is."""
STILL_LONG = {"bot/language/secret_marks.py": 307}
"""Files that are too long as yet, with the most they may have. A number only goes down; who keeps the bound leaves the list."""
STILL_LONG_FUNCTIONS: dict[str, int] = {}
"""The same for functions."""


def test_every_room_says_its_subject_in_its_first_line() -> None:
    for file in FILES:
        if file.path.endswith("/__init__.py"):
            first = (ast.get_docstring(file.tree) or "").split("\n")[0]
            assert re.match(r"[A-Z«].{10,}", first), f"{file.path} does not say what it is about"


def _verbs() -> set[str]:
    section = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").partition("\n## Verbs\n")[2]
    besides = section.partition("\nBesides, as everybody uses them:")[2]
    return {*re.findall(r"\*\*(\w+)\*\*", section), *re.findall(r"\w+", besides)}


def test_a_function_says_in_the_imperative_what_it_does() -> None:
    """By a verb of the glossary; «Whether …» where it answers yes or no. What is read like an attribute is named."""
    verbs = _verbs() | {"Whether"}
    wrong = [
        f"{file.path}:{name}: {said}"
        for file in FILES
        for name, node in file.functions()
        if not {"property", "cached_property"} & {ast.unparse(each) for each in node.decorator_list}
        and (said := (ast.get_docstring(node) or "").split("\n")[0])
        and said.split(" ")[0].rstrip(",:;") not in verbs
    ]
    assert not wrong, "\n".join(wrong)


def test_six_rooms_have_a_face() -> None:
    assert set(FACES) == WITH_A_FACE


def test_other_rooms_are_entered_through_their_face() -> None:
    wrong = [each for file in FILES for each in _beside_the_face(file)]
    assert not wrong, "\n".join(wrong)


def _beside_the_face(file: Source) -> Iterator[str]:
    for line, module, name in file.imports():
        room = ".".join(module.split(".")[:2])
        if room not in FACES or module.startswith(MESSENGERS):
            continue
        if room == file.room:
            submodule = any(other.path == f"{room.replace('.', '/')}/{name}.py" for other in FILES)
            if module == room and not submodule and not file.path.endswith("/__init__.py"):
                yield f"{file.path}:{line} takes {name} from its own room's face: name the module"
        elif module != room or name not in FACES[room]:
            yield f"{file.path}:{line} takes {name} from {module}: only what `{room}.__all__` names"


def test_sql_stands_in_storage_alone() -> None:
    assert not [
        f"{file.path}:{line} {text[:50]!r}"
        for file in FILES
        if file.room != "storage"
        for line, text in file.strings()
        if SQL.match(text)
    ]


def test_every_insert_names_its_columns() -> None:
    assert not [
        f"{file.path}:{line} {text.strip()[:70]!r}"
        for file in FILES
        for line, text in file.strings()
        if WITHOUT_COLUMNS.search(text)
    ]


def test_telegrams_library_is_imported_in_its_channel_alone() -> None:
    assert not [
        f"{file.path}:{line}"
        for file in FILES
        if file.package != "bot.channels.telegram"
        for line, module, _ in file.imports()
        if module.split(".")[0] == "telegram"
    ]


def test_only_the_clock_asks_what_time_it_is() -> None:
    asked = []
    for file in FILES:
        if file.path in MAY_ASK:
            continue
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Attribute) and _ends_like(ast.unparse(node)):
                asked.append(f"{file.path}:{node.lineno} {ast.unparse(node)}")
        for line, module, name in file.imports():
            if module == "time" and name not in ("", "monotonic"):
                asked.append(f"{file.path}:{line} from time import {name}")
        asked += [
            f"{file.path}:{line} {text[:50]!r}"
            for line, text in file.strings()
            if re.search(r"CURRENT_(TIMESTAMP|DATE|TIME)|\('now'|, 'now'", text)
        ]
    assert not asked


def _ends_like(called: str) -> bool:
    return any(called == each or called.endswith("." + each) for each in ASKS_THE_TIME)


def test_an_assert_says_what_a_type_cannot_and_guards_nobody() -> None:
    """Without asserts (`python -O`) the next line fails on None by itself; whatever is to be refused is raised."""
    wrong = []
    for file in FILES:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Assert):
                said = node.test.values if isinstance(node.test, ast.BoolOp) else [node.test]
                if node.msg is not None or not all(_narrows(each) for each in said):
                    wrong.append(f"{file.path}:{node.lineno} {ast.unparse(node)}")
    assert not wrong


def _narrows(test: ast.expr) -> bool:
    if isinstance(test, ast.Call):
        return ast.unparse(test.func) == "isinstance"
    return isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot)


def test_the_buttons_under_most_messages_stand_once() -> None:
    assert [file.path for file in FILES if re.search(r'Button\(_\("(Home|My tasks)"\)', file.text)] == [
        "bot/conversation/buttons.py"
    ]


def test_no_line_asks_the_formatter_to_pass_it_over() -> None:
    assert not [file.path for file in FILES if re.search(r"#\s*fmt:", file.text)]


def _is_handler(path: str) -> bool:
    return path.startswith("handlers/") and not path.endswith("/__init__.py")


def _most_lines(path: str) -> int:
    return HANDLER[-1] if _is_handler(path) else MOST_LINES


def test_a_handler_holds_a_whole_conversation() -> None:
    assert not [file.path for file in FILES if _is_handler(file.path) and file.lines < HANDLER[0]]


def _too_long() -> Iterator[tuple[str, int, int]]:
    """What is longer than it may be, with its length and the most allowed."""
    for file in FILES:
        allowed = STILL_LONG.get(file.path, _most_lines(file.path))
        if file.lines > allowed and file.path not in TABLES:
            yield file.path, file.lines, allowed
        for name, node in file.functions():
            most = STILL_LONG_FUNCTIONS.get(f"{file.path}:{name}", LONGEST_FUNCTION)
            if length(node) > most:
                yield f"{file.path}:{name}", length(node), most


def test_nothing_is_too_long() -> None:
    assert not list(_too_long())


def test_what_is_not_too_long_any_more_leaves_the_list() -> None:
    lines = {file.path: file.lines for file in FILES}
    functions = {f"{file.path}:{name}": length(node) for file in FILES for name, node in file.functions()}
    assert not [path for path in STILL_LONG if lines.get(path, 0) <= _most_lines(path)]
    assert not [name for name in STILL_LONG_FUNCTIONS if functions.get(name, 0) <= LONGEST_FUNCTION]


def test_no_name_of_a_class_stands_twice() -> None:
    assert not {name: places for name, places in names(FILES).items() if len(places) > 1}


def test_the_house_is_told_in_numbers() -> None:
    said = "\n".join(report(FILES))
    assert "Modules: bot 2, " in said
    assert "Longest file: " in said
    assert "Longest function: " in said


TOLD_IN: Mapping[str, str] = {
    "coded": "understood",
    "in_group": "deadlines",
    "period": "years",
    "report_gaps": "word_report",
    "report_signed": "word_report",
    "report_versions": "word_report",
    "review_campaigns": "reviews",
    "review_shown": "reviews",
    "announce": "announcements",
    "announce_write": "announcements",
    "announced": "announcements",
    "author_details": "one_item",
    "coauthors": "one_item",
    "item_decisions": "one_item",
    "item_history": "one_item",
    "item_progress": "one_item",
    "item_reminders": "one_item",
    "item_refusals": "one_item",
    "item_request": "one_item",
    "arrange": "deadlines",
    "awards_correct": "awards",
    "awards_decide": "awards",
    "awards_praise": "awards",
    "awards_propose": "awards",
    "awards_suggest": "awards",
    "calendar_add": "calendar",
    "calendar_file": "calendar",
    "close_list": "confirm",
    "correct": "reopening",
    "daily": "deadlines",
    "data_answer": "data_requests",
    "data_ask": "data_requests",
    "before_leaders": "difficulties",
    "difficulty_opinion": "difficulties",
    "difficulty_raise": "difficulties",
    "difficulty_told": "difficulties",
    "difficulty_word": "difficulties",
    "faults": "dispatcher",
    "home": "promises",
    "invite": "start",
    "mine": "sent_again",
    "mydata": "forgetting",
    "personnel_consent": "personnel",
    "personnel_form": "personnel",
    "personnel_told": "personnel",
    "notes_change": "notes",
    "notes_offered": "notes",
    "share_out_form": "share_out",
    "share_written": "share_out",
    "onbehalf_forms": "onbehalf",
    "onbehalf_items": "onbehalf",
    "promise": "deadlines",
    "provincial": "deadlines",
    "reach": "told",
    "recognise": "told",
    "register": "turns",
    "rehearse": "rehearsed_year",
    "reminders": "ways_out",
    "reopen": "reopening",
    "reopen_end": "reopening",
    "reopened": "reopening",
    "requests_answer": "requests",
    "requests_ask": "requests",
    "requests_daily": "requests",
    "requests_end": "requests",
    "requests_told": "requests",
    "see_report": "reopening",
    "settle": "years",
    "standin": "identity",
    "summary": "figures",
    "versions": "reopening",
    "skills": "training",
    "training_file": "training",
    "training_form": "training",
    "union_members_file": "union_members",
    "unit_end": "unit_changes",
    "unit_merge": "unit_changes",
    "unit_plan": "head_titles",
    "unit_split": "unit_changes",
    "unit_task_forms": "difficulties",
    "unit_tasks": "difficulties",
    "urge_consent": "urge",
    "weekly": "what_waits",
}
"""Handlers whose chats stand in a file that is called by what happens to people, not by the handler."""


def test_every_handler_has_its_file_of_chats() -> None:
    handlers = {Path(file.path).stem for file in FILES if file.path.startswith("handlers/")} - {"__init__"}
    files = {path.stem.removeprefix("test_") for path in (ROOT / "tests/chats").glob("test_*.py")}
    assert {TOLD_IN.get(name, name) for name in handlers} <= files
    assert set(TOLD_IN) <= handlers - files, "a file called like the handler is where its chats stand"


def test_every_table_of_the_schema_has_its_meaning() -> None:
    with closing(sqlite3.connect(":memory:")) as file:
        for _number, step in sorted(migrations().items()):
            file.executescript(step)
        found = file.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        assert {name for (name,) in found} == set(table_meanings.TABLES), (
            "bot/office/leaving/table_meanings.py says what each is"
        )
