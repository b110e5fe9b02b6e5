"""A list of members from a file: read by the worker, compared with the people of the office. Reads snapshots."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from bot.conversation import JobContext
from bot.documents.roster import read
from bot.documents.roster_rows import PersonRow
from bot.documents.tables import put_right
from bot.language import Count, Part, _, person_names
from bot.movement import titled
from bot.office.announcements.announcement_facts import named
from bot.office.announcements.member_names import found
from storage import files, people, union_members
from storage.people import Person, Unit


@dataclass(frozen=True, slots=True)
class FoundMembers:
    """What a file says: who would be added, and how it is said."""

    new: Sequence[int]
    lines: Sequence[Part]

    @property
    def stamp(self) -> int:
        """A number of what was shown: nothing else is written by a yes to it."""
        return crc32(" ".join(map(str, sorted(self.new))).encode()) % 1_000_000


async def read_members(context: JobContext, file: int, unit: str) -> FoundMembers:
    """Read a list in the worker process and find everybody in the roster as it is."""
    content = await context.snapshot.one(files.CONTENT, id=file, chat=context.chat)
    if content is None:
        return FoundMembers((), [_("The file was not sent in this chat. Please send it here.")])
    try:
        sheet = await context.make(read, content.name, content.bytes)
    except MemoryError:
        return FoundMembers((), [_("This file is too big to be read; please keep only the list in it.")])
    everybody, units = await context.snapshot.all(people.EVERYBODY), await context.snapshot.all(people.UNITS)
    known = {person.id for person in await context.snapshot.all(union_members.OF_UNIT, unit=unit)}
    met = [(row, who(row, everybody, units)) for row in sheet.people]
    sure = {person.id: person for _row, person in met if person is not None}
    new = [person for id, person in sure.items() if id not in known]
    lines: list[Part] = [*put_right(sheet.problems), *sheet.notes]
    lines.append(_("To be added ({n}):", n=Count(len(new))))
    lines += named([(titled(each), each.unit_name) for each in new])
    if again := len(sure) - len(new):
        lines.append(_("{n} of them are members already.", n=Count(again)))
    if unknown := [row for row, person in met if person is None]:
        lines.append(_("Not found in the list of people, so left out ({n}):", n=Count(len(unknown))))
        lines += named([(row.name, row.unit) for row in unknown])
    return FoundMembers([person.id for person in new], lines)


def who(row: PersonRow, everybody: Sequence[Person], units: Sequence[Unit]) -> Person | None:
    """Return whom a line surely means: its exact name, and of namesakes the unit, number or year of birth."""
    by_number = [person for person in everybody if person_names.numbered_alike(row, person)]
    if len(by_number) == 1:
        return by_number[0]
    apart = [person for person in everybody if not person_names.against(row, person)]
    return found(row.name, row.unit, apart, units).sure
