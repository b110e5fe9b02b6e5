"""Make a release: `./run release 0.2.0`. Writes the version and the changelog's date, checks, commits and tags.

It pushes nothing. The changelog must begin with «## 0.2.0 (unreleased)».
"""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION = "bot/__init__.py"
CHANGELOG = "CHANGELOG.md"


class Refused(Exception):
    """This is no release yet; says why."""


def prepare(root: Path, version: str, day: date) -> None:
    """Write version and date into their two files; raises Refused."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise Refused(f"{version} is no version: three numbers with points")
    log = (root / CHANGELOG).read_text(encoding="utf-8")
    head = f"## {version} (unreleased)\n"
    newest = re.search(r"^## .*\n", log, re.MULTILINE)
    if newest is None or newest[0] != head:
        raise Refused(f"{CHANGELOG} does not begin with «{head.strip()}»")
    code = (root / VERSION).read_text(encoding="utf-8")
    (root / CHANGELOG).write_text(log.replace(head, f"## {version} ({day.isoformat()})\n", 1), encoding="utf-8")
    code = re.sub(r'^__version__ = ".*"$', f'__version__ = "{version}"', code, flags=re.MULTILINE)
    (root / VERSION).write_text(code, encoding="utf-8")


def git(*words: str) -> str:
    """One command of git; what it prints."""
    done = subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def main(version: str) -> None:
    """Release what is committed; raises Refused."""
    if git("status", "--porcelain"):
        raise Refused("commit what has changed first")
    if git("tag", "--list", f"v{version}"):
        raise Refused(f"v{version} is there already")
    prepare(ROOT, version, datetime.now(UTC).date())
    for step in ("lint", "test"):
        subprocess.run([ROOT / "run", step], check=True)
    git("commit", "--quiet", "--message", f"Release {version}", VERSION, CHANGELOG)
    git("tag", "--annotate", f"v{version}", "--message", f"Release {version}")
    sys.stdout.write(f"v{version} is committed and tagged; push it: git push --follow-tags\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
    except Refused as why:
        sys.exit(str(why))
