"""Register an initiative, a model or a key task: the sheet, and where it goes when it is sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from bot.conversation import HOME, Command, Conversation, Facts, Feature, Notice, Visit, allowed
from bot.dialogue import (
    Answers,
    Authors,
    Button,
    Choice,
    Day,
    Expected,
    Field,
    Form,
    Line,
    OneOf,
    Paragraph,
    Say,
    Scene,
    Window,
    end_of_movement,
    start_of_movement,
)
from bot.language import First, Joined, Part, Text, Time, TypedPeriod, _, fold, looks_unmarked, places
from bot.movement import ROLE_WORD, May, Plan, heads, titled
from bot.office import head_titles, opened_years
from bot.office.duties import item_texts
from bot.office.told import told
from storage import initiatives, item_authors, people
from storage.initiatives import EDITABLE, ItemContent, ItemState

SIMILAR = 85
"""From this token_sort_ratio of folded titles on, the person is asked; it never blocks."""


# What is asked --------------------------------------------------------------------------------


def areas(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the areas of the movement, in the order of its plan."""
    return [Choice(area.code, area.short, area.name, area.code) for area in scene.plan.areas]


def similar(title: str, answers: Answers, scene: Scene) -> Part | None:
    """Whether something like it is registered already."""
    known = scene.facts["compared"]
    if (mine := scene.facts["item"]) is not None:
        known = [item for item in known if item.id != mine.id]
    found = process.extractOne(
        fold(title), [item.title_fold for item in known], scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR
    )
    if found is None:
        return None
    item = known[found[2]]
    return _(
        "Something similar is registered: «{title}» ({unit}, year {year}). Register this all the same?",
        title=item.title,
        unit=item.unit_name,
        year=item.year,
    )


def unmarked(value: str, scene: Scene) -> Part | None:
    """Return a title without marks would be printed without them."""
    return _("⚠️ without marks") if looks_unmarked(value) else None


def only_me(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the common case, in one tap."""
    return [Choice([[scene.person.id, "100", scene.person.name]], _("Just me"))]


def me_or_unit(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return a model may be a collective's."""
    return [*only_me(answers, scene), Choice("unit", _("The whole unit"))]


def colleagues(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the people of the unit, the person first."""
    mine = [person for person in scene.facts["unit"] if person.id != scene.person.id]
    return [Choice(person.id, titled(person), person=person.name) for person in (scene.person, *mine)]


def quarters(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the quarters still to come this year."""
    year = scene.facts["year"]
    now = (scene.today.month - 1) // 3 + 1 if scene.today.year == year else 1
    kind = Expected()
    offered = [TypedPeriod("quarter", year, n, date(year, n * 3 - 2, 1)).to_json() for n in range(now, 5)]
    return [*(Choice(q, kind.show(q, scene)) for q in offered), Choice("", _("Not decided yet"))]


class AuthorsOrUnit(Authors):
    """Authors with shares, or the whole unit as a collective."""

    def show(self, value: Any, scene: Scene) -> Part:
        """Return the authors, or the collective."""
        if value == "unit":
            return _("the collective of {unit}", unit=scene.person.unit_name)
        return super().show(value, scene)


def heard_authors(value: Any, answers: Answers, scene: Scene) -> Sequence[Part]:
    """Return who was understood, and that co-authors will be told."""
    said = _("Noted: {value}.", value=AuthorsOrUnit().show(value, scene))
    if value == "unit" or len(value) < 2:
        return [said]
    return [said, _("The assistant will let the co-authors know once {you} have sent the sheet.")]


IN_MOVEMENT = Window(start_of_movement, end_of_movement, _("What is registered here belongs to the movement."))
APPLIED = Window(
    lambda answers, scene: date(scene.facts["year"] - 1, 1, 1),
    lambda answers, scene: date(scene.facts["year"] + 1, 12, 31),
)
TITLE = Field(
    "title",
    _("Title"),
    "",
    Line(shortest=10, rest=_("Summary")),
    flag=unmarked,
    ask_again=similar,
    keep=_("Register all the same"),
)
AREA = Field("area", _("Area"), "", OneOf(areas), choices=areas)
SUMMARY = Field(
    "summary",
    _("Summary"),
    _("Please sum up how it works in two or three sentences."),
    Paragraph(),
    long=True,
    files=True,
    skip=_("Add later"),
)
AUTHORS = Field(
    "authors",
    _("Authors"),
    _("Who are the authors, with what shares (100% in all)?"),
    AuthorsOrUnit(),
    choices=only_me,
    example=_("me 70, Lý Thị Ví Dụ 30"),
    echo=heard_authors,
)
MODEL_AUTHORS = Field(
    "authors",
    _("Authors"),
    _("Who are the authors, with what shares (100% in all)? A model may be the whole unit's."),
    AuthorsOrUnit(),
    choices=me_or_unit,
    example=_("me 70, Lý Thị Ví Dụ 30"),
    echo=heard_authors,
)
CHARGE = Field(
    "charge", _("In charge"), _("Which officer of the unit is in charge?"), OneOf(colleagues), choices=colleagues
)
DUE = Field("due", _("Due"), _("By when will it be done?"), Day(past=False, believed=IN_MOVEMENT), example="30/10/2027")
RESULT = Field(
    "result",
    _("Expected result"),
    "",
    Paragraph(),
    skip=_("Add later"),
    example=_("The time to guide one applicant falls from 30 minutes to 10"),
)
STARTS = Field(
    "starts",
    _("Applied"),
    _("From when is it expected to be applied?"),
    Expected(believed=APPLIED),
    choices=quarters,
    example=_("01/07/2027 or July 2027"),
)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "sk": (TITLE, AREA, SUMMARY, AUTHORS, RESULT, STARTS),
    "mh": (TITLE, AREA, SUMMARY, MODEL_AUTHORS, RESULT, STARTS),
    "nv": (TITLE, AREA, SUMMARY, CHARGE, RESULT, DUE),
}


# The sheet ------------------------------------------------------------------------------------


def send_to(answers: Answers, scene: Scene) -> Text:
    """Return who confirms it, as the button says it: the office, or the head by their own title."""
    first = next(iter(scene.facts["asked_to_confirm"](_shares(answers, scene.person.id))), None)
    if first is not None and first.unit != scene.person.unit:
        return _("Send to the office for confirmation")
    if first is None or heads(first.role):
        return _("Send to the {position} for confirmation", position=scene.facts["head_title"])
    return _("Send to the {position} for confirmation", position=first.position or ROLE_WORD[first.role])


def under(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Return what stands under the sheet: marks that are missing, and who will read it."""
    lines: list[Part] = []
    if looks_unmarked(str(answers.get("title", ""))):
        lines.append(
            _(
                "The title will be printed in lists that are signed, so it needs its marks. To change it type for example: edit 1 and the new title."
            )
        )
    if scene.facts["item"] is None and (over := _over(scene.facts["year"], scene.today)) is not None:
        lines.append(over)
    authors = answers.get("authors")
    if isinstance(authors, list) and len(authors) > 1:
        lines.append(_("Who can read it: the authors, the head of the unit, the office, the leaders."))
    else:
        lines.append(_("Who can read it: {you}, the head of the unit, the office, the leaders."))
    return lines


def _over(year: int, today: date) -> Part | None:
    """Say that the year of a sheet is over."""
    if year >= today.year:
        return None
    return _(
        "⚠️ {year} is over: the sheet is registered for {year}. For {this} please begin a new one.",
        year=year,
        this=today.year,
    )


@cache
def form_of(kind_code: str, plan: Plan) -> Form:
    """Return the sheet of a kind of registration."""
    kind = plan.kind(kind_code)
    examples = {"title": kind.example, "summary": kind.summary_example}
    questions = {
        "title": _("Please give the title of the {kind}, {you_name}.", kind=kind.short),
        "area": _("{kind}: which area of the movement does it serve?", kind=First(kind.short)),
        "result": _("{kind}: what result or benefit is expected?", kind=First(kind.short)),
    }
    fields = tuple(
        replace(field, example=examples.get(field.code) or field.example, ask=questions.get(field.code, field.ask))
        for field in FIELDS[kind_code]
    )
    return Form(
        CODES[kind_code],
        title=lambda answers, scene: _("Register: {kind}", kind=kind.short),
        fields=fields,
        send=send_to,
        head=lambda answers, scene: _(
            "Register: {kind}, year {year}", kind=kind.name[:1].lower() + kind.name[1:], year=scene.facts["year"]
        ),
        sheet_head=lambda answers, scene: _(
            "Registration sheet: {kind}, year {year}", kind=kind.short, year=scene.facts["year"]
        ),
        review=under,
    )


def facts(visit: Visit, subject: str) -> Facts:
    """Return what the sheet looks at; the subject is a year, or the code of an item that is being changed."""
    tx = visit.tx

    def item() -> initiatives.Initiative | None:
        return None if subject.isdecimal() else tx.one(initiatives.BY_CODE, code=subject)

    return Facts(
        year=lambda: int(subject if subject.isdecimal() else subject.split("-")[1]),
        item=item,
        sent=lambda: found.changed if (found := item()) is not None and found.state != ItemState.RETURNED else None,
        roster=lambda: [(p.id, p.name, place) for p, place in places(tx.all(people.EVERYBODY))],
        unit=lambda: tx.all(people.OF_UNIT, unit=visit.me.unit),
        compared=lambda: tx.all(initiatives.COMPARED, unit=visit.me.unit),
        head_title=lambda: head_titles.of_unit(visit, visit.me.unit),
        asked_to_confirm=lambda: lambda shares: _asked_to_confirm(visit, visit.me.unit, shares),
    )


# What happens ---------------------------------------------------------------------------------


def file(kind_code: str, visit: Visit, subject: str, answers: Answers) -> Say:
    """Give the item its code, and let those know who have to act next."""
    tx, me, now = visit.tx, visit.me, visit.said
    shares = _shares(answers, me.id)
    summary = answers.get("summary")
    content = ItemContent(
        title=answers["title"],
        title_fold=fold(answers["title"]),
        area=answers["area"],
        summary=summary["note"] if isinstance(summary, dict) else summary or "",
        result=answers.get("result") or "",
        starts=answers.get("starts") or "",
        collective=answers.get("authors") == "unit",
        charge=answers.get("charge"),
        due=date.fromisoformat(answers["due"]) if answers.get("due") else None,
    )
    if subject.isdecimal():
        code = initiatives.next_code(tx, prefix=visit.plan.kind(kind_code).prefix, year=int(subject))
        id = initiatives.add(
            tx,
            content,
            code=code,
            kind=kind_code,
            year=int(subject),
            unit=me.unit,
            by=me.id,
            now=now,
            plan_hash=visit.office.plan_hash,
        )
        unit = me.unit
    else:
        item = tx.one(initiatives.BY_CODE, code=subject)
        assert item is not None
        code, id, unit = item.code, item.id, item.unit
        if item.state not in EDITABLE:
            return Say(
                [_("{code} has been received by the office and cannot be changed any more.", code=code)],
                buttons=(Button(_("See the sheet"), f"/cuatoi {code}"), HOME),
            )
        initiatives.change(tx, content, id=id, now=now)
    item_authors.put(tx, id=id, shares=shares if kind_code != "nv" else [])
    if isinstance(summary, dict):
        visit.keep_files(summary["files"], record=code)
    visit.note("registered" if subject.isdecimal() else "changed", code)
    asked = _asked_to_confirm(visit, unit, shares)
    for head in asked:
        visit.tell(head.id, TO_CONFIRM, code=code)
    for person, _share in shares:
        if person != me.id:
            visit.tell(person, COAUTHOR, code=code)
    named = answers.get("authors")
    return _receipt(visit, code, asked, [(p, n) for p, _s, n in named if p != me.id] if isinstance(named, list) else [])


def _shares(answers: Answers, me: int) -> list[tuple[int, str]]:
    """Return the authors with their shares; who writes for the whole unit stands for it."""
    authors = answers.get("authors") or []
    return [(me, "100")] if authors == "unit" else [(a[0], a[1]) for a in authors]


def _asked_to_confirm(visit: Visit, unit: str, shares: Sequence[tuple[int, str]]) -> Sequence[people.Person]:
    """Return who confirms the sheet: nobody who wrote it or is one of its authors."""
    return item_texts.asked_to_confirm(visit, unit, [visit.me.id, *(person for person, _share in shares)])


def _receipt(visit: Visit, code: str, asked: Sequence[people.Person], coauthors: Sequence[tuple[int, str]]) -> Say:
    by_office = bool(asked) and asked[0].role in ("office", "chief") and asked[0].unit != visit.me.unit
    lines: list[Part] = [
        _("✅ The sheet was sent at {at}.", at=Time(visit.said)),
        _("Tracking code: {code} (not a document number).", code=code),
    ]
    names = Joined([name for _id, name in coauthors])
    lines += told(visit, [id for id, _name in coauthors], _("The co-authors are told: {names}.", names=names))
    if not asked:
        lines.append(_("Next: nobody can confirm it in the assistant yet; the office has been told."))
    elif by_office:
        lines.append(_("Next: the office confirms it."))
    else:
        lines.append(_("Next: {head} confirms it, then it goes to the office.", head=titled(asked[0])))
    lines.append(_("{You} can change or withdraw it until the office has received it."))
    return Say(
        lines, buttons=(Button(_("See the sheet"), f"/cuatoi {code}"), Button(_("Edit"), f"/cuatoi sua {code}"), HOME)
    )


def run(visit: Visit, args: str) -> Say:
    """«/dangky» asks for the kind; «/dangky sk: title», «đăng ký sáng kiến title» answer the first question too."""
    for kind in visit.plan.kinds:
        for name in sorted({kind.code, fold(kind.short), *map(fold, kind.words)}, key=len, reverse=True):
            count = len(name.split())
            words = re.split(r"[\s:,.]+", args, maxsplit=count)
            if fold(" ".join(words[:count])) == name:
                return _open(visit, kind.code, "".join(words[count:]))
    asked = opened_years.to_register(visit, args)
    if isinstance(asked, Say):
        return asked
    year, plan = asked[0], visit.plan
    coming = visit.said.year + 1
    buttons = [Button(kind.name, _again(kind.code, year, visit)) for kind in plan.kinds]
    if year != coming and opened_years.can_show(plan, coming, visit.said.date()):
        buttons.append(Button(_("Register for {year}", year=coming), f"/dangky {coming}"))
    return Say([_("What does {you_name} want to register for {year}?", year=year)], buttons=tuple(buttons))


def _again(kind: str, year: int, visit: Visit) -> str:
    return f"/dangky {kind}" if year == visit.said.year else f"/dangky {kind} {year}"


def _open(visit: Visit, kind: str, said: str) -> Say:
    asked = opened_years.to_register(visit, said)
    if isinstance(asked, Say):
        return asked
    conversation, year, title = BY_KIND[kind], str(asked[0]), asked[1]
    if len(title) < 10:
        return visit.open(conversation, year)
    return visit.open(conversation, year, {"title": title}, _("Answer 1 is noted, the title: {title}", title=title))


def _conversation(kind: str) -> Conversation:
    return Conversation(
        CODES[kind],
        title=lambda plan, subject: _("Registration: {kind} {subject}", kind=plan.kind(kind).short, subject=subject),
        form=lambda plan: form_of(kind, plan),
        file=lambda visit, subject, answers: file(kind, visit, subject, answers),
        serves=allowed(May.REGISTER, of=may_write),
        facts=facts,
        warning=lambda subject, today: _over(int(subject), today) if subject.isdecimal() else None,
    )


def may_write(visit: Visit, subject: str) -> bool:
    """Return a new sheet of my unit, or one that I have written for it."""
    item = None if subject.isdecimal() else visit.tx.one(initiatives.BY_CODE, code=subject)
    return subject.isdecimal() or (item is not None and item_texts.writes(visit, item))


CODES: Mapping[str, str] = {"sk": "register_sk", "mh": "register_mh", "nv": "register_nv"}
"""What the form of each kind is called."""
BY_KIND = {kind: _conversation(kind) for kind in FIELDS}
REGISTER = Command("dangky", _("Register"), _("register|sign up"), run, allowed(May.REGISTER))


# What others are told -------------------------------------------------------------------------


def to_confirm(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever confirms: a sheet waits. Pointless once it has been dealt with."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    if item is None or item.state != ItemState.SENT:
        return None
    author = visit.tx.one(people.BY_ID, id=item.by)
    assert author is not None
    return Say(
        [
            _("A sheet waits for confirmation: {code}", code=item.code),
            _("«{title}»", title=item.title),
            _("Sent by {who}, {unit}.", who=titled(author), unit=item.unit_name),
        ],
        buttons=(Button(_("Look and confirm"), f"/xacnhan {item.code}"),),
    )


def coauthor(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell a co-author: they are named, with what share."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    if item is None or item.state == ItemState.WITHDRAWN:
        return None
    authors = visit.tx.all(item_authors.OF_ITEM, id=item.id)
    share = next((a.share for a in authors if a.person == visit.me.id), None)
    writer = visit.tx.one(people.BY_ID, id=item.by)
    if share is None or writer is None:
        return None
    return Say(
        [
            _("{You} are named as co-author of {code}, with {share}%.", code=item.code, share=share),
            _("«{title}»", title=item.title),
            _(
                "Sheet written by {who}, {unit}. If something is not right, please talk to them.",
                who=titled(writer),
                unit=item.unit_name,
            ),
        ],
        buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"),),
    )


TO_CONFIRM = Notice("to_confirm", to_confirm, item_texts.CONFIRMER)
COAUTHOR = Notice("coauthor", coauthor, item_texts.INVOLVED)
FEATURE = Feature(__name__, commands=(REGISTER,), forms=tuple(BY_KIND.values()), notices=(TO_CONFIRM, COAUTHOR))
