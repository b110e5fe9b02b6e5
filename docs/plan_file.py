"""Write the reference of the plan file into docs/plan-file.md, from the models, and what its lesson is told.

`./run house --draw` does it; `tests/unit/test_docs.py` holds the page to it.
"""

import re
from collections.abc import Iterator
from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.conversation import gather
from bot.language import Words
from bot.movement.plan import Plan
from bot.movement.plan.declared import Declared, expected, is_table, keys, tables_of
from bot.office.plan_check import check
from bot.server.office import make_calendar
from bot.server.settings import PLAN
from handlers import FEATURES
from tests import house

DOCUMENT = house.ROOT / "docs/plan-file.md"
WORDS = Words("vi")  # whoever changes a plan file reads Vietnamese
HEAD = ("| Khóa | Là gì | Cần | Khi bỏ trống | Ví dụ |", "|---|---|---|---|---|")


def reference() -> str:
    """Every table of the file with its keys, in the order of the models."""
    inner = [
        (name, found)
        for name, _info, found in keys(Plan)
        if _table(found) is not None or get_origin(found.kind) is dict
    ]
    lines = ["### Đầu tệp", "", "Các khóa này đứng trước bảng đầu tiên.", "", *_rows(Plan, ())]
    seen = set[type[BaseModel]]()
    for name, found in inner:
        assert found.key is not None
        model = _table(found)
        head = f"[{name}]" if tables_of(found.kind) is None else f"[[{name}]]"
        lines += ["", f"### `{head}`", "", f"{WORDS.say(found.key.what)}."]
        if model is None:
            lines += ["", f"Ví dụ: `{found.key.example}`"]
        elif model not in seen:
            lines += ["", *_rows(model, (name,)), *_inside(model, name)]
            seen.add(model)
    return "\n".join(lines)


def _table(found: Declared) -> type[BaseModel] | None:
    return found.kind if is_table(found.kind) else tables_of(found.kind)


def _rows(model: type[BaseModel], way: tuple[str, ...]) -> Iterator[str]:
    yield from HEAD
    for name, info, found in keys(model):
        if found.key is not None and (way or (_table(found) is None and get_origin(found.kind) is not dict)):
            example = f"`{found.key.example}`" if found.key.example else ""
            needs = WORDS.say(expected(found, (*way, name)))
            cells = (f"`{name}`", WORDS.say(found.key.what), needs, _default(info), example)
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _inside(model: type[BaseModel], name: str) -> Iterator[str]:
    """The tables that stand in a table, or in its own lists."""
    tables = [(key, found.kind) for key, _info, found in keys(model) if is_table(found.kind)]
    for kind in dict.fromkeys(each for _key, each in tables):
        named = [key for key, each in tables if each is kind]
        if len(named) == len(model.model_fields):  # nothing but such tables
            yield from ("", f"Mỗi khóa viết thành một bảng, ví dụ `[{name}.{named[0]}]`, hoặc trong ngoặc nhọn:", "")
        else:
            yield from ("", f"`{'`, `'.join(named)}` trong `[[{name}]]`, viết trong ngoặc nhọn:", "")
        yield from _rows(kind, (name, named[0]))
    for key, _info, found in keys(model):
        inner = tables_of(found.kind)
        if inner is not None:
            yield from (
                "",
                f"Mỗi phần tử của `{key}` trong `[[{name}]]`, viết thành `[[{name}.{key}]]` hoặc trong ngoặc nhọn:",
                "",
            )
            yield from _rows(inner, (name, key))


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "không được bỏ"
    value = info.get_default(call_default_factory=True)
    return "không có" if value in (None, "", (), {}) else f"`{_toml(value)}`"


def _toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Enum():
            return f'"{value.value}"'
        case str():
            return f'"{value}"'
        case time():
            return value.isoformat()
        case (int() as month, int() as day):
            return f'"{month:02}-{day:02}"'
        case tuple():
            return f"[{', '.join(_toml(each) for each in value)}]"
    return str(value)


# The lesson -------------------------------------------------------------------------------------


def told(page: str) -> dict[str, str]:
    """What the check says on the way of the lesson, by the mark on the page: after a mistake, and at the end."""
    text, said = PLAN.read_text(encoding="utf-8"), dict[str, str]()
    for block, mark in re.findall(r"```diff\n(.*?)```|<!-- (mistake|right) -->", page, re.DOTALL):
        if mark:
            report = check(text, make_calendar(), date(2027, 1, 5), gather(FEATURES).commands)
            lines = [WORDS.say(line) for line in report.lines]
            said[mark] = "\n".join(["```", *(lines if report.problems else lines[:2]), "```"])
        else:
            text = _edited(text, block.splitlines())
    return said


def _edited(text: str, diff: list[str]) -> str:
    """The text with the first place changed that says what goes."""
    gone, come = ("\n".join(line[1:] for line in diff if line.startswith(sign)) for sign in "-+")
    if f"\n{gone}\n" not in text:
        raise ValueError(f"the plan does not say {gone!r}")
    return text.replace(f"\n{gone}\n", f"\n{come}\n", 1)


def draw(path: Path = DOCUMENT) -> None:
    """Write it."""
    house.write(path, "keys", reference())
    for mark, said in told(path.read_text(encoding="utf-8")).items():
        house.write(path, mark, said)


if __name__ == "__main__":
    draw()
