"""What was said before it was clear that something is registered: the title in an earlier message, a unit before it. Reads only."""

import re

from bot.conversation import HOME, Visit, calling
from bot.dialogue import Button, Say
from bot.language import FactKind, Text, Words, _, clean_line, facts_in, fold
from storage import inbox, people, unit_history

FROM_MESSAGE = "lay"
"""Said by buttons: the title is what a message of this chat says."""
_FROM = re.compile(rf"{FROM_MESSAGE} (\d{{1,12}})")
BEGINS: Text = _("look up|sum up|announce|report|follow up")
"""Words of the menu, said by people, with which many a title begins."""


def of_message(visit: Visit, said: str) -> str:
    """Return the title that «lay 345» means; what was said, where it means none."""
    found = _FROM.fullmatch(said)
    message = None if found is None else visit.tx.one(inbox.SAID_IN, chat=visit.chat.id, id=int(found[1]))
    text = clean_line(str((message.body or {}).get("text", ""))) if message is not None else ""
    if found is None:
        return said
    called = calling(visit, text) if text and not text.startswith("/") else None
    if text.startswith("/"):
        return text.partition(" ")[2]
    begins = any(fold(text).startswith(f"{word} ") for word in fold(Words("vi").say(BEGINS)).split("|"))
    return text if called is None or begins else called.args


def for_unit(visit: Visit, title: str, way: str) -> str | Say:
    """Return the title without «cho phòng …» before it where that is this person's own unit; else say who registers there."""
    lead = re.match(r"(?:cho|cua|giup|thay) ", fold(title))
    if lead is None:
        return title
    facts = facts_in(title, visit.said.date(), visit.tx.all(unit_history.EVER_UNITS), ())
    unit = next((each for each in facts if each.kind is FactKind.UNIT and each.start == lead.end()), None)
    if unit is None:
        return title
    if unit.value == visit.me.unit:
        return clean_line(title)[unit.end :].strip(" ,:;-–")
    other = next((each.name for each in visit.tx.all(people.UNITS) if each.code == unit.value), unit.said)
    return Say(
        [
            _("What {unit} brings about is registered by its own people.", unit=other),
            _("What {you} register stands in the list of {unit}.", unit=visit.me.unit_name),
        ],
        buttons=(Button(_("Register for {unit}", unit=visit.me.unit), way), *_of_office(visit, unit.value), HOME),
    )


def _of_office(visit: Visit, unit: str) -> tuple[Button, ...]:
    """Offer whoever may file for a unit to do so."""
    command = visit.office.features.commands["nhapthay"]
    return (Button(_("File for {unit}", unit=unit), f"/nhapthay {unit}"),) if command.serves.holds(visit) else ()
