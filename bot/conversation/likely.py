"""Answer a sentence by what it is most like: do what is surely asked for, else offer the three likeliest. Inside the transaction."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.conversation import unheard
from bot.conversation.authority import refused
from bot.conversation.beside import left_lately
from bot.conversation.buttons import HOME, MY_TASKS
from bot.conversation.commands import OF_A_SHEET, run
from bot.conversation.context import Visit
from bot.conversation.menu_words import Called, Sure
from bot.conversation.recognised import AskedFor, asked
from bot.dialogue import Button, Said, Say, steering
from bot.language import Joined, Part, Text, _, clean_line, fold, number

NEAR, SURE, APART, CLEAR = 0.12, 0.22, 0.03, 0.2
"""From which likeness on it is offered, from which on done; how far the next must be behind, and from when it is not named."""
CALLS, CALLS_APART, CALLS_WORDS = 0.65, 0.2, range(4, 13)
"""The same at an open question for text, where most of what is said is the answer; and in so many words."""
BEATS = {
    (Sure.MAYBE, False): (0.3, 0.1),
    (Sure.MAYBE, True): (0.35, 0.15),
    (Sure.SURELY, False): (0.3, 0.2),
    (Sure.SURELY, True): (0.5, 0.15),
}
"""The same where a sentence begins with the words of another command: how surely, and whether its own words may follow."""
TELLING = 0.4
"""The likeness from which on a sentence that tells of something is taken for what it may ask for."""
TOLD: Text = _("today|this morning|yesterday|have just|we have|i have")
"""Words, said by people, with which they tell of what was done."""
ASKED: Text = _("yet|where|what|who|when|how")
"""Words at the end of a sentence that asks all the same."""
STATES: Text = _("no|not|none|nothing|there|already|have|has")
"""Words, said by people, with which an answer begins that states something."""
BARE = 2
"""So few words that begin so are the answer to a question that is open no more: «không có»."""
LABEL = 60
"""Characters of a choice."""


def meant(visit: Visit, said: Said, called: Called | None = None) -> Callable[[], Say | None] | None:
    """Return what to do with a sentence that is no menu word; None where nothing is near, or what it begins with is meant.

    `called` is the command whose words it begins with and then goes on: it is meant unless another one surely is.
    """
    answers = len(said.text.split()) <= BARE and _begins(visit, fold(said.text), STATES)
    counts = number(said.text.strip(" .)")) is not None  # a number of a list that does not have it
    steers = steering(visit.words).get(fold(said.text).strip(" .")) in OF_A_SHEET  # and no sheet is open
    found = [] if answers or counts or steers else asked(visit, said.text)
    mine = [each for each in found if each.command.serves.holds(visit)]
    if called is not None and (not mine or not _beats(mine, called)):
        return None
    if found and found[0].score >= SURE and (not mine or found[0].score - mine[0].score > SURE / 2):
        return partial(refused, found[0].command.serves)
    may_be_told = _tells(visit, said.text) or left_lately(visit) is not None  # of the sheet that was left a moment ago
    if not mine or mine[0].score < (TELLING if may_be_told else NEAR):
        return None
    if surely(mine) and not acts(mine[0]):
        return partial(_done, visit, mine, said)
    return partial(_offered, visit, mine if not surely(mine) else mine[:1], said)


def _tells(visit: Visit, text: str) -> bool:
    """Whether a sentence tells of something that was done, and so may rather be a note: it begins so, and asks nothing."""
    said = fold(text).strip(" .!")
    ends = said.rpartition(" ")[2]  # nothing at all in a message of signs alone
    asks = text.rstrip().endswith("?") or ends in fold(visit.words.say(ASKED)).split("|")
    return _begins(visit, said, TOLD) and not asks


def _begins(visit: Visit, said: str, words: Text) -> bool:
    """Whether folded words begin with one of these."""
    return any(said.startswith(f"{each} ") for each in fold(visit.words.say(words)).split("|"))


def surely(found: list[AskedFor]) -> bool:
    """Whether the first of what may be asked for surely is."""
    return found[0].score >= SURE and (len(found) < 2 or found[0].score - found[1].score >= APART)


def also(found: list[AskedFor]) -> list[AskedFor]:
    """Return what may have been meant instead of the first that is done, one tap each."""
    return [each for each in found[1:3] if found[0].score - each.score < CLEAR]


def acts(meant: AskedFor) -> bool:
    """Whether doing it would record something at once."""
    first = meant.args.partition(" ")[0]
    return first in meant.command.acts or (bool(first) and "*" in meant.command.acts)


def calls(visit: Visit, text: str) -> AskedFor | None:
    """Return what a sentence surely asks for though a question for text is open; None for what may well be its answer.

    Whoever names a day, a number, somebody or a unit answers.
    """
    said = fold(text)
    if (
        _begins(visit, said, STATES)
        or len(said.split()) not in CALLS_WORDS
        or "\n" in text
        or any(map(str.isdigit, said))
    ):
        return None
    found = asked(visit, text)
    if not found or found[0].score < CALLS or found[0].filled or found[0].left:
        return None
    sure = len(found) < 2 or found[0].score - found[1].score >= CALLS_APART
    return found[0] if sure and found[0].command.serves.holds(visit) else None


def _beats(mine: list[AskedFor], called: Called) -> bool:
    """Whether a sentence is surely meant for another command than its first words call; that one reads what follows itself."""
    first = mine[0]
    if called.sure is Sure.WHOLE or called.told or first.command is called.command:
        return False
    own = next((each for each in mine if each.command is called.command), None)
    behind = first.score - (0.0 if own is None else own.score)
    likeness, apart = BEATS[called.sure, own is not None and own.tells]
    return first.score >= likeness and behind >= apart


def _done(visit: Visit, likely: list[AskedFor], said: Said) -> Say | None:
    """Do what was meant; say what of the sentence it had no use for, and what else may have been meant."""
    first = likely[0]
    say = run(visit, first.command.name, first.args)
    if say is None:
        return None
    if first.left:
        unused = _("Not used here: {words}.", words=Joined([f"«{each}»" for each in first.left]))
        say = replace(say, lines=(unused, "", *say.lines))
    others = also(likely)
    if not others or say.choices or say.steering or visit.chat.focus is not None:
        return say
    return replace(say, buttons=(*say.buttons, *(Button(label(visit, each), each.says) for each in others)))


def _offered(visit: Visit, mine: list[AskedFor], said: Said) -> Say:
    """Ask which of the likeliest is meant, one tap each; what nobody has understood may be noted."""
    likely = [each for each in mine[:3] if each.score >= NEAR]
    lines: list[Part] = [_("Do {you} mean:"), *(f"{n}. {label(visit, each)}" for n, each in enumerate(likely, 1))]
    buttons = [Button(label(visit, each), each.says) for each in likely]
    if not surely(mine):
        unheard.keep(visit, said, [each.command.name for each in likely])
    noted = visit.office.features.offer(visit, said)
    return Say(lines, buttons=(*buttons, *(noted.buttons[:1] if noted is not None else ()), MY_TASKS, HOME))


def label(visit: Visit, each: AskedFor) -> str:
    """Return a choice in words: the title of the command, with what was said for it."""
    title = visit.words.say(each.command.title)
    if not each.args:
        return title
    return clean_line(f"{title}: {each.shown}")[:LABEL]
