"""How long work is seen: «Đang lập …» once it takes a while, changed in its place when it ends, stopped by whoever asked."""

from bot.conversation.context import Visit
from bot.conversation.feature import JobKind
from bot.conversation.jobs import JobSteps
from bot.conversation.looks import LOOKS, render
from bot.conversation.replies import deliver
from bot.conversation.woken import JobsWaiting, OutboxFilled
from bot.dialogue import Button, Say
from bot.language import Text, Time, _
from storage import jobs, outbox
from storage.jobs import Job

STOP = "/dunglap"


def called(kind: JobKind) -> Text:
    """Name what is made."""
    return kind.called or _("what was asked for")


def show(visit: Visit, job: Job, kind: JobKind, steps: JobSteps) -> None:
    """Say that it is under way, how far, with how it is stopped; one message, which is changed as it goes on."""
    row = deliver(visit, _under_way(job, kind, steps), said="")
    jobs.show(visit.tx, id=job.id, row=row)


def step(visit: Visit, job: Job, kind: JobKind, steps: JobSteps) -> None:
    """Change the message to how far it is by now, where its messenger can."""
    _change(visit, job, _under_way(job, kind, steps))


def _under_way(job: Job, kind: JobKind, steps: JobSteps) -> Say:
    line = _("⏳ Being made: {what}…", what=called(kind))
    if steps.all:
        line = _("⏳ Being made: {what}… {n}/{all}", what=called(kind), n=steps.n, all=steps.all)
    return Say([line], buttons=(Button(_("Stop this work"), f"{STOP} {job.id}"),))


def done(visit: Visit, job: Job, kind: JobKind) -> None:
    """Change the message where it stands, as far as its messenger can: the answer follows."""
    _change(visit, job, Say([_("✅ Made: {what} · {at}", what=called(kind), at=Time(visit.now))]))


def stop(visit: Visit, job: Job, kind: JobKind) -> None:
    """Mark that nobody wants it any more; what is being made is thrown away."""
    jobs.cancel(visit.tx, id=job.id, now=visit.now)
    visit.note("job_stopped", str(job.id))
    _change(visit, job, Say([_("Stopped: {what} · {at}", what=called(kind), at=Time(visit.now))]))
    visit.woken.append(JobsWaiting())


def _change(visit: Visit, job: Job, say: Say) -> None:
    row = visit.tx.one(jobs.SHOWN, id=job.id)
    look = LOOKS[visit.chat.look]
    if row is None or not look.edits:
        return
    body = render(say, look, visit.words).to_json()
    outbox.file_edit(visit.tx, row=row, chat=visit.chat.id, body=body, due=visit.now, now=visit.now)
    visit.woken.append(OutboxFilled())
