"""A list of people that is sent in the chat: read by the worker, compared, its lines chosen and written.

Units and people alone: days off have a door of their own (`/lich`). Whoever moves, leaves, comes back or gets another
role is shown with the door to `/nhansu`, where what hangs on the post is handed over and a second person agrees.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.conversation import JobContext, Visit
from bot.dialogue import Answers, Button, Facts, Reading, Scene, Value, Wrong
from bot.documents.roster import Sheet, read
from bot.documents.tables import TableProblem, put_right
from bot.language import Part, Text, _
from bot.office.roster import roster_changes, roster_import
from bot.office.roster.roster_changes import Asked, AskedLine, Roster, RosterChanges
from bot.office.roster.roster_choice import RosterMoved, read_lines, stamp
from storage import consents, files, people

MOST = 8
"""So many doors are offered at once."""


class LineFacts(Facts):
    """Which file it is, what was shown of it, how many lines can be chosen: «12:345678:14»."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self.file, self.stamp, self.usual = (int(each) for each in subject.split(":"))


class LineNumbers:
    """Numbers of lines: «1, 3-5», «tất cả trừ 7»."""

    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read which lines are meant; at least one."""
        usual = LineFacts.of(scene).usual
        chosen = read_lines(text, usual, usual)
        if isinstance(chosen, Text):
            return Wrong(chosen)
        return Value(sorted(chosen)) if chosen else Wrong(_("That is no line at all; «leave» writes nothing."))

    def show(self, value: Collection[int], scene: Scene) -> Part:
        """Return them as people write them."""
        return _("{lines}", lines=roster_changes.in_words(value))


@dataclass(frozen=True, slots=True)
class FoundRoster:
    """What a list says, compared with the people who are known."""

    sheet: Sheet | None
    changes: RosterChanges | None
    problems: Sequence[TableProblem]
    lines: Sequence[Part]
    stamp: int = 0


async def read_roster(context: JobContext, file: int) -> FoundRoster:
    """Read a list in the worker process and compare it with the people as they are."""
    content = await context.snapshot.one(files.CONTENT, id=file, chat=context.chat)
    if content is None:
        return FoundRoster(None, None, (), [_("The file was not sent in this chat. Please send it here.")])
    try:
        sheet = await context.make(read, content.name, content.bytes)
    except MemoryError:
        return FoundRoster(None, None, (), [_("This file is too big to be read; please keep only the list in it.")])
    everything = context.snapshot.all
    known = Roster(
        await everything(people.UNITS), await everything(people.EVER), frozenset(await everything(consents.WITHDRAWN))
    )
    changes = roster_import.changes(known, sheet, context.office.plan)
    problems = [*sheet.problems, *changes.problems]
    lines: list[Part] = [*put_right(problems), *sheet.notes]
    if sheet.units or sheet.people:
        lines += roster_changes.describe(context.office.plan, changes)
    if sheet.days:
        lines.append(_("Days off in the file were passed over: they are taken by «calendar»."))
    if not lines:
        lines.append(_("The file has no lines filled in; nothing was written."))
    return FoundRoster(sheet, changes, problems, lines, stamp(context.office.plan, changes))


def doors(found: RosterChanges) -> list[Button]:
    """Return, for lines that are asked about, the door to the change of that post."""
    return [Button(_door(each), _says(each)) for each in found.asked[:MOST]]


def _door(line: AskedLine) -> Part:
    words = {
        Asked.MOVED: _("{name} moves", name=line.person.name),
        Asked.ROLE: _("Role of {name}", name=line.person.name),
        Asked.BACK: _("{name} comes back", name=line.person.name),
        Asked.NAME: _("Name of {name}", name=line.person.name),
        Asked.GONE: _("{name} leaves", name=line.person.name),
    }
    return words[line.what]


def _says(line: AskedLine) -> str:
    verb = {Asked.MOVED: f" chuyển sang {line.to}", Asked.GONE: " nghỉ"}.get(line.what, "")
    return f"/nhansu #{line.person.id}{verb}"


def write(visit: Visit, sheet: Sheet, shown: int, chosen: Collection[int]) -> None:
    """Write the chosen lines, as they were shown; raise RosterMoved where the roster is not any more what it was."""
    tx, plan = visit.tx, visit.plan
    changes = roster_import.changes(roster_import.roster(tx), sheet, plan)
    if stamp(plan, changes) != shown:
        raise RosterMoved(shown)
    roster_import.apply(tx, plan, changes, chosen)
    visit.note("imported", lines=len(chosen))
