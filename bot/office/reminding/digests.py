"""What the office is told by itself: who has sent, what has changed since the last time, the draft at last. Reads one snapshot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.conversation import Office
from bot.language import Count, Joined, Part, Weekday, _
from bot.movement import Obligation, Occasion, State, Year, away, broken, obligations, titled
from bot.office.reminding.deadline_texts import how
from bot.office.reminding.unit_context import opened
from bot.office.report import summaries, summary_words, target_words
from bot.office.report.summaries import Summary
from storage import deadlines, digests
from storage.db import Snapshot
from storage.digests import Then


@dataclass(frozen=True, slots=True)
class Digested:
    """A digest with everything it says, read just before it is sent."""

    duty: str
    occasion: Occasion
    summary: Summary
    owed: Sequence[Obligation]
    """The yearly duties of this year, of every unit."""
    promised: Mapping[str, date]
    """Days that units have promised for this duty."""
    before: Then | None
    moved: Mapping[str, date]
    """By duty, the day that was moved."""

    @property
    def missing(self) -> list[Obligation]:
        """Return who still owes this duty."""
        return [each for each in self.owed if each.duty.code == self.duty and each.fulfilled is None]

    @property
    def now_standing(self) -> Then:
        """Return how things stand, for the next digest to compare with."""
        found = self.summary
        alive = [row for row in found.tally if row.stands]
        recognised = sum(row.n for row in alive if row.recognised)
        sent = sorted(each.unit for each in found.sent)
        return Then(found.year, found.now.date(), sent, sum(row.n for row in alive), recognised)


SAYS_MOST = tuple(Occasion)
"""The more urgent a digest, the more it says."""


def once_each(entries: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Keep one digest of a duty and year: what nothing ran for comes together, and is said as things stand now.

    The one that says the most stays, the newest of its kind.
    """
    found: dict[tuple[str, int], Mapping[str, Any]] = {}
    for each in entries:
        was = found.get((str(each["duty"]), int(each["year"])))
        if was is None or SAYS_MOST.index(each["occasion"]) <= SAYS_MOST.index(was["occasion"]):
            found[str(each["duty"]), int(each["year"])] = each
    return list(found.values())


async def read(snapshot: Snapshot, office: Office, entry: Mapping[str, Any], now: datetime) -> Digested:
    """Read everything that one digest says."""
    year, duty = int(entry["year"]), str(entry["duty"])
    found = await summaries.read(snapshot, office, year, now)
    codes = [unit.code for unit in found.standing.units]
    of = await opened(snapshot, office, [Year(year)])
    standing = found.standing
    today, kinds, spans = now.date(), standing.kinds, standing.spans
    owed = list(obligations(office.plan, codes, of, standing.filed, today, office.calendar, kinds=kinds, spans=spans))
    promised = {
        row.unit: row.day for row in await snapshot.all(deadlines.PROMISES) if (row.duty, row.year) == (duty, year)
    }
    before = await snapshot.one(digests.BEFORE, year=year, day=now.date())
    moved = {
        row.duty: row.was for row in await snapshot.all(deadlines.DEADLINES) if row.year == year and row.was is not None
    }
    return Digested(duty, Occasion(entry["occasion"]), found, owed, promised, before, moved)


def lines(made: Digested, office: Office, names: bool) -> list[Part]:
    """Say what stands under its head; nothing when nothing is worth saying. `names` is false for leaders."""
    found = made.summary
    reports = office.plan.reports.code
    results = next((each for each in made.owed if each.duty.code == reports), None)
    if made.duty != reports:
        return list(_who(made, office, names))
    changes = list(_changes(made))
    said: list[Part] = []
    if results is not None and found.now.date() >= results.opens:
        sent = summary_words.sent_lines(found, names)
        # On a Monday it is what has changed that counts; who has not sent stands one tap away.
        said += [*(sent[:1] if made.occasion is Occasion.WEEKLY else sent), *_promises(made)]
    elif not changes and made.before is not None:
        return []
    said += [*_others(made), *changes]
    if made.occasion is Occasion.AFTER and names:
        said += ["", _("Draft of the summary of {year}, from what has come:", year=found.year)]
        said += [*target_words.target_lines(found), *summary_words.item_lines(found, office)]
    return said


def _who(made: Digested, office: Office, names: bool) -> Iterator[Part]:
    """List who still owes a duty, with how late; a promise that holds is said."""
    missing, today = made.missing, made.summary.now.date()
    by_code = made.summary.standing.names
    duty = office.plan.known_duty(made.duty)
    what = made.duty if duty is None else duty.called
    yield _("Not sent, {duty} ({n}):", duty=what, n=Count(len(missing)))
    for each in missing:
        head = next(iter(made.summary.standing.heads.get(each.unit, ())), None)
        unit: Part = by_code.get(each.unit, each.unit)
        if names and head is not None:
            unit = _("{unit} ({head})", unit=unit, head=titled(head))
        yield _("- {unit}: {how}", unit=unit, how=how(each, today))
        yield from summary_words.unreached_lines(made.summary, each.unit) if names else ()
    yield from summary_words.gaps(made.summary, missing) if names else ()
    yield from _promises(made)


def _promises(made: Digested) -> Iterator[Part]:
    """Say why units are not reminded: promised days that have not come, heads who are away."""
    by_code = made.summary.standing.names
    now = made.summary.now
    for each in made.missing:
        day = made.promised.get(each.unit)
        if not broken(day, now):
            yield _("{unit} has promised {day}.", unit=by_code[each.unit], day=day)
        head = next(iter(made.summary.standing.heads.get(each.unit, ())), None)
        if head is not None and away(head, now.date()):
            yield _("The head of {unit} is away until {day}.", unit=by_code[each.unit], day=head.away_until)


def _others(made: Digested) -> Iterator[Part]:
    """Count the other duties of the year that are open."""
    for duty in dict.fromkeys(each.duty.code for each in made.owed):
        mine = [each for each in made.owed if each.duty.code == duty]
        waiting = [each for each in mine if each.state in (State.OPEN, State.OVERDUE)]
        moved, told = made.moved.get(duty), duty != made.duty and waiting and mine[0].duty.by == "unit"
        if told and moved is not None:
            yield _(
                "{duty}: {sent}/{all} units, moved to the end of {due} (it was {was})",
                duty=mine[0].duty.name,
                sent=Count(len(mine) - len(waiting)),
                all=Count(len(mine)),
                due=waiting[0].due,
                was=moved,
            )
        elif told:
            yield _(
                "{duty}: {sent}/{all} units, due by the end of {due}",
                duty=mine[0].duty.name,
                sent=Count(len(mine) - len(waiting)),
                all=Count(len(mine)),
                due=waiting[0].due,
            )


def _changes(made: Digested) -> Iterator[Part]:
    """Say what has changed since the last digest."""
    then, now = made.before, made.now_standing
    if then is None:
        return
    by_code = made.summary.standing.names
    new = [by_code.get(code, code) for code in now.sent if code not in then.sent]
    changes: list[Part] = []
    if new:
        changes.append(_("{n} more units have sent ({units})", n=Count(len(new)), units=Joined(new)))
    if now.items > then.items:
        changes.append(_("{n} more sheets are registered", n=Count(now.items - then.items)))
    if now.recognised > then.recognised:
        changes.append(_("{n} more are recognised", n=Count(now.recognised - then.recognised)))
    since = {"weekday": Weekday(then.day), "day": then.day}
    if changes:
        yield _("Since {weekday}, {day}: {changes}.", changes=Joined(changes, "; "), **since)
    elif made.occasion is not Occasion.WEEKLY or made.missing[0].opens <= made.summary.now.date():
        yield _("Since {weekday}, {day}: no change.", **since)
