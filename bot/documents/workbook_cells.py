"""The cells of a sheet as texts, as Excel shows them: shared strings, dates, numbers, errors. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from bot.documents.tables import ERROR, FORMULA

_DATES = {*map(str, range(14, 23)), *map(str, range(27, 37)), "45", "46", "47", *map(str, range(50, 59))}


@dataclass(frozen=True)
class Cells:
    """What a workbook says about all its cells."""

    texts: Sequence[str]
    """The shared strings, by number."""
    dated: Sequence[bool]
    """For each style whether it shows a number as a date."""
    epoch: datetime
    """Day 0 of its dates."""
    mark: str = ""
    """What stands before a number that is none of a date."""

    def text(self, cell: Element) -> str:
        """Return a cell as it is shown."""
        inside = {local_name(each.tag): each for each in cell}
        value = inside["v"].text or "" if "v" in inside else ""
        match cell.get("t", "n"):
            case "s":
                return self.texts[int(value)]
            case "inlineStr":
                return text_of(inside["is"]) if "is" in inside else ""
            case "str" | "b":
                return value
            case "e":
                return f"{ERROR}{value}"
            case "d":
                return f"{datetime.fromisoformat(value[:10]):%d/%m/%Y}" if value else ""
        if "f" in inside and not value:
            return FORMULA
        return self._number(value, int(cell.get("s") or 0)) if value.strip() else ""

    def _number(self, value: str, style: int) -> str:
        number = float(value)
        if style < len(self.dated) and self.dated[style] and 0 < number < 2_958_466:
            return f"{self.epoch + timedelta(days=int(number)):%d/%m/%Y}"
        return self.mark + (str(int(number)) if number.is_integer() and abs(number) < 1e15 else value)


def dated_styles(styles: Element) -> list[bool]:
    """Return for each style of cells whether it shows a number as a date."""
    own = {
        each.get("numFmtId", ""): re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", each.get("formatCode", "").lower())
        for each in styles.iter()
        if local_name(each.tag) == "numFmt"
    }
    cells: Iterable[Element] = next((each for each in styles if local_name(each.tag) == "cellXfs"), ())
    return [
        (number := each.get("numFmtId", "0")) in _DATES or bool(re.search("[dy]", own.get(number, "")))
        for each in cells
    ]


def local_name(tag: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(tag).rpartition("}")[2]


def text_of(element: Element) -> str:
    """Return the text of a rich or plain string, without the readings that stand above it."""
    parts = []
    for each in element:
        if local_name(each.tag) == "t":
            parts.append(each.text or "")
        elif local_name(each.tag) == "r":
            parts += [inner.text or "" for inner in each if local_name(inner.tag) == "t"]
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), "".join(parts))


def column_number(letters: str) -> int:
    """Return the number of a column: 1 for «A»."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - 64
    return number


def filled_row(cells: Mapping[int, str]) -> list[str]:
    """Return a line's cells from the first column on, the empty ones between them too."""
    return [cells.get(column, "") for column in range(1, max(cells) + 1)]
