"""Everything that the file holds about one person, by table and column: for the person, who may see it all.

`posts` is a JSON list of every post that somebody holds or has held (`storage.people.EVERY_POST`).
Law 91/2025/QH15, article 4: whoever is meant may see what is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.db import Query


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row in which somebody is named: what it is called, and since when."""

    name: str
    at: datetime | None


MOST = 200
"""Rows of a kind that are read, the newest."""
_MINE = "IN (SELECT value FROM json_each(:posts))"
_MY_CHATS = f"IN (SELECT id FROM chat WHERE person {_MINE})"


def _rows(what: str) -> Query[HeldRow]:
    return Query(f"SELECT * FROM (SELECT {what} DESC LIMIT {MOST}) ORDER BY at", HeldRow)


HELD: Mapping[str, Query[HeldRow]] = {
    "initiative.by": _rows(f"code AS name, at FROM initiative WHERE by {_MINE} ORDER BY at"),
    "author.person": _rows(
        f"code || ' ' || share || '%' AS name, at FROM author JOIN initiative ON initiative.id = initiative"
        f" WHERE person {_MINE} ORDER BY at"
    ),
    "initiative.charge": _rows(f"code AS name, at FROM initiative WHERE charge {_MINE} ORDER BY at"),
    "author_answer.person": _rows(
        f"code || ' ' || share || '%' AS name, author_answer.at AS at FROM author_answer"
        f" JOIN initiative ON initiative.id = item WHERE person {_MINE} ORDER BY author_answer.at"
    ),
    "author_detail.person": _rows(
        f"trim(COALESCE(strftime('%d/%m/%Y', born), '') || ' ' || degree) AS name, at FROM author_detail"
        f" WHERE person {_MINE} ORDER BY at"
    ),
    "first_application.by": _rows(
        f"code AS name, first_application.at AS at FROM first_application JOIN initiative ON initiative.id = item"
        f" WHERE first_application.by {_MINE} ORDER BY first_application.at"
    ),
    "recognition_request.by": _rows(
        f"code AS name, recognition_request.at AS at FROM recognition_request JOIN initiative ON initiative.id = item"
        f" WHERE recognition_request.by {_MINE} ORDER BY recognition_request.at"
    ),
    "asked_supplement.by": _rows(
        f"code AS name, asked_supplement.at AS at FROM asked_supplement JOIN initiative ON initiative.id = item"
        f" WHERE asked_supplement.by {_MINE} ORDER BY asked_supplement.at"
    ),
    "item_progress.by": _rows(
        f"code AS name, item_progress.at AS at FROM item_progress JOIN initiative ON initiative.id = item"
        f" WHERE item_progress.by {_MINE} ORDER BY item_progress.at"
    ),
    "item_answer.person": _rows(
        f"DISTINCT code, at FROM item_answer JOIN initiative ON initiative.id = item WHERE person {_MINE} ORDER BY at"
    ),
    "report_version.by": _rows(f"code || ' v' || version AS name, at FROM report_version WHERE by {_MINE} ORDER BY at"),
    "unit_review.by": _rows(f"code || ' v' || version AS name, at FROM unit_review WHERE by {_MINE} ORDER BY at"),
    "review_closing.by": _rows(f"duty || ' ' || year AS name, at FROM review_closing WHERE by {_MINE} ORDER BY at"),
    "office_paper.by": _rows(
        f"(CASE WHEN first = last THEN '' ELSE first || '-' END) || last AS name, at FROM office_paper"
        f" WHERE by {_MINE} ORDER BY at"
    ),
    "settled_gap.by": _rows(f"CAST(year AS TEXT) AS name, at FROM settled_gap WHERE by {_MINE} ORDER BY at"),
    "record_version.by": _rows(
        f"record || ' v' || version AS name, at FROM record_version WHERE by {_MINE} ORDER BY at"
    ),
    "unit_plan.by": _rows(f"code AS name, at FROM unit_plan WHERE by {_MINE} ORDER BY at"),
    "closed_list.by": _rows(f"unit || ' ' || year AS name, at FROM closed_list WHERE by {_MINE} ORDER BY at"),
    "union_account.by": _rows(f"unit || ' ' || year AS name, at FROM union_account WHERE by {_MINE} ORDER BY at"),
    "fulfilment.by": _rows(
        f"trim(unit || ' ' || year || ' ' || number) AS name, at FROM fulfilment WHERE by {_MINE} ORDER BY at"
    ),
    "paper_source.by": _rows(f"record AS name, at FROM paper_source WHERE by {_MINE} ORDER BY at"),
    "file.person": _rows(
        f"name, at FROM file WHERE person {_MINE} OR (person IS NULL AND chat {_MY_CHATS}) ORDER BY at"
    ),
    "report_share.person": _rows(f"unit || ' ' || year AS name, at FROM report_share WHERE person {_MINE} ORDER BY at"),
    "report_share.by": _rows(f"unit || ' ' || year AS name, at FROM report_share WHERE by {_MINE} ORDER BY at"),
    "note.person": _rows(f"'GN-' || id AS name, at FROM note WHERE person {_MINE} ORDER BY at"),
    "reopening.asked_by": _rows(f"record AS name, asked AS at FROM reopening WHERE asked_by {_MINE} ORDER BY at"),
    "reopening.by": _rows(f"record AS name, at FROM reopening WHERE by {_MINE} ORDER BY at"),
    "reopening.ended_by": _rows(f"record AS name, ended AS at FROM reopening WHERE ended_by {_MINE} ORDER BY at"),
    "recognition.by": _rows(f"decision AS name, at FROM recognition WHERE by {_MINE} ORDER BY at"),
    "baseline.by": _rows(f"unit || ' ' || year AS name, at FROM baseline WHERE by {_MINE} ORDER BY at"),
    "office_figure.by": _rows(f"target || ' ' || year AS name, at FROM office_figure WHERE by {_MINE} ORDER BY at"),
    "deadline.by": _rows(f"basis AS name, at FROM deadline WHERE by {_MINE} ORDER BY at"),
    "delegate.person": _rows(f"unit || ' ' || year AS name, at FROM delegate WHERE person {_MINE} ORDER BY at"),
    "delegate.by": _rows(f"unit || ' ' || year AS name, at FROM delegate WHERE by {_MINE} ORDER BY at"),
    "promise.by": _rows(
        f"unit || ' ' || strftime('%d/%m/%Y', day) AS name, at FROM promise WHERE by {_MINE} ORDER BY at"
    ),
    "urging.by": _rows(f"text AS name, at FROM urging WHERE by {_MINE} ORDER BY at"),
    "urging.decided": _rows(f"text AS name, at FROM urging WHERE decided {_MINE} ORDER BY at"),
    "announcement.by": _rows(f"'TB-' || id AS name, at FROM announcement WHERE by {_MINE} ORDER BY at"),
    "announcement.ended_by": _rows(
        f"'TB-' || id AS name, ended AS at FROM announcement WHERE ended_by {_MINE} ORDER BY at"
    ),
    "announcement.reminded_by": _rows(
        f"'TB-' || id AS name, reminded AS at FROM announcement WHERE reminded_by {_MINE} ORDER BY at"
    ),
    "announcement_receiver.person": _rows(
        f"'TB-' || id AS name, COALESCE(seen, due) AS at FROM announcement_receiver"
        f" JOIN announcement ON announcement.id = announcement WHERE person {_MINE} ORDER BY at"
    ),
    "union_member.person": _rows(
        f"unit.name AS name, at FROM union_member JOIN unit ON unit.code = unit WHERE person {_MINE} ORDER BY at"
    ),
    "union_member.by": _rows(f"'' AS name, at FROM union_member WHERE by {_MINE} ORDER BY at"),
    "union_member.ended_by": _rows(f"'' AS name, ended AS at FROM union_member WHERE ended_by {_MINE} ORDER BY at"),
    "unit_change.by": _rows(f"CAST(id AS TEXT) AS name, at FROM unit_change WHERE by {_MINE} ORDER BY at"),
    "post_change.post": _rows(f"'' AS name, at FROM post_change WHERE post {_MINE} ORDER BY at"),
    "post_change.by": _rows(f"'' AS name, at FROM post_change WHERE by {_MINE} ORDER BY at"),
    "post_change.decided": _rows(f"'' AS name, closed AS at FROM post_change WHERE decided {_MINE} ORDER BY at"),
    "difficulty.by": _rows(f"code AS name, at FROM difficulty WHERE by {_MINE} ORDER BY at"),
    "difficulty_step.by": _rows(
        f"code AS name, difficulty_step.at FROM difficulty_step JOIN difficulty ON difficulty.id = difficulty"
        f" WHERE difficulty_step.by {_MINE} ORDER BY difficulty_step.at"
    ),
    "training_class.by": _rows(f"code AS name, at FROM training_class WHERE by {_MINE} ORDER BY at"),
    "training_class.cancelled_by": _rows(
        f"code AS name, cancelled AS at FROM training_class WHERE cancelled_by {_MINE} ORDER BY cancelled"
    ),
    "training_person.person": _rows(
        f"code || ' ' || name AS name, training_person.at AS at FROM training_person"
        f" JOIN training_class ON training_class.id = class WHERE person {_MINE} ORDER BY training_person.at"
    ),
    "training_person.by": _rows(f"'' AS name, at FROM training_person WHERE by {_MINE} ORDER BY at"),
    "training_person.ended_by": _rows(
        f"'' AS name, ended AS at FROM training_person WHERE ended_by {_MINE} ORDER BY ended"
    ),
    "skill.person": _rows(
        f"test || ', ' || strftime('%d/%m/%Y', day) AS name, at FROM skill WHERE person {_MINE} ORDER BY at"
    ),
    "skill.by": _rows(f"'' AS name, at FROM skill WHERE by {_MINE} ORDER BY at"),
    "skill.ended_by": _rows(f"'' AS name, ended AS at FROM skill WHERE ended_by {_MINE} ORDER BY ended"),
    "inspection.by": _rows(f"code AS name, at FROM inspection WHERE by {_MINE} ORDER BY at"),
    "inspection.withdrawn_by": _rows(
        f"code AS name, withdrawn AS at FROM inspection WHERE withdrawn_by {_MINE} ORDER BY withdrawn"
    ),
    "unit_task.by": _rows(f"source AS name, at FROM unit_task WHERE by {_MINE} ORDER BY at"),
    "unit_task.done_by": _rows(f"source AS name, done AS at FROM unit_task WHERE done_by {_MINE} ORDER BY done"),
    "unit_task.closed_by": _rows(
        f"source AS name, closed AS at FROM unit_task WHERE closed_by {_MINE} ORDER BY closed"
    ),
    "request.by": _rows(f"code AS name, at FROM request WHERE by {_MINE} ORDER BY at"),
    "request.ended_by": _rows(f"code AS name, ended AS at FROM request WHERE ended_by {_MINE} ORDER BY at"),
    "request_receiver.person": _rows(
        f"code AS name, at FROM request_receiver JOIN request ON id = request WHERE person {_MINE} ORDER BY at"
    ),
    "request_answer.by": _rows(
        f"code || '-' || receiver AS name, answer.at AS at FROM request_answer AS answer JOIN request ON id = request"
        f" WHERE answer.by {_MINE} ORDER BY answer.at"
    ),
    "data_request.by": _rows(f"CAST(id AS TEXT) AS name, decided AS at FROM data_request WHERE by {_MINE} ORDER BY at"),
    "award.person": _rows(f"code || ' ' || form_name AS name, at FROM award WHERE person {_MINE} ORDER BY at"),
    "award.by": _rows(f"code AS name, at FROM award WHERE by {_MINE} ORDER BY at"),
    "award.decided_by": _rows(f"code AS name, decided AS at FROM award WHERE decided_by {_MINE} ORDER BY at"),
    "award_change.by": _rows(
        f"code AS name, award_change.at AS at FROM award_change JOIN award ON award.id = award_change.award"
        f" WHERE award_change.by {_MINE} ORDER BY at"
    ),
    "award_suggestion.by": _rows(f"CAST(id AS TEXT) AS name, at FROM award_suggestion WHERE by {_MINE} ORDER BY at"),
    "award_suggestion.person": _rows(f"'' AS name, at FROM award_suggestion WHERE person {_MINE} ORDER BY at"),
    "award_suggestion.answered_by": _rows(
        f"CAST(id AS TEXT) AS name, answered AS at FROM award_suggestion WHERE answered_by {_MINE} ORDER BY at"
    ),
    "praise.by": _rows(f"about AS name, at FROM praise WHERE by {_MINE} ORDER BY at"),
    "unheard.person": _rows(f"words AS name, at FROM unheard WHERE person {_MINE} ORDER BY at"),
    "invite.person": _rows(f"'' AS name, at FROM invite WHERE person {_MINE} ORDER BY at"),
    "invite.by": _rows(
        f"name AS name, at FROM invite JOIN person ON person.id = invite.person WHERE by {_MINE} ORDER BY at"
    ),
    "chat.person": _rows(f"channel AS name, wrote AS at FROM chat WHERE person {_MINE} ORDER BY wrote"),
    "session.chat": _rows(f"'' AS name, at FROM session WHERE chat {_MY_CHATS} ORDER BY at"),
    "inbox.chat": _rows(f"'' AS name, at FROM inbox WHERE body IS NOT NULL AND chat {_MY_CHATS} ORDER BY at"),
    "outbox.person": _rows(
        f"'' AS name, at FROM outbox WHERE body IS NOT NULL AND (person {_MINE} OR chat {_MY_CHATS}) ORDER BY at"
    ),
    "outbox.by": _rows(f"'' AS name, at FROM outbox WHERE by {_MINE} ORDER BY at"),
    "rung.person": _rows(f"'' AS name, at FROM rung WHERE person {_MINE} ORDER BY at"),
    "job.person": _rows(f"'' AS name, at FROM job WHERE person {_MINE} OR chat {_MY_CHATS} ORDER BY at"),
    "incident.person": _rows(f"channel AS name, at FROM incident WHERE person {_MINE} ORDER BY at"),
    "audit.person": _rows(f"what AS name, at FROM audit WHERE person {_MINE} ORDER BY at"),
}
"""By table and column, each row in which the person is named; the newest 200 at most of what goes on for years."""

TOLD_OTHERWISE = {
    "person.human",
    "person.stands_in",
    "person.away_to",
    "person.prefers",
    "consent.person",
    "consent.chat",
    "data_request.person",
    "draft.person",
    "draft.chat",
}
"""What the page says in words of its own: posts, who acts, agreements, requests, sheets being written."""

OF_A_CHAT = {"answer.by", "board.chat", "file.chat", "job.chat", "outbox.chat", "wrong_code.chat"}
"""What belongs to something that is listed: to a sheet, a chat, a file."""
