"""Co-authors: whoever a sheet names says in their own chat whether they agree to their share."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Conversation, Feature, Notice, Visit, whose
from bot.dialogue import Answers, Button, Field, Form, Line, Say
from bot.language import Count, Part, Percent, _
from bot.movement import senders, titled
from bot.office.duties import item_texts
from bot.office.items import author_words
from bot.office.items.author_words import COAUTHOR
from bot.office.told import told
from storage import initiatives, people
from storage.author_answers import AuthorStanding
from storage.initiatives import READY, Initiative

BACK = (MY_TASKS, HOME)
Said = Callable[[Visit, Initiative, AuthorStanding], Say]


def agree(visit: Visit, args: str) -> Say:
    """Answer «/dongy»: what waits; «/dongy SK-2027-012»: this person agrees to their share."""
    return _answered(visit, args, _agree)


def disagree(visit: Visit, args: str) -> Say:
    """Answer «/khongdongy SK-2027-012»: this person does not agree to their share; the reason is asked."""
    return _answered(visit, args, lambda visit, item, part: visit.open(DECLINED, item.code))


def _answered(visit: Visit, args: str, act: Said) -> Say:
    words, version = item_texts.versioned(args)
    looks = words[-1:] == ["xem"]
    words = words[: len(words) - looks]
    if not words:
        return _list(visit)
    item = item_texts.find(visit, " ".join(words), lambda item: author_words.mine(visit, item) is not None)
    part = None if item is None else author_words.mine(visit, item)
    if item is None or part is None:
        return Say(
            [_("There is no sheet {code} that names {you_name} as co-author.", code=" ".join(words))], buttons=BACK
        )
    if (why := author_words.why_not(visit, item)) is not None:
        return Say([why], buttons=BACK)
    if version not in (None, item.version):
        return author_words.ask(visit, item, part).after(item_texts.changed(item))
    return author_words.ask(visit, item, part) if looks else act(visit, item, part)


def _list(visit: Visit) -> Say:
    asked = author_words.asked(visit)
    parts = [(item, part) for item in asked if (part := author_words.mine(visit, item)) is not None]
    if len(parts) == 1:
        return author_words.ask(visit, *parts[0])
    if not parts:
        return Say([_("No share waits for {you_name}'s word.")], buttons=BACK)
    lines: list[Part] = [_("Shares that wait for {you_name}'s word ({n})", n=Count(len(parts)))]
    lines += [
        _("{code} «{title}»: {share}", code=item.code, title=item.title, share=Percent(part.share))
        for item, part in parts
    ]
    buttons = [Button(_("Agree, {code}", code=item.code), f"/dongy {item.code} v{item.version}") for item, _p in parts]
    return Say(lines, buttons=(*buttons[:8], HOME))


def _agree(visit: Visit, item: Initiative, part: AuthorStanding) -> Say:
    author_words.answer(visit, item, part, agrees=True)
    return Say(
        [
            _("✅ Noted: {you_name} agree to {share} in {code}.", share=Percent(part.share), code=item.code),
            _("If the share is changed, {you} are asked anew."),
        ],
        buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME),
    )


# A no -------------------------------------------------------------------------------------------

FORM = Form(
    "share_declined",
    title=lambda answers, scene: _("Not agreeing to a share"),
    fields=(
        Field(
            "reason",
            _("Reason"),
            _("Which share would be right, or why not? Whoever wrote the sheet and whoever confirms it read this."),
            Line(shortest=3, longest=300),
            example=_("we have agreed on 50 each"),
            skip=_("No reason"),
        ),
    ),
    send=lambda answers, scene: _("Send the answer"),
    at_once=True,
)


def decline(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the no, if it is still this person's to say, and tell whoever wrote the sheet."""
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    part = None if item is None else author_words.mine(visit, item)
    if item is None or part is None:
        return Say([_("There is no sheet {code} that names {you_name} as co-author.", code=subject)], buttons=BACK)
    if (why := author_words.why_not(visit, item)) is not None:
        return Say([why], buttons=BACK)
    author_words.answer(visit, item, part, agrees=False, reason=str(answers.get("reason") or ""))
    concerned = [item.by]
    if item.state in READY:
        unit = visit.tx.all(people.OF_UNIT, unit=item.unit)
        concerned += [person.id for person in senders(unit, visit.now.date())]
    for person in dict.fromkeys(concerned):
        if person != visit.me.id:
            visit.tell(person, NOT_AGREED, code=item.code, by=part.person)
    return Say(
        [
            _("✅ Noted: {you_name} do not agree to {share} in {code}.", share=Percent(part.share), code=item.code),
            *told(visit, concerned, _("Whoever wrote the sheet is told.")),
        ],
        buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME),
    )


def _names(visit: Visit, subject: str) -> bool:
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    return item is not None and author_words.mine(visit, item) is not None


# What is told -----------------------------------------------------------------------------------


def asked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Ask a co-author; pointless once they are none any more, have agreed, or the sheet is left."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    part = None if item is None else author_words.mine(visit, item)
    if item is None or part is None or part.agrees or author_words.why_not(visit, item) is not None:
        return None
    return author_words.ask(visit, item, part)


def not_agreed(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever wrote the sheet that an author does not agree; pointless once they do, or the share is another one."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    found = author_words.standing(visit, item) if item is not None else ()
    part = next((each for each in found if each.person == about["by"] and each.agrees is False), None)
    by = visit.tx.one(people.BY_ID, id=about["by"])
    if item is None or part is None or by is None:
        return None
    lines: list[Part] = [
        _("{who} does not agree to {share} in {code}.", who=titled(by), share=Percent(part.share), code=item.code),
        _("«{title}»", title=item.title),
    ]
    if part.reason:
        lines.append(_("Their words: «{reason}»", reason=part.reason))
    mine = item.by == visit.me.id
    if mine:
        lines.append(_("Please agree with them and change the shares; they are asked anew."))
    buttons = (Button(_("Edit"), f"/cuatoi sua {item.code}"),) if mine else ()
    return Say(lines, buttons=(*buttons, Button(_("See the sheet"), f"/cuatoi {item.code}")))


def _concerned(visit: Visit, about: Mapping[str, Any]) -> bool:
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    if item is None:
        return False
    return item.by == visit.me.id or (item.unit == visit.me.unit and item_texts.sends_for(visit))


AGREE = Command("dongy", _("Agree to a share"), _("i agree"), agree, EVERYBODY, listed=False, acts=("*",))
DISAGREE = Command("khongdongy", _("Not agree to a share"), _("i do not agree"), disagree, EVERYBODY, listed=False)
DECLINED = Conversation(
    "share_declined",
    title=lambda plan, subject: _("Not agreeing to the share in {code}", code=subject),
    form=lambda plan: FORM,
    file=decline,
    serves=whose(_("the authors of the sheet"), _names),
)
NOT_AGREED = Notice("share_declined", not_agreed, whose(_("whoever wrote the sheet, and the head"), _concerned))
FEATURE = Feature(
    __name__,
    commands=(AGREE, DISAGREE),
    forms=(DECLINED,),
    notices=(Notice(COAUTHOR, asked, item_texts.INVOLVED), NOT_AGREED),
)
