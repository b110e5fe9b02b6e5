"""`python -m bot`: the command line thidua."""

import sys

from bot.server import cli, commandline


def main() -> int:
    """Run the command line; its exit code."""
    return cli.main(commandline)


if __name__ == "__main__":
    sys.exit(main())
