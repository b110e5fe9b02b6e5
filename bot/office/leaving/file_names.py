"""Names of files that every system takes, told apart where two are the same. Pure."""

import re
import unicodedata
from pathlib import PurePosixPath

_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
LONGEST = 120
"""Letters of a name; Vietnamese takes up to three bytes a letter, and 255 bytes are the most."""
_BYTES = 200


class FileNames:
    """The names that are taken in one folder."""

    def __init__(self) -> None:
        self._taken = set[str]()

    def given(self, path: str) -> str:
        """Return a path that is not taken yet: this one, or this one with a number before its ending."""
        of = PurePosixPath(path)
        n, found = 1, of
        while str(found).casefold() in self._taken:
            n += 1
            found = of.with_name(f"{of.stem} ({n}){of.suffix}")
        self._taken.add(str(found).casefold())
        return str(found)


def plain(name: str) -> str:
    """Return a name without what some system refuses, or what hides how it ends."""
    name = _NO_NAME.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 12:
        stem, ending = name, ""
    stem = stem[:LONGEST]
    while len(stem.encode()) > _BYTES:
        stem = stem[:-1]
    name = f"{stem.strip(' .') or '_'}.{ending}" if ending else stem.strip(" .") or "_"
    return f"_{name}" if _RESERVED.fullmatch(name) else name
