"""The sheet a form fills in, as messages: one question, one page, the sheet, the review. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.dialogue import paging
from bot.dialogue.form import Field, Form, Page
from bot.dialogue.turn import Answers, Choice, Draft, Say, Scene, Source, Steer, SteeringWord, Step
from bot.language import Count, Inside, Part, _

BACK = Steer(SteeringWord.BACK, _("Back"))
SHEET = Steer(SteeringWord.SHEET, _("See the sheet"))
LEAVE = Steer(SteeringWord.LEAVE, _("Leave"))
FULL = Steer(SteeringWord.SHEET, _("See the full text"))
EDIT = Steer(SteeringWord.EDIT, _("Edit"))
GO_ON = Steer(SteeringWord.GO_ON, _("Continue"))
DONE = Steer(SteeringWord.DONE, _("Done"))


def visible(form: Form, answers: Answers, scene: Scene) -> list[Field]:
    """Return the fields that belong to the sheet as it stands, in their order."""
    return [field for field in form.fields if field.visible(answers, scene)]


def asked_of(form: Form, draft: Draft, scene: Scene) -> list[Field]:
    """Return the fields somebody has to go through: without those that may be added later and nobody has opened."""
    return [
        field
        for field in visible(form, draft.values(), scene)
        if not (field.later and not scene.facts.adds) or draft.parts.get(field.code)
    ]


def shown(field: Field, draft: Draft, scene: Scene) -> Part:
    """Say the answer of a field on the sheet."""
    parts = draft.parts.get(field.code)
    if not parts:
        known = field.prefill(draft.values(), scene) if field.prefill else None
        if known is None:
            return _("to be added later") if (field.later and not scene.facts.adds) else _("not answered yet")
        return _("{value} (not confirmed yet)", value=field.kind.show(known, scene))
    if parts[0].source is Source.SKIPPED:
        return _("to be added later")
    value = draft.values()[field.code]
    if isinstance(value, dict) and value.get("files"):
        text = _("{n} files", n=Count(len(value["files"])))
        return _("{files}: {note}", files=text, note=value["note"]) if value["note"] else text
    return field.kind.show(value, scene)


def worded(field: Field, value: Any, scene: Scene) -> Part | None:
    """Say a kept value; None where its question was another kind of question when it was given."""
    try:
        return field.kind.show(value, scene)
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError):
        return None


def question(form: Form, draft: Draft, scene: Scene, first: bool = False) -> Say:
    """Ask the open question: what it is, the question, an example, the choices."""
    if draft.step is Step.PAGE:
        return _page(form, draft, scene)
    field, answers = form[draft.asking], draft.values()
    asked = [field.ask] if not callable(field.ask) else field.ask(answers, scene)
    like = field.example(answers, scene) if callable(field.example) else field.example
    example = [_("For example: {example}", example=like)] if like else []
    left = field.skipping(answers, scene)
    skip = [Steer(SteeringWord.SKIP, left)] if left is not None else []
    return Say(
        [_heading(form, field, draft, scene, first), *asked, *example],
        choices=field.choices(answers, scene) if field.choices else (),
        numbers=not field.kind.digits,
        steering=(*skip, BACK, SHEET, LEAVE),
        opens=first,
    )


def _heading(form: Form, field: Field, draft: Draft, scene: Scene, first: bool) -> Part:
    answers = draft.values()
    title = form.head(answers, scene) if first and form.head else form.title(answers, scene)
    if field.heading is not None:
        return _("{title} · {part}", title=title, part=field.heading)
    shown = visible(form, answers, scene)
    asked = [each.code for each in shown if not (each.later and not scene.facts.adds)]
    codes = asked if field.code in asked else [each.code for each in shown]
    if len(codes) == 1 or field.code not in codes:  # it is open, and by what has changed since it belongs no more
        return title
    return _("{title} · Question {n}/{all}", title=title, n=codes.index(field.code) + 1, all=len(codes))


def _page(form: Form, draft: Draft, scene: Scene) -> Say:
    """Show known values together, to be confirmed with one tap or changed one by one."""
    name, answers = draft.about, draft.values()
    page = form.pages[name]
    lines: list[Part] = []
    for n, field in enumerate(visible(form, answers, scene), 1):
        if field.page == name:
            lines.append(_page_line(n, field, page, draft, scene))
    head = _("{title} · {part}", title=form.title(answers, scene), part=page.title(scene))
    rest = [Steer(SteeringWord.REST, page.rest)] if page.rest is not None and rest_of(form, draft, scene) else []
    return Say(
        [head, *page.intro(scene), *lines, *page.outro(scene)],
        choices=lines_of(form, answers, scene),
        listed=True,
        steering=(Steer(SteeringWord.ACCEPT, page.accept), *rest, EDIT, BACK, SHEET),
        buttons=page.buttons(scene),
    )


def rest_of(form: Form, draft: Draft, scene: Scene) -> dict[str, Any]:
    """Return what the open fields of a page are, where somebody says that there is nothing else."""
    answers, found = draft.values(), dict[str, Any]()
    for field in visible(form, answers, scene):
        if field.page != draft.about or field.code in draft.parts or field.rest is None:
            continue
        if field.prefill is None or field.prefill(answers, scene) is None:
            found |= {field.code: value} if (value := field.rest(answers, scene)) is not None else {}
    return found


def _page_line(n: int, field: Field, page: Page, draft: Draft, scene: Scene) -> Part:
    answers = draft.values()
    value = answers.get(field.code)
    if field.code not in draft.parts and field.prefill is not None:
        value = field.prefill(answers, scene)
    if field.code in draft.parts and value is None:
        said = shown(field, draft, scene)
    else:
        said = field.unknown if value is None else field.kind.show(value, scene)
    note = field.note(answers, scene) if field.note else None
    if note is not None:
        said = _("{value} ({note})", value=said, note=note)
    return page.line(n, field.label, said)


def sheet(form: Form, draft: Draft, scene: Scene) -> Say:
    """Show the whole sheet: every answer can be looked at and changed, at most two taps away."""
    answers = draft.values()
    fields = asked_of(form, draft, scene)
    filled = sum(field.code in draft.parts for field in fields)
    head = _(
        "{title} · {filled} of {all} answered",
        title=form.title(answers, scene),
        filled=Count(filled),
        all=Count(len(fields)),
    )
    pages = paging.pages_of([*sheet_lines(form, draft, scene)], scene)
    page = paging.page_at(draft, len(pages))
    return Say(
        [head, *paging.named(page, len(pages)), *pages[page - 1], _("Give the number of an answer to change it.")],
        choices=lines_of(form, answers, scene),
        listed=True,
        steering=(*paging.turning(page, len(pages)), GO_ON, LEAVE),
    )


def review(form: Form, draft: Draft, scene: Scene) -> Say:
    """Show the sheet before it is sent, with who will read it."""
    answers = draft.values()
    head = form.sheet_head(answers, scene) if form.sheet_head else form.title(answers, scene)
    rest = form.review(answers, scene) if form.review else ()
    lines = () if form.brief else tuple(sheet_lines(form, draft, scene, empty=False))
    full = (FULL,) if form.brief else ()
    send = form.send(answers, scene)
    below = () if form.brief else rest
    pages = paging.pages_of(rest if form.brief else lines, scene)
    page = paging.page_at(draft, len(pages))
    covers = [_("«{send}» takes all {n} pages.", send=send, n=Count(len(pages)))] if len(pages) > 1 else []
    return Say(
        [
            _("{title} · Look it over before you {send}", title=head, send=Inside(send)),
            *paging.named(page, len(pages)),
            *pages[page - 1],
            *covers,
            *below,
        ],
        choices=lines_of(form, answers, scene),
        listed=True,
        buttons=() if form.looks is None else form.looks(answers, scene),
        steering=(Steer(SteeringWord.SEND, send), *paging.turning(page, len(pages)), *full, EDIT, BACK, LEAVE),
    )


def pages_here(form: Form, draft: Draft, scene: Scene) -> int:
    """Return how many pages the open sheet or review has."""
    answers = draft.values()
    if draft.step is Step.REVIEW and form.brief:
        return len(paging.pages_of(form.review(answers, scene) if form.review else (), scene))
    return len(paging.pages_of([*sheet_lines(form, draft, scene, empty=draft.step is Step.SHEET)], scene))


def empty_of(field: Field, draft: Draft, scene: Scene) -> bool:
    """Whether an answer that may be added later is not there."""
    parts = draft.parts.get(field.code)
    return parts[0].source is Source.SKIPPED if parts else (field.later and not scene.facts.adds)


def sheet_lines(form: Form, draft: Draft, scene: Scene, empty: bool = True) -> Iterator[Part]:
    """Write a line a field, with its flag: «1. Tên: …»; without `empty` none for what is to be added later."""
    answers = draft.values()
    for n, field in enumerate(visible(form, answers, scene), 1):
        if not empty and empty_of(field, draft, scene):
            continue
        value = answers.get(field.code)
        flag = field.flag(value, scene) if field.flag and value is not None else None
        if flag is None:
            yield _("{n}. {label}: {value}", n=n, label=field.label, value=shown(field, draft, scene))
        else:
            yield _(
                "{n}. {label}: {value} ({note})", n=n, label=field.label, value=shown(field, draft, scene), note=flag
            )


def lines_of(form: Form, answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the lines of the sheet, each to be chosen by its number or its name."""
    return [Choice(field.code, field.label, also=field.also) for field in visible(form, answers, scene)]


def no_files(form: Form, draft: Draft, scene: Scene) -> Sequence[Part]:
    """Say that files are no answer here, and where the sheet takes them."""
    lines: list[Part] = [_("This question does not take files. They were not kept with the sheet.")]
    for n, field in enumerate(visible(form, draft.values(), scene), 1):
        if field.files:
            lines.append(_("«{label}» takes files: type «edit {n}», then send them.", label=field.label, n=n))
            break
    return lines
