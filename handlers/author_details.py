"""What a request needs of a co-author, given by themselves: birth date and degree, under notice."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Conversation, Feature, Notice, Visit, whose
from bot.dialogue import Answers, Button, Form, Say
from bot.language import _
from bot.office.duties import item_texts
from bot.office.items import item_moves, requesting
from bot.office.items.request_form import DETAIL_FIELDS
from bot.office.items.requesting import DETAILS
from storage import initiatives
from storage.initiatives import LEFT, Initiative


def _asked(visit: Visit, code: str) -> Initiative | None:
    """Return the item for which this person's details are missing."""
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    if item is None or item.state in LEFT or not requesting.needs_details(visit, item):
        return None
    return item


def run(visit: Visit, args: str) -> Say:
    """Answer «/thongtintacgia SK-2027-012» with the form; what was given already is corrected by the office."""
    item = item_texts.find(visit, args, lambda item: requesting.my_post(visit, item) is not None)
    if item is None or requesting.my_post(visit, item) is None:
        return Say(
            [_("There is no sheet {code} of which {you_name} are an author.", code=args.strip())],
            buttons=(MY_TASKS, HOME),
        )
    if _asked(visit, item.code) is None:
        return Say(
            [_("{You_name} have given birth date and degree already; /dulieucuatoi shows them.")],
            buttons=(Button(_("My data"), "/dulieucuatoi"), HOME),
        )
    return visit.open(FORM_OF_DETAILS, item.code)


FORM = Form(
    "author_details",
    title=lambda answers, scene: _("Birth date and degree for a request"),
    fields=DETAIL_FIELDS,
    send=lambda answers, scene: _("Give them to the office"),
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store what an author gives."""
    item = _asked(visit, subject)
    if item is None:
        return Say([_("Nothing is asked of {you_name} for {code} any more.", code=subject)], buttons=(MY_TASKS, HOME))
    requesting.keep_details(visit, item, answers)
    said = _("✅ Noted for requests of recognition. /dulieucuatoi shows it; /xoadulieu asks to erase it.")
    if not (answers.get("born") or answers.get("degree")):
        said = _("✅ Nothing is kept: birth date and degree are written on the paper.")
    return Say([said], buttons=(Button(_("See the sheet"), f"/cuatoi {subject}"), HOME))


def _authors(visit: Visit, subject: str) -> bool:
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    return item is not None and requesting.my_post(visit, item) is not None


def asked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Ask a co-author; pointless once they have given it."""
    item = _asked(visit, about["code"])
    if item is None:
        return None
    return Say(
        [
            _("Recognition of {code} was asked for; {you} are one of its authors.", code=item.code),
            _("«{title}»", title=item.title),
            _("The form of a request asks {you}r birth date and degree. {You} give them here, or on the paper."),
        ],
        buttons=(
            Button(_("Give birth date and degree"), f"/thongtintacgia {item.code}"),
            Button(_("See the sheet"), f"/cuatoi {item.code}"),
        ),
    )


COMMAND = Command("thongtintacgia", _("Birth date and degree"), _("author details"), run, EVERYBODY, listed=False)
FORM_OF_DETAILS = Conversation(
    "author_details",
    title=lambda plan, subject: _("Birth date and degree for {code}", code=subject),
    form=lambda plan: FORM,
    file=file,
    serves=whose(item_moves.AUTHORS, _authors),
    facts=requesting.facts_of,
)
FEATURE = Feature(
    __name__, commands=(COMMAND,), forms=(FORM_OF_DETAILS,), notices=(Notice(DETAILS, asked, item_texts.INVOLVED),)
)
