"""Parts of the plan that are named and described: office, areas, levels, sections of reports. Pure."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from bot.language import _
from bot.movement.plan.rules import Code, Key, Line, MaybeLine, Short


class Piece(BaseModel):
    """A part of the plan: nothing may stand in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PlanOffice(Piece):
    """Whose movement it is."""

    model_config = ConfigDict(str_strip_whitespace=True, str_min_length=1)

    name: Annotated[Line, Key(_("The office's whole name"), '"Sở Xây dựng tỉnh Lạng Sơn"')]
    short: Annotated[Short, Key(_("Its name as people say it"), '"Sở Xây dựng"')]
    desk: Annotated[Short, Key(_("Who collects the reports"), '"Văn phòng Sở"')]
    desk_unit: Annotated[
        Code, Key(_("The code of the unit that the desk is itself, as it stands in the roster"), '"VP"')
    ]
    chief: Annotated[Short, Key(_("Who heads the desk"), '"Chánh Văn phòng"')]
    leaders: Annotated[Short, Key(_("Who leads the office"), '"Lãnh đạo Sở"')]
    above: Annotated[Short, Key(_("To whom the office itself reports"), '"UBND tỉnh"')]
    sign: Annotated[Short, Key(_("The office's letters in the numbers of its papers: 231/BC-SXD"), '"SXD"')]


class Titles(Piece):
    """What units are called, and those in them."""

    unit: Annotated[Short, Key(_("A unit in general, with a small letter"), '"đơn vị"')]
    head: Annotated[Short, Key(_("Before the unit's name, with a small letter"), '"thủ trưởng"')]
    head_of_unit: Annotated[Short, Key(_("By itself in a sentence, with a small letter"), '"thủ trưởng đơn vị"')]
    head_title: Annotated[Short, Key(_("Before a person's name, in an example"), '"Trưởng phòng"')]
    heads: Annotated[
        Short, Key(_("Whoever heads units or acts for a head, in general, with a small letter"), '"lãnh đạo đơn vị"')
    ]
    officers: Annotated[Short, Key(_("Those who do the work of a unit, with a small letter"), '"chuyên viên"')]
    staff: Annotated[Short, Key(_("Those whom figures of people count, with a small letter"), '"công chức, viên chức"')]


class Area(Piece):
    """A content of the movement (II.1-II.6)."""

    code: Annotated[Code, Key(_("Its number in the plan; stays for ever"), '"II.1"')]
    name: Annotated[Line, Key(_("Its name, word for word"), '"Thúc đẩy chuyển đổi số"')]
    short: Annotated[Short, Key(_("A short name for buttons and tables"), '"Chuyển đổi số"')]
    aims: Annotated[
        tuple[Line, ...],
        Key(
            _("What the plan wants there, word for word; quoted where its section of the report is asked for"),
            '["Số hóa hồ sơ lưu trữ."]',
        ),
    ] = ()
    example: Annotated[
        MaybeLine, Key(_("An answer to its section of the report, shown as an example"), '"Số hóa 400 hồ sơ"')
    ] = ""


class Level(Piece):
    """A level of recognition, to which a target of recognised sheets may be held."""

    code: Annotated[Code, Key(_("Its code; stays for ever"), '"co_so"')]
    name: Annotated[Short, Key(_("Its name after the word «cấp»"), '"cơ sở"')]


class ReportPage(Piece):
    """A page of the report on which narrative parts are drafted, confirmed and asked together."""

    code: Annotated[Code, Key(_("Its code, which sections name"), '"assessment"')]
    name: Annotated[Short, Key(_("What stands above it"), '"Đánh giá, kiến nghị"')]
    areas: Annotated[
        Literal["", "first", "last"],
        Key(_("Whether the areas are asked on this page, before its sections (first) or after them (last)"), '"last"'),
    ] = ""

    @property
    def place(self) -> str:
        """Return what sheets that are being written call it."""
        return "results" if self.areas else self.code


class Section(Piece):
    """A narrative part of the report."""

    code: Annotated[Code, Key(_("Its code; stays for ever"), '"uu_diem"')]
    name: Annotated[Line, Key(_("Its heading in the report"), '"Ưu điểm"')]
    page: Annotated[Code, Key(_("The code of the page on which it is asked"), '"assessment"')]
    question: Annotated[
        MaybeLine, Key(_("How it is asked for; without it by its name"), '"Đơn vị có ưu điểm gì nổi bật trong năm?"')
    ] = ""
    draft: Annotated[
        Literal["", "plan", "items", "met", "below", "reasons", "outlook", "inspections", "notes", "last_year"],
        Key(
            _(
                "What it is drafted from: plan (the plan that was issued), items (what was registered), notes (what people have noted for it), met (targets that are met, recognitions), below (where figures fall short), reasons (comments on them), outlook (what goes on), inspections (what they have found in the unit); without it, and with last_year, nothing is drafted: last year's words stand beside the question"
            ),
            '"met"',
        ),
    ] = ""
    role: Annotated[
        Literal["", "difficulty", "proposal", "praise"],
        Key(
            _("What the office's summary lists of every unit: difficulties, proposals, whom to praise and reward"),
            '"difficulty"',
        ),
    ] = ""
    example: Annotated[
        MaybeLine, Key(_("An answer, shown as an example"), '"Hồ sơ giải quyết trước hạn tăng từ 82% lên 91%"')
    ] = ""


class UnionSection(Piece):
    """A part of what unions are invited to write of a year."""

    code: Annotated[Code, Key(_("Its code; stays for ever"), '"van_dong"')]
    name: Annotated[Line, Key(_("Its heading"), '"Vận động đoàn viên"')]
    question: Annotated[
        MaybeLine, Key(_("How it is asked for; without it by its name"), '"Đã vận động đoàn viên thế nào?"')
    ] = ""
    example: Annotated[
        MaybeLine, Key(_("An answer, shown as an example"), '"Vận động 12 đoàn viên đăng ký sáng kiến"')
    ] = ""


class ReviewSection(Piece):
    """A part of a unit's review of several years, after its areas."""

    code: Annotated[Code, Key(_("Its code; stays for ever"), '"bai_hoc"')]
    name: Annotated[Line, Key(_("Its heading"), '"Bài học kinh nghiệm"')]
    question: Annotated[
        MaybeLine, Key(_("How it is asked for; without it by its name"), '"Đơn vị rút ra bài học kinh nghiệm gì?"')
    ] = ""
    of: Annotated[
        Code | None,
        Key(
            _(
                "The code of the section of the yearly report that it is drafted from, year by year; without it nothing is drafted"
            ),
            '"vuong_mac"',
        ),
    ] = None
    example: Annotated[
        MaybeLine, Key(_("An answer, shown as an example"), '"Giao chỉ tiêu kèm người phụ trách ngay từ đầu năm"')
    ] = ""
