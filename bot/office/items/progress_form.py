"""The form by which somebody says how far a task or a model is. Pure; it looks at `ProgressFacts`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache, cached_property, partial

from bot.dialogue import Answers, Choice, Day, Field, Form, Line, OneOf, Scene, Window, in_days
from bot.language import Part, _
from bot.movement import ItemKind, Plan
from bot.office.duties.item_fields import field_of
from bot.office.duties.registering import RegisterFacts
from bot.office.items import progressing
from storage.item_progress import ProgressState

FORM = "progress_{kind}"
"""What the form of each kind is called."""


class ProgressFacts(RegisterFacts):
    """What the form looks at: the item, and when it is to be done."""

    @cached_property
    def sent(self) -> datetime | None:
        """Return nothing: the sheet stays as it was sent, and this is said beside it."""
        return None

    @cached_property
    def due(self) -> date | None:
        """When it is to be done, as far as anybody has said."""
        return None if self.item is None else progressing.due(self._visit.tx, self.kind, self.item)


SHORTEST = 3
NAMES = {ProgressState.DOING: _("Under way"), ProgressState.DONE: _("Done"), ProgressState.LATE: _("Late")}


def states(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the three."""
    return [Choice(str(state), name) for state, name in NAMES.items()]


When = Callable[[Answers, Scene], bool]


def _is(*states: ProgressState) -> When:
    return partial(_among, states)


def _among(states: tuple[ProgressState, ...], answers: Answers, scene: Scene) -> bool:
    return answers.get("state") in states


def _undated(answers: Answers, scene: Scene) -> bool:
    return answers.get("state") == ProgressState.LATE or (
        answers.get("state") == ProgressState.DOING and ProgressFacts.of(scene).due is None
    )


def today(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer today."""
    return [Choice(scene.today.isoformat(), _("Today, {day}", day=scene.today))]


@cache
def form_of(code: str, plan: Plan) -> Form:
    """Return the form of a kind; StopIteration where the plan does not have it."""
    kind: ItemKind = plan.kind(code)
    done = _is(ProgressState.DONE)
    return Form(
        FORM.format(kind=code),
        title=lambda answers, scene: _("Progress: {kind}", kind=kind.short),
        fields=(
            Field("state", _("Progress"), _("How far is it?"), OneOf(states), choices=states),
            Field(
                "reason",
                _("Late because"),
                _("What is it late because of? One sentence; it stands in the report's draft."),
                Line(shortest=SHORTEST, longest=300),
                when=_is(ProgressState.LATE),
                example=_("the budget was given in September only"),
            ),
            Field(
                "done",
                _("Done on"),
                _("On which day was it done?"),
                Day(ahead=False, believed=Window(in_days(-366))),
                choices=today,
                when=done,
                example="15/10/2027",
            ),
            *(_only_done(field_of(kind, each), done) for each in kind.asked_at("result")),
            Field(
                "due",
                _("To be done by"),
                _("Until which day is it to be done?"),
                Day(past=False, believed=Window(last=in_days(800))),
                when=_undated,
                skip=_("Not known yet"),
                example="30/11/2027",
            ),
        ),
        send=lambda answers, scene: _("Note it"),
        head=_head,
        sheet_head=_head,
        review=lambda answers, scene: [
            _("Who can read it: whoever reads the sheet; it stands in the draft of the unit's yearly report.")
        ],
    )


def _only_done(field: Field, done: When) -> Field:
    return replace(field, when=done)


def _head(answers: Answers, scene: Scene) -> Part:
    item = ProgressFacts.of(scene).item
    return _("Progress of {code} «{title}»", code=item.code, title=item.title) if item is not None else _("Progress")
