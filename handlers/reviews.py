"""A unit's review of several years (sơ kết, tổng kết): filled in from what was sent, confirmed page by page, sent by the head."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, MY_TASKS, WHO, Command, Conversation, Feature, Notice, Visit, allowed, whose
from bot.dialogue import Answers, Button, Say
from bot.language import Part, Time, _, fold
from bot.movement import May, Obligation, titled
from bot.office import head_titles
from bot.office.duties import papers, submissions
from bot.office.duties.duty_kinds import draft_of, of_year
from bot.office.duties.refused_sheets import keep_open
from bot.office.reviews import reviewing
from bot.office.reviews.review_facts import ReviewFacts, code_of
from bot.office.reviews.review_form import CODE, form_of, reports_to_write
from handlers import review_campaigns, review_shown
from storage import people, reviews
from storage.reviews import SentReview

VERBS = ("mo", "dong", "molai", "xem", "sua")


def run(visit: Visit, args: str) -> Say:
    """Answer «/giaidoan [review] [year]» with the review; «xem» shows it, «sua» changes it, «mo», «dong» are the office's."""
    first, _blank, rest = args.strip().partition(" ")
    verb = fold(first)
    if not visit.plan.reviews:
        return submissions.nobody_does(visit)
    if verb not in VERBS:
        verb, rest = "", args.strip()
    if verb in ("mo", "dong", "molai"):
        return review_campaigns.run(visit, verb, rest)
    if verb == "xem":
        return review_shown.show(visit, rest)
    meant = reviewing.meant(visit, rest)
    if meant is None and visit.may(May.SUMMARISE):
        return review_campaigns.home(visit)
    if meant is None and rest:
        return review_shown.none_meant(visit)
    found = reviewing.mine(visit) if meant is None else submissions.obligation(visit, meant[0].code, str(meant[1]))
    if found is None:
        return _not_asked(visit, meant)
    sent = visit.tx.one(reviews.BY_CODE, code=code_of(found.unit, found.year))
    if sent is not None and verb == "sua":
        return _change(visit, sent, found)
    return _sent(visit, sent, found) if sent is not None else _write(visit, found)


def _not_asked(visit: Visit, meant: tuple[Any, int] | None) -> Say:
    """Say why there is nothing to write now: it is closed, or has not been opened."""
    meant = meant or reviewing.newest_closed(visit)
    if meant is None:
        return Say([_("{desk} has not opened a review.")], buttons=(MY_TASKS, HOME))
    duty, year = meant
    given = reviewing.over(visit, f"{duty.code}:{visit.me.unit}:{year}")
    why = given or _("{unit} does not have to send the {duty}.", unit=visit.me.unit_name, duty=duty.called)
    kept = visit.tx.one(reviews.BY_CODE, code=code_of(visit.me.unit, year))
    see = (
        (Button(_("See what was sent"), f"/giaidoan xem {year}"),) if kept and reviewing.reads(visit, kept.unit) else ()
    )
    return Say([why], buttons=(*see, MY_TASKS, HOME))


def _write(visit: Visit, found: Obligation) -> Say:
    """Open the unit's one draft for whoever may write it now; else why not."""
    if (no := submissions.not_now(visit, found.duty.code, str(found.year), found)) is not None:
        return no
    if not submissions.drafts_for(visit, found.duty.code, found.year):
        head = head_titles.of_unit(visit, visit.me.unit)
        return Say(
            [_("The review is written by the {head}, or by whoever the head names.", head=head)],
            buttons=(MY_TASKS, HOME),
        )
    return submissions.take_over(visit, REVIEW, draft_of(found))


def _sent(visit: Visit, sent: SentReview, found: Obligation) -> Say:
    """Say that it has been sent: since when, and what can be done now."""
    lines: list[Part] = [
        _(
            "The {what} {year} was sent at {at}. Tracking code: {code}.",
            what=of_year(found.duty),
            year=sent.year,
            at=Time(sent.first),
            code=sent.code,
        )
    ]
    buttons = [Button(_("See the review"), f"/giaidoan xem {sent.year}")] if reviewing.reads(visit, sent.unit) else []
    if sent.received is not None:
        lines.append(_("The office received it at {at}.", at=Time(sent.received)))
        lines.append(_("To correct it, please ask the office to give it back."))
    elif submissions.sends(visit):
        lines.append(_("It can be changed until the office has received it."))
        buttons.append(Button(_("Edit"), f"/giaidoan sua {found.duty.code} {sent.year}"))
    return Say(lines, buttons=(*buttons, HOME))


def _change(visit: Visit, sent: SentReview, found: Obligation) -> Say:
    locked = submissions.locked(found, visit.said.date())
    if sent.received is not None or not submissions.sends(visit) or locked:
        no = submissions.not_now(visit, found.duty.code, str(found.year), found) if locked else None
        return no or _sent(visit, sent, found)
    intro = _("✏️ This is the review as it was sent; what {you} change takes effect when it is sent again.")
    return submissions.take_over(visit, REVIEW, draft_of(found), reviewing.answers_of(visit, sent), intro)


# Sending --------------------------------------------------------------------------------------


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Send it for the head; pass it on to the head for whoever drafts it."""
    duty, unit, year = papers.read(subject)
    code, found = code_of(unit, year), submissions.obligation(visit, duty, str(year))
    if (closed := reviewing.over(visit, subject)) is not None:
        return keep_open(visit, Say([closed], buttons=(MY_TASKS, HOME)))
    before = visit.tx.one(reviews.BY_CODE, code=code)
    if before is not None and before.received is not None and found is not None:
        return keep_open(visit, _sent(visit, before, found))
    if found is None or submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, duty, str(year), found) or Say([])
    if not submissions.sends(visit):
        head = submissions.pass_on(visit, DRAFTED, code, year)
        return submissions.passed_on(visit, head, f"/giaidoan {duty} {year}")
    version = reviewing.send(visit, found, answers)
    for writer in submissions.writers(visit, code):
        visit.tell(writer, SENT, key=f"review_sent:{code}:{writer}", code=code)
    return _receipt(visit, found, code, version)


def _receipt(visit: Visit, found: Obligation, code: str, version: int) -> Say:
    about = {"what": of_year(found.duty), "year": found.year, "at": Time(visit.said)}
    when = submissions.timing(found.due, visit.said.date())
    if version > 1:
        first = _("✅ The {what} {year} was changed at {at}.", **about)
    elif when is None:
        first = _("✅ The {what} {year} was sent at {at}.", **about)
    else:
        first = _("✅ The {what} {year} was sent at {at}, {when}.", when=when, **about)
    see = Button(_("See the review"), f"/giaidoan xem {found.year}")
    write = reports_to_write(ReviewFacts(visit, draft_of(found)))
    return submissions.receipt(first, code, see, *write)


# What others are told ---------------------------------------------------------------------------


def drafted(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the head: the review is ready to be looked over."""
    writer, meant = visit.tx.one(people.BY_ID, id=about["by"]), reviewing.meant(visit, str(about["year"]))
    if writer is None or meant is None or reviewing.over(visit, f"{meant[0].code}:{about['unit']}:{meant[1]}"):
        return None
    return Say(
        [
            _("{what} {year}: the draft is ready", what=of_year(meant[0]), year=about["year"]),
            _("{who} has drafted it; {you_name} looks it over and sends it.", who=titled(writer)),
        ],
        buttons=(Button(_("Look over and send"), f"/giaidoan {meant[0].code} {about['year']}"),),
    )


def sent_on(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever has drafted it: the head has sent it."""
    sent = visit.tx.one(reviews.BY_CODE, code=about["code"])
    if sent is None:
        return None
    done = _("✅ The review that {you} drafted was sent at {at}: {code}.", at=Time(sent.first), code=sent.code)
    return Say([done], buttons=(Button(_("See the review"), f"/giaidoan xem {sent.year}"),))


REVIEW = Conversation(
    CODE,
    title=papers.title,
    form=form_of,
    file=file,
    serves=whose(WHO[May.DRAFT], reviewing.theirs),
    facts=ReviewFacts,
    shared=True,
    over=reviewing.over,
)
COMMAND = Command(
    "giaidoan",
    _("Reviews of several years"),
    _("review|review of the movement|final review"),
    run,
    allowed(May.DRAFT, lambda visit: visit.may(May.SUMMARISE) or submissions.helps("review")(visit)),
    listed=False,
    seldom=True,
)
DRAFTED = Notice("review_drafted", drafted, submissions.SENDER)
SENT = Notice("review_sent", sent_on, submissions.OF_UNIT)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(REVIEW,), notices=(DRAFTED, SENT))
