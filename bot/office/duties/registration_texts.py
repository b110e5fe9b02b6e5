"""What is said around the sheet of a registration: where it goes, that it was sent, and to whom it names."""

from collections.abc import Sequence
from datetime import date

from bot.conversation import HOME, Visit
from bot.dialogue import Answers, Button, Say, Scene
from bot.language import Joined, Part, Text, Time, _, looks_unmarked
from bot.movement import FieldType, heads, titled
from bot.office import opened_years
from bot.office.duties import item_empty
from bot.office.duties.registering import Registered, RegisterFacts, doers
from bot.office.duties.title_said import FROM_MESSAGE
from bot.office.told import told
from storage import initiatives, people
from storage.initiatives import ItemState


def which_kind(visit: Visit, year: int, said: str = "") -> Say:
    """Ask what is to be registered; the coming year is one tap away once it may be shown; a title said before goes along."""
    plan, this = visit.plan, visit.said.year
    title = said if said.startswith(f"{FROM_MESSAGE} ") else ""
    again = f"/dangky {{kind}} {title}".rstrip() if year == this else f"/dangky {{kind}} {{year}}: {title}".rstrip(": ")
    buttons = [Button(kind.name, again.format(kind=kind.code, year=year)) for kind in plan.kinds]
    if year != this + 1 and opened_years.can_show(plan, this + 1, visit.said.date()):
        buttons.append(Button(_("Register for {year}", year=this + 1), f"/dangky {this + 1}"))
    return Say([_("What does {you_name} want to register for {year}?", year=year)], buttons=tuple(buttons))


def send_to(answers: Answers, scene: Scene) -> Text:
    """Name the button by who confirms it: the office, or the head by their own title."""
    facts = RegisterFacts.of(scene)
    if facts.puts_right or facts.before is not None:
        return _("Send to the office")
    first = facts.confirmer(answers)
    if first is not None and first.unit != scene.person.unit:
        return _("Send to the office for confirmation")
    if first is None or heads(first.role):
        return _("Send to the {position} for confirmation", position=facts.head_title)
    return _("Send to the {position} for confirmation", position=facts.title_of(first))


def under(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Say under the sheet which marks are missing, and who will read it."""
    facts = RegisterFacts.of(scene)
    lines: list[Part] = []
    if looks_unmarked(str(answers.get("title", ""))):
        lines.append(
            _(
                "The title will be printed in lists that are signed, so it needs its marks. To change it type for example: edit 1 and the new title."
            )
        )
    if facts.item is None and (over := year_over(facts.year, scene.today)) is not None:
        lines.append(over)
    if len(doers(facts.kind, answers, scene.person.id).shares) > 1:
        lines.append(
            _(
                "Who can read it: the authors, the head of the unit, the office, the leaders; once confirmed, its title everybody."
            )
        )
    else:
        lines.append(
            _(
                "Who can read it: {you}, the head of the unit, the office, the leaders; once confirmed, its title everybody."
            )
        )
    if any(answers.get(field.code) for field in facts.kind.asked if field.type is FieldType.PERSON):
        lines.append(_("Whoever it names can read it, too."))
    return lines


def year_over(year: int, today: date) -> Part | None:
    """Warn that the year of a sheet is over."""
    if year >= today.year:
        return None
    return _(
        "⚠️ {year} is over: the sheet is registered for {year}. For {this} please begin a new one.",
        year=year,
        this=today.year,
    )


# When it was sent -----------------------------------------------------------------------------


def locked(code: str) -> Say:
    """Say that it cannot be changed any more."""
    return Say(
        [_("{code} has been received by the office and cannot be changed any more.", code=code)],
        buttons=(Button(_("See the sheet"), f"/cuatoi {code}"), HOME),
    )


def receipt(visit: Visit, sent: Registered) -> Say:
    """Say that it was sent: its code, who hears of it, and what comes next."""
    by_office = bool(sent.asked) and sent.asked[0].role in ("office", "chief") and sent.asked[0].unit != visit.me.unit
    lines: list[Part] = [
        _("✅ The sheet was sent at {at}.", at=Time(visit.said)),
        _("Tracking code: {code}.", code=sent.code),
    ]
    lines += told(visit, sent.authors, _("The co-authors are told: {names}.", names=Joined(sent.names)))
    if sent.confirmed:
        lines.append(_("It counts as confirmed, and goes to the office in the place of what was filed from paper."))
    elif not sent.asked:
        lines.append(_("Next: nobody can confirm it in the assistant yet; the office has been told."))
    elif by_office:
        lines.append(_("Next: the office confirms it."))
    else:
        lines.append(_("Next: {head} confirms it.", head=titled(sent.asked[0])))
    see, edit = Button(_("See the sheet"), f"/cuatoi {sent.code}"), Button(_("Edit"), f"/cuatoi sua {sent.code}")
    if not sent.empty:
        return Say(lines, buttons=(see, edit, HOME))
    lines.append(_("Still empty: {names}", names=Joined(sent.empty)))
    return Say(lines, buttons=(Button(_("Add to it"), f"/cuatoi bosung {sent.code}"), see, edit, HOME))


# What others are told -------------------------------------------------------------------------


def to_confirm(visit: Visit, code: str) -> Say | None:
    """Tell whoever confirms that a sheet waits; pointless once it has been dealt with."""
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    if item is None or item.state != ItemState.SENT:
        return None
    author = visit.tx.one(people.BY_ID, id=item.by)
    assert author is not None
    return Say(
        [
            _("A sheet waits for confirmation: {code}", code=item.code),
            _("«{title}»", title=item.title),
            _("Sent by {who}, {unit}.", who=titled(author), unit=item.unit_name),
            *item_empty.line(visit, item),
        ],
        buttons=(Button(_("Look and confirm"), f"/xacnhan {item.code}"),),
    )
