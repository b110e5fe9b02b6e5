"""A minimal feature: «/gopy» asks one question, and tells the desk the answer.

To try it: this file to `handlers/opinion.py`, `opinion.po` to `locales/vi/`, and `opinion.FEATURE` into the list in
`handlers/__init__.py`. `tests/process/test_added.py` does just that.
"""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, EVERYBODY, HOME, Command, Conversation, Feature, Notice, Visit
from bot.dialogue import Answers, Field, Form, Paragraph, Say
from bot.language import _
from bot.movement import Role
from storage import people

# What is asked: a form is a value. The engine reads, doubts, shows and changes answers; nothing of that is here.
FORM = Form(
    "opinion",
    title=lambda answers, scene: _("Opinion"),
    fields=(Field("text", _("Opinion"), _("What should the office do better?"), Paragraph()),),
    send=lambda answers, scene: _("Send it to the desk"),
)


def run(visit: Visit, args: str) -> Say:
    """«/gopy» opens the form; «/gopy gửi lịch họp sớm hơn» answers its question with the same message."""
    return visit.open(CONVERSATION, typed={"text": args} if args else None)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Tell the desk: a row in the outbox each, in the transaction of this very message."""
    for role in (Role.OFFICE, Role.CHIEF):
        for person in visit.tx.all(people.OF_ROLE, role=role):
            visit.tell(person.id, ARRIVED, unit=visit.me.unit_name, text=answers["text"])
    visit.note("opinion_given")
    return Say([_("✅ The desk is told.")], buttons=(HOME,))


def arrived(visit: Visit, about: Mapping[str, Any]) -> Say:
    """What the desk reads: made when it is sent, for whoever is of the desk then."""
    return Say([_("An opinion from {unit}:", unit=about["unit"]), about["text"]])


CONVERSATION = Conversation(
    "opinion", title=lambda plan, subject: _("Opinion"), form=lambda plan: FORM, file=file, serves=EVERYBODY
)
ARRIVED = Notice("opinion", arrived, serves=DESK)
COMMAND = Command("gopy", _("Give an opinion"), _("give an opinion"), run, EVERYBODY)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(CONVERSATION,), notices=(ARRIVED,))
