"""Questions of the yearly report as they are asked while colleagues write parts of it. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue import Answers, Field, Scene
from bot.language import Part, Text, _
from bot.office.report.facts import ReportFacts
from storage.report_shares import ReportShare, ShareState


def share_of(field: Field, scene: Scene) -> ReportShare | None:
    """Return the part that a question belongs to, where a colleague writes or has written it."""
    return ReportFacts.of(scene).shares.get(field.code)


def shared(field: Field) -> Field:
    """Make a question of one that may be with a colleague: nothing is drafted for it, it may be waited for."""

    def writing(scene: Scene) -> ReportShare | None:
        share = share_of(field, scene)
        return share if share is not None and share.state is ShareState.GIVEN else None

    def prefill(answers: Answers, scene: Scene) -> Any:
        return None if writing(scene) is not None or field.prefill is None else field.prefill(answers, scene)

    def note(answers: Answers, scene: Scene) -> Part | None:
        share = share_of(field, scene)
        if share is not None and share.state is ShareState.GIVEN:
            return _("{who} writes it", who=share.who)
        if share is not None and share.value.get(field.code, ...) == answers.get(field.code):
            return _("{who} wrote it", who=share.who)
        return field.note(answers, scene) if field.note is not None else None

    def skip(answers: Answers, scene: Scene) -> Text | None:
        share = writing(scene)
        return _("Wait for {who}", who=share.who) if share is not None else field.skipping(answers, scene)

    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        asked = field.ask(answers, scene) if callable(field.ask) else [field.ask]
        share = writing(scene)
        return (
            asked
            if share is None
            else [_("{who} writes this part; it flows into this sheet when done.", who=share.who), *asked]
        )

    def ask_again(value: Any, answers: Answers, scene: Scene) -> Part | None:
        share = share_of(field, scene)
        theirs = None if share is None else share.value.get(field.code)
        if share is not None and theirs is not None and theirs != value and theirs == answers.get(field.code):
            return _("{who} has written this part. Is it to be replaced by this?", who=share.who)
        return field.ask_again(value, answers, scene) if field.ask_again is not None else None

    return replace(
        field,
        prefill=prefill if field.prefill is not None else None,
        note=note,
        skip=skip,
        ask=ask,
        ask_again=ask_again,
    )
