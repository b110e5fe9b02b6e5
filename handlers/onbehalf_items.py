"""What a unit has registered on paper, filed by the office: the sheet of each kind, with where it comes from first."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from bot.conversation import Conversation, Feature, Visit, allowed
from bot.dialogue import Answers, Form, Say, Scene
from bot.language import Part, _
from bot.movement import May, Plan
from bot.office.duties.refused_sheets import keep_open
from bot.office.onbehalf import behalf_texts, filing, item_filing, source_fields, standing
from bot.office.onbehalf.behalf_facts import ForItem
from bot.office.onbehalf.standing import Filing
from handlers import onbehalf_forms, register
from storage import people


def file(kind: str, visit: Visit, subject: str, answers: Answers) -> Say:
    """File a sheet for the unit, confirmed; tell the head and its authors."""
    what, (code, year, seen), item = Filing(None, kind), standing.read_seen(subject), standing.item_seen(subject)
    unit = visit.tx.one(people.UNIT, code=code)
    assert unit is not None
    if (no := filing.refused(visit, what, unit, year, seen, item)) is not None:
        return keep_open(visit, no)
    of, sheet = source_fields.given(answers), visit.plan.kind(kind)
    keep = item_filing.keeping_again(sheet, item) if item else item_filing.keeping(sheet)
    done = filing.keep(visit, what, code, year, source_fields.rest(answers), of, keep)
    onbehalf_forms.tell_unit(visit, what, code, done.record, done.version)
    return behalf_texts.receipt(visit, what, unit, done)


def _title(kind: str, plan: Plan, subject: str) -> Part:
    unit, year, _seen = standing.read_seen(subject)
    if item := standing.item_seen(subject):
        return _("Filing {code} for {unit} once more", code=item, unit=unit)
    return _("Filing for {unit}: {what} of {year}", unit=unit, what=Filing(None, kind).named(plan), year=year)


def _example(answers: Answers, scene: Scene) -> Part:
    """Return authors as an example: people of the unit."""
    names = [person.name for person in ForItem.of(scene).unit[:2]]
    return _("{one} 70, {other} 30", one=names[0], other=names[1]) if len(names) > 1 else ""


@cache
def _own(kind: str, plan: Plan) -> Form:
    """Return the sheet of a kind, with authors of the unit as an example: nobody who files it is one."""
    form, asked = register.form_of(kind, plan), plan.kind(kind)
    if asked.whose is None or asked.authors == "charge":
        return form
    whose = asked.whose.code
    fields = [replace(field, example=_example) if field.code == whose else field for field in form.fields]
    return replace(form, fields=tuple(fields))


@cache
def _conversation(kind: str) -> Conversation:
    what = Filing(None, kind)
    return Conversation(
        standing.ITEM_FORM.format(kind=kind),
        title=partial(_title, kind),
        form=partial(onbehalf_forms.form_of, what, partial(_own, kind)),
        file=partial(file, kind),
        serves=allowed(May.RECEIVE, of=partial(onbehalf_forms.theirs, what)),
        facts=partial(ForItem, kind),
    )


def conversations(plan: Plan) -> Sequence[Conversation]:
    """Return the forms of a plan's kinds."""
    return [_conversation(kind.code) for kind in plan.kinds]


FEATURE = Feature(__name__, plan_forms=conversations)
