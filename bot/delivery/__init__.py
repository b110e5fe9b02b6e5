"""From inbox to handler, from outbox to messenger.

A message on its way in
-----------------------
1. A channel brings an event to `Intake` (event loop), which counts it, limits the rate, reads its time.
2. `Dispatcher.receive` commits it to the inbox. Where nothing is before it in its chat, the transaction that keeps
   it answers it, too (`Turns.keep_and_answer`, writer's thread); else it waits for its turn, and for its files
   (`Fetching`). The messenger is told that it was taken only after the commit.
3. A turn (`Turns.answer`) asks `bot.conversation` for the answer, which is drawn and filed in the outbox in the same
   transaction. A turn that raises is tried once more, then its message is parked.
4. After the commit `FollowUp` does what the turn left to be done (`Visit.woken`): an answer goes to its chat's queue
   without another look at the outbox.

| inbox    | next   | moved by                                                                       |
|----------|--------|--------------------------------------------------------------------------------|
| -        | new    | `Turns.keep`: committed, not answered yet                                      |
| -        | done   | `Turns.keep_and_answer`; `Intake`, of one message too many                     |
| new      | done   | `Turns.answer`, in the transaction of the answer                               |
| new      | parked | `Turns.park`, after two tries; `Intake`, of what cannot be read                |

A row on its way out
--------------------
An answer is caused by the person's own message and goes through `ChatQueues` alone: in order within its chat,
retried until it is taken, refused or a day old (`retry_policy`). A notice (of a colleague's act) and a daily row (one
a person and day) are unasked: `Sender` finds what is due, `Lanes` take a place on the `Line` of a channel,
`notification_policy.claim` decides in one transaction whether, where and as what it goes out now; then it stands in
the chat's queue behind all answers. It gets one attempt, then returns to the outbox.

Each channel has one `Line`: its pace (`bot.channels.Paced`), a `CircuitBreaker`, and sixteen places for answers and
for the rest each. Places for answers are taken and given back by `Line.attempt`, those for the rest by `Lanes`.

| outbox   | next      | moved by                                                                             |
|----------|-----------|--------------------------------------------------------------------------------------|
| -        | sending   | filed: an answer (`storage.outbox.file_answer`), sent after the commit               |
| -        | waiting   | filed: a notice, a daily row, a change of a message, an answer that others may join  |
| -        | ready     | filed: an answer in a chat of the channel `local`, which is the database itself      |
| waiting  | sending   | `claim`, of an unasked row; `Sender._resume`, of an answer that is due               |
| waiting  | ready     | the same, in a local chat (merged rows: `sent` at once)                              |
| waiting  | waiting   | `claim`: the office is closed, a form is open, the channel rests (`due`, `why`)      |
| waiting  | cancelled | `claim`: no longer called for, no longer theirs, its day has passed; taken back,     |
|          |           | joined by a newer answer, or its person has withdrawn (`storage`)                    |
| waiting  | failed    | `claim`: no chat takes it; a bug in its text                                         |
| sending  | sent      | `outcomes.record`: SENT                                                              |
| sending  | unsure    | `outcomes.record`: an unasked row after UNSURE, an answer after five retries of it;  |
|          |           | `Sender.start`: an unasked row that was in flight when the process died              |
| sending  | waiting   | `outcomes.record`: an unasked row that did not go out; `ChatQueues`: an answer that  |
|          |           | meets a full channel, for which newer ones of its chat wait, too                     |
| sending  | sending   | `Sender.start`: an answer that was in flight when the process died is sent again     |
| sending  | failed    | `outcomes.record`: an answer refused, gone, or not taken for a day; a bug            |
| sending  | cancelled | `outcomes.record`: a change that the messenger does not make                         |
| ready    | sent      | the page has shown it (`storage.chat_texts.mark_seen`), or a newer change of it      |
| failed   | waiting   | its person is reached again (`outcomes.mark_reached`); a daily row filed once more   |
| unsure   | waiting   | whoever was told of the doubt has it sent again (`handlers.reach`)                   |

Delivery knows no feature. What follows when a row has arrived or has not depends on the code that it carries; the
application gives a `DeliveryEvents` that knows the codes (`bot.office.delivery_events`).
"""

from bot.delivery import sender
from bot.delivery.attachments import Fetching, attached_names
from bot.delivery.chat_changes import ChatChanges
from bot.delivery.command_menus import Menus, everybodys
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.events import DeliveryEvents
from bot.delivery.follow_up import FollowUp
from bot.delivery.intake import Intake
from bot.delivery.sender import Sender
from bot.delivery.signed_urls import FileLink, Links, LinkState
from bot.delivery.turn import Turns

__all__ = [
    "ChatChanges",
    "DeliveryEvents",
    "Dispatcher",
    "Fetching",
    "FileLink",
    "FollowUp",
    "Intake",
    "LinkState",
    "Links",
    "Menus",
    "Sender",
    "Turns",
    "attached_names",
    "everybodys",
    "sender",
]
