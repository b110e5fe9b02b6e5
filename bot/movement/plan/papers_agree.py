"""Whether the outline of the office's report names parts that there are. Pure."""

from collections.abc import Iterator

from bot.language import _
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.paper_rules import SPECIAL
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
