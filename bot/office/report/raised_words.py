"""What reports tell of difficulties and of inspections: each with what came of it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from bot.language import Count, Part, _
from bot.office.unit_tasks.task_texts import short
from storage.difficulties import DifficultyMove, DifficultyState, Raised, RaisedStep
from storage.inspections import Inspection

PUT_RIGHT = ("done", "closed")
"""States of a task of which the unit says that it is done."""


def came_of(raised: Raised, answer: RaisedStep | None, zone: tzinfo | None) -> Part:
    """Say what came of a difficulty: who has answered when, whether it is solved, or where it lies."""
    solved = raised.state is DifficultyState.SOLVED
    day = _day(raised.since, zone)
    if answer is None:
        where: Mapping[DifficultyState, Part] = {
            DifficultyState.HEAD: _("being looked at in the unit"),
            DifficultyState.LEADERS: _("put before {leaders}"),
        }
        return where.get(raised.state, _("being looked at by {desk}"))
    said = _answered(answer, zone)
    if solved:
        return _("{answer}; solved on {day}", answer=said, day=day)
    if raised.state is DifficultyState.ANSWERED:
        return said
    return _("{answer}; not solved yet", answer=said)


def _answered(answer: RaisedStep, zone: tzinfo | None) -> Part:
    if answer.move is DifficultyMove.OPINION and answer.number:
        return _(
            "{whose} gave an opinion on {day} (document {number}): «{text}»",
            whose=answer.whose,
            day=answer.day,
            number=answer.number,
            text=short(answer.text),
        )
    if answer.move is DifficultyMove.OPINION:
        return _(
            "{whose} gave an opinion on {day}: «{text}»", whose=answer.whose, day=answer.day, text=short(answer.text)
        )
    about = {"day": _day(answer.at, zone), "text": short(answer.text)}
    if answer.was is DifficultyState.HEAD:
        return _("answered in the unit on {day}: «{text}»", **about)
    return _("{desk} answered on {day}: «{text}»", **about)


def _day(at: datetime, zone: tzinfo | None) -> date:
    return at.astimezone(zone).date()


def of_unit(raised: Iterable[Raised], answers: Mapping[int, RaisedStep], zone: tzinfo | None) -> list[Part]:
    """Return the sentences of a unit's report: each difficulty word for word, with what came of it."""
    return [
        _(
            "{text} ({code}; {outcome}).",
            text=" ".join(each.text.split()).rstrip(". "),
            code=each.code,
            outcome=came_of(each, answers.get(each.id), zone),
        )
        for each in raised
    ]


def counted(raised: Sequence[Raised], answers: Mapping[int, RaisedStep]) -> tuple[int, int, int]:
    """Return how many are solved, how many answered, how many looked at."""
    solved = sum(each.state is DifficultyState.SOLVED for each in raised)
    answered = sum(each.id in answers and each.state is not DifficultyState.SOLVED for each in raised)
    return solved, answered, len(raised) - solved - answered


def in_summary(
    raised: Sequence[Raised], answers: Mapping[int, RaisedStep], names: Mapping[str, Part], zone: tzinfo | None
) -> list[Part]:
    """Return the part of the office's summary about difficulties that were raised in the year."""
    if not raised:
        return []
    solved, answered, rest = counted(raised, answers)
    lines: list[Part] = [
        _(
            "Difficulties raised in the year ({n}): solved {solved}, answered {answered}, being looked at {rest}.",
            n=Count(len(raised)),
            solved=Count(solved),
            answered=Count(answered),
            rest=Count(rest),
        )
    ]
    for each in raised:
        lines.append(
            _(
                "- {code}, {unit}: «{text}»; {outcome}",
                code=each.code,
                unit=names.get(each.unit, each.unit_name),
                text=short(each.text),
                outcome=came_of(each, answers.get(each.id), zone),
            )
        )
    return lines


# Inspections --------------------------------------------------------------------------------------


def how_far(inspection: Inspection, zone: tzinfo | None) -> Part:
    """Say how far what was found is put right."""
    if inspection.state in PUT_RIGHT and inspection.done is not None:
        return _("put right on {day}", day=_day(inspection.done, zone))
    return _("to be put right by the end of {day}", day=inspection.due)


def put_right(inspection: Inspection, zone: tzinfo | None) -> Part:
    """Say what an inspection has found, and how far it is put right."""
    if inspection.due is None:
        return _("nothing had to be put right")
    return _("«{text}»; {how}", text=short(inspection.found), how=how_far(inspection, zone))


def inspected_in_unit(inspections: Iterable[Inspection], zone: tzinfo | None) -> list[Part]:
    """Return the sentences of a unit's report about its inspections."""
    return [
        _("Inspection of {day} ({code}): {how}.", day=each.day, code=each.code, how=put_right(each, zone))
        for each in inspections
    ]


def to_put_right(inspections: Sequence[Inspection]) -> tuple[int, int]:
    """Return in how many something was found, and in how many of these it is put right."""
    found = [each for each in inspections if each.due is not None]
    return len(found), sum(each.state in PUT_RIGHT for each in found)


def inspected_in_summary(
    inspections: Sequence[Inspection], names: Mapping[str, Part], zone: tzinfo | None
) -> list[Part]:
    """Return the part of the office's summary about the inspections of the year."""
    if not inspections:
        return []
    found, done = to_put_right(inspections)
    lines: list[Part] = [
        _(
            "Inspections in the year ({n}): something found in {found}, of these put right {done}.",
            n=Count(len(inspections)),
            found=Count(found),
            done=Count(done),
        )
    ]
    for each in inspections:
        lines.append(
            _(
                "- {code}, {unit}, {day}: {how}",
                code=each.code,
                unit=names.get(each.unit, each.unit_name),
                day=each.day,
                how=put_right(each, zone),
            )
        )
    return lines
