"""Files that are fetched over the page's server: in a chat on it, or by a signed link. Whether they may be is asked each time.

What was sent for a record is read by whoever may see the record at that moment; all else by the chat that it was sent in.
"""

from bot.channels.web.core import Found
from bot.conversation import Visit, speaker
from bot.delivery import LinkState
from bot.language import Words, _
from bot.office.duties import record_files
from bot.server.app import App
from storage import chats, files
from storage.db import Tx
from storage.files import Content


async def of_chat(app: App, chat: int, id: int) -> Found:
    """Return a file of a chat on the page; why not, where its record is not its person's to see any more."""
    reader = await app.db.reader()
    return await _allowed(app, chat, id, await reader.one(files.CONTENT, id=id, chat=chat))


async def behind_link(app: App, id: int, until: int, signature: str, chat: int | None) -> Found:
    """Return the file behind a signed link, of the chat that it was made for; None for a link that is not ours."""
    state = app.links.state(id, until, signature, chat)
    if state is LinkState.NOT_OURS:
        return None
    words = Words("vi", terms=app.plan.terms)
    if state is LinkState.OVER:
        return words.say(_("This link is no longer good. Please open the file again in the chat: file and the code."))
    reader = await app.db.reader()
    found = await reader.one(files.ANY, id=id)
    if found is None:
        return words.say(_("This file has been deleted."))
    if chat is None and found.record:  # of an earlier version, which has not said for whom it is
        return words.say(_("This link is no longer good. Please open the file again in the chat: file and the code."))
    return await _allowed(app, chat, id, found)


async def _allowed(app: App, chat: int | None, id: int, found: Content | None) -> Found:
    if found is not None and found.record and chat is not None:
        why = await app.db.write(lambda tx: _why_not(app, tx, chat, id))
        if why is not None:
            return why
    return None if found is None else (found.name, found.kind, found.bytes)


def _why_not(app: App, tx: Tx, chat: int, id: int) -> str | None:
    """Say why a file of a record is not opened in this chat now; None where it is."""
    of, file = tx.one(chats.BY_ID, id=chat), tx.one(files.BY_ID, id=id)
    if of is None or file is None:
        return Words("vi", terms=app.plan.terms).say(_("This file has been deleted."))
    visit = Visit(tx, app.office, of, speaker(tx, of.person), app.now())
    why = record_files.unreadable(visit, file)
    return None if why is None else visit.words.say(why)
