"""What the loops look at after a turn's commit: one small class each, listed in `Visit.woken`. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels import Parcel
from storage.calendar import SetDay


@dataclass(frozen=True, slots=True)
class OutboxFilled:
    """A row was filed that waits to be sent."""


@dataclass(frozen=True, slots=True)
class SendNow:
    """An answer was filed that goes out at once."""

    parcel: Parcel


@dataclass(frozen=True, slots=True)
class JobsWaiting:
    """A job was filed."""


@dataclass(frozen=True, slots=True)
class ChatChanged:
    """A chat has something new: pages that show it look again."""

    chat: int


@dataclass(frozen=True, slots=True)
class ChatLinked:
    """A chat speaks for another person, or for nobody, from now on: its menu is set again."""

    chat: int


@dataclass(frozen=True, slots=True)
class UnitChanged:
    """Somebody of a unit has had a turn: its status boards are compared again."""

    unit: str


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """The office's own days, all of them, as the next turn has them."""

    days: Sequence[SetDay]


@dataclass(frozen=True, slots=True)
class ClockConfirmed:
    """Somebody has confirmed what day it is: the outbox is open again."""


WokenElsewhere = JobsWaiting | UnitChanged | CalendarChanged | ClockConfirmed
"""What is not delivery's to do (`bot.delivery.follow_up`), but the application's."""
Woken = OutboxFilled | SendNow | ChatChanged | ChatLinked | WokenElsewhere
