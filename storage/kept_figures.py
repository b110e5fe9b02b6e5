"""What numbers mean that were kept before a number said so: set once, from the plan under which they were filed."""

from storage.db import Query, Tx

PLANS = Query(
    """
    SELECT DISTINCT plan_hash FROM figure JOIN report_version ON id = figure.result WHERE figure.kept_as = ''
    """,
    str,
)
"""The plans of figures that do not say it."""
UNNAMED = Query(
    """
    SELECT EXISTS (SELECT 1 FROM figure WHERE kept_as = '') OR EXISTS (SELECT 1 FROM baseline WHERE kept_as = '')
        OR EXISTS (SELECT 1 FROM office_figure WHERE kept_as = '')
    """,
    bool,
)


def name_figures(tx: Tx, *, plan_hash: str, target: str, kept_as: str) -> None:
    """Set what the figures of a target mean in the reports that were filed under a plan."""
    tx.run(
        """
        UPDATE figure SET kept_as = :kept_as
         WHERE kept_as = '' AND target = :target AND result IN (SELECT id FROM report_version WHERE plan_hash = :plan_hash)
        """,
        plan_hash=plan_hash,
        target=target,
        kept_as=kept_as,
    )


def name_baselines(tx: Tx, *, target: str, kept_as: str, until: str) -> None:
    """Set which target the baselines belong to that were entered when there was one, and what they mean."""
    tx.run(
        "UPDATE baseline SET target = :target, kept_as = :kept_as, until = :until WHERE target = ''",
        target=target,
        kept_as=kept_as,
        until=until,
    )


def name_office_figures(tx: Tx, *, target: str, kept_as: str, until: str) -> None:
    """Set what the office's own amounts of a target mean."""
    tx.run(
        "UPDATE office_figure SET kept_as = :kept_as, until = :until WHERE kept_as = '' AND target = :target",
        target=target,
        kept_as=kept_as,
        until=until,
    )


def name_answers(tx: Tx, *, target: str, unit: str) -> None:
    """Set in which unit of measure an amount is that stands in a report being written."""
    tx.run(
        """
        UPDATE answer SET value = json_set(value, '$.in', :unit)
         WHERE field = :target AND draft IN (SELECT id FROM draft WHERE form = 'report' AND state = 'open')
           AND json_valid(value) AND json_type(value) = 'object' AND json_type(value, '$.n') IS NOT NULL
           AND json_type(value, '$.d') IS NULL AND json_type(value, '$.in') IS NULL
        """,
        target=target,
        unit=unit,
    )
