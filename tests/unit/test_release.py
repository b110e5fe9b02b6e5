"""One version: the code, the package and the changelog name the same; a release writes it in two files."""

import importlib.util
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

import bot
from bot.server import cli, commandline
from tests.house import ROOT


@pytest.fixture
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / "docs/release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot/__init__.py").write_text('"""The machine."""\n\n__version__ = "0.1.0"\n', encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.2.0 (unreleased)\n\n- A thing.\n", encoding="utf-8")
    return tmp_path


def test_the_changelog_begins_with_this_version_or_the_next() -> None:
    said = re.findall(r"^## (\S+) \((\S+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert said, "the changelog is kept by version: ## 0.2.0 (2027-01-31)"
    released = [version for version, day in said if day != "unreleased"]
    assert bot.__version__ in {said[0][0], *released[:1]}
    assert all(day != "unreleased" for _, day in said[1:])


def test_the_package_takes_its_version_from_the_code() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in text
    assert 'path = "bot/__init__.py"' in text


def test_the_command_line_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(commandline, ["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"thidua {bot.__version__}\n"


def test_a_release_writes_version_and_date(release: ModuleType, copy: Path) -> None:
    release.prepare(copy, "0.2.0", date(2027, 1, 31))
    assert '__version__ = "0.2.0"' in (copy / "bot/__init__.py").read_text(encoding="utf-8")
    assert "## 0.2.0 (2027-01-31)\n" in (copy / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("version", ["0.3.0", "0.2", "v0.2.0", ""])
def test_no_release_without_its_changelog(release: ModuleType, copy: Path, version: str) -> None:
    before = (copy / "CHANGELOG.md").read_text(encoding="utf-8")
    with pytest.raises(release.Refused):
        release.prepare(copy, version, date(2027, 1, 31))
    assert (copy / "CHANGELOG.md").read_text(encoding="utf-8") == before
