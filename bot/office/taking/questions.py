"""Which questions another plan would ask no more or anew, how many answers they hold, and where open sheets stand. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.conversation import Conversation
from bot.dialogue import Field, Form
from bot.language import Count, Joined, Part, _
from bot.movement import Plan, changed_targets
from bot.office.duties import registering
from storage.plans import Answered, OpenAt, Recorded

REPORT = "report"
"""The form that asks for figures."""


@dataclass(frozen=True, slots=True)
class GivenAnswers:
    """What has been answered in a database: in open sheets, in records that were sent; and where open sheets stand."""

    answered: Sequence[Answered]
    recorded: Sequence[Recorded]
    standing: Sequence[OpenAt]
    amounts: Sequence[Recorded]

    def in_drafts(self, form: str, field: str) -> int:
        """Return how many open sheets have answered a question."""
        return sum(each.n for each in self.answered if (each.form, each.field) == (form, field))

    def in_records(self, form: str, field: str) -> int:
        """Return how many records that were sent have an answer to it."""
        return sum(each.n for each in self.recorded if (each.form, each.field) == (form, field))

    def open(self, form: str) -> int:
        """Return how many sheets of a form are open."""
        return sum(each.n for each in self.standing if each.form == form)


def changed(old: Plan, new: Plan, forms: Mapping[str, Conversation], given: GivenAnswers, year: int) -> list[Part]:
    """Say of every form which questions go, which come, and how many open sheets stand at one that goes."""
    lines: list[Part] = []
    for code, conversation in forms.items():
        had, has = conversation.of(old), conversation.of(new)
        called = _called(conversation, old if had is not None else new, year)
        if had is None and has is None:
            continue
        if has is None:
            lines.append(
                _(
                    "- Sheet «{form}» is gone: {n} are being written, all their answers are kept",
                    form=called,
                    n=Count(given.open(code)),
                )
            )
            continue
        if had is None:
            lines.append(_("- Sheet «{form}» is new", form=called))
            continue
        gone = {field.code: field for field in had.fields if field.code not in has}
        lines += [_gone(field, code, called, given) for field in gone.values()]
        lines += [
            _(
                "- Question «{label}» ({form}) is new: {n} open sheets will be asked",
                label=field.label,
                form=called,
                n=Count(given.open(code)),
            )
            for field in has.fields
            if field.code not in had
        ]
        lines += _standing(code, gone, called, given)
        lines += [_otherwise(field, code, called, given) for field in _asked_otherwise(old, new, code, has)]
    return lines


def _asked_otherwise(old: Plan, new: Plan, form: str, has: Form) -> list[Field]:
    """Return the questions of a kind of registration that take another type of answer, or count in another unit."""
    was = next((each for each in old.kinds if registering.FORM.format(kind=each.code) == form), None)
    now = next((each for each in new.kinds if registering.FORM.format(kind=each.code) == form), None)
    if was is None or now is None:
        return []
    before = {field.code: (field.type, field.unit) for field in was.asked}
    return [
        has[each.code] for each in now.asked if before.get(each.code, (each.type, each.unit)) != (each.type, each.unit)
    ]


def _otherwise(field: Field, form: str, called: Part, given: GivenAnswers) -> Part:
    drafts, records = given.in_drafts(form, field.code), given.in_records(form, field.code)
    if not drafts and not records:
        return _(
            "- Question «{label}» ({form}) takes another answer: nobody has answered it", label=field.label, form=called
        )
    return _(
        "⚠️ Question «{label}» ({form}) takes another answer: {drafts} open sheets and {records} records that were sent have answered it as it was. These answers are kept; please look whether they still say what is meant.",
        label=field.label,
        form=called,
        drafts=Count(drafts),
        records=Count(records),
    )


def _gone(field: Field, form: str, called: Part, given: GivenAnswers) -> Part:
    drafts, records = given.in_drafts(form, field.code), given.in_records(form, field.code)
    if not drafts and not records:
        return _("- Question «{label}» ({form}) is gone: nobody has answered it", label=field.label, form=called)
    return _(
        "⚠️ Question «{label}» ({form}) is gone: {drafts} open sheets and {records} records that were sent have answered it. The answers are kept, and are there again when a plan asks for them again.",
        label=field.label,
        form=called,
        drafts=Count(drafts),
        records=Count(records),
    )


def _standing(form: str, gone: dict[str, Field], called: Part, given: GivenAnswers) -> Iterator[Part]:
    """Yield at which question that goes how many open sheets stand."""
    at = Counter[str]()
    for each in given.standing:
        if each.form == form and (code := each.asking.rpartition(":")[2]) in gone:
            at[code] += each.n
    for code, n in at.items():
        yield _(
            "⚠️ {n} open sheets ({form}) stand at «{label}»: they are asked the next question instead",
            n=Count(n),
            form=called,
            label=gone[code].label,
        )


def _called(conversation: Conversation, plan: Plan, year: int) -> Part:
    """Name a form as a sheet of this year is called."""
    for subject in (str(year), f":{year}"):  # of a person, of a unit
        with suppress(LookupError, ValueError, StopIteration):
            return conversation.title(plan, subject)
    return conversation.code


# Figures --------------------------------------------------------------------------------------


def figures(old: Plan, new: Plan, given: GivenAnswers) -> list[Part]:
    """Say of every target that means something else which figures were given under its old meaning."""
    lines: list[Part] = []
    for each in changed_targets(old, new):
        kept = _kept(each.new.code, given)
        drafts = given.in_drafts(REPORT, each.new.code)
        if not kept and not drafts:
            continue
        lines.append(
            _(
                "⚠️ Target {code} «{short}» has another {keys}: {n} figures that were given before ({years}) and {drafts} open sheets are concerned",
                code=each.new.code,
                short=each.new.short,
                keys=Joined(each.keys),
                n=Count(sum(kept.values())),
                years=_by_year(kept),
                drafts=Count(drafts),
            )
        )
    return lines


def misread(old: Plan, new: Plan, given: GivenAnswers) -> list[Part]:
    """Say which figures of before would be read as something that nobody has said."""
    return [
        _(
            "target {code} has another {keys}, and {n} figures were given of it before ({years}): give the new one a code of its own, or name the unit of before in its `units`",
            code=each.new.code,
            keys=Joined(each.keys),
            n=Count(sum(kept.values())),
            years=_by_year(kept),
        )
        for each in changed_targets(old, new)
        if each.breaks and (kept := _kept(each.new.code, given))
    ]


def _kept(target: str, given: GivenAnswers) -> dict[int, int]:
    return {each.year: each.n for each in given.amounts if each.field == target}


def _by_year(kept: dict[int, int]) -> Part:
    years = [_("{year}: {n}", year=year, n=Count(n)) for year, n in kept.items()]
    return _("{years}", years=Joined(years or [_("not yet")], "; "))
