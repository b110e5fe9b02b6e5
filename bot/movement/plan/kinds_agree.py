"""Whether what is registered can be asked for: kinds with words of their own, questions that can be answered. Pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.dialogue import steering
from bot.language import MONEY, Text, Units, Words, _, fold, number, read_amount, read_day
from bot.movement.plan.as_read import AsRead
from bot.movement.plan.item_kinds import FieldType, ItemField, ItemKind
from bot.movement.plan.places import Path
from bot.movement.plan.problems import Clash

_ANY_DAY = date(2027, 1, 5)
COMMON = ("title", "area")
"""Codes of what every sheet asks."""
ALWAYS = ("Tên", "Nội dung")
"""How those two are called on every sheet."""
GOES: Mapping[str, FieldType] = {"choices": FieldType.CHOICE, "unit": FieldType.NUMBER}
"""Keys that go with one type, and without which it cannot be asked."""
MOST = 30
"""How many answers a question may offer."""


def words(found: AsRead) -> Iterator[Clash]:
    """Yield where two kinds have one word: what people type behind «/dangky» says which is meant."""
    seen = dict[str, tuple[str, str]]()
    for kind in found.plan.kinds:
        own: list[tuple[tuple[str | int, ...], str]] = [(("code",), kind.code), (("short",), kind.short)]
        for way, word in [*own, *((("words", n), word) for n, word in enumerate(kind.words))]:
            other, key = seen.setdefault(fold(word), (kind.code, str(way[0])))
            if other != kind.code and not key == way[0] != "words":  # two of one code or name are told already
                yield Clash(
                    found.way(kind, *way),
                    _("«{word}» calls «{kind}» already", word=word, kind=other),
                    _("a word of its own"),
                )


def fields(found: AsRead) -> Iterator[Clash]:
    """Look at the questions of every kind that could be read as a whole."""
    for kind in found.plan.kinds:
        place, n = found.way(kind)[:2]
        written = found.data[str(place)][n].get("fields", [])
        if len(written) != len(kind.fields):
            continue
        yield from _whose(found, kind)
        yield from _own(found, kind, "code", COMMON)
        yield from _own(found, kind, "label", ALWAYS)
        yield from _later(found, kind)
        for m, field in enumerate(kind.fields):
            yield from _field((*found.way(kind), "fields", m), field)


def _later(found: AsRead, kind: ItemKind) -> Iterator[Clash]:
    """Look at what is asked later than with the registration, and at the day on which something is to be done."""
    asked = {"request": kind.recognised, "result": kind.progress}
    switch = {"request": "recognised = true", "result": "progress = true"}
    for n, field in enumerate(kind.fields):
        way = (*found.way(kind), "fields", n)
        if not asked.get(field.when, True):
            yield Clash(
                (*way, "when"),
                _('when = "{when}" is never asked of this kind', when=field.when),
                _("{key} of the kind, or another time", key=switch[field.when]),
            )
        elif field.when != "register" and field.type is FieldType.AUTHORS:
            yield Clash((*way, "when"), _("whose work it is is asked with the registration"), _('"register"'))
    dates = [field.code for field in kind.fields if field.type is FieldType.DATE and field.when == "register"]
    if kind.due and kind.due not in dates:
        yield Clash(
            found.way(kind, "due"),
            _('«{due}» is no question of type "date" that is asked with the registration', due=kind.due),
            _("one of {words}", words=", ".join(f'"{code}"' for code in dates))
            if dates
            else _("{key} left out", key="due"),
        )
    elif kind.due and not kind.progress:
        yield Clash(
            found.way(kind, "due"), _("without progress = true nobody is reminded of it"), _("progress = true besides")
        )


def of_plans(found: AsRead) -> Iterator[Clash]:
    """Look at the kind that the tasks of units' plans are: one at most, which can be made of a task, a day and a person."""
    marked = [kind for kind in found.plan.kinds if kind.from_plan]
    for kind in marked[1:]:
        yield Clash(
            found.way(kind, "from_plan"),
            _("the tasks of a unit's plan are of the kind «{kind}» already", kind=marked[0].code),
            _("from_plan = true of one kind alone"),
        )
    for kind in marked[:1]:
        yield from _from_plan(found, kind)


def _from_plan(found: AsRead, kind: ItemKind) -> Iterator[Clash]:
    way = found.way(kind, "from_plan")
    if not kind.progress:
        yield Clash(way, _("a task of a plan is followed until it is done"), _("progress = true besides"))
    if not kind.due:
        yield Clash(
            way, _("a task of a plan has a day until which it is done"), _('due = "…" besides, a question of it')
        )
    if kind.authors != "charge":
        yield Clash(way, _("one person is in charge of a task of a plan"), _('authors = "charge" besides'))
    if not any(duty.how == "plan" for duty in found.plan.duties):
        yield Clash(way, _("no unit sends a plan here"), _('a duty with how = "plan", or this left out'))
    for field in kind.asked:
        if field.required and field != kind.whose and field.code != kind.due:
            yield Clash(
                way,
                _("a plan does not say «{label}», which has to be answered", label=field.label),
                _("required = false of that question"),
            )


def _whose(found: AsRead, kind: ItemKind) -> Iterator[Clash]:
    n = sum(each.type is FieldType.AUTHORS for each in kind.fields)
    if n != (kind.authors != "unit"):
        yield Clash(
            found.way(kind, "fields"),
            _('authors = "{authors}" does not go with {n} questions of type "authors"', authors=kind.authors, n=n),
            _("none of them") if kind.authors == "unit" else _("one of them"),
        )


def _own(found: AsRead, kind: ItemKind, key: str, taken: tuple[str, ...]) -> Iterator[Clash]:
    seen = set(map(fold, taken))
    for n, field in enumerate(kind.fields):
        said = getattr(field, key)
        if fold(said) in seen:
            yield Clash(
                (*found.way(kind), "fields", n, key),
                _("«{name}» stands on the sheet already", name=said),
                _("a name that is not on the sheet yet, nor {taken}", taken=", ".join(taken)),
            )
        seen.add(fold(said))


def _field(way: Path, field: ItemField) -> Iterator[Clash]:
    kind = field.type.value
    for key, goes_with in GOES.items():
        if (field.type is goes_with) is not bool(getattr(field, key)):
            missing = field.type is goes_with
            yield Clash(
                (*way, key),
                _('type = "{type}" cannot be asked for without {key}', type=kind, key=key)
                if missing
                else _('this does not go with type = "{type}"', type=kind),
                _("a list of texts")
                if missing and key == "choices"
                else _("text in quotes")
                if missing
                else _("leave this out"),
                absent=missing,
            )
    if not field.past and field.type is not FieldType.DATE:
        yield Clash((*way, "past"), _('this does not go with type = "{type}"', type=kind), _("leave this out"))
    yield from _choices(way, field)
    if field.example and not _READS.get(field.type, _anything)(field):
        yield Clash(
            (*way, "example"),
            _("«{example}» would not be taken as an answer", example=field.example),
            _EXPECTED[field.type],
        )


def _choices(way: Path, field: ItemField) -> Iterator[Clash]:
    seen = set[str]()
    known = steering(Words("vi"))
    if field.type is FieldType.CHOICE and not 1 < len(field.choices) <= MOST and field.choices:
        yield Clash(
            (*way, "choices"),
            _("{n} answers cannot be chosen among", n=len(field.choices)),
            _("2 to {most} answers", most=MOST),
        )
    for n, choice in enumerate(field.choices):
        place = (*way, "choices", n)
        if fold(choice) in known:
            yield _steers(place, choice)
        elif fold(choice) in seen:
            yield Clash(place, _("«{name}» stands in this list already", name=choice), _("a name of its own"))
        elif number(choice.strip(" .)")) is not None:
            yield Clash(
                place,
                _("«{name}» would be taken for the place in the list", name=choice),
                _("a name with a letter in it"),
            )
        seen.add(fold(choice))


def _steers(way: Path, word: str) -> Clash:
    return Clash(
        way, _("«{word}» moves about in a sheet, so that it cannot be an answer", word=word), _("another word")
    )


def _anything(field: ItemField) -> bool:
    return True


_READS: Mapping[FieldType, Callable[[ItemField], bool]] = {
    FieldType.NUMBER: lambda field: read_amount(field.example, Units(field.unit)) is not None,
    FieldType.MONEY: lambda field: read_amount(field.example, MONEY) is not None,
    FieldType.DATE: lambda field: read_day(field.example, _ANY_DAY) is not None,
}
"""How an example is looked at, where an answer is read."""
_EXPECTED: Mapping[FieldType, Text] = {
    FieldType.NUMBER: _("an amount in its unit"),
    FieldType.MONEY: _("an amount of money"),
    FieldType.DATE: _("a day"),
}
