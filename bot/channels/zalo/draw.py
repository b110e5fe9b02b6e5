"""A drawn message as Zalo takes it: plain text in parts that are counted. Pure."""

from unicodedata import normalize

LONGEST = 1900
"""UTF-16 units of one message: Zalo takes 2000 characters and does not say of which kind."""
COUNTER = 10
"""Units kept for «(12/34) »."""


def parts(text: str) -> list[str]:
    """Return the text in pieces that Zalo takes, cut between lines or words; several are counted."""
    text = normalize("NFC", text)
    found: list[str] = []
    while units(text) > LONGEST - COUNTER:
        cut = _place(text)
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip("\n" if text[cut] == "\n" else None)
    found.append(text)
    if len(found) == 1:
        return found
    return [f"({n}/{len(found)}) {part}" for n, part in enumerate(found, 1)]


def _place(text: str) -> int:
    cut = LONGEST - COUNTER
    while units(text[:cut]) > LONGEST - COUNTER:
        cut -= 32
    for end in ("\n\n", "\n", " "):
        place = text.rfind(end, cut // 2, cut)
        if place > 0:
            return place
    return cut


def units(text: str) -> int:
    """Return how long a text is in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
