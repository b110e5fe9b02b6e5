"""Word to whoever's post was changed on the server."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import EVERYBODY, Feature, Notice, Visit
from bot.dialogue import Button, Say
from bot.language import _
from bot.movement import ROLE_WORD
from bot.office.roster.personnel_steps import CHANGED


def changed(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """What the person's post is now; nothing where it has been changed once more."""
    me = visit.me
    if (me.role, me.unit, me.name) != (about["role"], about["unit"], about["name"]):
        return None
    return Say(
        [
            _("{You}r entry in the assistant was changed by the administrator at the server."),
            _("Now: {name}, {unit}, role «{role}».", name=me.name, unit=me.unit_name, role=ROLE_WORD[me.role]),
            _("If that is not right, please tell {desk}.", desk=visit.plan.office.desk),
        ],
        buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
    )


FEATURE = Feature(__name__, notices=(Notice(CHANGED, changed, EVERYBODY),))
