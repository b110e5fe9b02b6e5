"""A workbook (.xlsx) read into tables, within limits, or why it cannot be read. Runs in the worker process; pure.

Only what the tables need is looked at, so styles, charts and macros of a workbook can neither hinder nor harm.
Both kinds of OOXML, transitional and strict, are read: names count, not their namespaces.
"""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from xml.etree.ElementTree import Element, XMLPullParser
from zipfile import BadZipFile, ZipFile

from bot.documents.broken_packages import BROKEN
from bot.documents.tables import MOST_LINES, NUMBER, Table, TableProblem, Tables, numbers_of, too_many
from bot.documents.workbook_cells import Cells, column_number, dated_styles, filled_row, local_name, text_of
from bot.language import Text, _

MOST_UNPACKED = 48_000_000
MOST_CELLS = 200_000
MOST_SHEETS = 60
MOST_COLUMNS = 256
MOST_FILES = 2_000


class _Stop(Exception):
    """The workbook cannot be read; `why` says what to do."""

    def __init__(self, why: Text, sheet: str = "") -> None:
        super().__init__(why.message)
        self.why, self.sheet = why, sheet


def read_workbook(data: bytes, numbers: bool = False) -> Tables:
    """Read the sheets of a workbook; with `numbers` what is a number in it is marked as one."""
    try:
        with ZipFile(io.BytesIO(data)) as file:
            return _Book(file, NUMBER if numbers else "").tables()
    except _Stop as stop:
        return Tables(problems=[TableProblem(0, stop.why, stop.sheet)])
    except MemoryError:
        return Tables(problems=[TableProblem(0, _too_big())])
    except BROKEN:
        return Tables(
            problems=[
                TableProblem(
                    0, _("The workbook is damaged. Please open it in Excel and save it as «Excel Workbook (.xlsx)».")
                )
            ]
        )


def _too_big() -> Text:
    return _("The workbook is too big: please keep only the filled-in sheets in it and save it again.")


class _Book:
    """An open workbook: its parts, texts and dates."""

    def __init__(self, file: ZipFile, number: str) -> None:
        entries = file.infolist()
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise _Stop(_too_big())
        if any(entry.flag_bits & 1 for entry in entries):
            raise _Stop(_("The file is locked by a password. Please take it off and import the file again."))
        self.file, self.number = file, number
        self.parts = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        self.cells = 0
        self.notes: list[Text] = []
        self._other_kinds()

    def _other_kinds(self) -> None:
        if "xl/workbook.bin" in self.parts:
            raise _Stop(_("This is a binary workbook (.xlsb). Please save it as «Excel Workbook (.xlsx)»."))
        if "content.xml" in self.parts:
            raise _Stop(_("This is a table of LibreOffice (.ods). Please save it as «Excel (.xlsx)»."))
        if not any(name.startswith("xl/") or name == "_rels/.rels" for name in self.parts) or any(
            name.startswith(("word/", "ppt/")) for name in self.parts
        ):
            raise _Stop(_("This file is no table. Please give an Excel workbook (.xlsx) or CSV UTF-8."))

    def tables(self) -> Tables:
        """Read every sheet that has anything in it."""
        home = next(
            (target for kind, target in self._related("").values() if kind == "officeDocument"), "xl/workbook.xml"
        )
        related = self._related(home)
        book = self._whole(home)
        settings = next((each for each in book.iter() if local_name(each.tag) == "workbookPr"), None)
        odd = settings is not None and settings.get("date1904") in ("1", "true")
        epoch = datetime(1904, 1, 1) if odd else datetime(1899, 12, 30)  # noqa: DTZ001  # a cell has no zone
        kinds = dict(related.values())
        styles = kinds.get("styles", "")
        dated = dated_styles(self._whole(styles)) if styles and styles.lower() in self.parts else []
        self.shown = Cells(list(self._texts(kinds.get("sharedStrings", ""))), dated, epoch, self.number)
        sheets = [each for each in book.iter() if local_name(each.tag) == "sheet"]
        if len(sheets) > MOST_SHEETS:
            raise _Stop(_too_big())
        tables = []
        for sheet in sheets:
            id = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
            kind, target = related.get(id, ("", ""))
            name = (sheet.get("name") or "")[:60]
            if kind != "worksheet":
                continue
            shown = sheet.get("state", "visible") == "visible"
            notes = len(self.notes)
            if not (table := self._sheet(name, target)).lines:
                continue
            if shown:
                tables.append(table)
            else:
                self.notes[notes:] = [
                    _("⚠️ Sheet «{sheet}» is hidden and was not read. Show it in Excel if it counts.", sheet=name)
                ]
        if not tables:
            raise _Stop(
                _(
                    "No sheet with anything in it could be read. Please open the file in Excel and save it as «Excel Workbook (.xlsx)»."
                )
            )
        return Tables(tables, notes=self.notes)

    # Its parts -------------------------------------------------------------------------------

    def _elements(self, part: str) -> Iterator[tuple[str, Element]]:
        """Yield the elements of a part as they begin and end; the caller may clear one that has ended."""
        entry = self.parts.get(part.lower())
        if entry is None:
            raise KeyError(part)
        parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        with self.file.open(entry) as file:
            while chunk := file.read(65_536):
                if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                    raise BadZipFile
                parser.feed(chunk)
                yield from parser.read_events()  # type: ignore[misc]  # only elements were asked for
        parser.close()
        yield from parser.read_events()  # type: ignore[misc]  # only elements were asked for

    def _whole(self, part: str) -> Element:
        root: Element | None = None
        for _event, element in self._elements(part):
            root = element if root is None else root
        if root is None:
            raise BadZipFile
        return root

    def _related(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Return the parts that a part names: by id, their kind and where they are."""
        folder, _slash, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        if rels.lower() not in self.parts:
            return {}
        found = {}
        for each in self._whole(rels).iter():
            target = each.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            while "/../" in place:
                place = re.sub(r"[^/]+/\.\./", "", place, count=1)
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], place)
        return found

    def _texts(self, part: str) -> Iterator[str]:
        if not part:
            return
        for event, element in self._elements(part):
            if event == "end" and local_name(element.tag) == "si":
                yield text_of(element)
                element.clear()

    # A sheet ---------------------------------------------------------------------------------

    def _sheet(self, name: str, part: str) -> Table:
        lines: dict[int, dict[int, str]] = {}
        merged, hidden_lines, line, column, narrow = list[str](), list[int](), 0, 0, False
        for event, element in self._elements(part):
            tag = local_name(element.tag)
            if event == "start":
                if tag == "row":
                    line, column = int(element.get("r") or line + 1), 0
                    if element.get("hidden") in ("1", "true"):
                        hidden_lines.append(line)
                continue
            if tag == "c":
                place = re.match(r"[A-Z]+", element.get("r") or "")
                column = column_number(place[0]) if place else column + 1
                self.cells += 1
                if self.cells > MOST_CELLS:
                    raise _Stop(_too_big(), name)
                if column <= MOST_COLUMNS and (text := self.shown.text(element)):
                    lines.setdefault(line, {})[column] = text
                    if len(lines) > MOST_LINES:
                        raise _Stop(too_many(), name)
                element.clear()
            elif tag == "row":
                element.clear()
            elif tag == "mergeCell":
                merged.append(element.get("ref") or "")
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                narrow = True
        self._spread(lines, merged)
        if narrow:
            self.notes.append(_("⚠️ Sheet «{sheet}» has hidden columns; they were read too.", sheet=name))
        hidden = [each for each in hidden_lines if lines.pop(each, None)]
        if hidden:
            self.notes.append(
                _(
                    "⚠️ Sheet «{sheet}»: lines {lines} are hidden and were not read. Show them in Excel if they count.",
                    sheet=name,
                    lines=numbers_of(hidden),
                )
            )
        return Table(name, [(line, filled_row(lines[line])) for line in sorted(lines)])

    def _spread(self, lines: dict[int, dict[int, str]], merged: list[str]) -> None:
        """Write a merged cell into each of its lines."""
        for ref in merged[:MOST_LINES]:
            found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})", ref)
            if found is None:
                continue
            column, first, last = column_number(found[1]), int(found[2]), int(found[3])
            text = lines.get(first, {}).get(column)
            if text and last - first < MOST_LINES:
                for line in range(first + 1, last + 1):
                    if line in lines:
                        lines[line].setdefault(column, text)
