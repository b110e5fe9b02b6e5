"""What must hold after every step, whoever did what; each law returns what it was broken by."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.movement import Plan
from bot.server.clock import OFFICE
from storage.values import read_stored
from tests.authority.gathered import RULES as ALLOWED
from tests.authority.rules import DESK, Rule, of_unit
from tests.walker.answers import Typed, said
from tests.walker.happened import BESIDE, PARTS, Happened, OnScreen, Standing, local_day, watched
from tests.walker.tongue import strange
from tests.walking import Change, Row, Walk

UNASKED = frozenset({"daily"})
ARRIVED = frozenset({"ready", "sent", "unsure", "sending"})
HOW = {
    "plan": "SELECT 1 FROM unit_plan WHERE unit = :unit AND year = :year",
    "list": "SELECT 1 FROM closed_list WHERE unit = :unit AND year = :year",
    "results": "SELECT 1 FROM result WHERE unit = :unit AND year = :year",
    "supplement": "SELECT 1 FROM report_version WHERE unit = :unit AND year = :year AND kind = 'supplement'",
    "narrative": "SELECT 1 FROM union_account WHERE unit = :unit AND year = :year",
    "review": "SELECT 1 FROM unit_review WHERE duty = :duty AND unit = :unit AND year = :year",
    "paper": "SELECT 1 FROM fulfilment WHERE duty = :duty AND unit = :unit AND year = :year",
    "sheet": "SELECT 1 FROM initiative WHERE code = :subject AND state <> 'sent'",
}
"""Where it stands that a duty is done, by the way in which it is."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done in a step, for the laws: through which chat, what was typed, as an answer to what."""

    name: str
    text: str = ""
    answers: str = ""
    """The field that it was meant to answer."""
    typed: Typed | None = None
    edited: int | None = None
    """The inbox row whose message was changed."""
    by_person: bool = True
    """Whether somebody did it in a chat; else time went on, or the office changed somebody's post."""


@dataclass
class Tally:
    """How often each question was answered rightly, how often that was taken; what was ever typed."""

    tried: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    typed: set[str] = field(default_factory=set)


def language(deed: Deed, happened: Happened, tally: Tally) -> Iterable[str]:
    """Nobody reads English, the name of a sentence, or a hole, but what somebody has typed."""
    tally.typed.update(_phrases(deed.text))
    for each in happened.shown:
        found = [word for word in strange(each.text) if word not in deed.text]
        if found and (found := [word for word in strange(_without(each.text, tally.typed)) if word not in deed.text]):
            yield f"language: {sorted(set(found))} in «{each.text[:300]}»"


def _phrases(text: str) -> Iterable[str]:
    """Yield what a message may have left in the record: all of it, or what follows the words of a command."""
    words = text.split()
    yield from (" ".join(words[n:]) for n in range(min(4, len(words) - 1)))
    if text.startswith("/") and len(words) > 1:
        yield " ".join(words[1:])


def _without(text: str, typed: Iterable[str]) -> str:
    """Return a text without what was typed: a line that was taken stands on other people's screens too."""
    for phrase in sorted((each for each in typed if each in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text)
    return text


def answered(deed: Deed, before: Standing | None, happened: Happened) -> Iterable[str]:
    """Whoever speaks from a chat that is somebody's gets an answer."""
    if happened.parked:
        yield "parked: a message could not be answered"
    if deed.name in ("tap twice", "edit", "again") or before is None or before.me is None or not deed.text.strip():
        return
    heard = [each for each in happened.shown if each.kind == "answer" and each.chat == before.chat]
    if not heard and not any(table == "job" for table, _was, _now in happened.changes):
        yield f"silence: nothing was answered to «{deed.text[:100]}»"


# Answers ----------------------------------------------------------------------------------------


def kept(deed: Deed, before: Standing | None, happened: Happened, tally: Tally) -> Iterable[str]:
    """What was taken as an answer stands in its draft, as it was said."""
    after = happened.after
    if before is None or after is None or before.focus is None or deed.typed is None or not deed.answers:
        return
    code, draft = deed.answers, before.focus["id"]
    now = answers_after(happened, draft, before)
    at = after.asking if after.focus is not None and after.focus["id"] == draft else ""
    key = f"{before.focus['form']}.{code}"
    tally.tried[key] += deed.typed.sure
    if code in now and now[code] != before.parts.get(code):
        tally.taken[key] += 1
        if not said(now[code][-1], deed.typed):
            yield f"changed: «{deed.typed.text[:80]}» is kept as {now[code]!r} in {key}"
        return
    gone = re.fullmatch(rf"(?:\w+:)*{re.escape(code)}", at) is None
    if code in now and said(now[code][-1], deed.typed):
        tally.taken[key] += 1  # the same once more
    elif gone and _left_for_good(happened, draft, before):
        tally.taken[key] += 1
        if code not in now and not _closed(happened, draft) and not _taken_over(happened, deed.typed):
            yield f"lost: {key} was answered with «{deed.typed.text[:80]}», and nothing is kept"
    elif gone and after.focus is not None and after.focus["id"] == draft and not at.startswith("doubt"):
        yield f"lost: {key} was answered with «{deed.typed.text[:80]}», {at} is asked next, and nothing is kept"


def answers_after(happened: Happened, draft: int, before: Standing) -> Mapping[str, tuple[Any, ...]]:
    """The answers of a draft after a step, by its changes."""
    if happened.after is not None and happened.after.focus is not None and happened.after.focus["id"] == draft:
        return happened.after.parts
    found = {code: list(parts) for code, parts in before.parts.items()}
    for table, was, now in happened.changes:
        row = now or was or {}
        if table == "answer" and row["draft"] == draft:
            parts = found.setdefault(row["field"], [])
            if now is None and was is not None:
                value = json.loads(was["value"])
                if value in parts:
                    parts.remove(value)
            elif now is not None:
                parts.append(json.loads(now["value"]))
    return {code: tuple(parts) for code, parts in found.items() if parts}


def _left_for_good(happened: Happened, draft: int, before: Standing) -> bool:
    return any(
        table == "draft" and now is not None and now["id"] == draft and now["state"] == "filed"
        for table, _was, now in happened.changes
    )


def _taken_over(happened: Happened, typed: Typed) -> bool:
    """Whether it stands, whole, in a record that came of it at once: such a sheet keeps nothing of its own."""
    whole = " ".join(typed.text.split())
    return any(
        whole == " ".join(value.split())
        for table, _was, now in happened.changes
        if table not in BESIDE and now is not None
        for value in now.values()
        if isinstance(value, str)
    )


def _closed(happened: Happened, draft: int) -> bool:
    return any(
        table == "draft" and now is not None and now["id"] == draft and now["state"] in ("dropped", "archived")
        for table, _was, now in happened.changes
    )


def untouched(walk: Walk, deed: Deed, before: Standing | None, happened: Happened) -> Iterable[str]:
    """No answer changes but that of the question that is open, of the edited message, or that was named."""
    if before is None or not deed.by_person or "rutdongy" in deed.text:
        return
    if any(table == "data_request" for table, _was, _now in happened.changes):
        return  # the office erases what somebody has asked it to
    mine = {before.focus["id"]} if before.focus else set()
    if happened.after is not None and happened.after.focus is not None:
        mine.add(happened.after.focus["id"])
    own = {
        now["id"] for table, _was, now in happened.changes if table == "draft" and now and now["person"] in before.posts
    }
    for table, was, now in happened.changes:
        row = now or was
        if table != "answer" or row is None or row["draft"] in mine | own:
            continue
        if deed.edited is not None and _of_edited(walk, before.chat, (was or row)["message"]):
            continue
        yield f"touched: an answer of another sheet ({row['draft']}.{row['field']}) changed by «{deed.text[:80]}»"
    draft = before.focus["id"] if before.focus else None
    named = deed.text.lower().startswith(("sửa", "ghi vào «"))  # the latter takes up an offer, of another question
    if draft is None or deed.edited is not None or named or "\n" in deed.text:
        return
    if not (happened.after and happened.after.focus and happened.after.focus["id"] == draft):
        return
    about = before.asking.split(":")[-1]
    for code, parts in before.parts.items():
        if happened.after.parts.get(code) != parts and code not in (about, happened.after.asking):
            yield f"touched: {code} changed from {parts!r} while {before.asking} was asked, by «{deed.text[:80]}»"


def _of_edited(walk: Walk, chat: int, message: int | None) -> bool:
    """Whether an answer had come with the message that was edited last in this chat."""
    sql = """
        SELECT 1 FROM inbox AS typed JOIN inbox AS edited ON edited.chat = typed.chat AND edited.message = typed.message
         WHERE typed.id = :message AND edited.id = (SELECT MAX(id) FROM inbox WHERE chat = :chat)
        """
    return bool(walk.rows(sql, message=message, chat=chat))


TOKEN = re.compile(r"\d{4,}")


def filed(walk: Walk, before: Standing | None, happened: Happened) -> Iterable[str]:
    """Whatever was typed into a sheet that was sent stands in the record."""
    last = {now["id"]: now for table, _was, now in happened.changes if table == "draft" and now is not None}
    for now in last.values():
        if now["state"] != "filed" or before is None or before.focus is None or before.focus["id"] != now["id"]:
            continue
        record = json.dumps(
            [change[2] for change in happened.changes if change[0] not in BESIDE and change[2]], ensure_ascii=False
        )
        for code, values in before.parts.items():
            for token in TOKEN.findall(json.dumps(values)):
                if len(token) >= 5 and token not in record and not _recorded(walk, token):
                    yield f"lost: {now['form']}.{code} «{values!r}» was sent and stands in no record"


def _recorded(walk: Walk, token: str) -> bool:
    """Whether it stands anywhere in the record: what is sent again unchanged changes nothing."""
    for name, columns in watched(walk.tx).items():
        if name in (*BESIDE, "outbox"):
            continue
        text = " || ' ' || ".join(f"COALESCE({column}, '')" for column in columns)
        if walk.rows(f"SELECT 1 FROM {name} WHERE {text} LIKE :token LIMIT 1", token=f"%{token}%"):
            return True
    return False


def filed_at_all(before: Standing | None, happened: Happened) -> Iterable[str]:
    """A sheet that is sent has come to something; one that was refused stays open."""
    last = {now["id"]: now for table, _was, now in happened.changes if table == "draft" and now is not None}
    for draft in last.values():
        here = before is not None and before.focus is not None and before.focus["id"] == draft["id"]
        here = here and not draft["form"].startswith("data_")  # the same request once more is one
        here = here and before is not None and bool(TOKEN.search(json.dumps([*before.parts.values()])))
        if (
            here
            and draft["state"] == "filed"
            and not any(change[0] not in ("draft", "answer") for change in happened.changes)
        ):
            yield f"refused: a sheet «{draft['form']}» is marked as sent, and nothing has come of it"


# Who ----------------------------------------------------------------------------------------------


def by_me(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    """The rule for a table that has none of its own yet: whoever does it is of the desk, or named in it."""
    row = after or before or {}
    return me["role"] in DESK or me["id"] in (row.get("by"), row.get("person"))


def allowed(walk: Walk, deed: Deed, before: Standing | None, happened: Happened) -> Iterable[str]:
    """Nothing of the record changes by whom it is not theirs to change, as they are then."""
    changes = [change for change in happened.changes if change[0] not in (*BESIDE, *PARTS)]
    changes = [change for change in changes if not _machine(*change)]
    if not deed.by_person or before is None:
        return
    speakers = [me for me in (before.me, happened.after.me if happened.after else None) if me is not None]
    posts = before.posts | (happened.after.posts if happened.after else frozenset())
    ordered = ORDERS.intersection(table for table, _was, _now in changes)
    if ordered and any(me["role"] in DECIDE for me in speakers):
        changes = []  # units and posts as a whole: what hangs on them goes with them
    for change in changes:
        if not speakers or all(_wrong(walk, me, posts, change) for me in speakers):
            who = f"{speakers[0]['role']} of {speakers[0]['unit']}" if speakers else "nobody"
            yield f"authority: {who} changed {change[0]} by «{deed.text[:80]}»: {change[1]} → {change[2]}"
    for table, _was, now in happened.changes:
        if table == "audit" and now is not None and now["person"] not in (None, *posts):
            yield f"authority: the audit names {now['person']} for what {sorted(posts)} did: {now['what']}"


ORDERS = frozenset({"unit_change", "post_change"})
"""Where it stands that units or posts are changed, who has asked for it and who has agreed."""
DECIDE = frozenset({*DESK, "admin", "leader"})


def _machine(table: str, was: Row | None, now: Row | None) -> bool:
    """Whether the worker or the sender goes on with what somebody has begun."""
    return was is not None and (table == "job" or (table == "urged" and "about" not in _changed(was, now)))


def _changed(was: Row, now: Row | None) -> list[str]:
    return [name for name in was if now is None or was[name] != now[name]]


def _older_version(walk: Walk, me: Row, was: Row | None, now: Row | None) -> bool:
    """Whether an older version of this record may be laid aside: it keeps the name of whoever had sent it."""
    record = str((now or was or {})["record"])
    items = walk.rows("SELECT unit FROM initiative WHERE code = :record", record=record)
    return me["role"] in DESK or me["unit"] == (items[0]["unit"] if items else record.rpartition("-")[2])


RULES: Mapping[str, Rule] = {
    **ALLOWED,
    "record_version": _older_version,
    "fulfilment": lambda walk, me, was, now: me["role"] in DESK or of_unit(walk, me, was, now),  # papers of units
    # Sent again within the minute, nothing but its version is another.
    "initiative": lambda walk, me, was, now: (
        ALLOWED["initiative"](walk, me, was, now)
        or (was is not None and now is not None and _changed(was, now) == ["version"] and now["by"] == me["id"])
    ),
    # Whoever withdraws takes along what was made for any of their posts.
    "invite": lambda walk, me, was, now: ALLOWED["invite"](walk, me, was, now) or now is None,
    "unit_plan": lambda walk, me, was, now: (
        of_unit(walk, me, was, now)
        or (me["role"] in DESK and was is not None and {*_changed(was, now)} == {"received"})
    ),
}


OF_A_HUMAN: Mapping[str, str] = {"person": "id", "data_request": "person", "note": "person"}
"""What belongs to somebody in all their posts (leave, requests about data, notes), by the column that names the post."""


def _wrong(walk: Walk, me: Row, posts: Collection[int], change: Change) -> bool:
    table, was, now = change
    if table not in RULES:
        return not by_me(walk, me, was, now)
    post = (now or was or {}).get(OF_A_HUMAN.get(table, ""))
    return not RULES[table](walk, {**me, "id": post} if post in posts else me, was, now)


# What is said unasked -------------------------------------------------------------------------------


def one_a_day(walk: Walk, happened: Happened) -> Iterable[str]:
    """The machine speaks once a day to anybody, in office hours."""
    for each in happened.shown:
        if each.kind not in UNASKED or each.state not in ARRIVED or each.why.startswith("merged") or not each.shown:
            continue
        day = local_day(each.shown)
        others = walk.rows(
            """
            SELECT outbox.id, outbox.shown FROM outbox JOIN person ON person.id = outbox.person
             WHERE outbox.kind = 'daily' AND outbox.id <> :id AND outbox.shown IS NOT NULL
               AND outbox.state IN ('ready', 'sent', 'unsure', 'sending') AND outbox.why NOT LIKE 'merged%'
               AND outbox.day >= date(:day, '-1 day')
               AND COALESCE(person.human, person.id) = (SELECT COALESCE(human, id) FROM person WHERE id = :person)
            """,
            id=each.id,
            day=day,
            person=each.person,
        )
        if [row for row in others if local_day(row["shown"]) == day]:
            yield f"twice: {each.person} was spoken to unasked twice on {day}"


def in_hours(plan: Plan, happened: Happened) -> Iterable[str]:
    """Nothing of the machine's own is said at night."""
    for each in happened.shown:
        if each.kind in UNASKED and each.state in ARRIVED and each.shown:
            at: datetime = read_stored(each.shown).astimezone(OFFICE)
            if not any(
                first <= at.time().replace(second=0, microsecond=0) <= last for first, last in plan.hours.windows
            ):
                yield f"night: {each.person} was spoken to unasked at {at}"


def not_done_yet(walk: Walk, plan: Plan, happened: Happened) -> Iterable[str]:
    """Nobody is reminded of what has been sent."""
    ways = {duty.code: duty.how for duty in plan.all_duties}
    for each in happened.shown:
        if each.kind != "daily" or each.state not in ARRIVED:
            continue
        for reminder in each.about.get("reminders", ()):
            sql = HOW[ways[reminder["duty"]]]
            asked = {name: reminder[name] for name in ("unit", "year", "duty", "subject") if f":{name}" in sql}
            if walk.rows(sql, **asked) and _says(each, reminder):
                yield f"reminded: {each.person} of {reminder}, which is done: «{each.text[:200]}»"


def _says(each: OnScreen, reminder: Mapping[str, Any]) -> bool:
    """Whether the text speaks of it: what is done meanwhile is left out when it is said."""
    return bool(each.text.strip()) and (
        str(reminder["subject"]) in each.text if reminder["subject"] else len(each.about["reminders"]) == 1
    )


def on_their_way(walk: Walk, now: str) -> Iterable[str]:
    """Every row has come to an end, or waits for something."""
    for row in walk.rows("SELECT id, state, why, kind FROM outbox WHERE state = 'sending'"):
        yield f"outbox: row {row['id']} ({row['kind']}) is on its way for ever"
    for row in walk.rows("SELECT id, kind FROM outbox WHERE state = 'waiting' AND due <= :now AND why = ''", now=now):
        yield f"outbox: row {row['id']} ({row['kind']}) is due and was not looked at"


def stuck(tally: Tally, fewest: int = 12) -> Sequence[str]:
    """Questions that no right answer satisfied."""
    return [key for key, n in tally.tried.items() if n >= fewest and not tally.taken[key]]
