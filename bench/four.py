"""The whole bot with one conversation more: a form of four questions, as the bots beside it have.

`python -m bench.four run …` is `thidua run …`, on the form that `bench/peers/` walks.
"""

import sys

import handlers
from bot.conversation.authority import EVERYBODY
from bot.conversation.context import Visit
from bot.conversation.feature import Command, Conversation, Feature
from bot.dialogue.fields import Paragraph
from bot.dialogue.form import Field, Form
from bot.dialogue.turn import Answers, Say
from bot.language.i18n import _
from bot.server import cli, commandline

QUESTIONS = ("Tên?", "Nội dung?", "Kết quả?", "Thời hạn?")
SAYS = ("/form", "Tên sáng kiến", "3", "Giảm 40%", "17/12/2027")
FORM = Form(
    "four",
    title=lambda answers, scene: "Biểu bốn câu",
    fields=tuple(Field(f"q{n}", ask, ask, Paragraph()) for n, ask in enumerate(QUESTIONS)),
    send=lambda answers, scene: _("Send it"),
    at_once=True,
)


def filed(visit: Visit, subject: str, answers: Answers) -> Say:
    """The end: what was answered stays in the file with its draft."""
    assert len(answers) == len(QUESTIONS)
    return Say(["Xong."])


FOUR = Conversation(
    "four", title=lambda plan, subject: "Biểu bốn câu", form=lambda plan: FORM, file=filed, serves=EVERYBODY
)
# Its title and words are sentences of the catalogue that nobody says here: the form is begun by its slash.
BEGIN = Command(
    "form", _("Home"), _("Send another file"), lambda visit, args: visit.open(FOUR), EVERYBODY, listed=False
)


def main() -> int:
    """Run the command line with it."""
    handlers.FEATURES = (*handlers.FEATURES, Feature(__name__, commands=(BEGIN,), forms=(FOUR,)))
    return cli.main(commandline)


if __name__ == "__main__":
    sys.exit(main())
