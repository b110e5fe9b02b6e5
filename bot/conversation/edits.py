"""Answer an edited message: it changes the answer that it gave, or the person learns why not. Inside the transaction."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation import open_sheets, refused_content
from bot.conversation.beside import loaded, open_form
from bot.conversation.buttons import HOME
from bot.conversation.context import Visit
from bot.dialogue import Button, Said, Say, engine
from bot.language import Part, _, clean
from storage import drafts, files, inbox
from storage.drafts import DraftState
from storage.inbox import Message

FILE_STAYS = _("The file that was sent first is kept. To change it, please send the other one as a new message.")

COMPARED = timedelta(days=2)
"""How long after a message an edit is believed whose earlier words are not kept any more."""


def edited(visit: Visit, message: Message, said: Said) -> Say | None:
    """Change the answer that an edited message gave and say so, or say why not.

    The question that is open here stays open, whatever sheet the message belongs to.
    """
    original = visit.tx.one(inbox.ORIGINAL, chat=visit.chat.id, message=message.message)
    if visit.person is None or original is None or not _differs(visit, message):
        return None
    opened = open_form(visit) if visit.chat.focus is not None else None
    if _other_file(original, message) and said.text == clean(str((original.body or {}).get("text", ""))):
        if opened is not None:
            return engine.resume(opened.form, opened.draft, opened.scene, FILE_STAYS, "").say
        return Say([FILE_STAYS], buttons=[Button(_("My sheets"), "/cuatoi"), HOME])
    given = visit.tx.one(drafts.GIVEN_BY, message=original.id)
    head = visit.tx.one(drafts.BY_ID, id=given.draft) if given is not None else None
    done: list[Part] = [_("The edited message was not an answer, so nothing has changed.")]
    noted = visit.office.features.edited(visit, original.id, said.text) if given is None else None
    if noted is not None:
        done = list(noted.lines)
    elif given is not None and head is not None and head.state is DraftState.FILED:
        done = [
            _("This sheet has been sent, so editing the message does not change it. Open «mine» to change the sheet.")
        ]
    elif given is not None and head is not None and (why := open_sheets.refused(visit, head)) is not None:
        done = list(why.lines)
    elif given is not None and head is not None:
        meant = opened if opened is not None and opened.id == head.id else loaded(visit, head)
        if given.field in meant.form:
            edited, here = replace(said, message=original.id), meant is opened
            turn = engine.change(meant.form, meant.draft, given.field, given.part, edited, meant.scene, here)
            if refused_content.spelt(meant.draft, turn.draft):
                return refused_content.not_kept(visit, said)
            visit.keep(meant.id, meant.draft, turn)
            if here:
                return turn.say
            title = meant.conversation.title(visit.plan, head.subject)
            done = [_("Sheet «{sheet}»:", sheet=title), *turn.say.lines]
    if opened is not None:
        return engine.resume(opened.form, opened.draft, opened.scene, *done, "").say
    buttons = list(noted.buttons) if noted is not None else [Button(_("My sheets"), "/cuatoi"), HOME]
    if (
        given is not None
        and given.state is DraftState.OPEN
        and head is not None
        and open_sheets.refused(visit, head) is None
    ):
        buttons.insert(0, Button(_("Go on writing"), f"/viec tiep {head.id}"))
    return Say(done, buttons=buttons)


def _other_file(before: Message | None, message: Message) -> bool:
    """Whether an edited message has another file than before, as far as that is known."""
    was = before.body.get("media") if before is not None and before.body is not None else None
    now = message.body.get("media") if message.body is not None else None
    return was is not None and now is not None and was != now


def _differs(visit: Visit, message: Message) -> bool:
    """Whether an edit changes anything: a messenger reports a reaction, too, as an edit with the same words."""
    assert message.body is not None
    before = visit.tx.one(inbox.BEFORE, chat=visit.chat.id, message=message.message, id=message.id)
    if before is None or before.body is None:  # too old to be compared, or not kept
        return before is not None and visit.now - before.at < COMPARED
    if clean(str(message.body.get("text", ""))) != clean(str(before.body.get("text", ""))):
        return True
    if "media" in message.body:  # its messenger says which file it bears
        return _other_file(before, message)
    was, now = files.of(visit.tx, before.body), files.of(visit.tx, message.body)
    return was.keys() != now.keys() or any(was[name] and now[name] and was[name] != now[name] for name in was)
