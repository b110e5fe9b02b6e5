"""The notes of somebody who loses a post: what stands in the unit's report stays there, what does not stays theirs."""

from collections.abc import Iterator

from bot.language import Count, _
from bot.office.roster.posts_left import Holding, Post
from storage import notes
from storage.notes import NoteState


def of_unit(post: Post) -> Iterator[Holding]:
    """Return the notes that were written in the unit of a post."""
    mine = post.tx.all(notes.OF_PERSON, posts=[post.person.id])
    here = [note for note in mine if note.unit == post.person.unit]
    taken = sum(note.state is NoteState.TAKEN for note in here)
    if taken:
        yield Holding(_("{n} notes in the report: stay with the unit", n=Count(taken)))
    if own := len(here) - taken:
        yield Holding(_("{n} notes of their own: nobody else reads them", n=Count(own)))
