"""Where each key of a TOML text stands: the line of every table, key and entry of a list. Pure.

`tomllib` gives values without places. This reads a text that `tomllib` has read already, so it only has to find
where things begin and end.
"""

import re
from bisect import bisect
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""The way to a value: ("duties", 2, "opens")."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_GAP = re.compile(r"[ \t]*")
_KEY = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")|\'\'\'.*?\'{3,5}(?!\')|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE = re.compile(r"[^,\]}\n#]*")


def places(text: str) -> Mapping[Path, int]:
    """Return the line of every value of a right TOML text, by the way to it."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.ends = [n for n, letter in enumerate(text) if letter == "\n"]
        self.found: dict[Path, int] = {}
        self.entries: dict[Path, int] = {}
        """How many entries a list of tables has as yet."""

    def read(self) -> Mapping[Path, int]:
        table: Path = ()
        while self._blank() < len(self.text):
            if self.text.startswith("[[", self.at):
                table = self._header(2)
            elif self.text[self.at] == "[":
                table = self._header(1)
            else:
                self._pair(table)
        return self.found

    def _blank(self) -> int:
        self.at = self._past(_BLANK)
        return self.at

    def _past(self, what: re.Pattern[str]) -> int:
        found = what.match(self.text, self.at)
        return self.at if found is None else found.end()

    def _note(self, path: Path, at: int) -> None:
        self.found.setdefault(path, bisect(self.ends, at - 1) + 1)

    def _header(self, brackets: int) -> Path:
        start, self.at = self.at, self.at + brackets
        *parents, name = self._key()
        self.at += brackets
        table: Path = ()
        for part in parents:
            table = (*table, part)
            self._note(table, start)
            table = self._last(table)
        table = (*table, name)
        self._note(table, start)
        if brackets == 2:
            self.entries[table] = self.entries.get(table, -1) + 1
            table = self._last(table)
            self._note(table, start)
        return table

    def _last(self, table: Path) -> Path:
        return (*table, self.entries[table]) if table in self.entries else table

    def _key(self) -> list[str]:
        parts = []
        while True:
            self.at = self._past(_GAP)
            end = self._past(_KEY)
            part = self.text[self.at : end]
            parts.append(part[1:-1] if part[0] in "\"'" else part)
            self.at = end
            self.at = self._past(_GAP)
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def _pair(self, table: Path) -> None:
        start = self.at
        for part in self._key():
            table = (*table, part)
            self._note(table, start)
        self.at += 1  # the equals sign
        self.at = self._past(_GAP)
        self._value(table)

    def _value(self, path: Path) -> None:
        letter = self.text[self.at]
        if letter in "\"'":
            self.at = self._past(_STRING)
        elif letter == "[":
            self._inside("]", path)
        elif letter == "{":
            self._inside("}", path)
        else:
            self.at = self._past(_BARE)

    def _inside(self, end: str, path: Path) -> None:
        """Read the entries of a list, or the pairs of a table on one line."""
        self.at += 1
        n = 0
        while self.text[self._blank()] != end:
            if end == "}":
                self._pair(path)
            else:
                self._note((*path, n), self.at)
                self._value((*path, n))
                n += 1
            if self.text[self._blank()] == ",":
                self.at += 1
        self.at += 1
