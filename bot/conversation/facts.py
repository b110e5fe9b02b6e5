"""What a form may look at, read from the database when it is first looked at, inside the turn's transaction."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Self, cast

from bot.dialogue import Scene


class Facts(Mapping[str, Any]):
    """Facts by name; a subclass declares each as a `cached_property`, else a function is given for each."""

    def __init__(self, **readers: Callable[[], Any]) -> None:
        self._readers, self._read = readers, dict[str, Any]()

    @classmethod
    def of(cls, scene: Scene) -> Self:
        """Return the facts of a turn in the form that they belong to."""
        return cast(Self, scene.facts)

    def __getitem__(self, name: str) -> Any:
        if name in self._declared():
            return getattr(self, name)
        if name not in self._read:
            self._read[name] = self._readers[name]()
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._declared(), *self._readers))

    def __len__(self) -> int:
        return len(self._declared()) + len(self._readers)

    @classmethod
    def _declared(cls) -> list[str]:
        return [name for name, value in vars(cls).items() if isinstance(value, cached_property)]
