"""What the Chánh Văn phòng lets others see: a year's summary to the leaders, and two switches. Inside the transaction."""

from bot.conversation import Visit
from bot.movement import Role
from storage import people, settings
from storage.outbox import NoticeCode

FORWARDED = NoticeCode("forwarded")
"""A year's summary, to a leader."""
IN_GROUPS = "names_in_groups"
"""The setting by which the Chánh Văn phòng lets a group see which units have not sent."""


def forward(visit: Visit, year: int) -> int:
    """Send the summary of a year to every leader; return to how many."""
    leaders = visit.tx.all(people.OF_ROLE, role=Role.LEADER)
    for leader in leaders:
        visit.tell(leader.id, FORWARDED, year=year, by=visit.me.id)
    visit.note("forwarded", str(year))
    return len(leaders)


def switch(visit: Visit, name: str) -> bool:
    """Turn a setting on, or off where it was on; return whether it is on now."""
    on = settings.get(visit.tx, name) != "1"
    settings.put(visit.tx, name, "1" if on else "0")
    visit.note(name, "on" if on else "off")
    return on
