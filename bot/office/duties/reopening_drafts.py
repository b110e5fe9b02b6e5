"""What becomes of a correction that is being written when the time for it ends. Inside a transaction."""

from collections.abc import Mapping

from storage import drafts, initiatives, record_versions, results
from storage.reopenings import Reopening
from storage.transaction import Tx

FORMS: Mapping[str, str] = {"results": "report", "plan": "unit_plan"}
"""The form in which a record of a unit and year is corrected."""


def put_down(tx: Tx, found: Reopening) -> None:
    """Archive the draft of a correction, and mark what waited to be received as one of the past."""
    if found.what == "results":
        results.drop_waiting(tx, code=found.record)
    record_versions.drop_waiting(tx, record=found.record)
    form, subject = FORMS.get(found.what, ""), f"{found.unit}:{found.year}"
    if (item := tx.one(initiatives.BY_CODE, code=found.record)) is not None:
        form, subject = f"register_{item.kind}", item.code
    head = tx.one(drafts.OPEN_OF_SUBJECT, form=form, subject=subject)
    if head is not None:
        drafts.put_away(tx, id=head.id)
