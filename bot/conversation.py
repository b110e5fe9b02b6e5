"""One message answered: which draft, which command, or neither. Runs inside its transaction.

The order is fixed: a slash command always wins; an open question is answered; numbers and labels mean
what the newest reply offered; words of the menu are commands; anything else is told what can be done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot import held, limits
from bot.authority import refused, speaker
from bot.channel import Missing, spoken
from bot.commands import Command, Conversation, Visit, load_draft
from bot.dialogue import engine
from bot.dialogue.form import Form
from bot.dialogue.turn import Button, Draft, Said, Say, Scene
from bot.dialogue.words import close_word, steering
from bot.i18n import Part, Text, Words, _
from bot.secrecy import secret_mark
from bot.text import clean, fold
from storage import chats, drafts, files, inbox, outbox
from storage.chats import Chat
from storage.inbox import Message

REPEAT = Say(())
"""The newest reply is to be said once more, as it was."""
COMPARED = timedelta(days=2)
"""How long after a message an edit is believed whose earlier words are not kept any more."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The form open in a chat, loaded for this turn."""

    id: int
    conversation: Conversation
    form: Form
    draft: Draft
    scene: Scene


def answer(visit: Visit, message: Message) -> Say | None:
    """The reply to a message; None when there is nothing to say (a double tap, a stranger)."""
    assert message.body is not None
    said = Said(clean(str(message.body.get("text", ""))), tuple(message.body.get("files", ())), message.id)
    if message.body.get("group"):
        return _in_group(visit, said.text) if _known(visit, str(message.body.get("by", ""))) else None
    if visit.person is not None and (gone := held.put_down(visit)) is not None:
        return _put_down(held.without(visit), message, said, gone)
    if (secret := _secret(visit, said, message)) is not None:
        return secret
    if (refused := _refused(visit, message)) is not None:
        return _beside(visit, refused) if visit.person is not None else visit.office.stranger(visit, "")
    missing = message.body.get("missing")
    if missing and not said.text and not said.files:
        return _missing(visit, missing)
    say = _answered(visit, message, said)
    if missing and visit.person is not None and not message.edit and say is not REPEAT:
        # Its words are taken; that its file was not must be known too.
        return Say([WHY[missing]]) if say is None else replace(say, lines=(WHY[missing], "", *say.lines))
    return say


def _answered(visit: Visit, message: Message, said: Said) -> Say | None:
    assert message.body is not None
    if message.edit:
        return _edited(visit, message, said)
    if visit.person is None:
        if phone := str(message.body.get("phone", "")):
            return visit.office.recognise(visit, phone)
        return visit.office.stranger(visit, _menu(visit, said.text) or said.text)
    if _same_tap(visit, message, said):
        return None
    if said.text.startswith("/"):
        name, _space, args = said.text[1:].partition(" ")
        return _command(visit, fold(name).split("@")[0], args.strip())
    if visit.chat.focus is not None and (opened := open_form(visit)) is not None:
        return _in_form(visit, opened, said)
    if (meant := _menu(visit, said.text)) is not None:
        return answer(visit, replace(message, body={"text": meant}))
    if visit.chat.went is not None and (elsewhere := _elsewhere(visit, visit.chat.went)) is not None:
        return elsewhere
    if _said_again(visit, message, said):
        return REPEAT
    if (called := called_command(visit, said.text)) is not None:
        return _command(visit, *called)
    return _not_understood(visit, said)


def _put_down(visit: Visit, message: Message, said: Said, why: held.Refused) -> Say | None:
    """The open question is not this person's any more: no answer is taken; a command or button still acts."""
    assert message.body is not None
    acts = said.text.startswith("/") or _menu(visit, said.text) is not None
    say = answer(visit, message) if acts and not message.edit else None
    return why.say() if say is None or say is REPEAT else say.after(*why.lines, "")


def _in_group(visit: Visit, text: str) -> Say | None:
    """Said to us where many read: a command, or words that call one, behind whatever we are called there."""
    words = [] if text.startswith("/") else text.split()
    for n in range(len(words)):
        if (called := called_command(visit, " ".join(words[n:]))) is not None:
            return visit.office.group(visit, "/{} {}".format(*called))
    return visit.office.group(visit, text if text.startswith("/") else "/")


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
    names = message.body.get("names", ())
    if not message.body.get("secret") and not any(secret_mark(text) for text in (said.text, *names)):
        return None
    assert said.message is not None
    inbox.blank(visit.tx, said.message)  # its files were not even kept for this turn
    visit.note("secret_refused")
    if visit.person is None:  # a stranger has one help message a day, and nothing else
        return visit.office.stranger(visit, "")
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
    Missing.KIND: _("The assistant reads texts, pictures and documents only. Please write it as a text."),
}


def _missing(visit: Visit, missing: str) -> Say | None:
    """Something came that could not be taken: said at once, so that nobody waits for it."""
    if visit.person is None:
        return visit.office.stranger(visit, "")
    return _beside(
        visit, Say([WHY[missing]], buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")))
    )


# An open form ---------------------------------------------------------------------------------


def open_form(visit: Visit) -> OpenForm | None:
    """The form whose question is open in this chat; None when it ended elsewhere or is not this person's."""
    head = visit.tx.one(drafts.BY_ID, id=visit.chat.focus)
    if head is None or held.refused(visit, head) is not None:
        chats.focus(visit.tx, chat=visit.chat.id, draft=None)
        return None
    return loaded(visit, head)


def loaded(visit: Visit, head: drafts.Head) -> OpenForm:
    """A draft with all that its turn needs."""
    conversation = visit.office.conversations[head.form]
    scene = visit.scene(conversation.facts(visit, head.subject))
    draft = load_draft(visit.tx, head)
    return OpenForm(head.id, conversation, conversation.form(visit.plan), draft, scene)


def _elsewhere(visit: Visit, id: int) -> Say | None:
    """The sheet that was open here is now open in another chat: its question is not answered here unseen."""
    chats.focus(visit.tx, chat=visit.chat.id, draft=None)
    head = visit.tx.one(drafts.BY_ID, id=id)
    there = visit.tx.one(chats.FOCUSED, draft=id)
    if head is None or head.state != "open" or there is None:
        return None
    if (why := held.refused(visit, head)) is not None:
        return why.say()
    title = visit.office.conversations[head.form].title(visit.plan, head.subject)
    return Say(
        [
            _("«{sheet}» is being written in {channel} now, so this message was not taken as an answer.", sheet=title, channel=spoken(there.channel)),
            _("Every answer so far is kept."),
        ],
        buttons=(
            Button(_("Continue here"), f"/viec tiep {id}"), Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu"),
        ),
    )  # fmt: skip


def _in_form(visit: Visit, opened: OpenForm, said: Said) -> Say | None:
    form, draft, scene = opened.form, opened.draft, opened.scene
    if not engine.answers_to(form, draft, said, scene):
        called = called_command(visit, said.text)
        if called is not None:
            return _command(visit, *called)
    turn = engine.take(form, draft, said, scene)
    visit.keep(opened.id, draft, turn)
    if not turn.end:
        return turn.say
    chats.focus(visit.tx, chat=visit.chat.id, draft=None)
    if turn.end != "filed":
        return replace(turn.say, buttons=(Button(_("Home"), "/menu"),))
    values = form.model.model_validate(turn.values) if form.model else turn.values
    visit.draft = opened.id
    return opened.conversation.file(visit, draft.subject, values)


def _edited(visit: Visit, message: Message, said: Said) -> Say | None:
    """An edited message changes the answer it gave, and the bot says so; or says why not.

    The question that is open here stays open, whatever sheet the message belongs to.
    """
    original = visit.tx.one(inbox.ORIGINAL, chat=visit.chat.id, message=message.message)
    if visit.person is None or original is None or not _differs(visit, message):
        return None
    opened = open_form(visit) if visit.chat.focus is not None else None
    given = visit.tx.one(drafts.GIVEN_BY, message=original.id)
    head = visit.tx.one(drafts.BY_ID, id=given.draft) if given is not None else None
    done: list[Part] = [_("The edited message was not an answer, so nothing has changed.")]
    if given is not None and head is not None and head.state == "filed":
        done = [_("This sheet has been sent, so editing the message does not change it. Open «mine» to change the sheet.")]  # fmt: skip
    elif given is not None and head is not None and (why := held.refused(visit, head)) is not None:
        done = list(why.lines)
    elif given is not None and head is not None:
        meant = opened if opened is not None and opened.id == head.id else loaded(visit, head)
        if given.field in meant.form:
            said, here = replace(said, message=original.id), meant is opened
            turn = engine.change(meant.form, meant.draft, given.field, given.part, said, meant.scene, here)
            visit.keep(meant.id, meant.draft, turn)
            if here:
                return turn.say
            title = meant.conversation.title(visit.plan, head.subject)
            done = [_("Sheet «{sheet}»:", sheet=title), *turn.say.lines]
    if opened is not None:
        return engine.resume(opened.form, opened.draft, opened.scene, *done, "").say
    buttons = [Button(_("My sheets"), "/cuatoi"), Button(_("Home"), "/menu")]
    if given is not None and given.state == "open" and head is not None and held.refused(visit, head) is None:
        buttons.insert(0, Button(_("Go on writing"), f"/viec tiep {head.id}"))
    return Say(done, buttons=buttons)


def _differs(visit: Visit, message: Message) -> bool:
    """Whether an edit changes anything: a messenger tells of a reaction, too, as an edit with the same words."""
    assert message.body is not None
    before = visit.tx.one(inbox.BEFORE, chat=visit.chat.id, message=message.message, id=message.id)
    if before is None or before.body is None:  # too old to be compared, or not kept
        return before is not None and visit.now - before.at < COMPARED
    if clean(str(message.body.get("text", ""))) != clean(str(before.body.get("text", ""))):
        return True
    was, now = files.of(visit.tx, before.body), files.of(visit.tx, message.body)
    return was.keys() != now.keys() or any(was[name] and now[name] and was[name] != now[name] for name in was)


# Commands -------------------------------------------------------------------------------------


def _command(visit: Visit, name: str, args: str) -> Say | None:
    """Run a command: beside an open form when it is a side question, else in its place."""
    command = visit.office.commands.get(ALIASES.get(name, name))
    if command is None:
        return _not_understood(visit, Said(f"/{name}"))
    if not command.serves.holds(visit):
        return _beside(visit, refused(command.serves))
    if command.side:
        return _beside(visit, command.run(visit, args))
    if visit.chat.focus is not None:
        chats.focus(visit.tx, chat=visit.chat.id, draft=None)
        visit = replace(visit, chat=replace(visit.chat, focus=None))
    return command.run(visit, args)


ALIASES: Mapping[str, str] = {"start": "batdau", "help": "trogiup"}


def _beside(visit: Visit, say: Say | None) -> Say | None:
    """A side question's answer, with the open question repeated in the same message."""
    if say is None:
        return None
    opened = open_form(visit) if visit.chat.focus is not None else None
    if opened is None:
        return say
    question = engine.resume(opened.form, opened.draft, opened.scene).say
    return replace(question, lines=(*say.lines, "", *question.lines), files=say.files)


def called_command(visit: Visit, text: str) -> tuple[str, str] | None:
    """The command that plain words call, with what follows it: «dk sk: …», «tổng hợp 2027»."""
    phrases = _phrases(visit.office.commands, visit.words)
    said = fold(text).strip(" .?")
    if (name := phrases.get(said)) is not None:
        return name, ""
    words = text.split()
    for length in range(min(len(words) - 1, 5), 0, -1):
        head = fold(" ".join(words[:length])).rstrip(":,")
        if (name := phrases.get(head)) is not None:
            return name, " ".join(words[length:]).lstrip(":, ")
    if len(said) >= 5 and (close := close_word(said, list(phrases))) is not None:
        return phrases[close], ""
    return None


_phrase_cache: dict[tuple[int, str], Mapping[str, str]] = {}


def _phrases(commands: Mapping[str, Command], words: Words) -> Mapping[str, str]:
    key = (id(commands), words.language)
    if key not in _phrase_cache:
        _phrase_cache[key] = {
            fold(phrase): command.name
            for command in commands.values()
            for spoken in (Words("vi"), words)
            for phrase in spoken.say(command.words).split("|")
        }
    return _phrase_cache[key]


# Numbers, labels, taps ------------------------------------------------------------------------


def _menu(visit: Visit, text: str) -> str | None:
    """What a number or a label typed or tapped now says, by the newest reply."""
    actions = [(label, says) for label, says in visit.chat.menu if says]
    said = fold(text).strip(" .«»[]")
    if said.isdecimal() and 1 <= int(said) <= len(actions):
        return actions[int(said) - 1][1]
    for label, says in actions:
        if fold(label) == said:
            return says
    return None


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
    newest = visit.tx.one(outbox.NEWEST_ANSWER, chat=visit.chat.id)
    if newest is None or newest.state not in ("waiting", "sending", "ready"):
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
        why = _(
            "No question is open that takes files, so nothing was kept. Open a task first, then send the file."
        )
    elif (code := steering(visit.words).get(fold(said.text))) in ("leave", "cancel", "back", "send"):
        why = _("No sheet is open.") if code else _("The assistant did not understand this.")
    else:
        why = _("The assistant did not understand this.")
    return _beside(
        visit,
        Say(
            [why, _("Type «tasks» to see what waits for {you}, or «help».")],
            buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
        ),
    )


def may_use(visit: Visit, command: Command) -> bool:
    """Whether the menu shows this command to this person."""
    return command.listed and command.serves.holds(visit)
