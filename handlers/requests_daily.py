"""What the day's message says of requests: to those who have not answered, by their ladder; to the office who they are."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, EVERYBODY, Feature, Notice, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.office.reminding.daily_extras import ASKED, ASKED_LIST
from bot.office.requests import asked_waits, asked_words, asking
from storage import requests

MOST = 10
"""Requests, or those who have not answered one, that are named."""


def due(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Remind of what this person, or the unit, has not answered; nothing of what was answered since."""
    left = [each for each in asked_waits.owed(visit) if each.id in about.get(ASKED, ())]
    if not left:
        return None
    today = visit.now.date()
    lines: list[Part] = [_("{desk} waits for an answer ({n})", desk=visit.plan.office.desk, n=Count(len(left)))]
    lines += [_("- {request}", request=asked_words.dated(each, today)) for each in left[:MOST]]
    buttons = [Button(_("Answer {code}", code=each.code), f"/traloi {each.code}") for each in left[:5]]
    why = Button(_("Why {you_name} gets this message"), f"/traloi {left[0].code} visao")
    return Say(lines, buttons=(*buttons, why))


def unanswered(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office who has not answered some days after the last one."""
    found = [visit.tx.one(requests.BY_ID, id=id) for id in about.get(ASKED_LIST, ())]
    left = [(each, asking.unanswered(visit, each)) for each in found if each is not None and each.open]
    lines: list[Part] = []
    buttons: list[Button] = []
    for each, those in left:
        if not those:
            continue
        names = "; ".join(one.name for one in those[:MOST])
        named = asked_words.dated(each, visit.now.date())
        lines.append(_("{request}; not answered yet ({n}): {names}", request=named, n=Count(len(those)), names=names))
        buttons.append(Button(_("Look at {code}", code=each.code), f"/yeucau {each.code}"))
    return Say(lines, buttons=buttons[:5]) if lines else None


FEATURE = Feature(__name__, day_parts=(Notice(ASKED, due, EVERYBODY), Notice(ASKED_LIST, unanswered, DESK)))
