"""Files of before: the first schema with an office in it, brought to any later one, and every plan that was ever shipped."""

import gzip
import sqlite3
import zipfile
from contextlib import closing
from functools import cache
from pathlib import Path

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
