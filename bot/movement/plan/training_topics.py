"""Topics of classes, and what of them a target counts. Pure."""

from typing import Annotated, Literal

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import SOME, Code, Key, Line, MaybeLine


class Topic(Piece):
    """A topic of classes: by it targets count who has attended one, and reports tell of it in an area."""

    code: Annotated[Code, Key(_("Its code; stays for ever"), '"ky_nang_so"')]
    name: Annotated[Line, Key(_("Its name, as people choose it"), '"Kỹ năng số cơ bản"')]
    area: Annotated[MaybeLine, Key(_("The area whose report tells of such classes; left out: none"), '"II.5"')] = ""


class FedBy(Piece):
    """Which list of people fills a target's figure in; a unit may give its own total instead."""

    what: Annotated[
        Literal["classes", "skills"],
        Key(
            _(
                "Which list: classes (whoever has attended one, once, in any year until the cut-off), or skills (whoever has passed the office's test)"
            ),
            '"classes"',
        ),
    ]
    topics: Annotated[
        tuple[Code, ...], SOME, Key(_("classes: the codes of the topics that count; left out: all"), '["ky_nang_so"]')
    ] = ()
