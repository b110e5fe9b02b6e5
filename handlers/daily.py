"""The one thing the machine says unasked in a day: what waits for somebody, or the office's list.

Made just before it is sent, so what has been done since is not in it; with nothing left, it is not sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.conversation import EVERYBODY, WHO, Feature, Notice, Office, Visit, open_sheets, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _
from bot.movement import LEADERS_AFTER, May, Obligation, Occasion, Role, by_post
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import kind_of
from bot.office.reminding import daily_extras, digests, occasion_texts, reminder_texts
from bot.office.reminding.digests import Digested
from bot.office.reminding.manual_reminders import URGED
from bot.office.reminding.still_owed import still_owed, still_urged
from bot.office.reminding.unit_context import TO_LEADERS
from bot.office.report import forecast_data
from bot.office.tasks import draft_line
from storage import digests as kept
from storage import drafts, initiatives, outbox, settings
from storage.db import Snapshot


def daily(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Return the day's one message to this person, or None when nothing is called for any more."""
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
        silent = _(
            "The assistant did not run from {first} to {last}. What {you} wrote then and nobody answered, please send once more.",
            first=Time(first),
            last=Time(last),
        )
        says.append(Say([silent]))
    if (
        about.get("last_alone")
        and not about.get("digests")
        and all(each["subject"] or _by_hand(visit, each["duty"]) for each in about.get("reminders", ()))
    ):
        says.append(
            Say(
                [
                    _(
                        "From now on the assistant speaks of this along with the duties of the plan, until {you} write; it stays in «/viec»."
                    )
                ]
            )
        )
    lines = [line for say in says for line in ("", *say.lines)][1:]
    # What is urged by hand and what is owed may offer the same: once is enough.
    buttons = {visit.words.say(button.label): button for say in reversed(says) for button in reversed(say.buttons)}
    return Say(lines, buttons=list(reversed(buttons.values())))


def _by_hand(visit: Visit, code: str) -> bool:
    """Whether the office asks for a duty by its own hand, on a day of its own."""
    duty = visit.plan.known_duty(code)
    return duty is not None and duty.way.told


# What is owed ---------------------------------------------------------------------------------


def _duties(visit: Visit, about: Mapping[str, Any]) -> Iterator[Say]:
    """Yield what of it is still owed and still this person's to do."""
    if not about.get("reminders"):
        return
    owed = still_owed(visit, about["reminders"])
    if owed.mine:
        yield reminder_texts.said(owed.listener, owed.mine)
    if owed.watched and (said := unconfirmed(visit, owed.watched)) is not None:
        yield said


def urged(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Return what the office urges by hand, as long as it is owed, not promised, and this person's to send."""
    if (owed := still_urged(visit, about)) is None:
        return None
    kind = kind_of(owed)
    return Say(
        [_("{desk} urges · {task}", desk=visit.plan.office.desk, task=kind.task(owed)), about["text"]],
        buttons=(Button(kind.open(owed), kind.opening(owed)), Button(_("Promise a day"), "/hen")),
    )


WATCHED = 10
"""Sheets named in one message to those who do not confirm them."""


def unconfirmed(visit: Visit, those: Sequence[Obligation]) -> Say | None:
    """Return sheets that nobody has confirmed in time: to the office, and to whoever wrote one."""
    items = [(each, visit.tx.one(initiatives.BY_CODE, code=each.subject)) for each in those]
    lines: list[Part] = []
    buttons: list[Button] = []
    for owed, item in items[:WATCHED]:
        if item is None or owed.due is None:
            continue
        sheet: dict[str, Any] = {"code": item.code, "title": item.title, "day": owed.opens}
        mine = _(
            "- {code} «{title}»: sent on {day}, not confirmed yet; {desk} is told as well",
            desk=visit.plan.office.desk,
            **sheet,
        )
        of_unit = _("- {code} «{title}», {unit}: sent on {day}, not confirmed yet", unit=item.unit_name, **sheet)
        lines.append(mine if item.by == visit.me.id else of_unit)
        buttons.append(Button(_("See {code}", code=item.code), f"/cuatoi {item.code}"))
    if not lines:
        return None
    head: Part = _("Sheets that wait for confirmation beyond their time ({n})", n=Count(len(items)))
    if len(items) > WATCHED:
        lines.append(_("… and {n} more", n=Count(len(items) - WATCHED)))
    return Say([head, *lines], buttons=buttons[:5])


# Sheets left unfinished -----------------------------------------------------------------------


def unfinished(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Return sheets that were begun and left: spoken of once, never thrown away in silence."""
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
    """Return one digest, as it is at the minute it is sent."""
    leader, found = visit.me.role == Role.LEADER, made.summary
    if not (leader or visit.may(May.RECEIVE)):
        return None
    if not made.missing or (leader and settings.get(visit.tx, TO_LEADERS) != "1"):
        return None
    said = digests.lines(made, visit.office, names=not leader)
    if not said:
        return None
    reports = made.duty == visit.plan.reports.code
    if reports:
        kept.keep(visit.tx, made.now_standing)
    at = Time(found.now)
    buttons = [Button(_("Yearly summary"), f"/tonghop {found.year}")]
    if leader:
        head: Part = _(
            "Reporting to {whom}: the movement in {year} up to {at}", whom=by_post(visit.me), year=found.year, at=at
        )
        return Say([head, *said], buttons=buttons)
    if made.occasion is Occasion.WEEKLY:
        buttons.insert(0, Button(_("Who has not sent"), f"/chuagui {found.year}"))
    elif reports:
        buttons.append(Button(_("Urge those who have not sent"), f"/dondoc {found.year}"))
    last: Part = _("This list has not gone to the leaders; it does only when the head of the office agrees.")
    if settings.get(visit.tx, TO_LEADERS) == "1":
        theirs = visit.office.hours.next_opening(found.now + LEADERS_AFTER, visit.office.calendar)
        last = _(
            "The leaders read it after {desk}, at {at} at the earliest; units are named, never people.",
            desk=visit.plan.office.desk,
            at=Time(theirs),
        )
    return Say([occasion_texts.digest_head(reports, found.year, made.occasion, at), *said, last], buttons=buttons)


async def prepare(snapshot: Snapshot, office: Office, about: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return the lists as they are at the minute they are sent."""
    made = [await digests.read(snapshot, office, each, now) for each in digests.once_each(about.get("digests", ()))]
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
