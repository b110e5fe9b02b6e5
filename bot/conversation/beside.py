"""Answer a command while a sheet is open: the sheet stays open, or is said to be kept, with the way back. Inside the transaction."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.conversation import open_sheets
from bot.conversation.buttons import HOME, MY_TASKS
from bot.conversation.context import Visit, load_draft
from bot.conversation.feature import Conversation
from bot.dialogue import Button, Draft, Form, Said, Say, Scene, Turn, engine
from bot.language import Part, _
from storage import chats, drafts
from storage.drafts import DraftState

LATELY = timedelta(minutes=15)
"""So long after the last answer words that nobody understands may still have been meant for the sheet."""
DAYS = timedelta(days=7)
"""So long words that surely answer the question of a sheet that was left are known to be meant for it."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The form open in a chat, loaded for this turn."""

    id: int
    conversation: Conversation
    form: Form
    draft: Draft
    scene: Scene


def open_form(visit: Visit) -> OpenForm | None:
    """Return the form whose question is open in this chat, read anew; None when it has ended."""
    return _opened(visit, visit.tx.one(drafts.BY_ID, id=visit.chat.focus))


def form_at_first(visit: Visit) -> OpenForm | None:
    """Return the form whose question was open in this chat when the turn began; None when it had ended."""
    return _opened(visit, visit.focused)


def _opened(visit: Visit, head: drafts.Head | None) -> OpenForm | None:
    if head is None or head.state is not DraftState.OPEN:
        chats.focus(visit.tx, chat=visit.chat.id, draft=None)
        return None
    return loaded(visit, head)


def loaded(visit: Visit, head: drafts.Head) -> OpenForm:
    """Load a draft with all that its turn needs."""
    conversation = visit.office.features.forms[head.form]
    facts = conversation.facts(visit, head.subject)
    form, draft, scene = conversation.asks(visit.plan, facts), load_draft(visit.tx, head), visit.scene(facts)
    if (
        conversation.shaped is not None
        or head.plan_hash != visit.office.plan_hash
        or (form.measured and not engine.fitting(form, draft))
    ):
        draft = engine.refitted(form, draft, scene)
    return OpenForm(head.id, conversation, form, draft, scene)


def with_question(visit: Visit, say: Say | None) -> Say | None:
    """Repeat the open question below what was said, in the same message."""
    opened = open_form(visit) if say is not None and visit.chat.focus is not None else None
    if say is None or opened is None:
        return say
    turn = engine.resume(opened.form, opened.draft, opened.scene)
    visit.keep(opened.id, opened.draft, turn)  # what was asked back is asked again
    question = turn.say
    lines = (*say.lines, "", *question.lines)
    return replace(question, lines=lines, files=say.files, secret=say.secret)


def with_way_back(visit: Visit, say: Say | None) -> Say | None:
    """Add what became of the sheet that was open before a command."""
    before = visit.chat.focus
    if say is None or before is None:
        return say
    fresh = visit.tx.one(chats.BY_ID, id=visit.chat.id)
    head = visit.tx.one(drafts.BY_ID, id=before)
    if fresh is None or head is None or open_sheets.refused(visit, head) is not None:
        return say
    if fresh.focus == before and (say.choices or say.steering):
        return say  # the same sheet, opened again
    title = visit.office.features.forms[head.form].title(visit.plan, head.subject)
    back = go_on(before)
    ways = () if any(button.says == back.says for button in say.buttons) else (back,)
    if fresh.focus == before:
        draft = load_draft(visit.tx, head)
        visit.keep(before, draft, Turn(say, engine.settled(draft)))
        line: Part = _("⏳ «{sheet}» stays open: what {you} type next is its answer.", sheet=title)
        return replace(say, lines=(*say.lines, line), buttons=(*say.buttons, *ways))
    kept = _("⏳ «{sheet}» is kept as far as it was.", sheet=title)
    return replace(say, lines=(*say.lines, kept), buttons=(*say.buttons, *ways))


def go_on(draft: int) -> Button:
    """Return the button that leads back to a sheet."""
    return Button(_("Go on with the sheet"), f"/viec tiep {draft}")


def answer_to_left(visit: Visit, said: Said) -> Say | None:
    """Point to the sheet that was left days ago whose open question these words surely answer; None for any others."""
    head = _left(visit, DAYS)
    if head is None or not said.text:
        return None
    opened = loaded(visit, head)
    if engine.takes_text(opened.form, opened.draft) or not engine.answers_for_certain(
        opened.form, opened.draft, said, opened.scene
    ):
        return None
    title = opened.conversation.title(visit.plan, head.subject)
    line = _(
        "«{said}» may answer what «{sheet}» asks, which is not open now. Go on with the sheet and say it there.",
        said=said.text,
        sheet=title,
    )
    return Say([line], buttons=(go_on(head.id), MY_TASKS, HOME))


def _left(visit: Visit, since: timedelta) -> drafts.Head | None:
    """Return the sheet that was touched last, if it was so lately and may be gone on with."""
    if visit.person is None or visit.chat.focus is not None:
        return None
    begun = visit.tx.all(drafts.BEGUN_OF_PERSON, person=visit.me.id)
    head = max(begun, key=lambda each: each.touched, default=None)
    late = head is None or visit.now - head.touched > since
    return None if head is None or late or open_sheets.refused(visit, head) is not None else head


def left_lately(visit: Visit) -> tuple[Part, Button] | None:
    """Point to the sheet that was left within minutes: words that mean nothing now may have been meant for it."""
    if (head := _left(visit, LATELY)) is None:
        return None
    title = visit.office.features.forms[head.form].title(visit.plan, head.subject)
    return _(
        "«{sheet}» was left a moment ago. If this was meant for it, go on with the sheet and say it there.", sheet=title
    ), go_on(head.id)
