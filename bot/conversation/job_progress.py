"""How long work is seen: «Đang lập …» once it takes a while, changed in its place when it ends, stopped by whoever asked."""

from bot.conversation.context import Visit
from bot.conversation.feature import JobKind
from bot.conversation.looks import LOOKS, render
from bot.conversation.replies import deliver
from bot.conversation.woken import JobsWaiting, OutboxFilled
from bot.dialogue import Button, Say
from bot.language import Part, Text, Time, _
from storage import jobs, outbox
from storage.jobs import Job

STOP = "/dunglap"


def called(kind: JobKind) -> Text:
    """Name what is made."""
    return kind.called or _("what was asked for")


def show(visit: Visit, job: Job, kind: JobKind) -> None:
    """Say that it is under way, with how it is stopped; one message, which is changed when it ends."""
    stop = Button(_("Stop this work"), f"{STOP} {job.id}")
    row = deliver(visit, Say([_("⏳ Being made: {what}…", what=called(kind))], buttons=(stop,)), said="")
    jobs.show(visit.tx, id=job.id, row=row)


def done(visit: Visit, job: Job, kind: JobKind) -> None:
    """Change the message where it stands, as far as its messenger can: the answer follows."""
    _change(visit, job, _("✅ Made: {what} · {at}", what=called(kind), at=Time(visit.now)))


def stop(visit: Visit, job: Job, kind: JobKind) -> None:
    """Mark that nobody wants it any more; what is being made is thrown away."""
    jobs.cancel(visit.tx, id=job.id, now=visit.now)
    visit.note("job_stopped", str(job.id))
    _change(visit, job, _("Stopped: {what} · {at}", what=called(kind), at=Time(visit.now)))
    visit.woken.append(JobsWaiting())


def _change(visit: Visit, job: Job, line: Part) -> None:
    row = visit.tx.one(jobs.SHOWN, id=job.id)
    look = LOOKS[visit.chat.look]
    if row is None or not look.edits:
        return
    body = render(Say([line]), look, visit.words).to_json()
    outbox.file_edit(visit.tx, row=row, chat=visit.chat.id, body=body, due=visit.now, now=visit.now)
    visit.woken.append(OutboxFilled())
