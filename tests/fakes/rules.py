"""What requests and answers may look like: bot_api.toml and zalo_api.toml, read and held against what is said."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIST = "Array of "
PLAIN = {"String": str, "InputFile": str, "Integer": int, "Boolean": bool, "Object": dict}


@dataclass(frozen=True)
class Rule:
    """One field. `least` and `most` are of a number's value, a text's UTF-16 units or a list's length."""

    kinds: tuple[str, ...]
    required: bool = False
    least: int | None = None
    most: int | None = None
    bytes: int | None = None
    upload: int | None = None
    like: str = ""

    def read(self, value: Any) -> Any:
        """A form's text as what it stands for; JSON comes as it is."""
        if not isinstance(value, str) or {"String", "InputFile"} & set(self.kinds):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return value

    def limits(self, value: Any) -> str:
        """What is wrong with the size or the writing of a value; "" when nothing is."""
        size = _size(value)
        if size is not None and not (size if self.least is None else self.least) <= size <= (self.most or size):
            return f"is {size}, not {self.least} to {self.most}"
        if self.bytes is not None and len(str(value).encode()) > self.bytes:
            return f"has {len(str(value).encode())} bytes, not up to {self.bytes}"
        if self.like and not re.fullmatch(self.like, str(value)):
            return "is written wrongly"
        return ""


Rules = Mapping[str, Rule]


@dataclass(frozen=True)
class Described:
    """A method or an object: its page in the documents, its fields, and what a method returns."""

    source: str
    fields: Rules
    returns: str = ""


@dataclass(frozen=True)
class Api:
    """A platform: what may be called, and what goes in and comes out."""

    methods: Mapping[str, Described]
    objects: Mapping[str, Described]

    def wrongs(self, described: Described, given: Mapping[str, Any]) -> Iterator[str]:
        """Everything that is wrong with the fields of a request or an object."""
        for name in given.keys() - described.fields.keys():
            yield f"there is no field {name}"
        for name, rule in described.fields.items():
            if name not in given:
                if rule.required:
                    yield f"{name} is missing"
            else:
                found = self._unlike(rule.kinds, given[name]) or [rule.limits(given[name])]
                yield from (f"{name} {why}" for why in found if why)

    def result(self, method: str, given: Any) -> list[str]:
        """Everything that is wrong with what a method returns."""
        kind = self.methods[method].returns
        return self._unlike((kind,), given) if kind else []

    def _unlike(self, kinds: Sequence[str], value: Any) -> list[str]:
        """Why a value is none of these; that of the first which it resembles."""
        found = [self._unlike_one(kind, value) for kind in kinds]
        if [] in found:
            return []
        resembling = (why for kind, why in zip(kinds, found, strict=True) if self._resembles(kind, value))
        return next(resembling, [f"is {type(value).__name__}, not {' or '.join(kinds)}"])

    def _resembles(self, kind: str, value: Any) -> bool:
        if kind.startswith(LIST):
            return isinstance(value, list)
        return (
            isinstance(value, dict) and bool(value.keys() & self.objects[kind].fields) if kind not in PLAIN else False
        )

    def _unlike_one(self, kind: str, value: Any) -> list[str]:
        if kind.startswith(LIST):
            if not isinstance(value, list):
                return ["is no list"]
            return [why for each in value for why in self._unlike((kind.removeprefix(LIST),), each)]
        if kind in PLAIN:
            right = isinstance(value, PLAIN[kind]) and isinstance(value, bool) == (kind == "Boolean")
            return [] if right else [f"is no {kind}"]
        if not isinstance(value, dict):
            return [f"is no {kind}"]
        return [f"({kind}) {why}" for why in self.wrongs(self.objects[kind], value)]


def described(name: str) -> Api:
    """Read the description of a platform that lies beside this file; raise TypeError at a word it does not know."""
    read = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return Api(*({name: _described(**each) for name, each in read[part].items()} for part in ("methods", "objects")))


def _described(source: str, returns: str = "", fields: Mapping[str, Mapping[str, Any]] | None = None) -> Described:
    return Described(source, {name: _rule(**each) for name, each in (fields or {}).items()}, returns)


def _rule(**given: Any) -> Rule:
    return Rule(tuple(given.pop("is").split(" or ")), **given)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _size(value: Any) -> int | None:
    if isinstance(value, str):
        return units(value)
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
