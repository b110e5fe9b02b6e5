"""Notices that are told by rooms which may not import the handlers that say them, or by several of them. Pure."""

from storage.outbox import NoticeCode

PARKED = NoticeCode("parked")
"""A message could not be answered."""
UNREADABLE = NoticeCode("unreadable")
"""Something came that no parser knows."""
WORK_FAILED = NoticeCode("work_failed")
"""A job could not be finished."""
ASTRAY = NoticeCode("astray")
"""Somebody is reached in no chat any more."""
BLOCKED = NoticeCode("blocked")
"""Somebody is not reached in one of their chats any more."""
REACHED = NoticeCode("reached")
"""Somebody is reached again."""
UNSURE = NoticeCode("unsure")
"""Notices may not have arrived."""
QUOTA = NoticeCode("quota")
"""A channel's messages of the month run low."""
YEAR_OPENED = NoticeCode("year_opened")
"""A year has begun and was opened."""
YEAR_WAITS = NoticeCode("year_waits")
"""A year has begun whose dates have passed: people open it."""
REOPENED = NoticeCode("reopened")
"""The office has opened once more what a unit has sent."""
REOPENING_ASKED = NoticeCode("reopening_asked")
"""A unit asks to correct what it has sent."""
REOPENING_ENDED = NoticeCode("reopening_ended")
"""What was opened once more, or asked for, has come to an end: declined, closed, over, left as it was."""
CORRECTED = NoticeCode("corrected")
"""A correction was sent and waits to be received."""
REPORT_SHARED = NoticeCode("report_shared")
"""The head has given somebody parts of the unit's report to write."""
REPORT_PART_WRITTEN = NoticeCode("report_part_written")
"""Somebody has written the parts of the report that the head had given them."""
REPORT_PART_BACK = NoticeCode("report_part_back")
"""Parts of the report need not be written any more: taken back, or the report was sent."""
