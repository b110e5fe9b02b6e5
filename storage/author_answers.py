"""What authors say to the share that a sheet gives them. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from storage.db import Query, Tx
from storage.initiatives import EDITABLE, listed


@dataclass(frozen=True, slots=True)
class AuthorStanding:
    """An author, their share, and what they have said to this very share."""

    item: int
    person: int
    name: str
    share: Decimal
    agrees: bool | None
    """None while they have not answered, or have answered to another share."""
    reason: str
    at: datetime | None


_STANDING = """
    SELECT author.initiative, author.person, person.name, author.share,
           said.agrees, COALESCE(said.reason, ''), said.at
      FROM author JOIN person ON person.id = author.person
      LEFT JOIN author_answer AS said
        ON said.item = author.initiative AND said.person = author.person AND said.share = author.share
"""
OF_ITEM = Query(f"{_STANDING} WHERE author.initiative = :id ORDER BY author.place", AuthorStanding)
ASKED = Query(
    f"""
    SELECT initiative.code FROM author JOIN initiative ON initiative.id = author.initiative
     WHERE author.person IN (SELECT value FROM json_each(:posts)) AND initiative.by <> author.person
       AND initiative.collective = 0 AND initiative.year >= :since
       AND initiative.state IN ({listed(EDITABLE)})
       AND NOT EXISTS (SELECT 1 FROM paper_source WHERE record = initiative.code AND replaced IS NULL)
       AND NOT EXISTS (SELECT 1 FROM author_answer AS said
                        WHERE said.item = author.initiative AND said.person = author.person
                          AND said.share = author.share)
     ORDER BY initiative.id
    """,
    str,
)
"""The codes of items whose authors these posts are, and to whose share they have not said a word: until the office has
received it, and not of what was signed on paper."""


def put(tx: Tx, *, item: int, person: int, share: Decimal, agrees: bool, reason: str, now: datetime) -> None:
    """Store what an author says to their share; what they said before is replaced."""
    tx.run(
        """
        INSERT INTO author_answer (item, person, share, agrees, reason, at)
        VALUES (:item, :person, :share, :agrees, :reason, :now)
            ON CONFLICT (item, person) DO UPDATE
               SET share = :share, agrees = :agrees, reason = :reason, at = :now
        """,
        item=item,
        person=person,
        share=str(share),
        agrees=agrees,
        reason=reason,
        now=now,
    )
