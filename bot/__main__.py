"""`python -m bot`: the command line thidua."""

import gc
import os
import signal
import sys

INTERRUPTED = 130
"""What a shell is told of a command that Ctrl+C has ended."""


def main() -> int:
    """Run the command line; its exit code."""
    # Until the command line sees to it: nothing has begun yet, so there is nothing to end but the process.
    signal.signal(signal.SIGINT, lambda _signal, _frame: os._exit(INTERRUPTED))
    gc.disable()  # nothing that is imported becomes garbage: looking for it takes a tenth of a start
    from bot.server import cli, commandline

    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return cli.main(commandline)
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
