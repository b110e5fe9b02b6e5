"""What the office's papers look like: whose they are, to whom, on which grounds, in which parts, who signs. Pure."""

from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import SOME, Code, Key, Line, MaybeLine, Short

SPECIAL = ("areas", "targets", "items", "raised", "inspections", "awards", "unions", "reviews")
"""Parts of the office's report that are no section of the units' reports."""

PAPERS = ("baocao", "don", "totrinh", "bienban", "phieu", "kehoach", "dondoc", "traloi", "giaoban", "thanhtich")
"""Papers beside the office's report, by what is typed behind «/banword»."""


class PaperLine(Piece):
    """One line of a paper that is a form: which answer stands there, and what it is called on the form."""

    field: Annotated[
        Code,
        Key(_("Which question of the sheet; area, applied: what the sheet says beside its questions"), '"essence"'),
    ]
    label: Annotated[Line, Key(_("What it is called on the form"), '"Mô tả bản chất của sáng kiến"')]


class PaperText(Piece):
    """What stands around one paper, beside what is on record."""

    paper: Annotated[
        Code,
        Key(
            _(
                "Which paper: baocao (a unit's yearly report), don (request for recognition), totrinh (awards to the level above), bienban (minutes of the meeting on awards), phieu (one registered item), kehoach (a unit's plan), dondoc (letter to the late units), traloi (answers to a request of the office), giaoban (one page for the leaders), thanhtich (a person's own)"
            ),
            '"baocao"',
        ),
    ]
    kinds: Annotated[
        tuple[Code, ...], SOME, Key(_("Of units of these kinds alone; left out: of all others"), '["don_vi"]')
    ] = ()
    to: Annotated[tuple[Line, ...], Key(_("To whom it goes (Kính gửi)"), '["Văn phòng Sở"]')] = ()
    grounds: Annotated[
        tuple[Line, ...], Key(_("On which grounds it is written (căn cứ), one a line, without a full stop"), "[]")
    ] = ()
    copies: Annotated[
        tuple[Line, ...], Key(_("Who gets it (Nơi nhận), the last is where it is kept"), '["Như trên", "Lưu: VT"]')
    ] = ()
    sign: Annotated[
        tuple[Short, ...], SOME, Key(_("The lines above the name; left out: who signs else"), '["NGƯỜI NỘP ĐƠN"]')
    ] = ()
    closing: Annotated[MaybeLine, Key(_("The last sentence of the paper; left out: the assistant's own"), '"…"')] = ""
    lines: Annotated[
        tuple[PaperLine, ...],
        SOME,
        Key(_("Its lines, where it is a form; left out: every question of the sheet by its label")),
    ] = ()


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
    each: Annotated[tuple[PaperText, ...], Key(_("What stands around single papers"))] = ()

    def of(self, paper: str, kind: str = "") -> PaperText:
        """Return what stands around a paper, of a unit of a kind where it is one's; nothing of its own where none is said."""
        mine = [each for each in self.each if each.paper == paper and (kind in each.kinds or not each.kinds)]
        return next(iter(sorted(mine, key=lambda each: not each.kinds)), PaperText(paper=paper))
