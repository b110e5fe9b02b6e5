"""Papers of a year's awards: the proposal to the level above with its list, the minutes of the meeting that considers them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import Serves, Visit, allowed
from bot.dialogue import Button
from bot.language import Count, Joined, Part, Words, _, number
from bot.movement import May
from bot.office.awards import award_texts, nominees
from bot.office.papers import paper_heads
from bot.office.papers.paper_kinds import FilledPaper, PaperKind, words_of
from storage import awards
from storage.awards import OPEN, Award, AwardState

LIST = Button(_("Awards"), "/khenthuong")
SERVED: Serves[Visit] = allowed(May.SUMMARISE)


def named(visit: Visit, said: str) -> str | None:
    """Return the year that is meant, of the movement; without a word the one that runs."""
    year = number(said) if said else visit.said.year
    plan = visit.plan
    return None if year is None or not plan.first_year <= year <= plan.last_year else str(year)


def _rows(visit: Visit, those: Sequence[Award], words: Words) -> list[dict[str, str]]:
    """Return proposals as rows: who, the form, the merits, on which records each rests."""
    say, found = words.say, list[dict[str, str]]()
    for n, award in enumerate(those, 1):
        row = {
            "n": str(n),
            "whom": award.name,
            "unit": "" if award.what == nominees.UNIT else award.unit_name,
            "form": award.form_name,
            "merit": award.merit,
            "rests": "\n".join(say(each) for each in award_texts.links(visit, award)[1:]),
            "meeting": award.meeting,
            "votes": "    /    ",
            "state": say(award_texts.standing(award)) if award.state not in OPEN else "",
            "code": award.code,
        }
        found.append({**row, "missing": ""})
    return found


def _whom(those: Sequence[Award]) -> Part:
    """Say how many collectives and people are proposed."""
    people = sum(each.person is not None for each in those)
    units = len(those) - people
    found: list[Part] = [_("{n} collectives", n=Count(units))] if units else []
    found += [_("{n} persons", n=Count(people))] if people else []
    return _("{whom}", whom=Joined(found))


def read_letter(visit: Visit, about: Mapping[str, Any]) -> FilledPaper | None:
    """Read what is still to be proposed to the level above, no letter of it being on record; its list is an annex."""
    year, words, plan = int(about["subject"]), words_of(visit.words), visit.plan
    those = [
        each for each in visit.tx.all(awards.OF_YEAR, year=year) if each.above and each.state is AwardState.PROPOSED
    ]
    if not those:
        none = _("No award of {year} waits to be proposed to the level above.", year=year)
        return FilledPaper(None, "", [none], (LIST,))
    say, text = words.say, plan.papers.of("totrinh")
    head = paper_heads.of_office(plan, text, "TTr", words, visit.now.year)
    office = plan.papers.head or plan.office.short
    whom = _whom(those)
    asks = _(
        "{office} proposes that awards be given to {whom} for merits in the movement “{name}” in {year} (list attached).",
        office=office,
        name=plan.name,
        year=year,
        whom=whom,
    )
    closing: Part = text.closing or _("{office} asks for consideration.", office=office)
    values = {
        **head,
        "kind": say(_("PROPOSAL")),
        "subject": say(_("Awards of the movement “{name}” in {year}", name=plan.name, year=year)),
        "body": [{"kind": "text", "text": say(asks)}],
        "closing": paper_heads.closed(closing, words),
        "with_letter": say(
            _("(Along with proposal No.        /TTr-{sign} by {office})", sign=plan.office.sign, office=office)
        ),
        "list_title": say(_("Collectives and persons proposed for awards in {year}", year=year)).upper(),
        "rows": _rows(visit, those, words),
        "draft": False,
        "footer": "",
    }
    lines: list[Part] = [
        _("📎 Proposal of awards to the level above, {year}: {whom}", year=year, whom=whom),
        _("Number and day are left free."),
    ]
    return FilledPaper(values, f"To-trinh-khen-thuong-{year}", lines, (LIST,))


def read_minutes(visit: Visit, about: Mapping[str, Any]) -> FilledPaper | None:
    """Read what a meeting considers: every proposal that is open; who was there and how they voted is left to be written."""
    year, words, plan = int(about["subject"]), words_of(visit.words), visit.plan
    those = [each for each in visit.tx.all(awards.OF_YEAR, year=year) if each.state is AwardState.PROPOSED]
    if not those:
        return FilledPaper(None, "", [_("No proposal of {year} waits to be considered.", year=year)], (LIST,))
    say, text = words.say, plan.papers.of("bienban")
    values = {
        **paper_heads.of_office(plan, text, "BB", words, visit.now.year),
        "kind": say(_("MINUTES")),
        "subject": say(_("Meeting on the awards of the movement “{name}” in {year}", name=plan.name, year=year)),
        "to": [],
        "grounds": paper_heads.grounds(text.grounds),
        "left_free": [
            say(line)
            for line in (
                _("Time: [to be written at the meeting]"),
                _("Place: [to be written at the meeting]"),
                _("Members present: [to be written at the meeting]"),
                _("In the chair: [to be written at the meeting]; secretary: [to be written at the meeting]"),
            )
        ],
        "rows": _rows(visit, those, words),
        "closing": text.closing or say(_("The minutes were read to the members, who agreed.")),
        "signer": list(text.sign) or [say(_("IN THE CHAIR"))],
        "secretary": say(_("SECRETARY")),
        "draft": False,
        "footer": "",
    }
    lines: list[Part] = [
        _("📎 Minutes of the meeting on awards, {year}: {n} proposals", year=year, n=Count(len(those))),
        _("Time, place, members and votes are left to be written."),
    ]
    return FilledPaper(values, f"Bien-ban-hop-xet-{year}", lines, (LIST,))


LETTER = PaperKind(
    "award_letter", _("the proposal of awards"), "award_letter", SERVED, typed="totrinh", named=named, read=read_letter
)
MINUTES = PaperKind(
    "award_minutes",
    _("the minutes on awards"),
    "award_minutes",
    SERVED,
    typed="bienban",
    named=named,
    read=read_minutes,
)
