"""Files of before: an office on any earlier schema, every plan that was ever shipped, and files put on another plan."""

import gzip
import re
import sqlite3
import zipfile
from contextlib import closing
from functools import cache
from pathlib import Path

from bot.server.office import plan_hash
from storage.migrating import migrations, statements

HERE = Path(__file__).parent
NEWEST = max(migrations())


@cache
def _first() -> str:
    return gzip.decompress((HERE / "databases/schema-1.sql.gz").read_bytes()).decode()


def old_file(path: Path, version: int) -> Path:
    """Make the file of an office as it was on a schema: a year filed, one under way, two sheets being written."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.executescript(_first())
        for number in range(2, version + 1):
            for statement in statements(migrations()[number]):
                file.execute(statement)
        file.execute(f"PRAGMA user_version={version}")
        file.execute("PRAGMA journal_mode=WAL")
    return path


@cache
def shipped_plans() -> dict[str, str]:
    """Return every text of the plan file that a version of this program came with, the first one first."""
    with zipfile.ZipFile(HERE / "plans/shipped.zip") as kept:
        return {name.removesuffix(".toml"): kept.read(name).decode() for name in sorted(kept.namelist())}


def put_in_force(path: Path, text: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        at = f"2027-01-01T00:00:{file.execute('SELECT COUNT(*) FROM plan').fetchone()[0]:02}.000000Z"
        file.execute("INSERT OR IGNORE INTO plan VALUES (?, ?, ?)", (plan_hash(text), text, at))
        file.execute("INSERT OR REPLACE INTO setting VALUES ('plan', ?)", (plan_hash(text),))


def without(text: str, table: str, code: str, key: str = "code") -> str:
    """Return a plan's text without an entry of a list."""
    found = re.search(rf'\[\[{table}\]\]\n{key} = "{re.escape(code)}"\n.*?(?=\n\[|\Z)', text, re.DOTALL)
    assert found is not None, f"there is no {code} in {table}"
    text = text[: found.start()] + text[found.end() :].lstrip("\n")
    if table != "sections":
        return text
    listed = rf'"{re.escape(code)}", |(?:, )?"{re.escape(code)}"'  # the outline of the papers names it too
    return re.sub(r"(?m)^parts = \[.*", lambda line: re.sub(listed, "", line[0]), text)
