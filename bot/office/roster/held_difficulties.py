"""What becomes of difficulties when somebody loses a post: those that wait for them, and those they have raised."""

from collections.abc import Iterator

from bot.language import _
from bot.movement import heads, titled
from bot.office.roster.posts_left import Holding, Post
from storage import difficulties


def of(post: Post) -> Iterator[Holding]:
    """Return those that wait for them as the head, and their own, of which somebody says whether they are solved."""
    waiting = post.tx.all(difficulties.WAITING_OF_UNIT, unit=post.person.unit)
    theirs = [each for each in waiting if each.by == post.person.id and not post.stays]
    led = [each for each in waiting if each.state == "head" and each not in theirs] if heads(post.person.role) else []
    for each in (*theirs, *led):
        to = post.head if each.way == "head" else None
        line = _("{code}: {who}", code=each.code, who=titled(to) if to is not None else post.plan.office.desk)
        yield Holding(line, None, to.id if to is not None else None, "difficulty", each.code)
