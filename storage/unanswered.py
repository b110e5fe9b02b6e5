"""To how many messages about nothing that the plan orders somebody has not written a word."""

from dataclasses import dataclass

from storage.db import Query


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many messages of a kind a human has not answered, by the first of their posts."""

    person: int
    n: int


ALONE = Query(
    """
    SELECT COALESCE(person.human, person.id), COUNT(*) FROM outbox JOIN person ON person.id = outbox.person
     WHERE (:person IS NULL OR COALESCE(person.human, person.id) = :person)
       AND outbox.kind = 'daily' AND day >= :since AND outbox.state IN ('sending', 'ready', 'sent', 'unsure')
       AND NOT EXISTS (SELECT 1 FROM json_each(about, '$.reminders') WHERE json_extract(value, '$.subject') = ''
                          AND json_extract(value, '$.duty') NOT IN (SELECT value FROM json_each(:told)))
       AND COALESCE(json_array_length(about, '$.digests'), 0) = 0
       AND COALESCE(json_array_length(about, '$.urged'), 0) = 0
       AND (json_type(about, '$.week') IS NULL OR json_type(about, '$.sheets') IS NOT NULL)
       AND json_type(about, '$.radar') IS NULL AND json_type(about, '$.reopened_until') IS NULL
       AND shown > COALESCE((SELECT MAX(inbox.at) FROM inbox JOIN chat ON chat.id = inbox.chat
                               JOIN person AS post ON post.id = chat.person
                              WHERE COALESCE(post.human, post.id) = COALESCE(person.human, person.id)), '')
     GROUP BY COALESCE(person.human, person.id)
    """,
    Unanswered,
)
"""To how many messages about nothing that the plan orders a human has not written a word, by the first of their posts.

`told` are the duties that the office asks for by its own hand.
"""
