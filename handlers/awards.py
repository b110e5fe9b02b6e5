"""«Khen thưởng»: what waits, one proposal with what is on record beside it, taking one back, who was awarded what."""

from bot.conversation import DESK, HOME, Command, Feature, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import _, fold
from bot.movement import May
from bot.office.awards import award_lists, award_texts, proposing
from bot.office.awards.award_lists import LIST
from bot.office.duties.item_texts import versioned
from handlers import awards_correct, awards_decide, awards_praise, awards_propose, awards_suggest
from storage.awards import OPEN, Award, AwardState


def run(visit: Visit, args: str) -> Say:
    """Answer «/khenthuong»: what waits; «KT-2027-003» one; «danhsach 2026-2030» who was awarded what."""
    verb, _space, rest = args.strip().partition(" ")
    match fold(verb):
        case "":
            return award_lists.home(visit)
        case "goiy":
            return awards_suggest.of_number(visit, rest) if rest.strip() else awards_suggest.begin(visit)
        case "denghi":
            return awards_propose.begin(visit)
        case "danhsach":
            return award_lists.awarded(visit, rest)
        case "quyetdinh" | "trinh" | "khongchon" as outcome:
            return awards_decide.begin(visit, outcome, rest)
        case "bieuduong":
            return awards_praise.begin(visit, rest)
        case "rut":
            return _withdraw(visit, rest)
        case "sua":
            return _change(visit, rest)
    return _one(visit, args)


def _one(visit: Visit, said: str) -> Say:
    """Return one proposal with what this person may do about it now."""
    award = award_texts.find(visit, said)
    if award is None or not award_texts.may_see(visit, award):
        return Say(
            [
                _(
                    "There is no proposal {code} for {you_name} to see. For example: awards KT-{year}-001",
                    code=said[:60],
                    year=visit.said.year,
                )
            ],
            buttons=(LIST, HOME),
        )
    return Say(award_texts.sheet(visit, award), buttons=(*_may(visit, award), LIST, HOME))


def _may(visit: Visit, award: Award) -> list[Button]:
    code, found = award.code, list[Button]()
    if DESK.holds(visit) and award.state in OPEN:
        found.append(Button(_("Record a decision"), f"/khenthuong quyetdinh {code}"))
        if award.state is AwardState.PROPOSED:
            found.append(Button(_("Record a proposal to the level above"), f"/khenthuong trinh {code}"))
        found.append(Button(_("Record who is not chosen"), f"/khenthuong khongchon {code}"))
    if DESK.holds(visit) and award.state is AwardState.AWARDED:
        found.append(Button(_("Praise"), f"/khenthuong bieuduong {code}"))
    if DESK.holds(visit) and award.state not in (AwardState.PROPOSED, AwardState.WITHDRAWN):
        found.append(Button(_("Put it right"), f"/khenthuong sua {code}"))
    if award.state is AwardState.PROPOSED and award_texts.takes_back(visit, award):
        found.append(Button(_("Change {code}", code=code), f"/khenthuong sua {code}"))
        found.append(Button(_("Withdraw {code}", code=code), f"/khenthuong rut {code} v{award.version}"))
    return found


def _change(visit: Visit, said: str) -> Say:
    """Open a proposal that waits for whoever proposes it; what was recorded of one, for the office."""
    award = award_texts.find(visit, said)
    if award is not None and award.state is AwardState.PROPOSED and award_texts.takes_back(visit, award):
        sheet = f"{award.code}:{award.version}"
        return visit.open(awards_propose.PROPOSE, sheet, proposing.as_proposed(visit, award))
    return awards_correct.begin(visit, said)


def _withdraw(visit: Visit, said: str) -> Say:
    """Ask first; then take the proposal back, unless somebody has decided it meanwhile."""
    words, version = versioned(said)
    sure = bool(words) and words[-1] == "co"
    award = award_texts.find(visit, " ".join(words[:-1] if sure else words))
    if award is None or not award_texts.takes_back(visit, award):
        return Say(
            [_("There is no proposal «{code}» that {you_name} may withdraw.", code=said[:60] or "?")],
            buttons=(LIST, HOME),
        )
    see = Button(_("See {code}", code=award.code), f"/khenthuong {award.code}")
    if award.state is not AwardState.PROPOSED or version not in (None, award.version):
        why = _("{code} has been changed since, so nothing was withdrawn:", code=award.code)
        return Say([why, award_texts.line(visit, award)], buttons=(see, LIST, HOME))
    if not sure:
        yes = Button(_("Withdraw it"), f"/khenthuong rut {award.code} v{award.version} co")
        keep = Button(_("Keep the proposal"), f"/khenthuong {award.code}")
        ask = _("Withdraw the proposal {code}?", code=award.code)
        return Say([ask, award_texts.line(visit, award)], buttons=(yes, keep))
    proposing.withdraw(visit, award)
    return Say(
        [_("✅ {code} is withdrawn; {desk} does not consider it.", code=award.code, desk=visit.plan.office.desk)],
        buttons=(LIST, HOME),
    )


COMMAND = Command("khenthuong", _("Awards"), _("awards|award|propose an award"), run, allowed(May.READ))
FEATURE = Feature(__name__, commands=(COMMAND,))
