"""The plan texts of this database: the one it runs on, and those before, which filed records name."""

from dataclasses import dataclass
from datetime import datetime

from storage import settings
from storage.db import Query, Tx

IN_FORCE = "plan"
"""The setting that names the plan in force, by its hash."""


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan's text as it is kept."""

    hash: str
    text: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Used:
    """A code of the plan that stands in records."""

    what: str
    """kind, area, level, target, section, duty, unit_kind, year."""
    code: str
    n: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A field that open drafts have an answer to."""

    form: str
    subject: str
    field: str
    n: int


@dataclass(frozen=True, slots=True)
class OpenAt:
    """A question at which open drafts stand."""

    form: str
    subject: str
    asking: str
    n: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """A question that records have an answer to, which were sent."""

    form: str
    field: str
    year: int
    n: int


NOW = Query(
    f"""
    SELECT hash, text, since FROM plan
     ORDER BY hash = (SELECT value FROM setting WHERE name = '{IN_FORCE}') DESC NULLS LAST, since LIMIT 1
    """,  # a constant of ours
    KeptPlan,
)
"""The plan that this database runs on."""
BY_HASH = Query("SELECT hash, text, since FROM plan WHERE hash = :hash", KeptPlan)
USED = Query(
    """
    SELECT 'kind', kind, COUNT(*) FROM initiative GROUP BY kind
     UNION ALL SELECT 'area', area, COUNT(*) FROM initiative GROUP BY area
     UNION ALL SELECT 'level', level, COUNT(*) FROM recognition GROUP BY level
     UNION ALL SELECT 'target', target, COUNT(*)
                 FROM (SELECT target FROM figure UNION ALL SELECT target FROM office_figure
                       UNION ALL SELECT target FROM baseline WHERE target <> '') GROUP BY target
     UNION ALL SELECT 'section', section, COUNT(*) FROM narrative GROUP BY section
     UNION ALL SELECT 'duty', duty, COUNT(*)
                 FROM (SELECT duty FROM deadline UNION ALL SELECT duty FROM delegate UNION ALL SELECT duty FROM promise
                       UNION ALL SELECT duty FROM fulfilment UNION ALL SELECT duty FROM urging
                       UNION ALL SELECT duty FROM unit_review) GROUP BY duty
     UNION ALL SELECT 'way', way, COUNT(*)
                 FROM (SELECT 'plan' AS way FROM unit_plan UNION ALL SELECT 'list' FROM closed_list
                       UNION ALL SELECT 'results' FROM result UNION ALL SELECT 'narrative' FROM union_account) GROUP BY way
     UNION ALL SELECT 'unit_kind', kind, COUNT(*) FROM unit GROUP BY kind
     UNION ALL SELECT 'year', CAST(year AS TEXT), COUNT(*)
                 FROM (SELECT year FROM year UNION ALL SELECT year FROM initiative UNION ALL SELECT year FROM result
                       UNION ALL SELECT year FROM unit_plan) GROUP BY year
    """,
    Used,
)
"""Every code of the plan that stands in records, with how many."""
ANSWERED = Query(
    """
    SELECT draft.form, draft.subject, answer.field, COUNT(DISTINCT draft.id)
      FROM answer JOIN draft ON draft.id = answer.draft
     WHERE draft.state = 'open' GROUP BY draft.form, draft.subject, answer.field
    """,
    Answered,
)


STANDING = Query(
    """
    SELECT form, subject, asking, COUNT(*) FROM draft
     WHERE state = 'open' AND asking <> '' GROUP BY form, subject, asking
    """,
    OpenAt,
)
RECORDED = Query(
    """
    SELECT 'report', target, year, COUNT(*)
      FROM figure JOIN result ON result.id = figure.result
     WHERE numerator IS NOT NULL OR na OR note <> '' GROUP BY target, year
     UNION ALL SELECT 'report', section, year, COUNT(*)
      FROM narrative JOIN result ON result.id = narrative.result
     WHERE text <> '' OR mark <> '' GROUP BY section, year
     UNION ALL SELECT 'union_account', part.key, year, COUNT(*)
      FROM union_account, json_each(union_account.answers) AS part
     WHERE part.value IS NOT NULL GROUP BY part.key, year
     UNION ALL SELECT 'review', part.key, year, COUNT(*)
      FROM unit_review, json_each(unit_review.answers) AS part
     WHERE unit_review.state = 'counted' AND part.value IS NOT NULL GROUP BY part.key, year
     UNION ALL SELECT 'register_' || kind, field, year, COUNT(DISTINCT item)
      FROM item_answer JOIN initiative ON initiative.id = item_answer.item
     WHERE value <> 'null' GROUP BY kind, field, year
     ORDER BY 1, 2, 3
    """,
    Recorded,
)
"""Every question of a form that sent records have an answer to, by year."""
AMOUNTS = Query(
    """
    SELECT '', target, year, COUNT(*)
      FROM (SELECT target, year FROM figure JOIN result ON result.id = figure.result WHERE numerator IS NOT NULL
             UNION ALL SELECT target, year FROM office_figure
             UNION ALL SELECT target, year FROM baseline WHERE target <> '')
     GROUP BY target, year ORDER BY target, year
    """,
    Recorded,
)
"""Every target that figures are kept of, by year."""
KEPT = Query("SELECT hash, text, since FROM plan ORDER BY since, hash", KeptPlan)
MARKED = Query("SELECT hash, text, since FROM plan WHERE hash LIKE :mark || '%' ORDER BY since DESC LIMIT 1", KeptPlan)


def keep(tx: Tx, *, hash: str, text: str, now: datetime) -> None:
    """Store a plan's text under its hash, once."""
    tx.run(
        "INSERT INTO plan (hash, text, since) VALUES (:hash, :text, :now) ON CONFLICT DO NOTHING",
        hash=hash,
        text=text,
        now=now,
    )


def take(tx: Tx, *, hash: str, text: str, now: datetime) -> None:
    """Store a plan's text, and set it in force."""
    keep(tx, hash=hash, text=text, now=now)
    settings.put(tx, IN_FORCE, hash)
