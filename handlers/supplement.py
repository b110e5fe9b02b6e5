"""Figures as of the end of the year: the office asks for them in January, the units give them from what they had sent."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, HOME, MY_TASKS, Command, Conversation, Feature, Notice, Visit, allowed
from bot.dialogue import Answers, Button, Say
from bot.language import Part, Time, _, fold
from bot.movement import Duty, May, Obligation, titled
from bot.office import corrections, head_titles, opened_years
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import of_year, read_subject
from bot.office.reminding import daily_extras
from bot.office.report import correcting, differences, sending, supplement, supplement_list
from bot.office.report.supplement import SupplementFacts, supplement_form
from handlers import settle
from storage import people
from storage.results import SentReport


def run(visit: Visit, args: str) -> Say:
    """Answer «/bosung [year]» with the form; «mo» has the office ask for it."""
    verb, _space, rest = args.strip().partition(" ")
    duty = supplement.duty_of(visit.plan)
    if duty is None:
        return submissions.nobody_does(visit)
    if fold(verb) == "mo":
        return _ask_for(visit, rest)
    asked = opened_years.with_verb(visit, args, (), "/bosung {year}")
    if isinstance(asked, Say):
        return asked
    found = submissions.obligation(visit, duty.code, asked[1])
    if DESK.holds(visit) and not (found and submissions.drafts_for(visit, duty.code, found.year)):
        return _standing(visit, duty, asked[1])
    if found is None:
        return _not_asked(visit)
    if not submissions.drafts_for(visit, duty.code, found.year):
        head = head_titles.of_unit(visit, visit.me.unit)
        return Say([_("The figures are sent by the {head}.", head=head)], buttons=(MY_TASKS, HOME))
    if (no := submissions.not_now(visit, duty.code, str(found.year), found)) is not None:
        return no
    return _open(visit, found)


def _open(visit: Visit, found: Obligation) -> Say:
    """Open the form with what counts; a correction that waits is received first."""
    counted = sending.report_of(visit, visit.me.unit, found.year)
    if counted is None:
        why = _(
            "{unit} has not sent its report of {year}, so there is nothing to supplement.",
            unit=visit.me.unit_name,
            year=found.year,
        )
        return Say([why], buttons=(Button(_("Open the report"), f"/baocao {found.year}"), MY_TASKS, HOME))
    waits = correcting.pending(visit, counted.code)
    if waits is not None and waits[1].kind != "supplement":
        return Say([*correcting.standing(visit, counted)], buttons=(MY_TASKS, HOME))
    newest = counted if waits is None else waits[1]
    if waits is None and counted.until is not None:
        done = _("The figures to the end of {day} have been received.", day=counted.until)
        return Say([done], buttons=(Button(_("See the report"), f"/baocao xem {found.year}"), HOME))
    line = _(
        "✏️ These are the figures as they were sent (version {version}); {you} change what has become another by the end of {day}.",
        version=newest.version,
        day=supplement.day_of(visit.plan, found.year),
    )
    return submissions.open_shared(visit, SUPPLEMENT, found.year, supplement.figures_of(visit, newest), line)


def _standing(visit: Visit, duty: Duty, said: str) -> Say:
    """Answer the office: who has sent the figures of the year said, or of the newest that was asked for."""
    years = supplement_list.asked_for(visit, duty)
    if not years or (said and int(said) not in years):
        return _not_asked(visit)
    return supplement_list.who_has_sent(visit, duty, int(said) if said else years[-1])


def _not_asked(visit: Visit) -> Say:
    lines: list[Part] = [_("The office has not asked for figures as of the end of the year.")]
    ask = [_button(year) for year in supplement.openable(visit)] if DESK.holds(visit) else []
    return Say(lines, buttons=(*ask, MY_TASKS, HOME))


def _button(year: int) -> Button:
    return Button(_("Ask for the figures to the end of {year}", year=year), f"/bosung mo {year}")


def _ask_for(visit: Visit, said: str) -> Say:
    """Answer «/bosung mo 2027» with the question until when; who asked already has its date."""
    duty, years = supplement.duty_of(visit.plan), supplement.openable(visit)
    if not DESK.holds(visit) or duty is None:
        return _not_asked(visit)
    asked_for = supplement_list.asked_for(visit, duty)
    year = int(said) if said.isdecimal() and len(said) == 4 else next(iter([*years, *reversed(asked_for)]), 0)
    if year in years:
        return visit.open(settle.DATE, f"{duty.code}:{year}")
    if year in asked_for:
        asked = _("The figures to the end of {year} have been asked for; this is who has sent them.", year=year)
        return supplement_list.who_has_sent(visit, duty, year).after(asked)
    why = _(
        "Figures to the end of a year are asked for from {first} to {last} of the year after.",
        first=_("{day}", day=f"{duty.opens[1]:02}/{duty.opens[0]:02}"),
        last=_("{day}", day=f"{duty.locks[1]:02}/{duty.locks[0]:02}"),
    )
    return Say([why], buttons=(*map(_button, years), HOME))


# Sending --------------------------------------------------------------------------------------


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Send the figures for the head; pass them on to the head for whoever drafts them."""
    unit, year = read_subject(subject)
    code, duty = f"BC-{year}-{unit}", supplement.duty_of(visit.plan)
    found = None if duty is None else submissions.obligation(visit, duty.code, str(year))
    if duty is None or found is None:
        return _not_asked(visit)
    if (no := submissions.not_now(visit, duty.code, str(year), found)) is not None:
        return no
    counted = sending.report_of(visit, unit, year)
    waits = correcting.pending(visit, code)
    if counted is None or (waits is not None and waits[1].kind != "supplement") or (waits is None and counted.until):
        return _open(visit, found)
    if not submissions.sends(visit):
        head = submissions.pass_on(visit, DRAFTED, code, year)
        return submissions.passed_on(visit, head, f"/bosung {year}")
    sent = supplement.send(visit, subject, code, found, answers)
    corrections.tell_desk(visit, code, sent.version)
    return _receipt(visit, counted, sent)


def _receipt(visit: Visit, counted: SentReport, sent: SentReport) -> Say:
    changed = differences.lines(correcting.changes(visit, counted, sent))
    return Say(
        [
            _("✅ The figures to the end of {day} were sent at {at}.", day=sent.until, at=Time(visit.said)),
            *(changed or [_("All figures stay as they were sent.")]),
            _("Until the office has received them version {version} counts.", version=counted.version),
        ],
        buttons=(Button(_("Edit"), f"/bosung {sent.year}"), HOME),
    )


# What others are told ---------------------------------------------------------------------------


def drafted(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the head: the figures are ready to be looked over."""
    writer, duty = visit.tx.one(people.BY_ID, id=about["by"]), supplement.duty_of(visit.plan)
    if writer is None or duty is None:
        return None
    return Say(
        [
            _("{what} {year}: the draft is ready", what=of_year(duty), year=about["year"]),
            _("{who} has drafted it; {you_name} looks it over and sends it.", who=titled(writer)),
        ],
        buttons=(Button(_("Look over and send"), f"/bosung {about['year']}"),),
    )


def offered(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office in January that it may ask for the figures as of the end of the year."""
    years = [year for year in supplement.openable(visit) if year in about.get(daily_extras.SUPPLEMENT, ())]
    if not years:
        return None
    day = supplement.day_of(visit.plan, years[0])
    said = _(
        "Reports of {year} go to the cut-off. The office may ask for the figures to the end of {day}.",
        year=years[0],
        day=day,
    )
    return Say([said], buttons=[_button(year) for year in years])


SUPPLEMENT = Conversation(
    "supplement",
    title=lambda plan, subject: _("Figures to the end of {year}", year=read_subject(subject)[1]),
    form=supplement_form,
    file=file,
    serves=submissions.writes("supplement"),
    facts=SupplementFacts,
    shared=True,
)
COMMAND = Command(
    "bosung",
    _("Figures to the end of the year"),
    _("supplement|figures to the end of the year"),
    run,
    allowed(May.DRAFT, lambda visit: DESK.holds(visit) or submissions.helps("supplement")(visit)),
    listed=False,
    seldom=True,
)
DRAFTED = Notice("supplement_drafted", drafted, submissions.SENDER)
FEATURE = Feature(
    __name__,
    commands=(COMMAND,),
    forms=(SUPPLEMENT,),
    notices=(DRAFTED,),
    day_parts=(Notice(daily_extras.SUPPLEMENT, offered, DESK),),
)
