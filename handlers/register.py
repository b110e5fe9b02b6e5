"""Register what the plan names: initiatives, models, key tasks or whatever else; the sheet, and where it goes when it is sent."""

from collections.abc import Sequence
from functools import cache, partial

from bot.conversation import HOME, Command, Conversation, Feature, Notice, Visit, allowed
from bot.dialogue import Answers, Button, Form, Say, engine
from bot.language import _
from bot.movement import ItemKind, May, Plan
from bot.office import corrections, opened_years, plan_clauses
from bot.office.duties import (
    item_texts,
    one_message,
    record_corrections,
    registering,
    reopening,
    reopening_texts,
    title_said,
)
from bot.office.duties import registration_texts as texts
from bot.office.duties.item_fields import fields_of
from bot.office.duties.record_corrections import CorrectedSheetFacts
from bot.office.duties.refused_sheets import keep_open
from bot.office.duties.registering import RegisterFacts
from bot.office.items import author_words, item_movers
from bot.office.report import differences
from storage import initiatives
from storage.initiatives import AT_OFFICE


def run(visit: Visit, args: str) -> Say:
    """Answer «/dangky» with the kinds; «/dangky sk: title», «đăng ký sáng kiến title» answer the first question too."""
    if (named := registering.kind_named(visit.plan, args)) is not None:
        return _open(visit, *named)
    asked = opened_years.to_register(visit, args)
    return asked if isinstance(asked, Say) else texts.which_kind(visit, *asked)


def _open(visit: Visit, kind: ItemKind, said: str) -> Say:
    asked = opened_years.to_register(visit, said)
    if isinstance(asked, Say):
        return asked
    conversation = visit.office.features.forms[registering.FORM.format(kind=kind.code)]
    title = title_said.for_unit(visit, title_said.of_message(visit, asked[1]), f"/dangky {kind.code}")
    if isinstance(title, Say):
        return title
    year, (title, *pieces) = str(asked[0]), one_message.pieces(title)
    form, scene = conversation.form(visit.plan), visit.scene(conversation.facts(visit, year))
    typed, strange = engine.spread(form, scene, pieces)
    title, strange = one_message.with_title(title, strange)
    if len(title) >= SHORTEST:
        typed = {"title": title, **typed}
    return visit.open(conversation, year, None, *one_message.heard(form, typed, strange, scene), typed=typed)


SHORTEST = 10
"""Characters that a title has at least: fewer name nothing."""


@cache
def form_of(code: str, plan: Plan) -> Form:
    """Return the sheet of a kind of registration; StopIteration where the plan does not have it."""
    kind = plan.kind(code)
    return Form(
        registering.FORM.format(kind=kind.code),
        title=lambda answers, scene: _("Register: {kind}", kind=kind.short),
        fields=fields_of(kind),
        send=texts.send_to,
        head=lambda answers, scene: _(
            "Register: {kind}, year {year}",
            kind=kind.name[:1].lower() + kind.name[1:],
            year=RegisterFacts.of(scene).year,
        ),
        sheet_head=lambda answers, scene: _(
            "Registration sheet: {kind}, year {year}", kind=kind.short, year=RegisterFacts.of(scene).year
        ),
        review=lambda answers, scene: [
            *differences.review(form_of(code, plan), RegisterFacts.of(scene).before, answers, scene),
            *texts.under(answers, scene),
        ],
        why=plan_clauses.by_duty("list"),
    )


def file(code: str, visit: Visit, subject: str, answers: Answers) -> Say:
    """File the item, and tell those who have to act next."""
    if (correction := _correct(visit, subject, answers)) is not None:
        return correction
    if not subject.isdecimal():
        item = visit.tx.one(initiatives.BY_CODE, code=subject)
        if item is not None and (why := item_movers.of_no_plan(visit, item)) is not None:
            return keep_open(visit, Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {subject}"), HOME)))
        record_corrections.keep_past(visit, subject)
    asked = author_words.shares_of(visit, subject)
    sent = registering.file(visit.plan.kind(code), visit, subject, answers)
    if sent is None:
        return keep_open(visit, texts.locked(subject))
    for person in sent.asked:
        visit.tell(person.id, TO_CONFIRM, code=sent.code)
    for author in author_words.to_ask(visit, sent.code, asked):
        visit.tell(author, author_words.COAUTHOR, code=sent.code)
    return texts.receipt(visit, sent)


def _correct(visit: Visit, subject: str, answers: Answers) -> Say | None:
    """Send a correction of a sheet that was received; None where it was not, or is not open once more."""
    reopened = None if subject.isdecimal() else reopening.lets(visit, subject)
    item = None if reopened is None else visit.tx.one(initiatives.BY_CODE, code=subject)
    if reopened is None or item is None or item.state not in AT_OFFICE:
        late = None if subject.isdecimal() else reopening_texts.too_late(visit, subject)
        return None if late is None else keep_open(visit, late)
    return corrections.correct(visit, reopened, "initiative", answers, f"/cuatoi {subject}")


@cache
def _conversation(code: str) -> Conversation:
    return Conversation(
        registering.FORM.format(kind=code),
        title=lambda plan, subject: _("Registration: {kind} {subject}", kind=plan.kind(code).short, subject=subject),
        form=partial(form_of, code),
        file=partial(file, code),
        serves=allowed(May.REGISTER, of=registering.may_write),
        facts=partial(CorrectedSheetFacts, code),
        warning=lambda subject, today: texts.year_over(int(subject), today) if subject.isdecimal() else None,
    )


def conversations(plan: Plan) -> Sequence[Conversation]:
    """Return the forms of a plan's kinds."""
    return [_conversation(kind.code) for kind in plan.kinds]


REGISTER = Command("dangky", _("Register"), _("register|sign up"), run, allowed(May.REGISTER))
TO_CONFIRM = Notice("to_confirm", lambda visit, about: texts.to_confirm(visit, about["code"]), item_texts.CONFIRMER)
FEATURE = Feature(__name__, commands=(REGISTER,), plan_forms=conversations, notices=(TO_CONFIRM,))
