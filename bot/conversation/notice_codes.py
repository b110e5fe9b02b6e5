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
