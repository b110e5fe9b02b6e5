"""What «/hen» and «/dondoc» say of what the office asks beside the plan, which has its own days. Inside the transaction."""

from bot.conversation import HOME, MY_TASKS, Visit
from bot.dialogue import Button, Say
from bot.language import Joined, _, record_codes
from bot.office.requests import asked_waits
from storage import requests


def named_in(said: str, code: str) -> bool:
    """Whether the code of a request stands in what was said: «YC-2027-03 15/11», «yc 3»."""
    return any(each.prefix == "YC" and each.means(code) for each in record_codes.read_all(said))


def not_promised(visit: Visit, args: str, others: bool) -> Say | None:
    """Say where what the office asks is answered, if that is named or all that waits: no day is promised for it."""
    owed = [each.code for each in asked_waits.owed(visit)]
    named = [] if not args else [each for each in owed if named_in(args, each)]
    codes = named or ([] if others else owed)
    if not codes:
        return None
    why = _(
        "No day is promised for what {desk} asks ({codes}); it is answered with /traloi. For a later day please talk to {desk}.",
        desk=visit.plan.office.desk,
        codes=Joined(codes),
    )
    answer = [Button(_("Answer {code}", code=code), f"/traloi {code}") for code in codes[:4]]
    return Say([why], buttons=(*answer, MY_TASKS, HOME))


def not_urged(visit: Visit, args: str) -> Say | None:
    """Say that a request that is named reminds by its own days, and where it is shown who has not answered."""
    code = next((each for each in visit.tx.all(requests.CODES) if named_in(args, each)), None)
    if code is None:
        return None
    why = _(
        "Urging by hand is for the duties of the plan; {code} is reminded of on its own days. Who has not answered is shown by /yeucau.",
        code=code,
    )
    return Say([why], buttons=(Button(_("Who has not answered {code}", code=code), f"/yeucau {code}"), HOME))
