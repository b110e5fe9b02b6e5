"""The lock beside the file: one process writes it, and the others learn which."""

import fcntl
import json
import os
from pathlib import Path

from storage.opening import Trouble, Unusable


class Taken(Exception):
    """Another process is using the database; `pid` says which."""

    def __init__(self, path: Path, pid: int) -> None:
        super().__init__(f"{path} is in use by process {pid}")
        self.path, self.pid = path, pid


class FileLock:
    """`FILE.lock`, held while this process writes FILE; it names pid and control address."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = path.with_name(path.name + ".lock")
        self._file: int | None = None

    def take(self, control: str = "") -> None:
        """Take the lock; raise Taken naming the process that does, Unusable where none can be put."""
        try:
            file = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise Unusable(Trouble.UNWRITABLE, self.path, str(error)) from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise Taken(self.path, int(str(self.holder().get("pid", 0)))) from None
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps({"pid": os.getpid(), "control": control}).encode(), 0)
        self._file = file

    def holder(self) -> dict[str, object]:
        """Return what the holder wrote: its pid and control address."""
        try:
            found: dict[str, object] = json.loads(self._lock.read_text() or "{}")
        except (OSError, ValueError):
            return {}
        return found

    def held(self) -> bool:
        """Whether another process holds it now; what a dead one wrote may still stand there."""
        if not self._lock.exists():
            return False
        file = os.open(self._lock, os.O_RDONLY)
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(file)
        return False

    def release(self) -> None:
        """Release the lock; the file stays, empty (removing it would race with the next taker)."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None
