"""A review as the office sees it, in words: until when, who has sent, what was received. Pure."""

from collections.abc import Iterator

from bot.language import Count, First, Joined, Part, Time, _
from bot.office.duties.duty_kinds import of_year
from bot.office.reviews.campaigns import Campaign


def lines(found: Campaign) -> Iterator[Part]:
    """Say a review with the units that have sent and those that have not."""
    about = {"what": First(of_year(found.duty)), "year": found.year}
    if found.given is not None:
        yield _("{what} {year}: by the end of {day}, {basis}", day=found.given.day, basis=found.given.basis, **about)
    elif found.closed is not None:
        yield _("{what} {year}: closed at {at}", at=Time(found.closed.at), **about)
    else:
        first, last = found.duty.opening(found.year), found.duty.locking(found.year)
        yield _("{what} {year}: not opened; it may be from {first} to {last}", first=first, last=last, **about)
        return
    received = [each for each in found.sent if each.received is not None]
    n, all = Count(len(found.sent)), Count(len(found.sent) + len(found.silent))
    yield _("- Sent: {n}/{all} units, of these received: {received}", n=n, all=all, received=Count(len(received)))
    for each in found.sent:
        yield _("- {unit}: {code}, sent at {at}", unit=each.unit_name, code=each.code, at=Time(each.first))
    if found.silent:
        yield _(
            "- Not sent ({n}): {units}", n=Count(len(found.silent)), units=Joined([u.name for u in found.silent], "; ")
        )
