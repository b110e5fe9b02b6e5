"""A sheet that is longer than one look at a phone, page by page: which lines stand on which page, and turning it. Pure."""

from collections.abc import Sequence
from math import ceil

from bot.dialogue.turn import Draft, Scene, Steer, SteeringWord
from bot.language import Part, Text, _, fold, number

PAGE = 20
"""Lines of a phone that a page has beside what stands above and below it."""
WHOLE = 25
"""So many are shown at once: a second page for two lines would be one tap for nothing."""
WIDTH = 46
"""Characters of a line of a phone."""
NEXT = Steer(SteeringWord.NEXT, _("Next"))
PREVIOUS = Steer(SteeringWord.PREVIOUS, _("Previous"))
FEWEST = 5
"""So many lines of an answer that is longer than a page stand on the page where it begins, at least."""
TURNING: Text = _("page")
"""Said by people before the number of a page."""


def height(text: str) -> int:
    """Return how many lines of a phone a text takes."""
    return sum(max(1, ceil(len(line) / WIDTH)) for line in text.split("\n"))


def pages_of(lines: Sequence[Part], scene: Scene) -> Sequence[Sequence[Part]]:
    """Return lines page by page: as they are where one look shows them; else none is torn that fits a page."""
    said = [scene.words.say(line) for line in lines]
    if sum(map(height, said)) <= WHOLE:
        return [lines]
    pages, room = list[list[str]]([[]]), PAGE
    for line in said:
        rest = line
        while height(rest) > PAGE:
            cut = _cut(rest, room if room >= FEWEST else PAGE)
            if room < FEWEST and pages[-1]:
                pages.append([])
            pages[-1].append(rest[:cut].rstrip())
            pages.append([])
            rest, room = rest[cut:].lstrip(), PAGE
        if height(rest) > room and pages[-1]:
            pages.append([])
            room = PAGE
        pages[-1].append(rest)
        room -= height(rest)
    return pages


def _cut(text: str, rows: int) -> int:
    """Return where a text is cut so that what is before takes so many lines, between its own lines or words where it can."""
    end = taken = 0
    for line in text.split("\n"):
        if (taken := taken + height(line)) > rows:
            break
        end += len(line) + 1
    if end:
        return end
    blank = text.rfind(" ", rows * WIDTH // 2, rows * WIDTH)
    return blank if blank > 0 else rows * WIDTH


def page_at(draft: Draft, pages: int) -> int:
    """Return the page that is open, from 1."""
    page = draft.notes.get("page", 1)
    return max(1, min(page if isinstance(page, int) else 1, pages))


def named(page: int, pages: int) -> Sequence[Part]:
    """Say which page it is; nothing where there is one."""
    return [_("Page {n}/{all}", n=page, all=pages)] if pages > 1 else []


def turning(page: int, pages: int) -> Sequence[Steer]:
    """Offer the page behind and the one before, where they are."""
    return [*([NEXT] if page < pages else []), *([PREVIOUS] if page > 1 else [])]


def turned(said: str, page: int, pages: int, scene: Scene) -> int | None:
    """Return the page that words ask for: «tiếp», «trước», «trang 3»; None for any others."""
    text = fold(said).strip(" .«»")
    if pages > 1 and text in _words(_("next|next page|page after"), scene):
        return page + 1 if page < pages else None
    if pages > 1 and text in _words(_("previous|previous page|page before"), scene):
        return max(1, page - 1)
    lead, _blank, place = text.partition(" ")
    asked = number(place.partition("/")[0]) if lead in _words(TURNING, scene) else None
    return max(1, min(asked, pages)) if asked is not None and pages > 1 else None


def _words(text: Text, scene: Scene) -> list[str]:
    return fold(scene.words.say(text)).split("|")
