"""Shares of authors as people type them: «tôi 60, chị Lý Thị Ví Dụ 40», «mỗi người 50%», «còn lại cho tôi», «chia đều». Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from bot.language.text import clean, clean_line, fold

AUTHORS = 40
"""Names in one answer, at most."""
LONGEST, TAIL = 400, 80
"""Characters of one name with its share; of what says at the end that all have as much."""
_LIST_MARK = re.compile(r"^\s*(?:[-–•*+]|\(?[0-9]{1,2}[.)](?![0-9]))\s*(?=\S)", re.MULTILINE)
_PIECES = re.compile(
    r"[;\n]|(?<=[0-9%])\.\s+(?=[^\W\d_])|(?<![0-9]),|,(?![0-9])|\s(?:và|với|cùng|cùng với|and|&|\+)\s", re.IGNORECASE
)
_SHARE = r"(?:[0-9]/(?:10|[2-9])|[0-9]{1,3}(?:[.,][0-9]{1,2})?)"
_SHARE_LAST = re.compile(rf"(?P<name>[^\W\d_][^0-9]*)(?P<share>{_SHARE}) ?%?\)?")
_SHARE_FIRST = re.compile(rf"\(?(?P<share>{_SHARE}) ?%?\)? (?P<name>[^\W\d_][^0-9]*)")
_RUN_LAST = re.compile(rf"([^\W\d_][^0-9]*)({_SHARE}) ?%?\)?(?= |$)")
_RUN_FIRST = re.compile(rf"({_SHARE}) ?%? ([^\W\d_][^0-9]*?)(?= [0-9]|$)")
_COMRADE = re.compile(r"(?:đồng chí|đ/c) ", re.IGNORECASE)
_BEFORE_NAMES = re.compile(r"^(?:(?:các |nhóm |đồng )?tác giả|bao gồm|gồm có|gồm)\s*[:là]*\s+", re.IGNORECASE)
_EACH = re.compile(
    r"[ ,;:]*(?:thi )?(?:moi (?:nguoi|dong chi|tac gia|ben)|deu|cung)(?: deu| duoc| la| mot)?[: ]*(?P<share>[0-9/.,]+|nua) ?%?[ .]*$"
)
_EQUALLY = re.compile(
    r"[ ,;:]*(?:(?:thi|duoc|la|ty le|ti le) )*(?:chia )?(?:deu nhau|deu|bang nhau|nhu nhau|ngang nhau|50 ?[/-] ?50)(?: nhau| cho .*)?[ .]*$"
)
_REST = re.compile(r"\b(?:phan |so )?con lai\b(?: (?:la|cho|cua|thuoc ve|thuoc))?")
_HALF = re.compile(r"\b(?:1|mot) nua\b|\bnua\b")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A name with what was said of its share."""

    name: str
    share: Decimal | None = None
    rest: bool = False


def read_shares(text: str) -> list[tuple[str, Decimal | None]]:
    """Read names with their shares in percent, None where none is given and none follows from the others.

    Empty when nothing is said, a share stands without a name, or there are more than can be authors.
    """
    said = _BEFORE_NAMES.sub("", _LIST_MARK.sub("", clean(text)).strip())
    each, equally, said = _of_all(said)
    pieces: list[_Piece] = []
    for part in _PIECES.split(said):
        piece = _COMRADE.sub("", clean_line(part).strip(" .:"))
        if not piece:
            continue
        if len(piece) > LONGEST:
            return []
        found = list(_named(piece))
        if not found:
            return []
        pieces += found
    if len(pieces) > AUTHORS:
        return []
    return _shared(pieces, each, equally)


def _of_all(said: str) -> tuple[Decimal | None, bool, str]:
    """Return what every author has, whether they share equally, and the text without that."""
    tail = said[-TAIL:].strip()
    head, folded = said.rstrip()[: len(said.rstrip()) - len(tail)], fold(tail)
    if len(folded) != len(tail):
        return None, False, said
    if (found := _EACH.search(folded)) is not None and (share := _number(found["share"])) is not None:
        return share, False, head + tail[: found.start()]
    if (found := _EQUALLY.search(folded)) is not None and found.start() + len(head) > 0:
        return None, True, head + tail[: found.start()]
    return None, False, head + tail


def _named(piece: str) -> Iterator[_Piece]:
    """Yield the names of a piece with their shares: one, or several that follow each other without a comma."""
    folded = fold(piece)
    alike = len(folded) == len(piece)
    if (rest := _REST.search(folded)) is not None and alike:
        name = clean_line(f"{piece[: rest.start()]} {piece[rest.end() :]}").strip(" :=(–-)%")
        if name and not re.search(r"[0-9]", name):
            yield _Piece(name, rest=True)
        return
    if (half := _HALF.search(folded)) is not None and alike:
        piece = clean_line(f"{piece[: half.start()]} 50 {piece[half.end() :]}")
    if found := _SHARE_LAST.fullmatch(piece) or _SHARE_FIRST.fullmatch(piece):
        yield _Piece(_name(found["name"]), _number(found["share"]))
    elif not re.search(r"[0-9]", piece):
        yield _Piece(piece)
    elif piece[0].isdigit():
        yield from _run([(name, share) for share, name in _RUN_FIRST.findall(piece)], piece)
    else:
        yield from _run(_RUN_LAST.findall(piece), piece)


def _run(found: list[tuple[str, str]], piece: str) -> Iterator[_Piece]:
    letters = sum(letter.isalnum() for letter in piece)
    if sum(letter.isalnum() for pair in found for part in pair for letter in part) == letters:  # nothing is left over
        yield from (_Piece(_name(name), _number(share)) for name, share in found)


def _name(said: str) -> str:
    return said.strip().rstrip(" :=(–-").strip()


def _number(said: str) -> Decimal | None:
    said = said.strip(".,")
    if said == "nua":
        return Decimal(50)
    if re.fullmatch(r"[0-9]/(?:10|[2-9])", said):
        part, _slash, whole = said.partition("/")
        found = Decimal(part) * 100 / Decimal(whole)
        return found if found == found.quantize(Decimal("0.01")) else found.quantize(Decimal("0.01"))
    return Decimal(said.replace(",", ".")) if re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?", said) else None


def _shared(pieces: list[_Piece], each: Decimal | None, equally: bool) -> list[tuple[str, Decimal | None]]:
    given = [piece.share for piece in pieces]
    if each is not None:
        given = [each if share is None else share for share in given]
    elif equally and len(pieces) > 1 and all(share is None for share in given):
        part = (Decimal(100) / len(pieces)).quantize(Decimal("0.1"), ROUND_FLOOR)
        first = 100 - part * (len(pieces) - 1)
        given = [_plain(first), *([_plain(part)] * (len(pieces) - 1))]
    elif sum(piece.rest for piece in pieces) == 1 and sum(share is None for share in given) == 1:
        left = 100 - sum((share for share in given if share is not None), Decimal(0))
        given = [left if piece.rest else piece.share for piece in pieces]
    return [(piece.name, share) for piece, share in zip(pieces, given, strict=True)]


def _plain(number: Decimal) -> Decimal:
    return number.to_integral_value() if number == number.to_integral_value() else number
