"""Read one message to what it means and answer it: with a form, a command, or neither. Inside its transaction.

The order is fixed: a slash command always wins; an open question is answered; numbers and labels mean
what the newest reply offered; words of the menu are commands; what stands below a notice is its button; thanks and the
like get a kind word; a sentence is recognised by example; anything else is told what can be done.
"""

from dataclasses import replace

from bot.conversation import in_view, kind_words, likely, open_sheets, posts, refused_content, taps
from bot.conversation.authority import speaker
from bot.conversation.beside import answer_to_left, form_at_first, with_question
from bot.conversation.commands import not_understood, run, slash
from bot.conversation.context import Visit
from bot.conversation.edits import edited
from bot.conversation.form_answers import elsewhere, in_form
from bot.conversation.menu_words import calling, steered
from bot.dialogue import Said, Say
from bot.language import clean
from storage import chats, invites
from storage.inbox import Message

REPEAT = Say(())
"""The newest reply is to be said once more, as it was."""


def answer(visit: Visit, message: Message) -> Say | None:
    """Return the reply to a message; None when there is nothing to say (a double tap, a stranger)."""
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
    if (secret := refused_content.secret(visit, said, message)) is not None:
        return secret
    if (refused := refused_content.too_much(visit, message)) is not None:
        return with_question(visit, refused) if visit.person is not None else visit.office.features.stranger(visit, "")
    missing = message.body.get("missing") or refused_content.own_card(visit, message)
    if missing and not said.text and not said.files:
        return refused_content.missing_file(visit, missing)
    say = _answered(visit, message, said)
    if say is not None and say is not REPEAT and refused_content.replies_to_another(visit, message):
        say = replace(say, lines=(refused_content.ONLY_WORDS, "", *say.lines))
    if missing and visit.person is not None and not message.edit and say is not REPEAT:
        why = refused_content.WHY[missing]  # its words are taken; that its file was not must be known too
        return Say([why]) if say is None else replace(say, lines=(why, "", *say.lines))
    return say


def _answered(visit: Visit, message: Message, said: Said) -> Say | None:
    """Answer by the first of the meanings, in their fixed order, that the message has."""
    assert message.body is not None
    if message.edit:
        return edited(visit, message, said)
    if visit.person is None:
        if phone := str(message.body.get("phone", "")):
            return visit.office.features.recognise(visit, phone)
        return visit.office.features.stranger(visit, taps.says(visit, said.text) or said.text)
    if taps.same_tap(visit, message, said):
        return None
    if invites.good(visit.tx, code=said.text, now=visit.said):  # wherever it is typed, it is no answer
        return run(visit, "batdau", said.text)
    if said.text.startswith("/"):
        return slash(visit, said.text)
    if visit.chat.focus is not None and (opened := form_at_first(visit)) is not None:
        return in_form(visit, opened, said)
    if (meant := taps.says(visit, said.text)) is not None:
        return answer(visit, replace(message, body={"text": meant}))
    if (meant := taps.several(visit, said.text)) is not None:
        return slash(visit, meant)
    if visit.chat.went is not None and (there := elsewhere(visit, visit.chat.went)) is not None:
        return there
    if taps.said_again(visit, message, said):
        return REPEAT
    if (shows := visit.office.features.coded(visit, said.text)) is not None:
        return slash(visit, shows)
    if (of_record := in_view.says(visit, said.text)) is not None:
        return slash(visit, of_record)
    kindly = kind_words.answer(visit, said)
    if (called := calling(visit, said.text)) is not None and (called.sure or kindly is None):
        other = likely.meant(visit, said, called)
        return run(visit, called.command.name, called.args) if other is None else other()
    if (of_notice := taps.of_notice(visit, said.text)) is not None:
        return _tapped(visit, message, of_notice)
    if (called := steered(visit, said.text)) is not None:
        return run(visit, called.command.name, called.args)
    if kindly is None and (left := answer_to_left(visit, said)) is not None:
        return left
    if kindly is None and (asked := likely.meant(visit, said)) is not None:
        return asked()
    return kindly or not_understood(visit, said)


def _tapped(visit: Visit, message: Message, meant: str | Say) -> Say | None:
    """Answer a label that was typed as the button itself is answered."""
    return meant if isinstance(meant, Say) else answer(visit, replace(message, body={"text": meant}))


def _put_down(visit: Visit, message: Message, said: Said, why: open_sheets.Refused) -> Say | None:
    """Say that the open question is not this person's any more; a command or a button still acts."""
    assert message.body is not None
    acts = said.text.startswith("/") or taps.says(visit, said.text) is not None
    say = answer(visit, message) if acts and not message.edit else None
    return why.say() if say is None or say is REPEAT else say.after(*why.lines, "")


def _in_group(visit: Visit, text: str) -> Say | None:
    """Answer in a group: a command, or words that call one, behind whatever name the assistant has there."""
    words = [] if text.startswith("/") else text.split()
    for n in range(len(words)):
        if (called := calling(visit, " ".join(words[n:]))) is not None:
            return visit.office.features.group(visit, called.says)
    return visit.office.features.group(visit, text if text.startswith("/") else "/")


def _known(visit: Visit, address: str) -> bool:
    """Whether somebody of the office speaks in this group: for anybody else there is silence."""
    own = visit.tx.one(chats.BY_ADDRESS, channel=visit.chat.channel, address=address)
    return own is not None and speaker(visit.tx, own.person) is not None
