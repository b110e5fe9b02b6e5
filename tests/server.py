"""The server as a process, for tests that need the real thing."""

import asyncio
import signal
import socket
import sys
from pathlib import Path

from tests.processes import spawn

ROOT = Path(__file__).resolve().parent.parent


class Server:
    """The demo's server, started again whenever it has been killed."""

    def __init__(self, db: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = int(taken.getsockname()[1])
        self._args = ("-m", "bot", "demo", "--db", str(db), "--port", str(port))
        self.address = f"http://127.0.0.1:{port}"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; it answers a moment later."""
        self._process = await spawn(sys.executable, *self._args, cwd=ROOT, stdout=asyncio.subprocess.PIPE)

    async def ready(self) -> None:
        """Wait until it says where it is."""
        assert self._process is not None
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), 20)
        assert self.address in line.decode(), line

    async def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, and wait until it has ended."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        await self._process.communicate()
