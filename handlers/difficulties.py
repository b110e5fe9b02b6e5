"""Difficulties: what one has raised, what waits for one's answer, and what may be done with each; the list for the leaders."""

from bot.conversation import EVERYBODY, HOME, Command, Feature, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, _, fold, number
from bot.movement import May, Role
from bot.office.difficulties import collated, difficulty_doing, difficulty_texts
from bot.office.difficulties.difficulty_doing import find
from bot.office.difficulties.difficulty_facts import subject_from
from bot.office.difficulties.difficulty_moves import MOVES, holds, possible
from bot.office.difficulties.difficulty_waits import mine_to_do, raised_by_me
from bot.office.duties import record_files
from bot.office.unit_tasks.task_texts import short
from handlers.difficulty_opinion import OPINION
from handlers.difficulty_raise import RAISE
from handlers.difficulty_word import WORD
from storage.difficulties import Raised

LIST = Button(_("Difficulties"), "/vuongmac")
NEW = Button(_("Raise a difficulty"), "/vuongmac moi")
FORMS = {"traloi": WORD, "dap": WORD, "chuyen": WORD, "chua": WORD, "ykien": OPINION}
"""Moves that are said with words of one's own; the others are one tap."""
MOST = 20


def run(visit: Visit, args: str) -> Say:
    """Answer «/vuongmac»: what waits, else the form; its text may follow at once; «lanhdao» collates; a code shows one."""
    verb, _space, rest = args.strip().partition(" ")
    if not verb and visit.me.role == Role.LEADER:
        return collated.say(visit, "")
    if not verb:
        return _list(visit) if mine_to_do(visit) or visit.may(May.RECEIVE) else raise_one(visit, "")
    if fold(verb) == "ds":
        return _list(visit)
    if fold(verb) == "moi":
        return raise_one(visit, rest)
    if fold(verb) in ("lanhdao", "lanh"):
        return collated.say(visit, rest)
    word, _space, more = rest.strip().partition(" ")
    found = find(visit, verb)
    if found is not None and (not word or fold(word) in MOVES):
        return _do(visit, found, fold(word), more) if word else one(visit, found)
    if found is None and _looks_like_a_code(verb) and (not rest or fold(word) in MOVES):
        return Say([_("There is no difficulty {code} for {you} to see.", code=verb[:40])], buttons=(LIST, HOME))
    return raise_one(visit, args.strip())


def _looks_like_a_code(said: str) -> bool:
    return number(said) is not None or fold(said).startswith(("vm-", "vm2"))


def raise_one(visit: Visit, text: str) -> Say:
    """Open the form, from whatever sheet is open here; text that was typed with the command answers its question."""
    return visit.open(RAISE, subject_from(visit), typed={"text": text} if text else None)


def _list(visit: Visit) -> Say:
    """List what waits for this person, and what they have raised themselves."""
    waiting, mine = mine_to_do(visit), raised_by_me(visit)
    lines: list[Part] = []
    if waiting:
        lines += [_("Difficulties that wait for {you} ({n})", n=Count(len(waiting))), *_lines(visit, waiting)]
    rest = [each for each in mine if each.code not in {one.code for one in waiting}]
    if rest:
        lines += [_("Raised by {you} ({n})", n=Count(len(rest))), *_lines(visit, rest)]
    if not lines:
        lines = [_("No difficulty waits for {you}, and none was raised by {you}.")]
    shown = [*waiting, *rest][:8]
    desk = [Button(_("Collated for {leaders}"), "/vuongmac lanhdao")] if visit.may(May.RECEIVE) else []
    return Say(lines, buttons=(*(Button(each.code, f"/vuongmac {each.code}") for each in shown), *desk, NEW, HOME))


def _lines(visit: Visit, those: list[Raised]) -> list[Part]:
    lines: list[Part] = [_("- {line}", line=difficulty_texts.line(visit, each)) for each in those[:MOST]]
    if len(those) > MOST:
        lines.append(_("… and {n} more", n=Count(len(those) - MOST)))
    return lines


def one(visit: Visit, raised: Raised, *before: Part) -> Say:
    """Show one, with what may be done about it."""
    return Say(
        [*before, *difficulty_texts.whole(visit, raised)],
        buttons=(*difficulty_texts.buttons(visit, raised), *record_files.button(visit, raised.code), LIST, HOME),
    )


def _do(visit: Visit, raised: Raised, word: str, more: str) -> Say:
    """Do what a button says, as long as nothing has happened to it since it was drawn."""
    rule = MOVES[word]
    if not holds(visit, raised, rule.hand):
        return one(visit, raised, _("This is done by {who}.", who=difficulty_texts.whose_turn(visit, raised)))
    seen, _space, sure = more.strip().partition(" ")
    if word not in possible(visit, raised) or (number(seen) or raised.step) != raised.step:
        return one(visit, raised, difficulty_doing.since(visit, raised))
    if word in FORMS:
        return visit.open(FORMS[word], f"{word}:{raised.code}:{raised.step}")
    if word == "rut" and fold(sure) != "co":
        return Say(
            [
                _("Withdraw {code} «{text}»?", code=raised.code, text=short(raised.text)),
                _("Nobody is reminded of it any more, and no report tells of it."),
            ],
            buttons=(
                Button(_("Withdraw it"), f"/vuongmac {raised.code} rut {raised.step} co"),
                Button(_("Leave it as it is"), f"/vuongmac {raised.code}"),
            ),
        )
    now = difficulty_doing.move(visit, raised, word)
    if now is None:
        return one(visit, raised, difficulty_doing.since(visit, raised))
    return one(visit, now, _("✅ Noted."))


COMMAND = Command(
    "vuongmac", _("Report a difficulty"), _("difficulty|difficulties|report a difficulty|proposal"), run, EVERYBODY
)
FEATURE = Feature(__name__, commands=(COMMAND,))
