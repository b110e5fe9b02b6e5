"""The one thing the machine says unasked in a day: what waits for somebody, or the office's list.

Made just before it is sent, so what has been done since is not in it; with nothing left, it is not sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.conversation import EVERYBODY, WHO, Feature, Notice, Office, Visit, open_sheets, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _
from bot.movement import LEADERS_AFTER, Circle, May, Obligation, Role, To, away, broken, by_post, rungs
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import kind_of, written
from bot.office.reminding import audience, daily_extras, digests, occasion_texts, reminder_texts
from bot.office.reminding.digests import Digested
from bot.office.reminding.listener import Known, Listener
from bot.office.reminding.manual_reminders import URGED
from bot.office.reminding.unit_context import TO_LEADERS
from bot.office.report import forecast_data
from bot.office.tasks import draft_line
from storage import deadlines, drafts, initiatives, outbox, settings
from storage import digests as kept
from storage import rungs as rungs_said
from storage.db import Snapshot
from storage.people import Person


def daily(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """The day's one message to this person, or None when nothing is called for any more."""
    lists = (_digest(visit, made) for made in about.get("made", ()))
    by_hand = (urged(visit, each) for each in about.get("urged", ()))
    parts = (
        *by_hand,
        *_duties(visit, about),
        *lists,
        *(
            note.say(visit, about)
            for note in visit.office.features.day_parts.values()
            if note.serves.holds(visit, about)
        ),
    )
    says = [say for say in parts if say is not None]
    if not says:
        return None
    if "away" in about:
        first, last = (datetime.fromisoformat(each) for each in about["away"])
        says.append(
            Say(
                [
                    _(
                        "The assistant did not run from {first} to {last}. What {you} wrote then and nobody answered, please send once more.",
                        first=Time(first),
                        last=Time(last),
                    )
                ]
            )
        )
    lines = [line for say in says for line in ("", *say.lines)][1:]
    # What is urged by hand and what is owed may offer the same: once is enough.
    buttons = {visit.words.say(button.label): button for say in reversed(says) for button in reversed(say.buttons)}
    return Say(lines, buttons=list(reversed(buttons.values())))


# What is owed ---------------------------------------------------------------------------------


def _duties(visit: Visit, about: Mapping[str, Any]) -> Iterator[Say]:
    """What of it is still owed and still this person's to do."""
    wanted = {
        (entry["unit"], entry["duty"], entry["year"], entry["subject"]): entry for entry in about.get("reminders", ())
    }
    left: list[tuple[Obligation, str]] = []
    known: dict[tuple[str, int, str], Known] = {}
    for unit in dict.fromkeys(each[0] for each in wanted):
        circle = audience.circle(visit, unit)
        for owed in submissions.owed(visit, unit):
            entry = wanted.get((unit, owed.duty.code, owed.year, owed.subject))
            if entry is None or not owed.speaks or not broken(circle.promised.get(owed.key), visit.now):
                continue
            names = audience.names(visit, owed, circle)
            if _calls(visit, owed, entry["rung"], names) and not _passed_on(visit, owed):
                left.append((owed, entry["rung"]))
                known[owed.duty.code, owed.year, owed.subject] = _known(visit, owed, entry, names, circle)
    watched = [owed for owed, _rung in left if _watches(known[owed.duty.code, owed.year, owed.subject], owed)]
    mine = [each for each in left if each[0] not in watched]
    if mine:
        yield reminder_texts.said(listener(visit, known), mine)
    if watched and (said := unconfirmed(visit, watched)) is not None:
        yield said


def _watches(known: Known, owed: Obligation) -> bool:
    """Whether a sheet is not this person's to confirm: they wrote it, or are of the office."""
    return bool(owed.subject) and known.names.isdisjoint({"head", "deputy"})


def _known(
    visit: Visit, owed: Obligation, entry: Mapping[str, Any], names: frozenset[To], circle: Circle[Person]
) -> Known:
    """What a ping says beside its dates."""
    entered = visit.tx.one(deadlines.DEADLINE, duty=owed.duty.code, year=owed.year)
    promised, basis, moved = circle.promised.get(owed.key), None, None
    if promised is not None and entry.get("promised") != promised.isoformat():
        promised = None  # it was spoken of before
    if entered is not None and not owed.subject:
        basis = entered.basis
        if entry.get("first") and owed.due is not None and entered.was is not None:
            duty, year, due = owed.duty.code, owed.year, owed.due
            moved = rungs_said.told_day(visit.tx, person=visit.me.id, duty=duty, year=year, but=due) or entered.was
    return Known(
        kind_of(owed).missing(visit, owed),
        promised,
        basis,
        names,
        submissions.opens(visit, owed),
        moved,
        audience.instead_of(visit, owed, circle),
    )


def listener(visit: Visit, known: Mapping[tuple[str, int, str], Known] | None = None) -> Listener:
    """This person, as pings are said to them."""
    arranges = visit.may(May.DELEGATE) or submissions.sends(visit)
    return Listener(visit.now.date(), visit.office.calendar, visit.plan, visit.me.unit_name, arranges, known or {})


def _calls(visit: Visit, owed: Obligation, code: str, names: frozenset[To]) -> bool:
    """Whether this rung still is of the ladder and speaks to them: the date may have moved, and the rung with it."""
    ladder = rungs(owed.period, visit.plan, visit.office.calendar)
    return any(each.code == code and not names.isdisjoint(each.rung.to) for each in ladder)


def _passed_on(visit: Visit, owed: Obligation) -> bool:
    """Whether all is written that whoever drafts can write: the rest is the head's."""
    if not kind_of(owed).form or owed.duty.by == "office" or submissions.sends(visit):
        return False
    found = written(visit, owed)
    return found is not None and found.begun and not found.missing


def urged(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """What the office urges by hand, as long as it is owed, not promised, and this person's to send.

    A second message on a day names that day: on the next one it would need consent anew.
    """
    today = visit.now.date()
    if about.get("day", str(today)) != str(today) or away(visit.me, today) or not submissions.sends(visit):
        return None
    owed = submissions.obligation(visit, about["duty"], str(about["year"]))
    if (
        owed is None
        or not owed.speaks
        or not broken(audience.circle(visit, owed.unit).promised.get(owed.key), visit.now)
    ):
        return None
    kind = kind_of(owed)
    return Say(
        [_("{desk} urges · {task}", desk=visit.plan.office.desk, task=kind.task(owed)), about["text"]],
        buttons=(Button(kind.open(owed), kind.opening(owed)), Button(_("Promise a day"), "/hen")),
    )


WATCHED = 10
"""Sheets named in one message to those who do not confirm them."""


def unconfirmed(visit: Visit, those: Sequence[Obligation]) -> Say | None:
    """Sheets that nobody has confirmed in time: to the office, and to whoever wrote one."""
    items = [(each, visit.tx.one(initiatives.BY_CODE, code=each.subject)) for each in those]
    lines: list[Part] = []
    buttons: list[Button] = []
    for owed, item in items[:WATCHED]:
        if item is None or owed.due is None:
            continue
        if item.by == visit.me.id:
            lines.append(
                _(
                    "- {code} «{title}»: sent on {day}, not confirmed yet; {desk} is told as well",
                    code=item.code,
                    title=item.title,
                    day=owed.opens,
                    desk=visit.plan.office.desk,
                )
            )
        else:
            lines.append(
                _(
                    "- {code} «{title}», {unit}: sent on {day}, not confirmed yet",
                    code=item.code,
                    title=item.title,
                    unit=item.unit_name,
                    day=owed.opens,
                )
            )
        buttons.append(Button(_("See {code}", code=item.code), f"/cuatoi {item.code}"))
    if not lines:
        return None
    head: Part = _("Sheets that wait for confirmation beyond their time ({n})", n=Count(len(items)))
    if len(items) > WATCHED:
        lines.append(_("… and {n} more", n=Count(len(items) - WATCHED)))
    return Say([head, *lines], buttons=buttons[:5])


# Sheets left unfinished -----------------------------------------------------------------------


def unfinished(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Sheets that were begun and left: spoken of once, never thrown away in silence."""
    heads = [visit.tx.one(drafts.BY_ID, id=id) for id in about.get("drafts", ())]
    mine = [h for h in heads if h is not None and open_sheets.refused(visit, h) is None]
    if not mine:
        return None
    return Say(
        [_("Left unfinished ({n}); it is kept", n=Count(len(mine))), *(draft_line(visit, head) for head in mine)],
        buttons=[Button(_("Go on writing"), f"/viec tiep {head.id}") for head in mine],
    )


# The office's digests -------------------------------------------------------------------------


def _digest(visit: Visit, made: Digested) -> Say | None:
    """One digest, as it is at the minute it is sent."""
    leader, found = visit.me.role == Role.LEADER, made.summary
    if not (leader or visit.may(May.RECEIVE)):
        return None
    if not made.missing or (leader and settings.get(visit.tx, TO_LEADERS) != "1"):
        return None
    said = digests.lines(made, visit.office, names=not leader)
    if not said:
        return None
    if made.duty == "results":
        kept.keep(visit.tx, made.now_standing)
    at = Time(found.now)
    buttons = [Button(_("Yearly summary"), f"/tonghop {found.year}")]
    if leader:
        head: Part = _(
            "Reporting to {whom}: the movement in {year} up to {at}", whom=by_post(visit.me), year=found.year, at=at
        )
        return Say([head, *said], buttons=buttons)
    if made.occasion == "weekly":
        buttons.insert(0, Button(_("Who has not sent"), f"/chuagui {found.year}"))
    elif made.duty == "results":
        buttons.append(Button(_("Urge those who have not sent"), f"/dondoc {found.year}"))
    last: Part = _("This list has not gone to the leaders; it does only when the head of the office agrees.")
    if settings.get(visit.tx, TO_LEADERS) == "1":
        theirs = visit.office.hours.next_opening(found.now + LEADERS_AFTER, visit.office.calendar)
        last = _(
            "The leaders read it after {desk}, at {at} at the earliest; units are named, never people.",
            desk=visit.plan.office.desk,
            at=Time(theirs),
        )
    return Say([occasion_texts.digest_head(made.duty, found.year, made.occasion, at), *said, last], buttons=buttons)


async def prepare(snapshot: Snapshot, office: Office, about: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The lists as they are at the minute they are sent."""
    made = [await digests.read(snapshot, office, each, now) for each in about.get("digests", ())]
    ahead = await forecast_data.read(snapshot, office, now.year, now) if about.get("radar") else None
    return {"made": made, "outlook": ahead}


FEATURE = Feature(
    __name__,
    notices=(
        Notice(outbox.DAY, daily, EVERYBODY, read=prepare, urgent=True),
        Notice(URGED, urged, whose(WHO[May.SEND], lambda visit, about: submissions.sends(visit))),
    ),
    day_parts=(Notice(daily_extras.UNFINISHED, unfinished, EVERYBODY),),
)
