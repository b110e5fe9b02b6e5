"""What the authors of an item say to their shares: who has agreed, who does not, who has not answered. Inside the transaction."""

from collections.abc import Collection, Iterator, Sequence

from bot.conversation import Visit
from bot.dialogue import Button, Say
from bot.language import Part, Percent, Text, _
from bot.movement import titled
from bot.office.duties import item_texts
from storage import author_answers, initiatives, people
from storage.author_answers import AuthorStanding
from storage.initiatives import EDITABLE, LEFT, Initiative
from storage.outbox import NoticeCode

ASKED_IN = EDITABLE
"""While the office has not received it, authors are asked, and their silence is seen."""
COAUTHOR = NoticeCode("coauthor")
"""To somebody whom a sheet names as an author: do they agree to their share?"""


def standing(visit: Visit, item: Initiative) -> Sequence[AuthorStanding]:
    """Return the authors with what they have said to their shares; of what is the whole unit's, nobody."""
    return [] if item.collective else visit.tx.all(author_answers.OF_ITEM, id=item.id)


def mine(visit: Visit, item: Initiative) -> AuthorStanding | None:
    """Return this person's own part in an item of others, in whichever of their posts; None where they have none."""
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    return next((each for each in standing(visit, item) if each.person in posts and each.person != item.by), None)


def asked(visit: Visit) -> list[Initiative]:
    """Return the items in whose share this person's word is awaited."""
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    codes = visit.tx.all(author_answers.ASKED, posts=posts, since=visit.now.year - 1)
    return [item for code in codes if (item := visit.tx.one(initiatives.BY_CODE, code=code)) is not None]


def why_not(visit: Visit, item: Initiative) -> Text | None:
    """Return why this person cannot say anything to a share now; None where they can."""
    if mine(visit, item) is None:
        return _("{You} are no co-author of sheet {code} any more, so nothing is asked.", code=item.code)
    if item.state in LEFT:
        return _(
            "Sheet {code} is {state}, so nothing is asked any more.",
            code=item.code,
            state=item_texts.STATES[item.state],
        )
    return None


def answer(visit: Visit, item: Initiative, part: AuthorStanding, *, agrees: bool, reason: str = "") -> None:
    """Store what this person says to their share."""
    author_answers.put(
        visit.tx, item=item.id, person=part.person, share=part.share, agrees=agrees, reason=reason, now=visit.said
    )
    visit.note("share_agreed" if agrees else "share_declined", item.code)


def lines(visit: Visit, item: Initiative) -> Iterator[Part]:
    """Yield what the co-authors have said, where there are any: for the sheet, and for whoever confirms it."""
    for each in standing(visit, item):
        if each.person == item.by:
            continue
        said = {"name": each.name, "share": Percent(each.share)}
        if each.agrees is None:
            if item.state in ASKED_IN and not item_texts.filed_for(visit, item):
                yield _("⏳ {name} has not answered yet to {share}", **said)
        elif each.agrees:
            yield _("✅ {name} agrees to {share}", **said)
        elif each.reason:
            yield _("⚠️ {name} does not agree to {share}: «{reason}»", reason=each.reason, **said)
        else:
            yield _("⚠️ {name} does not agree to {share}", **said)


def to_ask(visit: Visit, code: str, asked: Collection[tuple[int, str]] = ()) -> list[int]:
    """Return the co-authors of a sheet who have not agreed to their share as it is; nobody twice about the same share."""
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    found = standing(visit, item) if item is not None else ()
    return [
        each.person
        for each in found
        if item is not None
        and each.person != item.by
        and not each.agrees
        and not (each.agrees is None and (each.person, str(each.share)) in asked)
    ]


def shares_of(visit: Visit, code: str) -> Collection[tuple[int, str]]:
    """Return the authors of a sheet with their shares as they stand; of a new one nobody."""
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    return () if item is None else {(each.person, str(each.share)) for each in standing(visit, item)}


def ask(visit: Visit, item: Initiative, part: AuthorStanding) -> Say:
    """Ask an author whether they agree to their share; what they have said stands first."""
    writer = visit.tx.one(people.BY_ID, id=item.by)
    lines: list[Part] = [
        _("{You} are named as co-author of {code}, with {share}%.", code=item.code, share=part.share),
        _("«{title}»", title=item.title),
    ]
    if writer is not None:
        lines.append(_("Sheet written by {who}, {unit}.", who=titled(writer), unit=item.unit_name))
    if part.agrees is not None:
        said = _("{You} agreed to it.") if part.agrees else _("{You} did not agree to it.")
        lines.append(said)
    lines.append(
        _("Do {you} agree to this share? Without an answer the sheet goes on, and whoever confirms it sees that.")
    )
    yes = Button(_("Agree to {share}%", share=part.share), f"/dongy {item.code} v{item.version}")
    no = Button(_("Do not agree to {share}%", share=part.share), f"/khongdongy {item.code} v{item.version}")
    see = Button(_("See the sheet"), f"/cuatoi {item.code}")
    return Say(lines, buttons=(*(() if part.agrees else (yes,)), *(() if part.agrees is False else (no,)), see))
