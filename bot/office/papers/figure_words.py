"""What a unit has given for a target, in words. Pure."""

from decimal import Decimal

from bot.language import Part, Percent, _
from bot.movement import Figure, Target, share


def said(target: Target, figure: Figure) -> Part:
    """Say what a unit has given for a target."""
    if figure.not_applicable:
        return _("Not applicable")
    if figure.numerator is None:
        return "–"
    if target.amount or figure.denominator is None:
        return _("{n} {unit}", n=figure.numerator, unit=target.unit)
    percent = share(figure.numerator, figure.denominator, target.goal)
    about: dict[str, Decimal] = {"n": figure.numerator, "all": figure.denominator}
    return _("{n}/{all}", **about) if percent is None else _("{n}/{all}, {percent}", percent=Percent(percent), **about)
