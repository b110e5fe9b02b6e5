"""Draw the table of handlers in CONTRIBUTING: which file answers which command, whom it serves, what stands below it."""

from pathlib import Path

from bot.conversation import Feature
from bot.language.i18n import Words
from handlers import FEATURES
from tests import house

CONTRIBUTING = Path(__file__).resolve().parents[1] / "CONTRIBUTING.md"
WORDS = Words("en")
BELOW = {"bot/office/": "", "storage/": "storage/"}
"""What a handler imports of these is named: use cases by their path in `bot/office`, queries by their file."""


def table() -> str:
    """The rows, by file."""
    lines = [
        "| `handlers/` | Commands: whom they serve | Notices, *jobs* | Use cases in `bot/office/`, queries |",
        "|---|---|---|---|",
    ]
    found = {file.path: file for file in house.sources()}
    for feature in sorted(FEATURES, key=lambda each: each.module):
        path = feature.module.replace(".", "/") + ".py"
        lines.append(f"| `{Path(path).name}` | {_commands(feature)} | {_unasked(feature)} | {_below(found[path])} |")
    return "\n".join(lines)


def _commands(feature: Feature) -> str:
    return "; ".join(f"`/{each.name}` {WORDS.say(each.serves.who)}" for each in feature.commands)


def _unasked(feature: Feature) -> str:
    notices = [each.code for each in (*feature.notices, *feature.day_parts)]
    return ", ".join([*notices, *(f"*{each.code}*" for each in feature.jobs)])


def _below(file: house.Source) -> str:
    """The modules it imports of the use cases and the storage; what it only takes a class of is named as well."""
    named = set[str]()
    for _line, module, name in file.imports():
        whole = f"{module}.{name}".replace(".", "/")
        for candidate in (whole, module.replace(".", "/")):
            for room, shown in BELOW.items():
                if candidate.startswith(room) and (house.ROOT / f"{candidate}.py").is_file():
                    named.add(shown + candidate.removeprefix(room))
    return ", ".join(sorted(named, key=lambda each: (each.startswith("storage/"), each)))


def draw() -> None:
    """Write it."""
    house.write(CONTRIBUTING, "doors", table())


if __name__ == "__main__":
    draw()
