"""The office files for a unit that has answered on paper, by telephone or in person."""

from collections.abc import Iterator

from bot.conversation import DESK, HOME, Command, Conversation, Feature, Visit
from bot.dialogue import Button, Say, engine
from bot.language import Part, Time, _
from bot.office import opened_years
from bot.office.duties import item_texts, submissions
from bot.office.onbehalf import filing, item_filing, source_fields, sources, standing
from bot.office.onbehalf.standing import Existing, Filing
from bot.office.reviews import review_elsewhere
from handlers.onbehalf_forms import FORMS
from storage import initiatives, paper_sources, people
from storage.paper_sources import PaperSource
from storage.people import Unit


def run(visit: Visit, args: str) -> Say:
    """Answer «/nhapthay»: the units; with one what may be filed for it; with what and a year its form; «xem» one source; «sua» a sheet once more."""
    verb, _space, code = args.strip().partition(" ")
    if verb == "xem":
        return _show(visit, code.strip())
    if verb in ("sua", "sửa"):
        return _again(visit, code.strip())
    sure = args.split()[-1:] == ["co"]
    meant = standing.read(visit, args.strip().removesuffix("co") if sure else args)
    year = opened_years.one(
        visit, str(meant.year), meant.year, f"/nhapthay {meant.unit.code if meant.unit else ''} {{year}}"
    )
    if isinstance(year, Say):
        return year
    if (review := review_elsewhere.not_filed_for(visit, args, meant.unit)) is not None:
        return review
    if meant.unit is None:
        return _units(visit, year, meant.unknown)
    if meant.filing is None:
        return _of_unit(visit, meant.unit, year)
    return _open(visit, meant.filing, meant.unit, year, sure)


def _units(visit: Visit, year: int, unknown: str) -> Say:
    """Ask for which unit."""
    lines: list[Part] = []
    if unknown:
        lines.append(_("The assistant does not know the unit «{said}».", said=unknown))
    lines.append(_("For which unit is it filed? It has answered on paper, by telephone or in person."))
    buttons = [Button(unit.name, f"/nhapthay {unit.code} {year}") for unit in visit.tx.all(people.UNITS)]
    return Say(lines, buttons=(*buttons, HOME))


def _of_unit(visit: Visit, unit: Unit, year: int) -> Say:
    """Ask what is filed, and say how each stands."""
    lines: list[Part] = [_("What is filed for {unit}, year {year}?", unit=unit.name, year=year)]
    buttons: list[Button] = []
    for what in standing.filings(visit.plan, unit):
        word = what.word(visit.plan)
        there = standing.existing(visit, what, unit.code, year)
        if what.how is not None:
            lines.append(_line(visit, what, there))
        if there is None or (there.source is not None and there.received is None):
            label = _("File: {what} {year}", what=what.named(visit.plan), year=year)
            buttons.append(Button(label, f"/nhapthay {unit.code} {word} {year}"))
    plan, today = visit.plan, visit.said.date()
    for other in range(plan.first_year, plan.last_year + 1):
        if other != year and opened_years.can_show(plan, other, today):
            buttons.append(Button(_("Year {year}", year=other), f"/nhapthay {unit.code} {other}"))
    return Say(lines, buttons=(*buttons, HOME))


def _line(visit: Visit, what: Filing, there: Existing | None) -> Part:
    name = what.named(visit.plan)
    if there is None:
        return _("- {what}: not sent yet", what=name)
    if there.source is not None:
        return _("- {what}: {source}", what=name, source=sources.said(there.source))
    return _("- {what}: sent by the unit at {at}", what=name, at=Time(there.at))


def _open(visit: Visit, what: Filing, unit: Unit, year: int, sure: bool) -> Say:
    """Open the form; say before it what the unit has sent or is writing itself."""
    if unit.code == visit.me.unit and submissions.sends(visit):
        own = _("{You} send for {unit}: please send it as the unit does.", unit=unit.name)
        return Say([own], buttons=(HOME,))
    if (no := filing.refused(visit, what, unit, year)) is not None:
        return no
    head = standing.writing(visit, what, unit.code, year)
    if head is not None and not sure:
        return Say(
            [
                filing.being_written(visit, head),
                _("It is not touched by what is filed here; once the unit sends it, it counts instead."),
            ],
            buttons=(
                Button(_("File it all the same"), f"/nhapthay {unit.code} {what.word(visit.plan)} {year} co"),
                Button(_("File something else for {unit}", unit=unit.name), f"/nhapthay {unit.code} {year}"),
                HOME,
            ),
        )
    form = FORMS.get(what.how) or visit.office.features.forms[_form_name(what.kind)]
    there = standing.existing(visit, what, unit.code, year)
    if there is None or there.source is None:
        return visit.open(form, standing.subject_seen(unit.code, year))
    return visit.open(
        form,
        standing.subject_seen(unit.code, year, there.source.version),
        {**source_fields.answered(there.source), **filing.answers_of(visit, what, unit.code, year)},
        _FILED_SO,
    )


def _again(visit: Visit, said: str) -> Say:
    """Open a sheet that the office has filed, to be filed once more as its next version."""
    item = item_texts.find(visit, said, lambda item: item_texts.filed_for(visit, item))
    unit = None if item is None else visit.tx.one(people.UNIT, code=item.unit)
    found = [] if item is None else visit.tx.all(paper_sources.OF_RECORD, record=item.code)
    if item is None or unit is None or not found:
        return Say([_("Nothing was filed for a unit under the code {code}.", code=said[:40])], buttons=(HOME,))
    form, source, what = visit.office.features.forms.get(_form_name(item.kind)), found[-1], Filing(None, item.kind)
    if form is None:
        return Say(
            [_("What {code} is is not registered any more, so it is not filed again.", code=item.code)], buttons=(HOME,)
        )
    if (no := filing.refused(visit, what, unit, item.year, source.version, item.code)) is not None:
        return no
    asked = form.of(visit.plan)
    answers = {**source_fields.answered(source), **source.answers}
    return visit.open(
        form,
        standing.subject_seen(unit.code, item.year, source.version, item.code),
        {f.code: answers.get(f.code) for f in (asked.fields if asked else ()) if f.later or f.code in answers},
        _FILED_SO,
    )


_FILED_SO = _("✏️ This is what was filed for the unit; what is changed takes effect when it is filed again.")


def _form_name(kind: str) -> str:
    return standing.ITEM_FORM.format(kind=kind)


def _show(visit: Visit, code: str) -> Say:
    """Show where a record comes from, each time that it was filed so."""
    found = visit.tx.all(paper_sources.OF_RECORD, record=code)
    if not found:
        return Say([_("Nothing was filed for a unit under the code {code}.", code=code)], buttons=(HOME,))
    lines: list[Part] = [_("What the office has filed under {code}", code=code)]
    for each in found:
        by = visit.tx.one(people.BY_ID, id=each.by) if each.by is not None else None
        lines.append(
            _(
                "{source}; filed by {who} at {at}.",
                source=sources.said(each),
                who="" if by is None else by.name,
                at=Time(each.at),
            )
        )
        lines += _kept(visit, each)
        if each.replaced is not None:
            lines.append(_("It counts no more since {at}.", at=Time(each.replaced)))
    files = [each.file for each in found if each.file is not None]
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    again = item is not None and item_filing.files_again(visit, item)
    edit = (Button(_("Edit"), f"/nhapthay sua {code}"),) if again else ()
    return Say(lines, buttons=(*edit, HOME), files=files)


def _form_of(visit: Visit, source: PaperSource) -> Conversation | None:
    """Return the form in which a record was filed; None where the plan has it no longer."""
    for how, form in FORMS.items():
        if standing.record(Filing(how), source.unit, source.year) == source.record:
            return form
    kind = next((each.code for each in visit.plan.kinds if source.record.startswith(f"{each.prefix}-")), "")
    return visit.office.features.forms.get(_form_name(kind))


def _kept(visit: Visit, source: PaperSource) -> Iterator[Part]:
    """Yield what was filed, as it was then."""
    conversation = _form_of(visit, source)
    form = None if conversation is None else conversation.of(visit.plan)
    if conversation is None or form is None:
        return
    scene = visit.scene(conversation.facts(visit, standing.subject_seen(source.unit, source.year)))
    for field in form.fields:
        value = source.answers.get(field.code)
        if value is not None and (said := engine.worded(field, value, scene)) is not None:
            yield _("{label}: {value}", label=field.label, value=said)


COMMAND = Command("nhapthay", _("File for a unit"), _("file for|file for a unit"), run, DESK, listed=False, seldom=True)
FEATURE = Feature(__name__, commands=(COMMAND,))
