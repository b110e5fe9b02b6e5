"""What the code says of itself: files, functions, imports, names. `./run house` prints it; `--draw` draws the rooms.

Reads the syntax trees only; imports nothing of the product. `tests/unit/test_house.py` holds the house to its rules.
"""

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("bot", "handlers", "storage")
CONTRIBUTING = "CONTRIBUTING.md"
DECISIONS = "docs/decisions"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file of the product."""

    path: str
    """From the top of the tree: `bot/server/app.py`."""
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        return room_of(self.path)

    @property
    def package(self) -> str:
        """Its folder: `bot.channels.telegram`."""
        return ".".join(self.path.split("/")[:-1])

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Every function with its name as it is called: `Dispatcher.run`."""
        return _functions(self.tree, "")

    def imports(self) -> Iterator[tuple[int, str, str]]:
        """Line, module and name of every import; the name is empty for `import x`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for each in node.names:
                    yield node.lineno, each.name, ""
            elif isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    yield node.lineno, node.module, each.name

    def strings(self) -> Iterator[tuple[int, str]]:
        """Line and text of every string, of the pieces of f-strings too; docstrings left out."""
        documented = {
            id(node.body[0].value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Module | ast.ClassDef | Function)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
                yield node.lineno, node.value


def room_of(path: str) -> str:
    """`bot.server`, `handlers`, `storage`; `bot` for what stands outside the rooms."""
    parts = path.split("/")
    return f"bot.{parts[1]}" if parts[0] == "bot" and len(parts) > 2 else parts[0]


def _functions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield prefix + node.name, node
            yield from _functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")
        else:
            yield from _functions(node, prefix)


def length(function: Function) -> int:
    """Its lines, signature and docstring included, decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def sources(root: Path = ROOT) -> list[Source]:
    """Every Python file of the product."""
    return [
        Source(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*.py"))
    ]


def faces(files: Sequence[Source]) -> Mapping[str, frozenset[str]]:
    """The rooms with a face: what `__all__` of their `__init__` names."""
    found = {}
    for file in files:
        if file.path != f"{file.room.replace('.', '/')}/__init__.py" or not file.room.startswith("bot."):
            continue
        for node in file.tree.body:
            if isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == ["__all__"]:
                found[file.room] = frozenset(ast.literal_eval(node.value))
    return found


def arrows(files: Sequence[Source]) -> Mapping[str, set[str]]:
    """Which room imports from which."""
    rooms = {file.room for file in files}
    found: dict[str, set[str]] = defaultdict(set)
    for file in files:
        for _, module, name in file.imports():
            whole = f"{module}.{name}" if module == "bot" else module
            parts = whole.split(".")
            room = ".".join(parts[:2]) if parts[0] == "bot" else parts[0]
            if room in rooms and room != file.room and file.room != "bot":
                found[file.room].add(room)
    return found


def _reached(start: str, found: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    open_ = [start]
    while open_:
        for each in found.get(open_.pop(), ()):
            if each not in seen:
                seen.add(each)
                open_.append(each)
    return seen


def direct(found: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """The arrows without those that follow from others."""
    return sorted(
        (room, below)
        for room, all_below in found.items()
        for below in all_below
        if not any(below in _reached(other, found) for other in all_below - {below})
    )


def picture(files: Sequence[Source]) -> str:
    """The rooms as a Mermaid flowchart, each with its subject."""
    lines = ["```mermaid", "flowchart TD"]
    for file in files:
        if file.room != "bot" and file.path == f"{file.room.replace('.', '/')}/__init__.py":
            subject = (ast.get_docstring(file.tree) or "").split("\n")[0]
            subject = re.split(r"[:.;]", subject)[0].strip()
            lines.append(f'    {file.room.split(".")[-1]}["{file.room}<br/>{subject}"]')
    for room, below in direct(arrows(files)):
        lines.append(f"    {room.split('.')[-1]} --> {below.split('.')[-1]}")
    return "\n".join([*lines, "```"])


def names(files: Sequence[Source]) -> Mapping[str, list[str]]:
    """Every class of the top of a file, with where it stands."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in files:
        for node in file.tree.body:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(file.path)
    return found


def report(files: Sequence[Source]) -> list[str]:
    """What `./run lint` says of the house."""
    packages = Counter(file.package for file in files)
    longest = max(files, key=lambda file: file.lines)
    size, where = max((length(node), f"{file.path}:{name}") for file in files for name, node in file.functions())
    twice = {name: places for name, places in names(files).items() if len(places) > 1}
    return [
        f"House: {len(files)} modules, {sum(file.lines for file in files)} lines",
        "Modules: " + ", ".join(f"{package} {count}" for package, count in packages.items()),
        f"Longest file: {longest.path}, {longest.lines} lines",
        f"Longest function: {where}, {size} lines",
        f"Classes of one name: {len(twice)}",
        *(f"  {name}: {', '.join(places)}" for name, places in sorted(twice.items())),
    ]


def subjects(files: Sequence[Source]) -> Mapping[str, str]:
    """The first line of every function's docstring, by `path:name`."""
    return {
        f"{file.path}:{name}": (ast.get_docstring(node) or "").split("\n")[0].rstrip(".")
        for file in files
        for name, node in file.functions()
    }


def between(text: str, mark: str) -> tuple[str, str, str]:
    """What stands before, between and after the two marks `<!-- mark -->` and `<!-- /mark -->`."""
    before, _, rest = text.partition(f"<!-- {mark} -->\n")
    inside, _, after = rest.partition(f"<!-- /{mark} -->")
    return before, inside, after


def write(path: Path, mark: str, inside: str) -> None:
    """Put this between the two marks of a document."""
    before, _, after = between(path.read_text(encoding="utf-8"), mark)
    path.write_text(f"{before}<!-- {mark} -->\n{inside}\n<!-- /{mark} -->{after}", encoding="utf-8")


def decisions(root: Path = ROOT) -> str:
    """The index of the decisions: number, title, date and status, from the head of each."""
    lines = ["| | Decision | Date | Status |", "|---|---|---|---|"]
    for path in sorted((root / DECISIONS).glob("0*.md")):
        title, _, state = path.read_text(encoding="utf-8").partition("\n")
        head = re.match(r"\n\*(\d{4}-\d\d-\d\d) · (.+)\*\n", state)
        date, status = head.groups() if head is not None else ("", f"no date and status in {path.name}")
        lines.append(f"| [{path.name[:4]}]({path.name}) | {title.removeprefix('# ')} | {date} | {status} |")
    return "\n".join(lines)


def draw(root: Path = ROOT) -> None:
    """Draw the rooms in CONTRIBUTING and the index of the decisions."""
    write(root / CONTRIBUTING, "rooms", picture(sources(root)))
    write(root / DECISIONS / "README.md", "index", decisions(root))


if __name__ == "__main__":
    if "--draw" in sys.argv[1:]:
        draw()
    print(*report(sources()), sep="\n")
