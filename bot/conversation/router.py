"""One message answered: which draft, which command, or neither. Runs inside its transaction.

The order is fixed: a slash command always wins; an open question is answered; numbers and labels mean
what the newest reply offered; words of the menu are commands; anything else is told what can be done.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.channels import Missing, limits, spoken
from bot.conversation import open_sheets, posts
from bot.conversation.authority import refused, speaker
from bot.conversation.beside import OpenForm, go_on, left_lately, loaded, open_form, with_question, with_way_back
from bot.conversation.context import Visit
from bot.conversation.feature import Command
from bot.conversation.menu_words import Sure, begins, calling
from bot.dialogue import Button, Draft, Said, Say, Turn, engine, steering
from bot.language import Part, Text, _, clean, fold, number, secret_mark
from storage import chat_texts, chats, drafts, files, inbox, invites, outbox
from storage.chats import Chat
from storage.inbox import Message

REPEAT = Say(())
"""The newest reply is to be said once more, as it was."""
COMPARED = timedelta(days=2)
"""How long after a message an edit is believed whose earlier words are not kept any more."""


def answer(visit: Visit, message: Message) -> Say | None:
    """The reply to a message; None when there is nothing to say (a double tap, a stranger)."""
    assert message.body is not None
    said = Said(clean(str(message.body.get("text", ""))), tuple(message.body.get("files", ())), message.id)
    if message.body.get("group"):
        return _in_group(visit, said.text) if _known(visit, str(message.body.get("by", ""))) else None
    if said.text.startswith(posts.COMMAND) and not message.edit:
        visit, text = posts.switched(visit, said.text)
        if text != said.text:
            return answer(visit, replace(message, body={**message.body, "text": text}))
    if visit.person is not None and (gone := open_sheets.put_down(visit)) is not None:
        return _put_down(open_sheets.without(visit), message, said, gone)
    if (secret := _secret(visit, said, message)) is not None:
        return secret
    if (refused := _refused(visit, message)) is not None:
        return with_question(visit, refused) if visit.person is not None else visit.office.features.stranger(visit, "")
    missing = message.body.get("missing")
    if missing and not said.text and not said.files:
        return _missing(visit, missing)
    say = _answered(visit, message, said)
    if say is not None and say is not REPEAT and _is_about_another(visit, message):
        say = replace(say, lines=(ONLY_WORDS, "", *say.lines))
    if missing and visit.person is not None and not message.edit and say is not REPEAT:
        # Its words are taken; that its file was not must be known too.
        return Say([WHY[missing]]) if say is None else replace(say, lines=(WHY[missing], "", *say.lines))
    return say


ONLY_WORDS = _(
    "The assistant reads only what {you} have written now, not the message that it replies to. Sheets and tasks are named by their code."
)


def _is_about_another(visit: Visit, message: Message) -> bool:
    """Whether somebody replies to another message than the newest answer: what they mean by that is lost."""
    to = (message.body or {}).get("reply")
    if not to or visit.person is None or str((message.body or {}).get("text", "")).startswith("/"):
        return False
    newest = visit.tx.one(chat_texts.NEWEST_MESSAGE, chat=visit.chat.id)
    return newest is None or newest != to


def _answered(visit: Visit, message: Message, said: Said) -> Say | None:
    assert message.body is not None
    if message.edit:
        return _edited(visit, message, said)
    if visit.person is None:
        if phone := str(message.body.get("phone", "")):
            return visit.office.features.recognise(visit, phone)
        return visit.office.features.stranger(visit, _menu(visit, said.text) or said.text)
    if _same_tap(visit, message, said):
        return None
    if invites.good(visit.tx, code=said.text, now=visit.said):  # wherever it is typed, it is no answer
        return _command(visit, "batdau", said.text)
    if said.text.startswith("/"):
        return _slash(visit, said.text)
    if visit.chat.focus is not None and (opened := open_form(visit)) is not None:
        return _in_form(visit, opened, said)
    if (meant := _menu(visit, said.text)) is not None:
        return answer(visit, replace(message, body={"text": meant}))
    if visit.chat.went is not None and (elsewhere := _elsewhere(visit, visit.chat.went)) is not None:
        return elsewhere
    if _said_again(visit, message, said):
        return REPEAT
    if (called := calling(visit, said.text)) is not None:
        return _command(visit, called.command.name, called.args)
    return _not_understood(visit, said)


def _put_down(visit: Visit, message: Message, said: Said, why: open_sheets.Refused) -> Say | None:
    """The open question is not this person's any more: no answer is taken; a command or button still acts."""
    assert message.body is not None
    acts = said.text.startswith("/") or _menu(visit, said.text) is not None
    say = answer(visit, message) if acts and not message.edit else None
    return why.say() if say is None or say is REPEAT else say.after(*why.lines, "")


def _in_group(visit: Visit, text: str) -> Say | None:
    """Said to us where many read: a command, or words that call one, behind whatever we are called there."""
    words = [] if text.startswith("/") else text.split()
    for n in range(len(words)):
        if (called := calling(visit, " ".join(words[n:]))) is not None:
            return visit.office.features.group(visit, called.says)
    return visit.office.features.group(visit, text if text.startswith("/") else "/")


def _known(visit: Visit, address: str) -> bool:
    """Whether somebody of the office speaks in this group: for anybody else there is silence."""
    own = visit.tx.one(chats.BY_ADDRESS, channel=visit.chat.channel, address=address)
    return own is not None and speaker(visit.tx, own.person) is not None


def _refused(visit: Visit, message: Message) -> Say | None:
    """What was more than the assistant takes: nothing of it is done, everything else stays as it was."""
    assert message.body is not None
    if message.body.get("fast"):
        why = limits.TOO_FAST
    elif long := message.body.get("long"):
        why = limits.too_long(int(long))
    else:
        return None
    return Say([why], buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")))


def _secret(visit: Visit, said: Said, message: Message) -> Say | None:
    """A state secret's mark in a text or a file's name: it is not kept, and the person is told why."""
    texts = (said.text, str(message.body.get("label", "")), *message.body.get("names", ()))
    if not message.body.get("secret") and not any(map(secret_mark, texts)):
        return None
    return _not_kept(visit, said)


def _spelt(before: Draft, after: Draft) -> bool:
    """Whether the parts of one answer together bear a mark that none of them does: «Tối», then «mật»."""
    return any(
        secret_mark("\n".join(texts))
        for code, parts in after.parts.items()
        if parts != before.parts.get(code)
        and len(texts := [part.value for part in parts if isinstance(part.value, str)]) > 1
    )


def _not_kept(visit: Visit, said: Said) -> Say | None:
    assert said.message is not None
    inbox.blank(visit.tx, said.message)  # its files were not even kept for this turn
    visit.note("secret_refused")
    if visit.person is None:  # a stranger has one help message a day, and nothing else
        return visit.office.features.stranger(visit, "")
    return Say(
        [
            _("This message bears the mark of a state secret, so the assistant has not kept it."),
            _(
                "Such contents may not be kept on a machine on a network (Law 117/2025/QH15, article 5). Please hand them to the records officer in person."
            ),
        ],
        buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
    )


WHY: Mapping[str, Text] = {
    Missing.FILE: _(
        "The file could not be taken: it is larger than 20 MB, or the line broke. Please make it smaller or send it once more."
    ),
    Missing.AWAY: _(
        "The file could not be taken: it lies on a server that the assistant may not read. Please tell the administrator; what {you} write is taken."
    ),
    Missing.EMPTY: _(
        "A file came with nothing in it (0 bytes), so it was not kept. Please look at the file and send it again."
    ),
    Missing.KIND: _("The assistant reads texts, pictures and documents only. Please write it as a text."),
}


def _missing(visit: Visit, missing: str) -> Say | None:
    """Something came that could not be taken: said at once, so that nobody waits for it."""
    if visit.person is None:
        return visit.office.features.stranger(visit, "")
    return with_question(
        visit, Say([WHY[missing]], buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")))
    )


# An open form ---------------------------------------------------------------------------------


def _elsewhere(visit: Visit, id: int) -> Say | None:
    """The sheet that was open here is now open in another chat: its question is not answered here unseen."""
    chats.focus(visit.tx, chat=visit.chat.id, draft=None)
    head = visit.tx.one(drafts.BY_ID, id=id)
    there = visit.tx.one(chats.FOCUSED, draft=id)
    if head is None or head.state != "open" or there is None:
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
        buttons=(
            Button(_("Continue here"), f"/viec tiep {id}"),
            Button(_("My tasks"), "/viec"),
            Button(_("Home"), "/menu"),
        ),
    )


def _in_form(visit: Visit, opened: OpenForm, said: Said) -> Say | None:
    """What was said while a form is open: its answer, a command, or something that may be either."""
    form, draft, scene = opened.form, opened.draft, opened.scene
    if (says := engine.called(draft, said, scene)) is not None:
        visit.keep(opened.id, draft, Turn(Say(()), engine.settled(draft)))
        return _slash(visit, says)
    if (other := _or_else(visit, opened, said)) is not None:
        return other()
    turn = engine.take(form, draft, said, scene)
    return _not_kept(visit, said) if _spelt(draft, turn.draft) else _taken(visit, opened, turn)


def _taken(visit: Visit, opened: OpenForm, turn: Turn) -> Say | None:
    visit.keep(opened.id, opened.draft, turn)
    if not turn.end:
        return turn.say
    chats.focus(visit.tx, chat=visit.chat.id, draft=None)
    if turn.end == "left":
        return replace(turn.say, buttons=(go_on(opened.id), Button(_("Home"), "/menu")))
    if turn.end != "filed":
        return replace(turn.say, buttons=(Button(_("Home"), "/menu"),))
    values = opened.form.model.model_validate(turn.values) if opened.form.model else turn.values
    visit.draft = opened.id
    return opened.conversation.file(visit, opened.draft.subject, values)


def _or_else(visit: Visit, opened: OpenForm, said: Said) -> Callable[[], Say | None] | None:
    """What is done with words that are something else than an answer, or may be; None for an answer."""
    form, draft, scene = opened.form, opened.draft, opened.scene
    button = _button(visit, said.text)
    if button is not None:
        label, says = button
        if fold(label) == fold(said.text) or not engine.answers_to(form, draft, said, scene):
            return partial(_slash, visit, says)
        ask = _("«{said}» may be an answer here, or what was listed above.", said=said.text)
        return partial(_taken, visit, opened, engine.doubt(draft, said, ask, opens=says, title=label))
    if engine.surely(form, draft, said, scene):
        return None
    called = calling(visit, said.text)
    if called is None:
        if not (begins(visit, said.text) and engine.half_called(form, draft, said, scene)):
            return None
        why = _("«{said}» was not recorded as the answer.", said=said.text)
        if not engine.takes_text(form, draft):
            return lambda: with_question(visit, Say([why]))
        return partial(_taken, visit, opened, engine.doubt(draft, said, why))
    if not engine.answers_to(form, draft, said, scene) or (
        called.sure is Sure.WHOLE and not engine.takes_text(form, draft)
    ):
        return partial(_command, visit, called.command.name, called.args)
    if called.sure is Sure.MAYBE and not engine.holds_more(form, draft, said, scene):
        return None
    ask = _("«{said}» calls something of the menu. Was that meant, or is it the answer?", said=said.text)
    title = visit.words.say(called.command.title)
    return partial(_taken, visit, opened, engine.doubt(draft, said, ask, opens=called.says, title=title))


def _slash(visit: Visit, says: str) -> Say | None:
    """A command as it is typed with a slash."""
    name, _space, args = says[1:].partition(" ")
    return _command(visit, fold(name).split("@")[0], args.strip())


def _edited(visit: Visit, message: Message, said: Said) -> Say | None:
    """An edited message changes the answer it gave, and the bot says so; or says why not.

    The question that is open here stays open, whatever sheet the message belongs to.
    """
    original = visit.tx.one(inbox.ORIGINAL, chat=visit.chat.id, message=message.message)
    if visit.person is None or original is None or not _differs(visit, message):
        return None
    opened = open_form(visit) if visit.chat.focus is not None else None
    if _other_file(original, message) and said.text == clean(str((original.body or {}).get("text", ""))):
        if opened is not None:
            return engine.resume(opened.form, opened.draft, opened.scene, FILE_STAYS, "").say
        return Say([FILE_STAYS], buttons=[Button(_("My sheets"), "/cuatoi"), Button(_("Home"), "/menu")])
    given = visit.tx.one(drafts.GIVEN_BY, message=original.id)
    head = visit.tx.one(drafts.BY_ID, id=given.draft) if given is not None else None
    done: list[Part] = [_("The edited message was not an answer, so nothing has changed.")]
    if given is not None and head is not None and head.state == "filed":
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
            if _spelt(meant.draft, turn.draft):
                return _not_kept(visit, said)
            visit.keep(meant.id, meant.draft, turn)
            if here:
                return turn.say
            title = meant.conversation.title(visit.plan, head.subject)
            done = [_("Sheet «{sheet}»:", sheet=title), *turn.say.lines]
    if opened is not None:
        return engine.resume(opened.form, opened.draft, opened.scene, *done, "").say
    buttons = [Button(_("My sheets"), "/cuatoi"), Button(_("Home"), "/menu")]
    if given is not None and given.state == "open" and head is not None and open_sheets.refused(visit, head) is None:
        buttons.insert(0, Button(_("Go on writing"), f"/viec tiep {head.id}"))
    return Say(done, buttons=buttons)


def _other_file(before: Message | None, message: Message) -> bool:
    """Whether an edited message bears another file than before, as far as that is known."""
    was = before.body.get("media") if before is not None and before.body is not None else None
    now = message.body.get("media") if message.body is not None else None
    return was is not None and now is not None and was != now


FILE_STAYS = _("The file that was sent first is kept. To change it, please send the other one as a new message.")


def _differs(visit: Visit, message: Message) -> bool:
    """Whether an edit changes anything: a messenger tells of a reaction, too, as an edit with the same words."""
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


# Commands -------------------------------------------------------------------------------------


def _command(visit: Visit, name: str, args: str) -> Say | None:
    """Run a command: beside an open form when it is a side question, else in its place."""
    command = visit.office.features.commands.get(ALIASES.get(name, name))
    if command is None:
        return _not_understood(visit, Said(f"/{name}"))
    if not command.serves.holds(visit):
        return with_question(visit, refused(command.serves))
    say = command.run(visit, args)
    return with_question(visit, say) if command.side else with_way_back(visit, say)


ALIASES: Mapping[str, str] = {"start": "batdau", "help": "trogiup", "xoadulieu": "rutdongy"}


# Numbers, labels, taps ------------------------------------------------------------------------


def _menu(visit: Visit, text: str) -> str | None:
    """What a number or a label typed or tapped now says, by the newest reply."""
    button = _button(visit, text)
    return None if button is None else button[1]


def _button(visit: Visit, text: str) -> tuple[str, str] | None:
    """The button of the newest reply that a number or a label means; a question keeps the numbers for itself."""
    actions = [(label, says) for label, says in visit.chat.menu if says]
    said = fold(text).strip(" .«»[]")
    asks = len(actions) < len(visit.chat.menu)
    place = None if asks else number(said)
    if place is not None and 1 <= place <= len(actions):
        return actions[place - 1]
    return next(((label, says) for label, says in actions if fold(label) == said), None)


def tap_of(body: Mapping[str, Any]) -> str:
    """The button that was tapped: its words, and its message where the messenger says which."""
    return f"tap {fold(str(body.get('text', '')))} {body.get('of', '')}".rstrip()


def on_the_menu(chat: Chat, said: str) -> bool:
    """Whether folded words are a label of the newest reply, or what it says."""
    return any(said in (fold(label), fold(says)) for label, says in chat.menu)


def _same_tap(visit: Visit, message: Message, said: Said) -> bool:
    """A button tapped twice: before the next question, which may bear the same label, could be seen."""
    assert message.body is not None
    if said.files or visit.chat.last != tap_of(message.body):
        return False
    newest = visit.tx.one(chat_texts.NEWEST_ANSWER, chat=visit.chat.id)
    if newest is None or newest.state not in outbox.NOT_THERE_YET:
        return False
    left = visit.office.left(newest.id)
    seen = left is not None and left < message.came
    return not (seen and on_the_menu(visit.chat, fold(said.text)))


def _said_again(visit: Visit, message: Message, said: Said) -> bool:
    """«Gửi» once more after the end: its receipt is repeated, nothing is done twice."""
    text = fold(said.text)
    tapped = message.body is not None and visit.chat.last == tap_of(message.body)
    steered = visit.chat.last == text and steering(visit.words).get(text) == "send"
    return bool(text) and (tapped or steered)


def _not_understood(visit: Visit, said: Said) -> Say | None:
    """What can be done now, for words that mean nothing here."""
    if said.files:
        why = _("No question is open that takes files, so nothing was kept. Open a task first, then send the file.")
    elif (code := steering(visit.words).get(fold(said.text))) in ("leave", "cancel", "back", "send"):
        why = _("No sheet is open.") if code else _("The assistant did not understand this.")
    else:
        why = _("The assistant did not understand this.")
    lines: list[Part] = [why, _("Type «tasks» to see what waits for {you}, or «help».")]
    buttons = [Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")]
    if (left := left_lately(visit)) is not None:
        lines, buttons = [why, left[0]], [left[1], *buttons]
    return with_question(visit, Say(lines, buttons=tuple(buttons)))


def may_use(visit: Visit, command: Command) -> bool:
    """Whether the menu shows this command to this person."""
    return command.listed and command.serves.holds(visit)
