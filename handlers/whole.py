"""«Xem đủ»: the whole of an answer of which the three most important lines were said first."""

from bot.conversation import EVERYBODY, HOME, Command, Feature, Visit
from bot.dialogue import Button, Say
from bot.language import _, number
from storage import chat_texts


def run(visit: Visit, args: str) -> Say:
    """Answer «/xemdu 12» with that answer as it was, without a number the newest that was shortened."""
    seq = number(args.strip()) if args.strip() else None
    row = (
        visit.tx.one(chat_texts.NEWEST_SHORTENED, chat=visit.chat.id)
        if seq is None
        else visit.tx.one(chat_texts.SHORTENED, chat=visit.chat.id, seq=seq)
    )
    body = {} if row is None or row.body is None else row.body
    if not body.get("full"):
        return Say([_("That answer is kept no more. Please ask for it once more.")], buttons=(HOME,))
    again = [Button(label, says) for label, says in body["buttons"] if not says.startswith("/xemdu ")]
    return Say(body["full"].split("\n"), buttons=tuple(again), files=body["files"], whole=True)


WHOLE = Command("xemdu", _("See all of an answer"), _("see all|all of it|the whole"), run, EVERYBODY, listed=False)
FEATURE = Feature(__name__, commands=(WHOLE,))
