"""Which lines of an import somebody chooses, and doing them: what hangs on a post goes along. In the transaction.

A line that moves, ends, renames somebody or gives another role is a change of a post like any other
(`bot.office.roster.personnel`): a file does nothing that the chat would not let one person do.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from zlib import crc32

from bot.language import Part, Text, Words, _, fold
from bot.movement import Plan, second
from bot.office.roster import personnel, personnel_plan, roster_import
from bot.office.roster.personnel_asking import OWN
from bot.office.roster.personnel_plan import Change, Wish
from bot.office.roster.personnel_steps import WantedChange
from bot.office.roster.roster_changes import Asked, AskedLine, RosterChanges, describe
from storage import people
from storage.db import Tx

MOST = 2000
"""Lines that can be chosen at once."""
_RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")
_EVERYTHING = frozenset({"tat ca", "het", "all"})
_USUAL = frozenset({"", "muc thuong", "cac muc thuong", "usual"})
_NOTHING = frozenset({"khong", "none"})


class RosterMoved(Exception):  # a state, found in the transaction
    """The roster is not any more what was shown."""


def read_lines(said: str, found: int, usual: int) -> frozenset[int] | Text:
    """Read «1, 3-5», «tất cả», «tất cả trừ 3», «mục thường»; a sentence where it is none of these. Pure."""
    words = fold(said[:MOST]).strip(" .")
    most, _but, left_out = words.partition(" tru ")
    if not _but:
        most, _but, left_out = words.partition(" except ")
    all_of = {**dict.fromkeys(_EVERYTHING, found), **dict.fromkeys(_USUAL, usual), **dict.fromkeys(_NOTHING, 0)}
    if most.strip() in all_of:
        chosen: frozenset[int] | Text = frozenset(range(1, all_of[most.strip()] + 1))
    else:
        chosen = _numbers(most, found)
    without = _numbers(left_out, found) if left_out else frozenset()
    if isinstance(chosen, Text) or isinstance(without, Text):
        return chosen if isinstance(chosen, Text) else without
    return chosen - without


def _numbers(said: str, found: int) -> frozenset[int] | Text:
    chosen: set[int] = set()
    for piece in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", said)):
        if piece in ("", "va", "and"):
            continue
        match = _RANGE.fullmatch(piece)
        if match is None:
            return _("Please give the numbers of lines, like «1, 3-5», «all» or «all except 3».")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= found:
            return _("There is no line {line}; lines have the numbers 1 to {n}.", line=piece, n=found)
        chosen.update(range(first, last + 1))
    return frozenset(chosen)


def stamp(plan: Plan, found: RosterChanges) -> int:
    """Return a number for all that a file would change, so that nothing is written that was not shown."""
    words = Words("vi", terms=plan.terms)
    return crc32("\n".join(words.say(line) for line in describe(plan, found)).encode()) % 1_000_000


def wanted(line: AskedLine) -> WantedChange:
    """Return the change of a post that a line asks for."""
    who = f"#{line.person.id}"
    if line.what is Asked.MOVED:
        return WantedChange(who, unit=line.to)
    if line.what is Asked.ROLE:
        return WantedChange(who, role=line.to)
    if line.what is Asked.NAME:
        return WantedChange(who, name=line.to)
    return WantedChange(who, back=True) if line.what is Asked.BACK else WantedChange(who, end=True)


def held(tx: Tx, plan: Plan, found: RosterChanges, wish: Wish) -> dict[int, Sequence[Part]]:
    """Return, by number, what hangs on each post that is asked about, or why that line cannot be chosen."""
    lines: dict[int, Sequence[Part]] = {}
    for n, line in enumerate(found.asked, found.usual + 1):
        change = personnel_plan.plan_change(tx, plan, wanted(line), wish)
        why = _why_not(tx, change, wish)
        lines[n] = [why] if why is not None else change.lines[1:]
    return lines


def refused(tx: Tx, plan: Plan, found: RosterChanges, chosen: Collection[int], wish: Wish) -> Iterator[Text]:
    """Yield why chosen lines cannot be done; nothing at all is written then."""
    for n, line in enumerate(found.asked, found.usual + 1):
        if n in chosen:
            change = personnel_plan.plan_change(tx, plan, wanted(line), wish)
            if (why := _why_not(tx, change, wish)) is not None:
                yield _("Line {n}: {why}", n=n, why=why)


def _why_not(tx: Tx, change: Change, wish: Wish) -> Text | None:
    """Return why a line cannot be chosen: in the chat a file does no more than one person may there."""
    if change.why is not None or wish.by is None or change.person is None:
        return change.why
    if change.person.id in tx.all(people.EVERY_POST, person=wish.by):
        return OWN
    return _("a second person has to agree to this role; please use /nhansu.") if second(change.touched) else None


def write(tx: Tx, plan: Plan, found: RosterChanges, chosen: Collection[int], wish: Wish) -> None:
    """Write the chosen lines, all or none; raise RosterMoved where one of them is not possible any more."""
    roster_import.apply(tx, plan, found, chosen)
    for n, line in enumerate(found.asked, found.usual + 1):
        if n not in chosen:
            continue
        change = personnel_plan.plan_change(tx, plan, wanted(line), wish)
        if change.why is personnel_plan.NOTHING:
            continue
        if _why_not(tx, change, wish) is not None:
            raise RosterMoved(n)
        personnel.make_change(tx, change, wish.office, wish.now, by=wish.by)
