"""A message that is the code of a record and nothing else: the record, with what this person may do with it now."""

import re
from collections.abc import Callable, Mapping, Sequence

from bot.conversation import Feature, Visit
from bot.language import clean_line, fold, read_code, signs
from bot.movement import May
from bot.office.duties import confirming, item_access, item_texts
from bot.office.inspections import inspecting
from storage.initiatives import ItemState

Shows = Callable[[Visit, str], bool]
_ALONE = re.compile(r"[a-z]{2}[- ./]{0,3}20[0-9]{2}[- ./]{1,3}[a-z0-9]{1,10}|(?:tb|gn)[- ]?[0-9]{1,9}")
_OF_A_UNIT = re.compile(r"[a-z]{2}-20[0-9]{2}-[a-z]\w*")


def _always(visit: Visit, code: str) -> bool:
    return True


def _desk(visit: Visit, code: str) -> bool:
    return visit.may(May.RECEIVE)


def _inspected(visit: Visit, code: str) -> bool:
    return inspecting.find(visit, code) is not None


def _theirs(visit: Visit, code: str) -> bool:
    item = item_texts.find(visit, code, lambda item: item_access.theirs(visit, item))
    return item is not None and item_access.theirs(visit, item)


def _waits_for_them(visit: Visit, code: str) -> bool:
    item = confirming.meant(visit, code)
    return item is not None and item.state == ItemState.SENT and item_texts.confirms(visit, item)


OF_ITEMS: Sequence[tuple[Shows, str]] = [
    (_waits_for_them, "/xacnhan {code}"),
    (_theirs, "/cuatoi {code}"),
    (_always, "/tim phieu {code}"),
]
"""What shows a registered item; the first that does is meant."""
TABLE: Mapping[str, Sequence[tuple[Shows, str]]] = {
    "YC": [(_desk, "/yeucau {code}"), (_always, "/traloi {code}")],
    "VM": [(_always, "/vuongmac {code}")],
    "GS": [(_always, "/kiemtra {code}")],
    "KT": [(_inspected, "/kiemtra {code}"), (_always, "/khenthuong {code}")],
    "LH": [(_always, "/taphuan {code}")],
    "TB": [(_desk, "/thongbao {n}"), (_always, "/danhan xem {n}")],
    "GN": [(_always, "/ghi xem {n}")],
}
"""The same of other records, by the letters that their codes begin with."""


def coded(visit: Visit, said: str) -> str | None:
    """Return the command that shows the record of a code; None where the message says anything else."""
    text = fold(signs(clean_line(said[:60]))).strip(" .«»\"'()#?")
    if not _ALONE.fullmatch(text):
        return None
    letters = text[:2].upper()
    if _OF_A_UNIT.fullmatch(text):
        return f"/xemban {text.upper()}"
    ways = OF_ITEMS if letters in {kind.prefix for kind in visit.plan.kinds} else TABLE.get(letters, ())
    code = read_code(text)
    says = next((says for shows, says in ways if shows(visit, text)), None)
    if says is None:
        return None
    return says.format(
        code=str(code) if code is not None else text.upper(), n=re.sub(r"\D", "", text.partition("-")[2])
    )


FEATURE = Feature(__name__, coded=coded)
