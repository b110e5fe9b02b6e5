"""Files that outlive a lost power: flushed to the disk before they are renamed, and compared by what is in them."""

import os
from hashlib import file_digest
from pathlib import Path


def settle(part: Path, path: Path) -> None:
    """Flush a file to the disk, then rename it."""
    _flush(part)
    part.replace(path)
    _flush(path.parent)


def same(one: Path, other: Path) -> bool:
    """Whether two files have the same in them."""
    return _digest(one) == _digest(other)


def _flush(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()
