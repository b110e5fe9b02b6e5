"""What is told of difficulties: to whoever has one now, to whoever raised it; and the reminders of the day's message."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import EVERYBODY, Feature, Notice, Visit, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, Text, _
from bot.office.difficulties import difficulty_texts
from bot.office.difficulties.difficulty_doing import MOVED
from bot.office.difficulties.difficulty_moves import Hand, holds, owners, sees
from bot.office.reminding.dated_notes import DIFFICULTIES
from bot.office.unit_tasks.task_texts import short
from storage import difficulties
from storage.difficulties import DifficultyMove, DifficultyState, Raised, RaisedStep

MOST = 10
"""Lines of a reminder."""
HEADS: Mapping[DifficultyMove, Text] = {
    DifficultyMove.SENT: _("A difficulty waits for {you}r answer"),
    DifficultyMove.PASSED_ON: _("A difficulty was passed on to {desk}"),
    DifficultyMove.TURNED: _("A difficulty was sent to {desk}"),
    DifficultyMove.ANSWERED: _("{You}r difficulty was answered"),
    DifficultyMove.REFERRED: _("{You}r difficulty was put before {leaders}"),
    DifficultyMove.OPINION: _("{You}r difficulty has the opinion of {leaders}"),
    DifficultyMove.SOLVED: _("A difficulty that {you} answered is solved"),
    DifficultyMove.UNSOLVED: _("A difficulty is not solved yet by the answer"),
    DifficultyMove.WITHDRAWN: _("A difficulty was withdrawn"),
}


def happened(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell what has happened to a difficulty. Pointless once something else has."""
    raised = visit.tx.one(difficulties.BY_CODE, code=about["code"])
    if raised is None or raised.step != about["n"]:
        return None
    last = visit.tx.all(difficulties.STEPS, id=raised.id)[-1]
    lines: list[Part] = [
        HEADS[last.move],
        _("{code} · {unit}: «{text}»", code=raised.code, unit=raised.unit_name, text=short(raised.text)),
        _("{step}.", step=difficulty_texts.step_line(visit, last)),
        *_asked(visit, raised, last),
    ]
    see = Button(_("See {code}", code=raised.code), f"/vuongmac {raised.code}")
    return Say(lines, buttons=(*difficulty_texts.buttons(visit, raised), see))


def _asked(visit: Visit, raised: Raised, last: RaisedStep) -> list[Part]:
    """Return what is asked of whoever has it now."""
    if raised.state is DifficultyState.ANSWERED and holds(visit, raised, Hand.ASKER):
        return [_("Does that solve it?")]
    if raised.waits:
        return [_("Now: {standing}.", standing=difficulty_texts.standing(visit, raised))]
    return []


def due(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Remind whoever has difficulties that nobody has done anything about."""
    found = [visit.tx.one(difficulties.BY_CODE, code=code) for code in about.get(DIFFICULTIES, ())]
    left = [each for each in found if each is not None and any(one.id == visit.me.id for one in owners(visit, each))]
    if not left:
        return None
    lines: list[Part] = [_("Difficulties that wait for {you} ({n})", n=Count(len(left)))]
    lines += [_("- {line}", line=difficulty_texts.line(visit, each)) for each in left[:MOST]]
    if len(left) > MOST:
        lines.append(_("… and {n} more", n=Count(len(left) - MOST)))
    lines.append(
        _(
            "This comes because they wait for {you}; it stops once they are answered or it is said whether they are solved."
        )
    )
    return Say(lines, buttons=[Button(_("See {code}", code=each.code), f"/vuongmac {each.code}") for each in left[:5]])


def _concerned(visit: Visit, about: Mapping[str, Any]) -> bool:
    raised = visit.tx.one(difficulties.BY_CODE, code=about["code"])
    return raised is not None and (sees(visit, raised) or raised.by == visit.me.id)


FEATURE = Feature(
    __name__,
    notices=(Notice(MOVED, happened, whose(_("those whom the difficulty concerns"), _concerned)),),
    day_parts=(Notice(DIFFICULTIES, due, EVERYBODY),),
)
