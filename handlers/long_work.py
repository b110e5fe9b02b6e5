"""«/dunglap»: stop long work that this chat has asked for and that is not finished."""

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Feature, Visit, job_progress
from bot.dialogue import Say
from bot.language import _, number
from storage import jobs, people
from storage.jobs import Job


def run(visit: Visit, args: str) -> Say:
    """Answer «/dunglap 12», «dừng lập»: the work that was named, else the newest of this chat."""
    asked = number(args)
    open_here = [each for each in visit.tx.all(jobs.OPEN_OF_CHAT, chat=visit.chat.id) if _theirs(visit, each)]
    found = next((each for each in reversed(open_here) if asked in (None, each.id)), None)
    if found is None:
        return Say([_("Nothing of this is being made any more.")], buttons=(MY_TASKS, HOME))
    kind = visit.office.features.jobs[found.work]
    job_progress.stop(visit, found, kind)
    return Say([_("Stopped: {what}. Nothing was changed.", what=job_progress.called(kind))], buttons=(MY_TASKS, HOME))


def _theirs(visit: Visit, job: Job) -> bool:
    return job.person in visit.tx.all(people.EVERY_POST, person=visit.me.id)


COMMAND = Command(
    "dunglap",
    _("Stop long work"),
    _("stop the work"),
    run,
    EVERYBODY,
    side=True,
    listed=False,
    seldom=True,
    acts=("*", ""),
)
FEATURE = Feature(__name__, commands=(COMMAND,))
