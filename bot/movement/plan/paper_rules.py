"""What the office's papers look like: whose they are, to whom, on which grounds, in which parts, who signs. Pure."""

from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import SOME, Code, Key, Line, MaybeLine, Short

SPECIAL = ("areas", "targets", "items", "raised", "inspections", "awards", "unions", "reviews")
"""Parts of the office's report that are no section of the units' reports."""


class Signer(Piece):
    """Who may sign, and how it is written."""

    code: Annotated[Code, Key(_("Its code, which is typed to choose it"), '"kt"')]
    title: Annotated[tuple[Short, ...], SOME, Key(_("The lines above the name"), '["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]')]
    name: Annotated[MaybeLine, Key(_("The name below; left out, it stays free"), '"Trần Văn Mẫu"')] = ""


class OutlinePart(Piece):
    """A part of the office's report with its heading."""

    heading: Annotated[Line, Key(_("Its heading, without a number"), '"Kết quả thực hiện"')]
    parts: Annotated[
        tuple[Code, ...],
        SOME,
        Key(
            _(
                "What stands there, in this order: codes of sections of the units' reports, and areas, targets, items (recognised, models and good ways), raised (difficulties with what came of them), inspections, awards, unions, reviews (of several years)"
            ),
            '["areas", "targets"]',
        ),
    ]


class Papers(Piece):
    """What the office's papers look like."""

    place: Annotated[MaybeLine, Key(_("Where the office is, as it stands before the day"), '"Lạng Sơn"')] = ""
    over: Annotated[
        MaybeLine,
        Key(_("The body above the office, in the heading; left out: as office.above says"), '"UBND tỉnh Lạng Sơn"'),
    ] = ""
    head: Annotated[
        MaybeLine, Key(_("The office in the heading of its papers; left out: as office.short says"), '"Sở Xây dựng"')
    ] = ""
    to: Annotated[
        tuple[Line, ...], Key(_("To whom its report goes (Kính gửi)"), '["Ủy ban nhân dân tỉnh Lạng Sơn"]')
    ] = ()
    grounds: Annotated[
        tuple[Line, ...],
        Key(_("On which grounds it is written (căn cứ), one a line, without a full stop"), '["Thực hiện Kế hoạch …"]'),
    ] = ()
    copies: Annotated[
        tuple[Line, ...], Key(_("Who gets it (Nơi nhận), the last is where it is kept"), '["Như trên", "Lưu: VT, VP"]')
    ] = ()
    signers: Annotated[tuple[Signer, ...], Key(_("Who may sign; the first one where nobody else is chosen"))] = ()
    outline: Annotated[
        tuple[OutlinePart, ...],
        Key(_("The parts of the office's report; left out: results, then the pages of the units' reports")),
    ] = ()
