"""The office reads a unit's report: the version that counts, or another one by its number."""

import re

from bot.conversation import HOME, Command, Feature, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Part, _, read_years
from bot.movement import May
from bot.office import opened_years
from bot.office.duties import record_files
from bot.office.report import as_sent, correcting, sending
from storage import results
from storage.results import SentReport

_VERSION = re.compile(r"(?:^|\s)(?:bản|ban|v)\s*(?:số\s*|so\s*)?([0-9]{1,3})(?=\s|$)", re.IGNORECASE)


def run(visit: Visit, args: str) -> Say:
    """Answer «/xembaocao 2027 QLXD», «xem báo cáo năm ngoái của QLXD», «… bản 1» with a unit's report."""
    asked = _VERSION.search(args)
    said = read_years(_VERSION.sub(" ", args), visit.said.date())
    year = opened_years.one(visit, args, visit.said.year, f"/xembaocao {{year}} {said.rest}")
    if isinstance(year, Say):
        return year
    name = re.sub(r"^(?:của|cua|của đơn vị|đơn vị)\s+", "", said.rest, flags=re.IGNORECASE)
    unit = as_sent.unit_named(visit, name or visit.me.unit)
    if unit is None:
        unknown = _(
            "The assistant does not know the unit «{said}». Please give its code or name, for example: see report {code}",
            said=name,
            code=visit.me.unit,
        )
        return Say([unknown], buttons=(HOME,))
    result = sending.report_of(visit, unit.code, year)
    if result is None:
        return Say([_("{unit} has not sent its report of {year}.", unit=unit.name, year=year)], buttons=(HOME,))
    versions = visit.tx.all(results.VERSIONS, unit=unit.code, year=year)
    shown = result if asked is None else next((e for e in versions if e.version == int(asked[1])), None)
    if shown is None:
        said_of = _(
            "There is no version {n} of the report of {year} by {unit}; there are {all}.",
            n=int(asked[1] if asked else 0),
            year=year,
            unit=unit.name,
            all=len(versions),
        )
        return Say([said_of], buttons=(*_others(versions, result), HOME))
    return Say(
        _shown(visit, shown, result),
        buttons=(
            *record_files.button(visit, shown.code),
            *([as_sent.as_word(result)] if shown.version == result.version else []),
            *_others(versions, shown),
            HOME,
        ),
        whole=True,
    )


def _shown(visit: Visit, shown: SentReport, counted: SentReport) -> list[Part]:
    """Return a version; under another one than counts, which one does."""
    lines = list(as_sent.lines(visit, shown))
    if shown.version != counted.version:
        lines.append(_("Counted is version {version}.", version=counted.version))
    return [*lines, *correcting.standing(visit, counted)]


def _others(versions: list[SentReport], shown: SentReport) -> list[Button]:
    return [
        Button(_("Version {n}", n=each.version), f"/xembaocao {each.year} {each.unit} bản {each.version}")
        for each in versions[-6:]
        if each.version != shown.version
    ]


SHOW = Command(
    "xembaocao", _("A unit's report"), _("see report"), run, allowed(May.SUMMARISE), listed=False, seldom=True
)
FEATURE = Feature(__name__, commands=(SHOW,))
