"""Read what is typed with «/molai» and «/dinhchinh» in one line: which record, until when, why. Pure."""

import re
from dataclasses import dataclass

from bot.language import clean_line

_WHY = re.compile(r"[,;.]?\s+(?:vì|vi|do|lý do(?: là)?|ly do(?: la)?)\s*:?\s+", re.IGNORECASE)
_UNTIL = re.compile(
    r"[,;]?\s+(?:cho\s+)?(?:đến|den|tới|toi|hạn|han)(?:\s+(?:hết|het))?(?:\s+(?:ngày|ngay))?\s+", re.IGNORECASE
)
_DAY_LAST = re.compile(
    rf"(?P<why>.*?){_UNTIL.pattern}(?P<day>[0-9]{{1,2}}[/.-][0-9]{{1,2}}(?:[/.-][0-9]{{2,4}})?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TypedReopening:
    """What was typed, as words."""

    record: str
    day: str
    why: str


def read(said: str) -> TypedReopening:
    """Read «BC-2027-QLXD đến 20/11 vì sai số liệu mục 4»; what was not said is empty."""
    head, *rest = _WHY.split(f" {clean_line(said)}", maxsplit=1)
    record, *until = _UNTIL.split(head, maxsplit=1)
    why, day = "".join(rest).strip(), "".join(until).strip(" ,;.")
    if not day and (last := _DAY_LAST.fullmatch(f" {why}")) is not None:
        why, day = last["why"].strip(), last["day"]
    return TypedReopening(record.strip(" ,;."), day, why)
