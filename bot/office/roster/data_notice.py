"""The data notice that everybody answers before their first message (Law 91/2025/QH15, article 9). Says, changes nothing."""

from bot.channels import LOCAL, spoken
from bot.conversation import Visit
from bot.language import Part, _


def lines(visit: Visit) -> list[Part]:
    """Say who processes what of a person, why, who sees it, and which rights they have."""
    office, where = visit.plan.office, visit.chat.channel
    elsewhere = [_("Messages pass the servers of {channel}.", channel=spoken(where))] if where != LOCAL else []
    return [
        _(
            "{office} processes {you}'s name, position, unit and chat account to register initiatives, to remind, and to sum up the movement of {first} - {last}.",
            office=office.name,
            first=visit.plan.first_year,
            last=visit.plan.last_year,
        ),
        _("Who sees it: {you}, the head of the unit, {desk}, the leaders.", desk=office.desk),
        *elsewhere,
        _("{You} may see, correct and delete the data and withdraw agreement at any time (type: my data)."),
        _("Without agreement {you} go on sending on paper as before."),
        _("Do not send contents that are state secrets through this application."),
    ]
