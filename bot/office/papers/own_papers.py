"""Two more papers: the answers to a request of the office, and what one person has achieved in a year."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.conversation import DESK, EVERYBODY, Visit
from bot.dialogue import Button
from bot.language import Count, Part, Percent, _
from bot.movement import titled
from bot.office.awards import award_texts
from bot.office.duties import item_texts
from bot.office.items import progressing
from bot.office.papers import paper_heads
from bot.office.papers.award_papers import named as named_year
from bot.office.papers.paper_kinds import FilledPaper, PaperKind, words_of
from bot.office.requests import answers_collated, asked_words
from storage import awards, initiatives, item_authors, people, recognitions, requests, training
from storage.awards import AwardState
from storage.initiatives import LEFT, Initiative


def named_request(visit: Visit, said: str) -> str | None:
    """Return the code of a request of the office."""
    found = visit.tx.one(requests.BY_CODE, code=said.strip().upper())
    return None if found is None else found.code


def read_answers(visit: Visit, about: Mapping[str, Any]) -> FilledPaper | None:
    """Read the answers to a request, question by question, as the chat collates them."""
    request = visit.tx.one(requests.BY_CODE, code=about["subject"])
    if request is None:
        return None
    found, words = answers_collated.of(visit, request), words_of(visit.words)
    say, plan, text = words.say, visit.plan, visit.plan.papers.of("traloi")
    body: list[dict[str, Any]] = []
    counted = _(
        "{done} of {all} have answered until {day}.",
        done=len(found.done),
        all=len(found.receivers),
        day=visit.now.date(),
    )
    body.append({"kind": "text", "text": say(counted)})
    for n, asked in enumerate(found.questions, 1):
        body.append({"kind": "heading", "text": f"{n}. {asked.text}"})
        rows = [
            {"n": str(k), "who": who.name, "said": say(found.said(asked, answer)), "missing": "–"}
            for k, (who, answer) in enumerate(found.done, 1)
        ]
        if rows:
            body.append({"kind": "table", "text": "", "rows": rows})
    if found.open:
        waits = _("[Not answered yet: {names}]", names="; ".join(each.name for each in found.open))
        body.append({"kind": "gap", "text": say(waits)})
    values = {
        **paper_heads.of_office(plan, text, "BC", words, visit.now.year),
        "grounds": paper_heads.grounds(text.grounds),
        "kind": say(_("COLLATED ANSWERS")),
        "subject": request.title,
        "body": body,
        "closing": paper_heads.closed(text.closing or _("These are the answers to {code}.", code=request.code), words),
        "draft": bool(found.open),
        "footer": say(_("{code}, made on {day}", code=request.code, day=visit.now.date())),
    }
    lines: list[Part] = [
        _("📎 Answers to {request} in Word", request=asked_words.named(request)),
        _("Answered: {done} of {of}", done=len(found.done), of=len(found.receivers)),
    ]
    return FilledPaper(values, request.code, lines, (Button(_("Who has answered"), f"/yeucau {request.code}"),))


# What one person has achieved -------------------------------------------------------------------


def read_merits(visit: Visit, about: Mapping[str, Any]) -> FilledPaper | None:
    """Read what is on record of the person who asks, as lines for their yearly assessment: nobody else's."""
    year, words, me = int(about["subject"]), words_of(visit.words), visit.me
    posts = visit.tx.all(people.EVERY_POST, person=me.id)
    groups = [
        (_("Initiatives and models that decisions have recognised"), list(_recognised(visit, posts, year))),
        (_("Registered, not decided yet"), list(_registered(visit, posts, year))),
        (_("Tasks in charge of"), list(_tasks(visit, posts, year))),
        (_("Classes attended"), list(_classes(visit, posts, year))),
        (_("Awards"), list(_awards(visit, posts, year))),
    ]
    say, body = words.say, list[dict[str, str]]()
    for n, (heading, found) in enumerate(groups, 1):
        body.append({"kind": "heading", "text": f"{n}. {say(heading)}"})
        body += [{"kind": "text", "text": f"- {say(each)}."} for each in found]
        if not found:
            body.append({"kind": "text", "text": say(_("Nothing is on record."))})
    total = sum(len(found) for _heading, found in groups)
    values = {
        "place_and_day": paper_heads.dated(visit.plan.papers.place, visit.now.year, words),
        "kind": say(_("ACHIEVEMENTS IN THE MOVEMENT")),
        "subject": say(_("Year {year} (for the yearly assessment)", year=year)),
        "who": say(_("{name}, {unit}", name=titled(me), unit=me.unit_name)),
        "body": body,
        "signer": list(visit.plan.papers.of("thanhtich").sign) or [say(_("WHO DECLARES"))],
        "signer_name": me.name,
        "draft": False,
        "footer": "",
    }
    lines: list[Part] = [_("📎 What {you_name} achieved in {year}: {n} lines", year=year, n=Count(total))]
    lines += [_("- {what}: {n}", what=heading, n=Count(len(found))) for heading, found in groups if found]
    return FilledPaper(values, f"Thanh-tich-{year}", lines, (Button(_("My sheets"), "/cuatoi"),))


def _mine(visit: Visit, posts: list[int], since: int = 0) -> Iterator[tuple[Initiative, Part]]:
    """Yield the items whose author somebody is, with their share; those of a year and the ones after it."""
    seen = set[int]()
    for post in posts:
        for item in visit.tx.all(initiatives.OF_PERSON, person=post, since=since):
            share = next(
                (each.share for each in visit.tx.all(item_authors.OF_ITEM, id=item.id) if each.person in posts), None
            )
            if share is not None and item.id not in seen and item.state not in LEFT and not item.collective:
                seen.add(item.id)
                yield item, _("{code} «{title}», share {share}", code=item.code, title=item.title, share=Percent(share))


def _recognised(visit: Visit, posts: list[int], year: int) -> Iterator[Part]:
    for item, said in _mine(visit, posts):
        for by in visit.tx.all(recognitions.OF_ITEM, id=item.id):
            if by.day.year == year:
                level = next((level.name for level in visit.plan.levels if level.code == by.level), by.level)
                yield _(
                    "{item}, recognised on the level {level} by decision {decision} of {day}",
                    item=said,
                    level=level,
                    decision=by.decision,
                    day=by.day,
                )


def _registered(visit: Visit, posts: list[int], year: int) -> Iterator[Part]:
    for item, said in _mine(visit, posts, year):
        if item.year == year and not visit.tx.all(recognitions.OF_ITEM, id=item.id):
            yield _("{item}: {state}", item=said, state=item_texts.STATES[item.state])


def _tasks(visit: Visit, posts: list[int], year: int) -> Iterator[Part]:
    for post in posts:
        for item in visit.tx.all(initiatives.OF_PERSON, person=post, since=year):
            if item.charge == post and item.year == year and item.state not in LEFT:
                yield progressing.line(visit, item)


def _classes(visit: Visit, posts: list[int], year: int) -> Iterator[Part]:
    today = visit.now.date()
    for each in visit.tx.all(training.OF_PERSON, posts=posts):
        if each.last.year == year and each.last <= today:
            yield _(
                "{name} ({organiser}), {first} to {last}",
                name=each.name,
                organiser=each.organiser,
                first=each.first,
                last=each.last,
            )


def _awards(visit: Visit, posts: list[int], year: int) -> Iterator[Part]:
    for award in visit.tx.all(awards.OF_PERSON, posts=posts):
        if award.state is AwardState.AWARDED and (award.day or date(award.year, 1, 1)).year == year:
            yield _("{form}: {how}", form=award.form_name, how=award_texts.standing(award))


ANSWERS = PaperKind(
    "answers_paper",
    _("the answers in Word"),
    "request_answers",
    DESK,
    typed="traloi",
    named=named_request,
    read=read_answers,
)
MERITS = PaperKind(
    "merits_paper",
    _("the own achievements in Word"),
    "own_merits",
    EVERYBODY,
    typed="thanhtich",
    named=named_year,
    read=read_merits,
)
