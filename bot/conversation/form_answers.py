"""Answer with the open form: its turn, a command instead, or the question which of the two. Inside the transaction."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.channels import spoken
from bot.conversation import likely, open_sheets, refused_content, taps
from bot.conversation.beside import OpenForm, go_on, with_question
from bot.conversation.buttons import DIFFICULTY, HOME, MY_TASKS
from bot.conversation.commands import run, slash
from bot.conversation.context import Visit
from bot.conversation.menu_words import Sure, begins, calling
from bot.dialogue import Button, End, Said, Say, Step, Turn, engine
from bot.language import _, fold
from storage import chats, drafts
from storage.drafts import DraftState

HALF = 4
"""Words, at most, that may be the beginning of what calls a command."""


def in_form(visit: Visit, opened: OpenForm, said: Said) -> Say | None:
    """Answer what was said while a form is open: its answer, a command, or something that may be either."""
    form, draft, scene = opened.form, opened.draft, opened.scene
    if (says := engine.called(draft, said, scene)) is not None:
        visit.keep(opened.id, draft, Turn(Say(()), engine.settled(draft)))
        return slash(visit, says)
    if draft.step is Step.DOUBT and not engine.surely(form, draft, said, scene):
        draft = engine.settled(draft)  # neither of the two: it is said to the question behind the doubt
        opened = replace(opened, draft=draft)
    elif draft.step is Step.AGAIN and not _of_warning(visit, opened, said):
        draft = draft.ask(draft.about)  # another answer to the question that the warning is about
        opened = replace(opened, draft=draft)
    yes_or_no = draft.step is Step.AGAIN and engine.settles(said.text)
    if not yes_or_no and (other := _or_else(visit, opened, said)) is not None:
        return other()
    turn = engine.take(form, draft, said, scene)
    return (
        refused_content.not_kept(visit, said)
        if refused_content.spelt(draft, turn.draft)
        else _taken(visit, opened, turn)
    )


def _of_warning(visit: Visit, opened: OpenForm, said: Said) -> bool:
    """Whether words below a warning are its yes or no, a steering word, a button or a menu word, and so no new answer."""
    form, draft, scene = opened.form, opened.draft, opened.scene
    if (
        engine.surely(form, draft, said, scene)
        or engine.settles(said.text)
        or taps.button(visit, said.text) is not None
    ):
        return True
    asked = draft.ask(draft.about)
    if not engine.takes_text(form, asked) or not engine.answers_for_certain(form, asked, said, scene):
        return True
    called = calling(visit, said.text)
    return called is not None and called.sure is Sure.WHOLE


def _or_else(visit: Visit, opened: OpenForm, said: Said) -> Callable[[], Say | None] | None:
    """Return what to do with words that are something else than an answer, or may be; None for an answer."""
    form, draft, scene = opened.form, opened.draft, opened.scene
    button = taps.button(visit, said.text)
    if button is not None:
        label, says = button
        if fold(label) == fold(said.text) or not engine.answers_to(form, draft, said, scene):
            return partial(slash, visit, says)
        ask = _("«{said}» may be an answer here, or what was listed above.", said=said.text)
        return partial(_taken, visit, opened, engine.doubt(draft, said, ask, opens=says, title=label))
    if engine.stays(form, draft, said, scene) or engine.beside(form, draft, said, scene) is not None:
        return None
    called = calling(visit, said.text)
    if called is None and (asked := likely.calls(visit, said.text)) is not None:
        ask = _("«{said}» calls something of the menu. Was that meant, or is it the answer?", said=said.text)
        return partial(
            _taken, visit, opened, engine.doubt(draft, said, ask, opens=asked.says, title=likely.label(visit, asked))
        )
    if called is None:
        short = len(said.text.split()) <= HALF
        if not (short and begins(visit, said.text) and engine.half_called(form, draft, said, scene)):
            return None
        why = _("«{said}» was not recorded as the answer.", said=said.text)
        if not engine.takes_text(form, draft):
            return lambda: with_question(visit, Say([why]))
        return partial(_taken, visit, opened, engine.doubt(draft, said, why))
    if not engine.answers_to(form, draft, said, scene) or (
        called.sure is Sure.WHOLE and not engine.takes_text(form, draft)
    ):
        return partial(run, visit, called.command.name, called.args)
    if called.sure is Sure.MAYBE and not called.named and not engine.holds_more(form, draft, said, scene):
        return None
    ask = _("«{said}» calls something of the menu. Was that meant, or is it the answer?", said=said.text)
    title = visit.words.say(called.command.title)
    return partial(_taken, visit, opened, engine.doubt(draft, said, ask, opens=called.says, title=title))


def _taken(visit: Visit, opened: OpenForm, turn: Turn) -> Say | None:
    """Store what a turn has changed; at its end, have the conversation file the sheet."""
    visit.keep(opened.id, opened.draft, turn)
    if turn.end is None:
        raises = turn.draft.step is Step.SHEET and opened.conversation.beside(opened.draft.subject) is None
        return replace(turn.say, buttons=(*turn.say.buttons, DIFFICULTY)) if raises else turn.say
    chats.focus(visit.tx, chat=visit.chat.id, draft=None)
    say = _ended(visit, opened, turn)
    before = opened.conversation.beside(opened.draft.subject)
    return say if say is None or before is None else _back(visit, before, say, turn.end)


def _ended(visit: Visit, opened: OpenForm, turn: Turn) -> Say | None:
    """Say how a sheet has ended: left, dropped, or filed by its conversation."""
    if turn.end is End.LEFT:
        return replace(turn.say, buttons=(go_on(opened.id), HOME))
    if turn.end is not End.FILED:
        return replace(turn.say, buttons=(HOME,))
    values = opened.form.model.model_validate(turn.values) if opened.form.model else turn.values
    visit.draft = opened.id
    return opened.conversation.file(visit, opened.draft.subject, values)


def _back(visit: Visit, id: int, say: Say, end: End) -> Say:
    """Repeat the question of the sheet from which this one was opened, where it is still theirs; who left is shown the way."""
    head = visit.tx.one(drafts.BY_ID, id=id)
    if head is None or open_sheets.refused(visit, head) is not None:
        return say
    if end is End.LEFT:
        title = visit.office.features.forms[head.form].title(visit.plan, head.subject)
        way = Button(_("Back to the sheet: {sheet}", sheet=title), f"/viec tiep {id}")
        return replace(say, buttons=(way, *say.buttons))
    question = visit.open(visit.office.features.forms[head.form], head.subject)
    return replace(question, lines=(*say.lines, "", *question.lines), files=say.files)


def elsewhere(visit: Visit, id: int) -> Say | None:
    """Say that the sheet that was open here is open in another chat now: its question is not answered here unseen."""
    chats.focus(visit.tx, chat=visit.chat.id, draft=None)
    head = visit.tx.one(drafts.BY_ID, id=id)
    there = visit.tx.one(chats.FOCUSED, draft=id)
    if head is None or head.state is not DraftState.OPEN or there is None:
        return None
    if (why := open_sheets.refused(visit, head)) is not None:
        return why.say()
    title = visit.office.features.forms[head.form].title(visit.plan, head.subject)
    return Say(
        [
            _(
                "«{sheet}» is being written in {channel} now, so this message was not taken as an answer.",
                sheet=title,
                channel=spoken(there.channel),
            ),
            _("Every answer so far is kept."),
        ],
        buttons=(Button(_("Continue here"), f"/viec tiep {id}"), MY_TASKS, HOME),
    )
