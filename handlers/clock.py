"""What day it is: asked of the office and the administrator when the machine's clock stands far from when it last ran."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, ClockConfirmed, Command, Feature, Notice, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Time, Weekday, _, fold
from bot.movement import May
from bot.office.clock_doubt import CLOCK_DOUBT, confirm, last_known


def run(visit: Visit, args: str) -> Say:
    """Answer «/dongho»: what day it is here; «dung»: confirm it, «sai»: what to do."""
    said, last = fold(args), last_known(visit.tx, visit.now)
    if last is None:
        return Say(
            [
                _(
                    "It is {day} ({weekday}), {now} here.",
                    day=visit.now.date(),
                    weekday=Weekday(visit.now.date()),
                    now=f"{visit.now:%H:%M}",
                )
            ],
            buttons=(HOME,),
        )
    if said == "dung":
        confirm(visit.tx, visit.now)
        visit.note("clock_confirmed", "", day=visit.now.date().isoformat())
        visit.woken.append(ClockConfirmed())
        return Say(
            [
                _(
                    "✅ It is {day}. What was missed since {last} is caught up with from now on.",
                    day=visit.now.date(),
                    last=Time(last),
                )
            ],
            buttons=(HOME,),
        )
    if said == "sai":
        return Say(
            [
                _(
                    "Then nothing is sent of itself, opened or emptied. Please have the date and time of the server set right."
                ),
                _("The assistant sees that by itself; answers go on meanwhile."),
            ],
            buttons=(HOME,),
        )
    return _question(visit)


def asked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Return the one thing that is said unasked meanwhile; None when the clock is believed again."""
    return None if last_known(visit.tx, visit.now) is None else _question(visit)


def _question(visit: Visit) -> Say:
    last, today = last_known(visit.tx, visit.now), visit.now.date()
    if last is None:
        raise RuntimeError("there is nothing to ask")
    return Say(
        [
            _(
                "Today is {day} ({weekday}), {now}: is that right?",
                day=today,
                weekday=Weekday(today),
                now=f"{visit.now:%H:%M}",
            ),
            _(
                "The assistant last ran at {last}. Until this is answered it sends nothing of itself, opens no year and empties nothing.",
                last=Time(last),
            ),
        ],
        buttons=(Button(_("Right"), "/dongho dung"), Button(_("Not right"), "/dongho sai")),
    )


COMMAND = Command("dongho", _("Date and time"), _("date and time"), run, allowed(May.KEEP), side=True, listed=False)
FEATURE = Feature(__name__, commands=(COMMAND,), notices=(Notice(CLOCK_DOUBT, asked, allowed(May.KEEP), at_once=True),))
