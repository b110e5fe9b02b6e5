"""The tasks of the units' yearly plans: which registered items they are, in the order of the plan. Functions over Tx run on the writer's thread."""

from storage.db import Query, Tx
from storage.initiatives import LEFT, listed

OF_PLAN = Query(
    f"""
    SELECT initiative.code FROM plan_task JOIN initiative ON initiative.id = item
     WHERE initiative.unit = :unit AND initiative.year = :year AND initiative.state NOT IN ({listed(LEFT)})
     ORDER BY place, item
    """,
    str,
)
"""The codes of what a plan counts as its tasks; what was cancelled is none of them any more."""
PLAN = Query(
    """
    SELECT unit_plan.code FROM plan_task JOIN initiative ON initiative.id = item
      JOIN unit_plan ON unit_plan.unit = initiative.unit AND unit_plan.year = initiative.year
     WHERE item = :item
    """,
    str,
)
"""The plan that an item is a task of."""
WAITING = """
    SELECT 1 FROM plan_task JOIN unit_plan ON unit_plan.unit = initiative.unit AND unit_plan.year = initiative.year
     WHERE plan_task.item = initiative.id
"""
"""In a query of items: whether one is received, or given back, with its plan."""


def put(tx: Tx, *, item: int, place: int) -> None:
    """Store that an item is a task of its unit's plan, and where it stands there."""
    tx.run(
        """
        INSERT INTO plan_task (item, place) VALUES (:item, :place) ON CONFLICT (item) DO UPDATE SET place = :place
        """,
        item=item,
        place=place,
    )


def drop(tx: Tx, *, item: int) -> None:
    """Delete that an item is a task of its unit's plan."""
    tx.run("DELETE FROM plan_task WHERE item = :item", item=item)
