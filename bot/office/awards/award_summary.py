"""Awards of a year in the summary: how many were proposed, awarded, proposed to the level above. Pure."""

from collections.abc import Sequence

from bot.language import Count, Part, _
from storage.awards import AwardState, AwardTally


def lines(tally: Sequence[AwardTally]) -> list[Part]:
    """Say how many proposals of each form there are, and what has come of them; nothing where there is none."""
    if not tally:
        return []
    found: list[Part] = [_("Awards: {n} proposals", n=Count(sum(row.n for row in tally)))]
    for form in dict.fromkeys(row.form_name for row in tally):
        rows = [row for row in tally if row.form_name == form]
        found.append(
            _(
                "- {form}: {n}; awarded {people} people, {collectives} collectives; to the level above {forwarded}; not chosen {none}",
                form=form,
                n=Count(sum(row.n for row in rows)),
                people=_count(rows, AwardState.AWARDED, False),
                collectives=_count(rows, AwardState.AWARDED, True),
                forwarded=_count(rows, AwardState.FORWARDED),
                none=_count(rows, AwardState.NOT_CHOSEN),
            )
        )
    return found


def _count(rows: Sequence[AwardTally], state: AwardState, collective: bool | None = None) -> Count:
    return Count(sum(row.n for row in rows if row.state is state and collective in (None, row.collective)))
