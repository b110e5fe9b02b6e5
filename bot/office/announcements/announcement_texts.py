"""How an announcement and what has become of it are said: to its receivers, to whoever looks after it."""

from collections.abc import Sequence

from bot.conversation import Visit
from bot.dialogue import Button
from bot.language import Count, Part, Time, _
from bot.movement import Role, by_post, titled
from bot.office.announcements import announcing
from bot.office.announcements.announcement_facts import named
from bot.office.announcements.audience import roles_said, units_said
from bot.office.duties import record_files
from storage import files, people
from storage.announcements import Announcement, AnnouncementReceiver, AnnouncementState

EXCERPT = 80
"""Characters of an announcement in a list."""


def head(visit: Visit, by: int) -> Part | None:
    """Say who announces; None where nobody knows them any more."""
    sender = visit.tx.one(people.BY_ID, id=by)
    if sender is None:
        return None
    if visit.me.role == Role.LEADER:
        return _(
            "Reporting to {whom}: announcement of {who}, {unit}",
            whom=by_post(visit.me),
            who=titled(sender),
            unit=sender.unit_name,
        )
    return _("Announcement of {who}, {unit}", who=titled(sender), unit=sender.unit_name)


def with_files(visit: Visit, found: Announcement) -> tuple[list[Part], tuple[Button, ...]]:
    """Return the lines that name its files, and the button that opens them."""
    names = [file.name for file in visit.tx.all(files.OF_RECORD, record=found.record)]
    return [_("📎 {name}", name=name) for name in names], tuple(record_files.button(visit, found.record))


def excerpt(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1].rstrip()}…"


def whom(visit: Visit, found: Announcement) -> Part:
    """Say to whom it goes."""
    if found.of_union is not None:
        return _("the members of the union")
    units = units_said(visit.plan, found.units, visit.tx.all(people.UNITS))
    if not found.roles:
        return units
    return _("{roles} · {units}", roles=roles_said(visit.plan, found.roles), units=units)


def stands(visit: Visit, found: Announcement) -> Part:
    """Say how it stands, in a line."""
    match found.state:
        case AnnouncementState.SET:
            return _("⏳ set down for {at}", at=Time(found.due))
        case AnnouncementState.RECALLED:
            return _("recalled at {at}, before anybody had it", at=Time(found.ended or found.due))
        case _:
            those = announcing.to(visit.tx, found)
            return _(
                "sent at {at}; {seen}/{all} have said that they have it",
                at=Time(found.due),
                seen=Count(sum(each.seen is not None for each in those)),
                all=Count(len(those)),
            )


def standing(visit: Visit, found: Announcement, *, every: bool = False) -> list[Part]:
    """Say all of one for whoever looks after it: to whom, how it stands, who is silent, whom it did not reach.

    `every`: all names, however many they are.
    """
    lines: list[Part] = [
        _("Announcement {n}: {stands}.", n=found.id, stands=stands(visit, found)),
        _("To: {whom}", whom=whom(visit, found)),
        found.text,
        *with_files(visit, found)[0],
    ]
    if found.state is not AnnouncementState.SENT:
        return lines
    those = announcing.to(visit.tx, found)
    if silent := [each for each in those if each.silent]:
        lines += [_("Have not said yet that they have it ({n}):", n=Count(len(silent))), *_names(silent, every)]
    if lost := [each for each in those if not (each.reached or each.waits)]:
        lines.append(_("Not reached, so please tell them another way ({n}):", n=Count(len(lost))))
        lines += _names(lost, every)
    if waiting := [each for each in those if each.waits]:
        lines.append(_("On its way to {n} people.", n=Count(len(waiting))))
    if (said := reminded(visit, found)) is not None:
        lines.append(said)
    elif visit.plan.announcing.remind and any(each.silent for each in those):
        lines.append(
            _(
                "{n} working days after it was sent the assistant reminds whoever is silent, once.",
                n=Count(visit.plan.announcing.remind),
            )
        )
    return lines


def _names(those: Sequence[AnnouncementReceiver], every: bool) -> list[Part]:
    return named([(f"{each.position} {each.name}".strip(), each.unit_name) for each in those], every=every)


def reminded(visit: Visit, found: Announcement) -> Part | None:
    """Say that its one reminder has gone; None while it has not."""
    if found.reminded is not None:
        by = visit.tx.one(people.BY_ID, id=found.reminded_by or 0)
        return _(
            "{who} has reminded of it at {at}; it is reminded of once only.",
            who="" if by is None else titled(by),
            at=Time(found.reminded),
        )
    if n := announcing.reminded_by_machine(visit.tx, found):
        return _("The assistant has reminded {n} people; it is reminded of once only.", n=Count(n))
    return None
