"""The sheets of a workbook in which an office writes a past year down, in the words of its plan. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.movement import Area, Duty, FieldType, Measure, Plan, Section, Target

OFFICE_ITSELF = "toàn cơ quan"
"""Stands for a unit where a target is the whole office's."""
NOT_APPLICABLE, WHOLE_YEAR = "không áp dụng", "cả năm"
NOTHING, OUTSIDE = "không phát sinh", "không thuộc chức năng"
CLOSED, NONE_REGISTERED = "đã chốt", "không đăng ký"
REGISTERED, RECOGNISED, WITHDRAWN = "đã đăng ký", "được công nhận", "rút"
GUIDE = "Hướng dẫn"


@dataclass(frozen=True)
class YearColumn:
    """One column: how it is called in the first line, and what may be chosen there."""

    key: str
    title: str
    """What stands behind « (» only explains: a column is known by what is before it."""
    width: int = 16
    choices: tuple[str, ...] = ()
    example: str = ""
    also: tuple[str, ...] = ()
    """Other names of it."""


@dataclass(frozen=True)
class YearSheet:
    """One sheet: its columns, which of them make it known, and whether units stand in it already."""

    key: str
    title: str
    columns: tuple[YearColumn, ...]
    needed: frozenset[str]
    by_unit: bool = False
    of_unions: bool = False
    """Whether it is the unions that stand in it, and no other units."""


@dataclass(frozen=True)
class KnownUnit:
    """A unit as it stands in the workbook."""

    code: str
    name: str
    union: bool = False


def sheets(plan: Plan, year: int) -> tuple[YearSheet, ...]:
    """Return the sheets of a year; of a year before the movement those that it is compared with."""
    if year < plan.first_year:
        found = [_results(plan, year), _baselines(plan, year)]
    else:
        found = [
            _results(plan, year),
            _report(plan),
            _baselines(plan, year),
            _items(plan, year),
            _plans(plan, year),
            _lists(plan, year),
            _papers(plan, year),
            _accounts(plan, year),
        ]
    return tuple(sheet for sheet in found if sheet is not None)


def figures(plan: Plan, year: int) -> list[Target]:
    """Return the targets of which units give figures in a year: before the movement no amounts, which are baselines."""
    return [each for each in plan.asked_about if each.of_units and not (each.reduces and year < plan.first_year)]


def measured_before(plan: Plan) -> list[Target]:
    """Return the targets with amounts of a year: what units are measured against, and what the office gives as one."""
    return [each for each in plan.targets if each.of_office or (each.of_units and each.reduces)]


def cutoff_said(plan: Plan) -> str:
    """Say the cut-off without a year: 31/10."""
    month, day = plan.cutoff
    return f"{day:02}/{month:02}"


def collective(plan: Plan) -> str:
    """Return what is written instead of authors where the whole unit has done it: «cả đơn vị»."""
    return f"cả {plan.terms.unit_word}"


def narratives(plan: Plan) -> list[Area | Section]:
    """Return the narrative parts of a report, in its order."""
    return [*plan.areas, *plan.sections]


MEASURES: Mapping[Measure, str] = {
    Measure.UNITS_WITH_PLAN: "đếm đơn vị có kế hoạch",
    Measure.SHARE: "tỷ lệ",
    Measure.SUM: "tổng",
    Measure.COUNT: "đếm nội dung đăng ký",
    Measure.REDUCTION: "mức giảm",
    Measure.PEOPLE: "đếm người tham gia",
}


def targets_said(plan: Plan) -> dict[str, tuple[str, str]]:
    """Return of each target how it is measured and in what, by which a workbook of another plan is known."""
    return {each.code: (MEASURES[each.measure], each.unit) for each in plan.asked_about}


def _unit(plan: Plan) -> tuple[YearColumn, ...]:
    word = plan.terms.unit_word
    return (
        YearColumn("unit", f"Mã {word}", 12, example="MAU1", also=("mã đơn vị", "đơn vị", "mã", word)),
        YearColumn("unit_name", f"Tên {word}", 34, example="Mẫu Một", also=("tên đơn vị", "tên")),
    )


def _results(plan: Plan, year: int) -> YearSheet | None:
    columns = [
        *_unit(plan),
        YearColumn("number", "Số báo cáo", 16, example="12/BC-MAU1"),
        YearColumn("day", "Ngày báo cáo", 14, example=f"05/11/{year}"),
    ]
    for target in figures(plan, year):
        columns += _of_target(plan, target)
    if year >= plan.first_year:
        columns += [
            YearColumn(
                f"{each.code}|count",
                f"Chỉ tiêu {each.code}: đối chiếu (số {each.short[:1].lower()}{each.short[1:]} theo báo cáo; không bắt buộc)",
                24,
            )
            for each in plan.targets
            if each.measure is Measure.COUNT
        ]
    return YearSheet("results", "Kết quả", tuple(columns), frozenset({"unit"}), by_unit=True)


def _of_target(plan: Plan, target: Target) -> Iterator[YearColumn]:
    of, code = f"Chỉ tiêu {target.code}", target.code
    if target.amount:
        yield YearColumn(f"{code}|n", f"{of}: số lượng ({target.short}, {target.unit})", 22, example=target.example)
        if target.reduces:
            until = (cutoff_said(plan), WHOLE_YEAR)
            yield YearColumn(f"{code}|until", f"{of}: tính đến ({until[0]} hoặc {until[1]})", 16, until, until[0])
    else:
        yield YearColumn(f"{code}|n", f"{of}: tử số ({target.numerator})", 22, example="17")
        yield YearColumn(f"{code}|d", f"{of}: mẫu số ({target.denominator})", 22, example="18")
    if target.may_not_apply:
        yield YearColumn(f"{code}|na", f"{of}: không áp dụng (chọn x nếu không có)", 16, ("x",))
    yield YearColumn(f"{code}|note", f"{of}: ghi chú", 24)


def _report(plan: Plan) -> YearSheet:
    columns = [
        *_unit(plan),
        *(
            YearColumn(each.code, f"{each.code} ({each.name})", 40, example=each.example or NOTHING)
            for each in plan.areas
        ),
        *(YearColumn(each.code, each.name, 40, example=each.example or NOTHING) for each in plan.sections),
    ]
    return YearSheet("report", "Báo cáo", tuple(columns), frozenset({"unit"}), by_unit=True)


def _baselines(plan: Plan, year: int) -> YearSheet | None:
    targets = measured_before(plan)
    if not targets:
        return None
    codes, first = tuple(each.code for each in targets), targets[0]
    columns = (
        YearColumn("target", "Chỉ tiêu", 10, codes, first.code),
        *_unit(plan),
        YearColumn("year", "Năm", 8, example=str(min(year, plan.first_year - 1))),
        YearColumn(
            "ten_months", f"Đến {cutoff_said(plan)}", 16, example=first.example_before or "35", also=("đến ngày chốt",)
        ),
        YearColumn("whole_year", "Cả năm", 16, example="42"),
        YearColumn("measure", "Đơn vị tính", 14, example=first.unit),
    )
    return YearSheet("baselines", "Mốc so sánh", columns, frozenset({"target", "unit", "year"}))


def fields_of_kinds(plan: Plan) -> dict[str, list[tuple[str, str]]]:
    """Return the questions of the kinds by their names: for each the codes of kind and question; no files, no authors."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in plan.kinds:
        for field in kind.asked:
            if field != kind.whose and field.type is not FieldType.FILES:
                found.setdefault(field.label, []).append((kind.code, field.code))
    return found


def _items(plan: Plan, year: int) -> YearSheet | None:
    if not plan.kinds:
        return None
    kind = plan.kinds[0]
    columns = (
        YearColumn("code", "Mã theo dõi (để trống khi nhập lần đầu)", 16, also=("mã phiếu",)),
        YearColumn("kind", "Loại", 20, tuple(each.short for each in plan.kinds), kind.short),
        YearColumn("title", "Tên", 60, example=kind.example or "Tên nội dung đăng ký", also=("tên nội dung",)),
        YearColumn("area", "Nội dung", 12, tuple(each.code for each in plan.areas), plan.areas[0].code),
        _unit(plan)[0],
        YearColumn(
            "authors",
            f"Tác giả (họ tên hoặc mã số, kèm tỷ lệ; {collective(plan)}; người phụ trách)",
            44,
            example="Nông Văn Mẫu 70; Lý Thị Ví Dụ 30",
            also=("người phụ trách", "tác giả, người phụ trách"),
        ),
        YearColumn("day", "Ngày đăng ký", 14, example=f"15/03/{year}"),
        YearColumn("state", "Tình trạng", 16, (REGISTERED, RECOGNISED, WITHDRAWN), RECOGNISED),
        YearColumn(
            "level",
            "Cấp công nhận",
            14,
            tuple(each.name for each in plan.levels),
            plan.levels[0].name if plan.levels else "",
        ),
        YearColumn("decision", "Số quyết định", 20, example=f"45/QĐ-{plan.office.sign}"),
        YearColumn("decided", "Ngày quyết định", 16, example=f"20/10/{year}"),
        *(YearColumn(f"field:{label}", label, 30, _choices(plan, of)) for label, of in fields_of_kinds(plan).items()),
    )
    return YearSheet("items", "Đăng ký", columns, frozenset({"kind", "title", "unit"}))


def _choices(plan: Plan, of: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    offered = [
        choice for kind, code in of for field in plan.kind(kind).asked if field.code == code for choice in field.choices
    ]
    return tuple(dict.fromkeys(offered))


def _plans(plan: Plan, year: int) -> YearSheet | None:
    if plan.done_by("plan") is None:
        return None
    columns = (
        *_unit(plan),
        YearColumn("number", "Số kế hoạch", 18, example="08/KH-MAU1", also=("số",)),
        YearColumn("day", "Ngày ban hành", 16, example=f"20/01/{year}", also=("ngày", "ngày ký")),
        YearColumn("signer", "Người ký", 28, example="Nông Văn Mẫu"),
    )
    return YearSheet("plans", "Kế hoạch", columns, frozenset({"unit", "day"}), by_unit=True)


def _lists(plan: Plan, year: int) -> YearSheet:
    columns = (
        *_unit(plan),
        YearColumn("state", "Tình trạng", 18, (CLOSED, NONE_REGISTERED), CLOSED),
        YearColumn("day", "Ngày chốt", 14, example=f"15/03/{year}"),
        YearColumn("reason", "Lý do không đăng ký", 50, also=("lý do",)),
    )
    return YearSheet("lists", "Danh sách", columns, frozenset({"unit", "state"}), by_unit=True)


def papers_of(plan: Plan, year: int) -> dict[str, Duty]:
    """Return the duties of a year that are papers, by what they are called."""
    return {duty.called: duty for duty in plan.all_duties if duty.how == "paper" and duty.owed_in(year)}


def _papers(plan: Plan, year: int) -> YearSheet | None:
    names = tuple(papers_of(plan, year))
    if not names:
        return None
    columns = (
        YearColumn("paper", "Văn bản", 44, names, names[0]),
        *_unit(plan),
        YearColumn("number", "Số văn bản", 18, example="21/BC-MAU1", also=("số",)),
        YearColumn("day", "Ngày văn bản", 16, example=f"12/01/{year}", also=("ngày", "ngày gửi")),
    )
    return YearSheet("papers", "Văn bản", columns, frozenset({"paper", "unit", "day"}))


SECTION = "section:"
"""Before the code of what unions are asked for, in the key of its column."""


def _accounts(plan: Plan, year: int) -> YearSheet | None:
    if plan.done_by("narrative") is None or not plan.union_sections:
        return None
    columns = (
        *_unit(plan),
        YearColumn("number", "Số báo cáo", 18, example="03/BC-MAU1", also=("số", "số văn bản")),
        YearColumn("day", "Ngày báo cáo", 16, example=f"05/11/{year}", also=("ngày", "ngày gửi")),
        *(
            YearColumn(f"{SECTION}{each.code}", each.name, 50, example=each.example or NOTHING)
            for each in plan.union_sections
        ),
    )
    return YearSheet("accounts", "Đoàn thể", columns, frozenset({"unit"}), by_unit=True, of_unions=True)
