"""Whether the outline of the office's report names parts that there are. Pure."""

from collections.abc import Iterator

from bot.language import _
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.paper_rules import PAPERS, SPECIAL
from bot.movement.plan.problems import Clash


def outline(found: AsRead) -> Iterator[Clash]:
    """Yield parts that are no section of the units' reports, nor one of the assistant's own; and those that stand twice."""
    known, seen = [*SPECIAL, *found.codes("sections")], set[str]()
    for n, part in enumerate(found.plan.papers.outline):
        for code in part.parts:
            way = ("papers", "outline", n, "parts")
            if code not in known:
                yield not_among(way, _("there is no part «{code}» of the report", code=code), code, known)
            elif code in seen:
                yield Clash(
                    way, _("the part «{code}» stands in the outline before this one", code=code), _("every part once")
                )
            seen.add(code)


def signers(found: AsRead) -> Iterator[Clash]:
    """Yield signers that cannot be told apart."""
    seen = set[str]()
    for n, signer in enumerate(found.plan.papers.signers):
        if signer.code.casefold() in seen:
            yield Clash(
                ("papers", "signers", n, "code"),
                _("the code «{code}» stands in an entry before this one", code=signer.code),
                _("a code of its own"),
            )
        seen.add(signer.code.casefold())


def each(found: AsRead) -> Iterator[Clash]:
    """Yield papers that there are not, kinds of unit that there are not, and those that are said twice."""
    seen, kinds = set[tuple[str, str]](), found.codes("unit_kinds")
    for n, text in enumerate(found.plan.papers.each):
        way = ("papers", "each", n, "paper")
        if text.paper not in PAPERS:
            yield not_among(way, _("there is no paper «{code}»", code=text.paper), text.paper, PAPERS)
        for kind in text.kinds:
            if kind not in kinds:
                yield not_among(
                    ("papers", "each", n, "kinds"), _("no kind of unit is called «{code}»", code=kind), kind, kinds
                )
        for kind in text.kinds or ("",):
            if (text.paper, kind) in seen:
                yield Clash(
                    way,
                    _("the paper «{code}» stands in an entry before this one", code=text.paper),
                    _("one entry for a paper and a kind of unit"),
                )
            seen.add((text.paper, kind))
