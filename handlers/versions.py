"""Every version of what a unit has sent: reports, plans, sheets, lists, with who and when; each one whole."""

import re

from bot.conversation import HOME, Command, Feature, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.movement import May
from bot.office.duties import past_versions, record_files, reopening
from bot.office.duties.past_versions import PastVersion
from bot.office.duties.reopening import RecordNamed
from bot.office.reviews import review_elsewhere

_VERSION = re.compile(r"(?:^|\s)(?:bản|ban|v)\s*(?:số\s*|so\s*)?([0-9]{1,3})(?=\s|$)", re.IGNORECASE)
_LEADING = re.compile(r"^\s*(?:số\s*|so\s*)?([0-9]{1,3})\s+(?:của|cua)\s+", re.IGNORECASE)
MOST = 8
"""So many versions have a button."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/xemban KH-2027-QLXD»: its versions; «… v1», «xem bản 1 của KH-2027-QLXD»: that one, whole."""
    asked = _LEADING.search(args) or _VERSION.search(args)
    said = args if asked is None else f"{args[: asked.start()]} {args[asked.end() :]}".strip()
    said = re.sub(r"^(?:của|cua)\s+", "", said.strip(), flags=re.IGNORECASE)
    if not said:
        return _no(_("Please give the code, for example: see versions KH-{year}-{unit}", **_mine(visit)))
    if (review := review_elsewhere.code_in(visit, said[:200])) is not None:
        return review_elsewhere.versions(visit, review, None if asked is None else int(asked[1]))
    record = reopening.named(visit, said[:200])
    if record is None or not past_versions.may_look(visit, record):
        return _no(_("There is no record {code} whose versions {you_name} may read.", code=said[:40]))
    versions = past_versions.of(visit, record)
    if not versions:
        return _no(_("There is no {record} yet.", record=record.name))
    if asked is None:
        return _list(record, versions, visit)
    shown = next((each for each in versions if each.number == int(asked[1])), None)
    if shown is None:
        head = _("There is no version {n} of the {record}.", n=int(asked[1]), record=record.name)
        return _list(record, versions, visit).after(head)
    return _whole(visit, record, versions, shown)


def _mine(visit: Visit) -> dict[str, str]:
    return {"year": str(visit.said.year), "unit": visit.me.unit}


def _no(why: Part) -> Say:
    return Say([why], buttons=(HOME,))


def _list(record: RecordNamed, versions: list[PastVersion], visit: Visit) -> Say:
    head = _("Versions of the {record} ({n})", record=record.name, n=Count(len(versions)))
    return Say(
        [head, *(past_versions.line(visit, each) for each in versions)], buttons=(*_buttons(record, versions), HOME)
    )


def _whole(visit: Visit, record: RecordNamed, versions: list[PastVersion], shown: PastVersion) -> Say:
    lines: list[Part] = [
        _("The {record}", record=record.name),
        past_versions.line(visit, shown),
        *past_versions.contents(visit, record, shown),
    ]
    others = [each for each in versions if each.number != shown.number]
    return Say(lines, buttons=(*record_files.button(visit, record.code), *_buttons(record, others), HOME), whole=True)


def _buttons(record: RecordNamed, versions: list[PastVersion]) -> list[Button]:
    return [
        Button(_("Version {n}", n=each.number), f"/xemban {record.code} v{each.number}") for each in versions[-MOST:]
    ]


COMMAND = Command(
    "xemban",
    _("Versions of what was sent"),
    _("see versions|versions"),
    run,
    allowed(May.READ),
    listed=False,
    seldom=True,
)
FEATURE = Feature(__name__, commands=(COMMAND,))
