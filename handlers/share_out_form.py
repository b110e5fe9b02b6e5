"""Giving parts of the yearly report to a colleague: which, and to whom."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.conversation import HOME, WHO, Conversation, Feature, Visit, notice_codes, whose
from bot.dialogue import Answers, Button, Choice, Facts, Field, Form, OneOf, Reading, Say, Scene, Value, Wrong
from bot.language import Joined, Part, _
from bot.movement import May, meant, titled
from bot.office.duties.duty_kinds import read_subject, subject_of
from bot.office.duties.refused_sheets import keep_open
from bot.office.report import report_parts, share_board, sharing
from storage import drafts, report_shares
from storage.drafts import DraftState
from storage.report_shares import ShareState


def begin(visit: Visit, year: int, text: str) -> Say:
    """Open the form, with what was said of it: the parts, and to whom."""
    subject = subject_of(visit.me.unit, year)
    of, _to, name = (
        re.split(r"(?i)\b(cho|to)\b", text, maxsplit=1) if re.search(r"(?i)\b(cho|to)\b", text) else (text, "", "")
    )
    before = visit.tx.one(drafts.OPEN, person=visit.me.id, form=FORM.code, subject=subject) if text else None
    if before is not None:  # what is said now is meant, not what was begun
        drafts.save(visit.tx, id=before.id, asking="", notes={}, state=DraftState.DROPPED, now=visit.now)
    typed: dict[str, Any] = {}
    lines: list[Part] = []
    read = _read(visit, subject, of) if of.strip() else []
    if isinstance(read, str):
        lines.append(_("The report has no part «{said}».", said=read[:60]))
    elif read:
        typed["parts"] = read
    people = meant(name, sharing.colleagues(visit)) if name.strip() else []
    if len(people) == 1:
        typed["person"] = people[0].id
    elif name.strip():
        lines.append(_("Nobody of the unit who could write it is called «{said}».", said=name.strip()[:60]))
    return visit.open(SHARE, subject, None, *lines, typed=typed or None).after(*(lines if typed else ()))


def _read(visit: Visit, subject: str, said: str) -> list[str] | str:
    return report_parts.read(visit.plan, said, _parts({}, visit.scene(SharingFacts(visit, subject))), visit.words)


# The form -------------------------------------------------------------------------------------


class SharingFacts(Facts):
    """The report that is shared out: what is given already, who may be given a part."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self.unit, self.year = read_subject(subject)

    @cached_property
    def taken(self) -> list[str]:
        """Parts that somebody writes."""
        live = sharing.live(self._visit, self.unit, self.year)
        return [share.part for share in live if share.state is ShareState.GIVEN]

    @cached_property
    def people(self) -> list[Choice]:
        """Who may be given one."""
        return [Choice(each.id, titled(each), person=each.name) for each in sharing.colleagues(self._visit)]


@dataclass(frozen=True)
class ReportParts:
    """Parts of the report, several at once."""

    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read codes, numbers and names of parts, with commas between them."""
        found = report_parts.read(scene.plan, text, _parts(answers, scene), scene.words)
        if isinstance(found, str):
            return Wrong(_("The report has no part «{said}». Please write for example: II.1, II.4", said=found[:60]))
        return Value(found)

    def show(self, value: Any, scene: Scene) -> Part:
        """Name the parts."""
        known = report_parts.parts_of(scene.plan)
        return _("{parts}", parts=Joined([known[code].name if code in known else code for code in value], "; "))


def _parts(answers: Answers, scene: Scene) -> list[Choice]:
    return report_parts.offered(scene.plan, SharingFacts.of(scene).taken)


def _people(answers: Answers, scene: Scene) -> list[Choice]:
    return SharingFacts.of(scene).people


FORM = Form(
    "share_out",
    title=lambda answers, scene: _("Share out the report of {year}", year=SharingFacts.of(scene).year),
    fields=(
        Field(
            "parts",
            _("Parts of the report"),
            _("Which parts of the report? Several may be given at once."),
            ReportParts(),
            example=_("II.1, II.4"),
            choices=_parts,
        ),
        Field("person", _("Who writes them"), _("Who writes them?"), OneOf(_people), choices=_people),
    ),
    send=lambda answers, scene: _("Give the parts"),
    review=lambda answers, scene: [
        _("Whoever is named is told, and writes these parts only; what is written flows into the sheet of the report."),
        _("The report is sent by {you} as before."),
    ],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Give the parts; one that somebody else was given meanwhile stays there."""
    unit, year = read_subject(subject)
    if (no := share_board.why_not(visit, str(year), year)) is not None:
        return keep_open(visit, no)
    person = next((each for each in sharing.colleagues(visit) if each.id == answers["person"]), None)
    if person is None:
        gone = _("Whoever was named does not write in this unit any more, so nothing was given.")
        return Say([gone], buttons=(Button(_("Choose somebody else"), f"/chia them {year}"), HOME))
    given = {share.part: share for share in sharing.live(visit, unit, year) if share.state is ShareState.GIVEN}
    known = report_parts.parts_of(visit.plan)
    others = [given[part] for part in answers["parts"] if part in given]
    parts = [part for part in answers["parts"] if part in known and part not in given]
    lines: list[Part] = [
        _("«{part}» is written by {who} already.", part=sharing.names(visit, [each.part]), who=each.who)
        for each in others
    ]
    for part in parts:
        report_shares.give(visit.tx, unit=unit, year=year, part=part, person=person.id, by=visit.me.id, now=visit.said)
    if parts:
        visit.note("report_shared", sharing.code_of(unit, year), who=person.id, parts=parts)
        visit.tell(person.id, notice_codes.REPORT_SHARED, unit=unit, year=year, parts=parts, by=visit.me.id)
        done = _("✅ {who} writes: {parts}. {who} is told.", who=titled(person), parts=sharing.names(visit, parts))
        lines.insert(0, done)
    return share_board.board(visit, year, *lines)


def _theirs(visit: Visit, subject: str | None) -> bool:
    return sharing.shares_out(visit) and (subject is None or read_subject(subject)[0] == visit.me.unit)


SHARE = Conversation(
    "share_out",
    title=lambda plan, subject: _("Share out the report of {year}", year=read_subject(subject)[1]),
    form=lambda plan: FORM,
    file=file,
    serves=whose(WHO[May.DELEGATE], _theirs),
    facts=SharingFacts,
)

FEATURE = Feature(__name__, forms=(SHARE,))
