"""Papers of one registered item: the request for its recognition (TT 18/2013/TT-BKHCN), its registration sheet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.conversation import Visit, whose
from bot.dialogue import Button
from bot.language import Count, First, Joined, Part, Percent, Words, _
from bot.movement import ItemKind, PaperLine, titled
from bot.office import head_titles
from bot.office.duties import item_access, item_empty, item_sheet, item_texts
from bot.office.items import author_words, request_details
from bot.office.papers import paper_heads
from bot.office.papers.paper_kinds import FilledPaper, PaperKind, words_of
from storage import author_details, initiatives, item_requests, people
from storage.initiatives import Initiative

SEES = _("whoever may see the sheet")
GAPS = 8
"""So many gaps are named in the chat; all are marked in the paper."""


def named(visit: Visit, said: str) -> str | None:
    """Return the code of the item that is meant."""
    item = item_texts.find(visit, said, lambda item: item_access.may_see(visit, item))
    return None if item is None else item.code


def sees(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Whether this person may see the sheet."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["subject"])
    return item is not None and item_access.may_see(visit, item)


def sees_request(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Whether this person may see the sheet, and it is of a kind that decisions recognise."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["subject"])
    return item is not None and sees(visit, about) and item_sheet.kind_of(visit, item.kind).recognised


# The request ------------------------------------------------------------------------------------


def read_request(visit: Visit, about: Mapping[str, Any]) -> FilledPaper | None:
    """Read the form of a request; what is missing stands in it as a gap with its name."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["subject"])
    if item is None:
        return None
    kind, words, text = item_sheet.kind_of(visit, item.kind), words_of(visit.words), visit.plan.papers.of("don")
    say = words.say
    authors, missing = _authors(visit, item, words)
    body = []
    for label, short, value in _lines(visit, kind, item, text.lines):
        if value is None:
            missing.append(short)
        gap = say(_("[Not there yet: {what}]", what=short))
        body.append({"label": f"{say(First(label))}:", "text": say(value or ""), "gap": gap if value is None else ""})
    head = paper_heads.of_office(visit.plan, text, "", words, visit.now.year)
    values = {
        **head,
        "kind": say(_("REQUEST FOR RECOGNITION: {kind}", kind=kind.short)).upper(),
        "to": list(text.to or [visit.plan.office.desk]),
        "collective": "" if authors else say(item_sheet.who(visit, item)),
        "authors": authors,
        "title": item.title,
        "what": kind.short,
        "lines": body,
        "closing": text.closing or say(_("I (we) declare that all that is said here is true and right.")),
        "signer": list(text.sign) or [say(_("WHO ASKS"))],
        "draft": False,
        "footer": "",
    }
    said: list[Part] = [_("📎 Request for recognition of {code}: «{title}»", code=item.code, title=item.title)]
    said += _gaps(missing)
    return FilledPaper(values, f"Don-yeu-cau-cong-nhan-{item.code}", said, (_see(item),))


def _gaps(missing: Sequence[Part]) -> list[Part]:
    if not missing:
        return [_("Nothing is missing in it.")]
    names = Joined(missing[:GAPS], "; ")
    if len(missing) > GAPS:
        return [_("Marked in yellow, not there yet ({n}): {names}; …", n=Count(len(missing)), names=names)]
    return [_("Marked in yellow, not there yet ({n}): {names}.", n=Count(len(missing)), names=names)]


def _authors(visit: Visit, item: Initiative, words: Words) -> tuple[list[dict[str, str]], list[Part]]:
    """Return the authors as the form has them: birth date and degree as `request_details` gives them, and everybody's own for themselves."""
    say, rows, missing = words.say, list[dict[str, str]](), list[Part]()
    mine, details = visit.tx.all(people.EVERY_POST, person=visit.me.id), request_details.given(visit, item)
    for n, each in enumerate(author_words.standing(visit, item), 1):
        person = visit.tx.one(people.BY_ID, id=each.person)
        may = details or each.person in mine
        given = visit.tx.one(author_details.OF_PERSON, person=each.person) if may else None
        row = {
            "n": str(n),
            "name": each.name,
            "born": "" if given is None or given.born is None else f"{given.born:%d/%m/%Y}",
            "unit": "" if person is None else person.unit_name,
            "position": "" if person is None else person.position,
            "degree": "" if given is None else given.degree,
            "share": say(_("{share}", share=Percent(each.share))),
            "missing": say(_("[to be filled in]")),
        }
        rows.append(row)
        for name, label in (
            ("born", _("birth date")),
            ("degree", _("degree")),
            ("position", _("position of an author")),
        ):
            if not row[name]:
                missing.append(_("{label} of {name}", label=label, name=each.name))
    return rows, missing


def _lines(
    visit: Visit, kind: ItemKind, item: Initiative, lines: Sequence[PaperLine]
) -> Iterator[tuple[Part, Part, Part | None]]:
    """Yield the lines of the form with their short names, None where nothing answers one; by the plan's labels, else by its questions'."""
    short: dict[str, Part] = {
        "area": _("area of application"),
        "applied": _("day of the first application"),
        **{each.code: each.label for each in kind.fields},
    }
    own = {line.field: line.label for line in lines}
    for field in own or ["area", "applied", *(each.code for each in kind.asked_at("request"))]:
        if field in short:
            yield own.get(field, short[field]), short[field], _line(visit, item, field)


def _line(visit: Visit, item: Initiative, field: str) -> Part | None:
    if field == "area":
        return next((area.name for area in visit.plan.areas if area.code == item.area), None)
    if field == "applied":
        applied = visit.tx.one(item_requests.APPLIED, id=item.id)
        return None if applied is None else _("{day}, {place}", day=applied.day, place=applied.place)
    return item_sheet.answer(visit, item, field)


def _see(item: Initiative) -> Button:
    return Button(_("See the sheet"), f"/cuatoi {item.code}")


# The registration sheet -------------------------------------------------------------------------


def read_sheet(visit: Visit, about: Mapping[str, Any]) -> FilledPaper | None:
    """Read a registration as the paper that its writer and the head of the unit sign."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["subject"])
    unit = None if item is None else visit.tx.one(people.UNIT, code=item.unit)
    if item is None or unit is None:
        return None
    kind, words, by = (
        item_sheet.kind_of(visit, item.kind),
        words_of(visit.words),
        visit.tx.one(people.BY_ID, id=item.by),
    )
    say, text = words.say, visit.plan.papers.of("phieu", unit.kind)
    area = next((area.name for area in visit.plan.areas if area.code == item.area), item.area)
    answered: list[tuple[Part, Part | None]] = [(_("Its title"), item.title), (_("Content of the movement"), area)]
    answered += item_sheet.answered(visit, item)
    empty = item_empty.labels(visit, item)
    answered += [(label, None) for label in empty]
    values = {
        **paper_heads.of_unit(visit.plan, unit, text, "", words, visit.now.year),
        "number": "",
        "kind": say(_("REGISTRATION SHEET: {kind}", kind=kind.short)).upper(),
        "subject": say(_("Year {year}, tracking code {code}", year=item.year, code=item.code)),
        "rows": [
            {
                "n": str(n),
                "label": say(First(label)),
                "value": "" if value is None else say(value),
                "missing": say(_("[Not there yet: {what}]", what=label)),
            }
            for n, (label, value) in enumerate(answered, 1)
        ],
        "state": say(item_texts.state(item)),
        "confirms": say(head_titles.of_unit(visit, item.unit)).upper(),
        "writer": list(text.sign) or [say(_("WHO REGISTERS"))],
        "writer_name": "" if by is None else by.name,
        "draft": False,
        "footer": "",
    }
    said: list[Part] = [_("📎 Registration sheet {code}: «{title}»", code=item.code, title=item.title)]
    said += (
        _gaps(empty)
        if empty
        else [_("Signed by {who} and the {head}.", who=_writer(by), head=head_titles.of_unit(visit, item.unit))]
    )
    return FilledPaper(values, f"Phieu-dang-ky-{item.code}", said, (_see(item),))


def _writer(by: people.Person | None) -> Part:
    return "" if by is None else titled(by)


REQUEST = PaperKind(
    "request_paper",
    _("the request for recognition"),
    "recognition_request",
    whose(SEES, sees_request),
    typed="don",
    named=named,
    read=read_request,
)
SHEET = PaperKind(
    "sheet_paper",
    _("the registration sheet"),
    "registration_sheet",
    whose(SEES, sees),
    typed="phieu",
    named=named,
    read=read_sheet,
)
