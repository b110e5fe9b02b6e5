"""Commands that know other records, said of a review: reopening, its versions, filing for a unit. Inside the transaction."""

import re

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _, fold, record_codes
from bot.movement import titled
from bot.office.duties.duty_kinds import of_year
from bot.office.duties.past_versions import STATES
from bot.office.reviews import reviewing
from bot.office.reviews.review_facts import PREFIX, code_of
from storage import people, reviews, unit_history
from storage.people import Unit
from storage.reviews import SentReview

LIST = Button(_("Reviews"), "/giaidoan")


def code_in(visit: Visit, said: str) -> str | None:
    """Return the code of a review as people type it: «gd 2027 qlxd»; None for anything else."""
    words = [word for word in re.split(r"[^a-z0-9]+", fold(said.strip())) if word]
    if len(words) < 3 or words[0].upper() != PREFIX or not re.fullmatch(r"20\d\d", words[1]):
        return None
    for unit in visit.tx.all(unit_history.EVER_UNITS):
        if record_codes.same(f"x {unit.code}", "x " + " ".join(words[2:])):
            return code_of(unit.code, int(words[1]))
    return None


def reopened(visit: Visit, code: str) -> Say:
    """Say how a review is opened once more: with its campaign, without a day of its own."""
    sent = visit.tx.one(reviews.BY_CODE, code=code)
    if sent is None:
        return _none(code)
    if (no := reviewing.not_open_now(visit, sent.duty, sent.year)) is not None:
        return Say([no], buttons=(LIST, HOME))
    if sent.received is None:
        can = _("{unit} can still change {code}: it was not received.", unit=sent.unit_name, code=code)
        return Say([can], buttons=(LIST, HOME))
    how = _(
        "{code} is a review: given back, its unit changes it until the last day of all reviews; there is no day or reason of its own.",
        code=code,
    )
    return Say([how], buttons=(Button(_("Give it back to be changed"), f"/giaidoan molai {code}"), LIST, HOME))


def versions(visit: Visit, code: str, number: int | None) -> Say:
    """List every version of a review, or show one whole, to whoever reads it."""
    if not reviewing.reads(visit, code.split("-", 2)[2]):
        no = _("The review of another unit is read by the office and the leaders.")
        return Say([no], buttons=(HOME,))
    found = visit.tx.all(reviews.VERSIONS, code=code)
    if not found:
        return _none(code)
    buttons = [Button(_("Version {n}", n=each.version), f"/xemban {code} v{each.version}") for each in found[-8:]]
    shown = next((each for each in found if each.version == number), None)
    if shown is not None:
        line = _line(visit, shown, found[-1])
        return Say([line, *reviewing.lines(visit, shown)], buttons=(*buttons, HOME), whole=True)
    head: list[Part] = [_("Versions of {code} ({n})", code=code, n=Count(len(found)))]
    if number is not None:
        head = [_("{code} has no version {n}.", code=code, n=number), *head]
    return Say([*head, *(_line(visit, each, found[-1]) for each in found)], buttons=(*buttons, HOME))


def _line(visit: Visit, version: SentReview, newest: SentReview) -> Part:
    by = visit.tx.one(people.BY_ID, id=version.by) if version.by is not None else None
    who: Part = _("by hand at the server") if by is None else titled(by)
    state = STATES["counted" if version.version == newest.version else "past"]
    return _("- Version {n}, {who}, {at}: {state}", n=version.version, who=who, at=Time(version.at), state=state)


def not_filed_for(visit: Visit, said: str, unit: Unit | None) -> Say | None:
    """Say that a review is sent by its unit alone, where one is named; None of anything else."""
    words = fold(said)
    for duty in visit.plan.reviews:
        short = fold(duty.called).split()
        if " ".join(short[:4]) not in words and " ".join(short[2:4]) not in words and fold(duty.code) not in words:
            continue
        lines: list[Part] = [
            _(
                "The {what} is not filed for a unit: its head, or whoever the head names, sends it by «review»; what is on paper can be typed in there.",
                what=of_year(duty),
            )
        ]
        urge = Button(_("Urge"), f"/dondoc {unit.code}") if unit is not None else LIST
        return Say(lines, buttons=tuple(dict.fromkeys((urge, LIST, HOME))))
    return None


def _none(code: str) -> Say:
    return Say([_("No review has the code {code}.", code=code[:40])], buttons=(LIST, HOME))
