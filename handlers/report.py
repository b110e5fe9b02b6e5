"""The unit's yearly report: drafted by whoever the head names, confirmed and sent by the head."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, Command, Conversation, Feature, Notice, Visit, allowed
from bot.dialogue import Answers, Button, Say
from bot.language import Part, Text, Time, _
from bot.movement import May, Obligation, titled
from bot.office import corrections, head_titles, opened_years
from bot.office.duties import duty_words, reopening, reopening_texts, submissions
from bot.office.duties.duty_kinds import read_subject
from bot.office.duties.refused_sheets import keep_open
from bot.office.duties.unions import concerns
from bot.office.onbehalf import sources
from bot.office.report import as_sent, correcting, sending, sharing
from bot.office.report.correcting import CorrectedFacts
from bot.office.report.pages import CODE, form_of
from handlers import unions
from storage import people, results
from storage.reopenings import Reopening
from storage.results import SentReport


def run(visit: Visit, args: str) -> Say:
    """Answer «/baocao [year]» with the report; «sua» changes one that was sent, «xem» shows it."""
    if (other := duty_words.opened_else(visit, args, visit.plan.reports.code)) is not None:
        return other
    asked = opened_years.with_verb(visit, args, ("sua", "xem"), "/baocao {year}")
    if isinstance(asked, Say):
        return asked
    verb, said = asked
    if concerns(visit):
        return unions.run(visit, verb, said)
    found = submissions.obligation(visit, visit.plan.reports.code, said)
    if found is not None and (result := sending.report_of(visit, visit.me.unit, found.year)) is not None:
        if verb == "xem":
            return as_sent.shown(visit, result)
        return _change(visit, result, found) if verb == "sua" else _sent(visit, result)
    not_yours = _(
        "The report of {year} is drafted by the {head}, or by whoever the head names.",
        head=head_titles.of_unit(visit, visit.me.unit),
        year=found.year if found else visit.said.year,
    )
    return submissions.write(visit, visit.plan.reports.code, said, found, REPORT, not_yours)


def _sent(visit: Visit, result: SentReport) -> Say:
    """Say that it has been sent: since when, and what can be done now."""
    lines: list[Part] = [
        _(
            "The report of {year} was sent at {at}. Tracking code: {code}.",
            year=result.year,
            at=Time(result.at),
            code=result.code,
        )
    ]
    lines += sources.mark(visit.tx, result.code)
    buttons = [Button(_("See the report"), f"/baocao xem {result.year}")]
    if result.received:
        lines.append(_("The office received it at {at}.", at=Time(result.received)))
    lines += correcting.standing(visit, result)
    if result.received and submissions.sends(visit):
        buttons.append(reopening_texts.way_on(visit, result.code))
    elif submissions.sends(visit):
        lines.append(_("It can be changed until the office has received it."))
        buttons.append(Button(_("Edit"), f"/baocao sua {result.year}"))
    return Say(lines, buttons=(*buttons, HOME))


def _change(visit: Visit, result: SentReport, found: Obligation) -> Say:
    why: Text | None = None
    reopened = reopening.lets(visit, result.code)
    if not submissions.sends(visit):
        why = _("Only the {head} changes a report that was sent.", head=head_titles.of_unit(visit, visit.me.unit))
    elif reopened is not None:
        newest = correcting.newest(visit, result)
        return submissions.open_shared(
            visit, REPORT, result.year, sending.answers_of(visit, newest), correcting.intro(newest, reopened)
        )
    elif result.received:
        why = _(
            "The office received report {code} at {at}, so it is changed only as a correction that the office agrees to.",
            code=result.code,
            at=Time(result.received),
        )
    elif submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, visit.plan.reports.code, str(result.year), found) or _sent(visit, result)
    if why is not None:
        ask = [reopening_texts.way_on(visit, result.code)] if result.received and submissions.sends(visit) else []
        return Say([why], buttons=(*ask, Button(_("See the report"), f"/baocao xem {result.year}"), HOME))
    sent = _("✏️ This is the report as it was sent; what {you} change takes effect when it is sent again.")
    return submissions.open_shared(visit, REPORT, result.year, sending.answers_of(visit, result), sent)


# Sending --------------------------------------------------------------------------------------


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Send it for the head; pass it on to the head for whoever drafts it."""
    unit, year = read_subject(subject)
    code = f"BC-{year}-{unit}"
    found = submissions.obligation(visit, visit.plan.reports.code, str(year))
    before, reopened = sending.report_of(visit, unit, year), reopening.lets(visit, code)
    if before is not None and before.received and reopened is None:
        return keep_open(visit, reopening_texts.too_late(visit, code) or _sent(visit, before))
    if found is None or submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, visit.plan.reports.code, str(year), found) or Say([])
    if not submissions.sends(visit):
        head = submissions.pass_on(visit, DRAFTED, code, year)
        return submissions.passed_on(visit, head, f"/baocao {year}")
    if (waits := sharing.unfinished(visit, subject, answers)) is not None:
        return waits
    if before is not None and reopened is not None:
        return _correct(visit, subject, found, answers, reopened)
    helpers = sharing.close(visit, unit, year)
    changed = sending.send(visit, subject, code, found, answers)
    for writer in {*submissions.writers(visit, code), *helpers}:
        visit.tell(writer, SENT, key=f"report_sent:{code}:{writer}", code=code)
    return _receipt(visit, found, code, changed)


def _correct(visit: Visit, subject: str, found: Obligation, answers: Answers, reopened: Reopening) -> Say:
    """Send a correction: the office is told of it with what has changed."""
    code = reopened.record
    if correcting.same(visit, subject, answers):
        return reopening_texts.nothing_changed(visit, reopened)
    sent = correcting.send(visit, subject, code, found, answers, reopened)
    corrections.tell_desk(visit, code, sent.version)
    return correcting.receipt(visit, sent)


def _receipt(visit: Visit, found: Obligation, code: str, changed: bool) -> Say:
    year, when = found.year, submissions.timing(found.due, visit.said.date())
    if changed:
        first = _("✅ The report of {year} was changed at {at}.", year=year, at=Time(visit.said))
    elif when is None:
        first = _("✅ The report of {year} was sent at {at}.", year=year, at=Time(visit.said))
    else:
        first = _("✅ The report of {year} was sent at {at}, {when}.", year=year, at=Time(visit.said), when=when)
    see = Button(_("See the report"), f"/baocao xem {year}")
    return submissions.receipt(first, code, see, Button(_("Edit"), f"/baocao sua {year}"))


# What others are told -------------------------------------------------------------------------


def drafted(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the head: the draft is ready to be looked over. Pointless once it has been sent."""
    writer = visit.tx.one(people.BY_ID, id=about["by"])
    if writer is None or sending.report_of(visit, about["unit"], about["year"]) is not None:
        return None
    return Say(
        [
            _("The draft of the report of {year} is ready", year=about["year"]),
            _("{who} has drafted it; {you_name} looks it over and sends it.", who=titled(writer)),
        ],
        buttons=(Button(_("Look over and send"), f"/baocao {about['year']}"),),
    )


def sent(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever drafted it: the head has sent it."""
    result = visit.tx.one(results.BY_CODE, code=about["code"])
    if result is None:
        return None
    return Say(
        [
            _(
                "✅ The report of {year} that {you_name} drafted was sent to the office. Tracking code: {code}.",
                year=result.year,
                code=result.code,
            )
        ],
        buttons=(Button(_("See the report"), f"/baocao xem {result.year}"),),
    )


REPORT = Conversation(
    CODE,
    title=lambda plan, subject: _("Report of {year}", year=read_subject(subject)[1]),
    form=form_of,
    file=file,
    serves=submissions.writes("results"),
    facts=CorrectedFacts,
    shared=True,
)
COMMAND = Command(
    "baocao",
    _("Yearly report"),
    _("report|yearly report|send the report"),
    run,
    allowed(May.DRAFT, submissions.helps("results")),
)
DRAFTED = Notice("report_drafted", drafted, submissions.SENDER)
SENT = Notice("report_sent", sent, submissions.OF_UNIT)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(REPORT,), notices=(DRAFTED, SENT))
