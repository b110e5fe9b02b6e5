"""The authors of an initiative with their shares: names found in the roster, never guessed. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from bot.dialogue.form import Reading, Unclear, Value, Wrong
from bot.dialogue.turn import Answers, Choice, Scene
from bot.language import Joined, Part, Percent, _, fold, person_names, read_shares

MEANINGS = 6
"""How many people one name may mean and still be asked about."""


@dataclass(frozen=True)
class Authors:
    """Authors with their shares, 100 in all: «tôi 60, Lý Thị Ví Dụ 40».

    A value is a list of [person id, share as text, name].
    """

    roster: Callable[[Scene], Sequence[tuple[int, str, Part]]]
    """Everybody who may be named: id, name, unit."""
    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find each name in the roster; ask back about a name that means several people, or nearly one."""
        named = read_shares(text)
        if not named:
            return Wrong(_("Please give names with shares, for example: me 70, Lý Thị Ví Dụ 30"))
        who = [self._who(name, scene) for name, _share in named]
        if (
            len(named) == 1 and len(named[0][0].split()) == 1
        ):  # «dung» may be «đúng»: one word makes nobody the only author
            who = [[one if one.id == scene.person.id else replace(one, sure=False) for one in who[0]]]
        for (name, _share), one in zip(named, who, strict=True):
            if not 0 < len(one) <= MEANINGS:
                return _not_found(name, one)
        shares = [share for _name, share in named]
        if all(share is None for share in shares) and len(named) == 1:
            shares = [Decimal(100)]
        if any(share is None for share in shares):
            return Wrong(_("Every author needs a share, for example: me 70, Lý Thị Ví Dụ 30"))
        total = sum(filter(None, shares), Decimal(0))
        if total != 100 or any(share is None or share <= 0 for share in shares):
            return Wrong(_("The shares come to {total}; together they must be 100%.", total=Percent(total)))
        # Each name that may mean several multiplies the meanings of the whole answer.
        if prod(map(len, who)) > MEANINGS**2:
            first = next(i for i, ones in enumerate(who) if not _certain(ones))
            return _not_found(named[first][0], who[first])
        ways = [way for way in product(*who) if len({one.id for one in way}) == len(way)]
        if not ways:
            return Wrong(_("One person is named twice. Please name each author once."))
        meanings = [
            Choice(
                [[one.id, str(share), one.name] for one, share in zip(way, shares, strict=True)],
                _whom([one for one, ones in zip(way, who, strict=True) if not _certain(ones)]),
            )
            for way in ways
        ]
        if all(map(_certain, who)):
            return Value(meanings[0].value)
        return self._which(named, who, meanings)

    def _which(
        self, named: Sequence[tuple[str, Decimal | None]], who: Sequence[Sequence["_One"]], meanings: Sequence[Choice]
    ) -> Reading:
        asked = [name for (name, _s), ones in zip(named, who, strict=True) if not _certain(ones)]
        if len(meanings) > MEANINGS:
            first = next(i for i, ones in enumerate(who) if not _certain(ones))
            return _not_found(named[first][0], who[first])
        return Unclear(_("«{name}»: do {you} mean one of these?", name=Joined(asked)), meanings)

    def _who(self, name: str, scene: Scene) -> Sequence["_One"]:
        bare, place_said = _with_place(name)
        if myself(bare):
            me = self.me(scene)
            return [] if me is None else [_One(me.id, me.name, "", True)]
        found = person_names.meant(bare, ((entry[1], entry) for entry in self.roster(scene)))
        ones = [_One(id, full, place, bool(found.sure)) for id, full, place in (*found.sure, *found.near)]
        there = [one for one in ones if place_said and _is_at(scene.words.say(one.place), place_said)]
        return there or ones

    def me(self, scene: Scene) -> Any:
        """Return who «tôi» is; None where whoever writes cannot be an author."""
        return scene.person

    def show(self, value: Any, scene: Scene) -> Part:
        """Say names with shares: «Nông Văn Mẫu 60%; Lý Thị Ví Dụ 40%»."""
        said = [_("{name} {share}", name=name, share=Percent(Decimal(share))) for _id, share, name in value]
        return _("{authors}", authors=Joined(said, "; "))


_ME = re.compile(
    r"(?:chi |co |duy nhat |mot |1 |ca nhan |ban than |chinh |do |cua )*(?:minh )?(?:toi|tui|minh|em|me)(?: thoi| lam| tu lam| viet| phu trach| chu tri| a| nhe| nha)*"
)


def myself(name: str) -> bool:
    """Whether it is what people call themselves: «tôi», «một mình tôi», «chỉ có em»."""
    return len(name) <= 60 and _ME.fullmatch(fold(name).strip(" .")) is not None


_PLACE = re.compile(r"(.+?) ?\(([^()]+)\)?")


def _with_place(name: str) -> tuple[str, str]:
    """Return a name, and the unit said behind it in brackets, as choices show it."""
    found = _PLACE.fullmatch(name)
    return (name, "") if found is None else (found[1], fold(found[2]))


def _is_at(place: str, said: str) -> bool:
    words = re.findall(r"\w+", fold(place))
    return fold(place).startswith(said) or said in (
        "".join(word[0] for word in words),
        "".join(word[0] for word in words[1:]),
    )


@dataclass(frozen=True, slots=True)
class _One:
    """Somebody whom a name may mean, and whether it is exactly their name."""

    id: int
    name: str
    place: Part
    sure: bool


def _certain(ones: Sequence[_One]) -> bool:
    return len(ones) == 1 and ones[0].sure


def _whom(way: Sequence[_One]) -> Part:
    """Name the people of one meaning, told apart by their units."""
    return _("{people}", people=Joined([_("{name} ({unit})", name=one.name, unit=one.place) for one in way]))


def _not_found(name: str, ones: Sequence[_One]) -> Wrong:
    if not ones:
        return Wrong(
            _(
                "«{name}» is not in the office's list of people. Please write the full name as it stands there.",
                name=name,
            )
        )
    return Wrong(
        _(
            "There are several people called «{name}»: {people}. Please write the full name.",
            name=name,
            people=Joined([_("{name} ({unit})", name=one.name, unit=one.place) for one in ones[:5]]),
        )
    )
