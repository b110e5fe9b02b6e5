"""A list of people of a class from a file: read by the worker, compared with those who may be listed. Reads snapshots."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from bot.conversation import JobContext
from bot.documents.roster import read
from bot.documents.tables import put_right
from bot.language import Count, Part, _
from bot.movement import titled
from bot.office.announcements.announcement_facts import named
from bot.office.announcements.member_file import who
from storage import files, people, training


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """What a file says: who would be put into the list, and how it is said."""

    new: Sequence[int]
    lines: Sequence[Part]

    @property
    def stamp(self) -> int:
        """A number of what was shown: nothing else is written by a yes to it."""
        return crc32(" ".join(map(str, sorted(self.new))).encode()) % 1_000_000


async def read_people(context: JobContext, file: int, code: str, unit: str) -> FoundPeople:
    """Read a list in the worker process and find everybody; of a unit alone where one is named."""
    content = await context.snapshot.one(files.CONTENT, id=file, chat=context.chat)
    found = await context.snapshot.one(training.BY_CODE, code=code)
    if content is None or found is None:
        return FoundPeople((), [_("The file was not sent in this chat. Please send it here.")])
    try:
        sheet = await context.make(read, content.name, content.bytes)
    except MemoryError:
        return FoundPeople((), [_("This file is too big to be read; please keep only the list in it.")])
    everybody = [each for each in await context.snapshot.all(people.EVERYBODY) if unit in ("", each.unit)]
    units = await context.snapshot.all(people.UNITS)
    known = {each.human or each.id for each in await context.snapshot.all(training.IN_CLASS, id=found.id)}
    met = [(row, who(row, everybody, units)) for row in sheet.people]
    sure = {each.human or each.id: each for _row, each in met if each is not None}
    new = [each for human, each in sure.items() if human not in known]
    lines: list[Part] = [*put_right(sheet.problems), *sheet.notes]
    lines.append(_("To be put into the list ({n}):", n=Count(len(new))))
    lines += named([(titled(each), each.unit_name) for each in new])
    if again := len(sure) - len(new):
        lines.append(_("{n} of them stand in the list already.", n=Count(again)))
    if unknown := [row for row, each in met if each is None]:
        lines.append(_("Not found in the list of people, so left out ({n}):", n=Count(len(unknown))))
        lines += named([(row.name, row.unit) for row in unknown])
    return FoundPeople([each.id for each in new], lines)
