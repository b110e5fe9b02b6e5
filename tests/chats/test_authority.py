"""Role, action, record, through time: begun as one, gone on with as another, over every form, command, button, notice and edit.

Who may cause what is written once more in `tests/authority`, in plain sets, and not taken from the product's own table:
a change of the record that no rule there allows fails, whatever the product thinks of it. Every run walks a part of
the ways, always the same; `THIDUA_WALK=10000 ./run test tests/chats/test_authority.py` walks all of them.
"""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import pytest

import handlers
from bot.conversation import gather
from bot.conversation.context import Visit
from bot.movement import Plan
from storage import chats
from storage import people as roster
from tests.authority.becoming import BECOMES, FEW, Become, drafted, newest, seat, whose
from tests.authority.forms import UNDER_ANOTHER_PLAN, Goes
from tests.authority.gathered import FORMS, HEARD, JOBS, NOTICES, SAID, begin, wrong
from tests.authority.notices import FORWARDED
from tests.authority.rules import OFFICER, SPEAKERS
from tests.conftest import FAR, PLAN_TEXT, Office
from tests.walking import Change, Row, Walk, taken_back

pytestmark = pytest.mark.slow

FEATURES = gather(handlers.FEATURES, Plan.parse(PLAN_TEXT))

# Forms ----------------------------------------------------------------------------------------


def test_every_form_notice_and_job_is_walked() -> None:
    assert set(FEATURES.forms) == set(FORMS) | UNDER_ANOTHER_PLAN
    assert set(FEATURES.notices) == set(NOTICES)
    assert set(FEATURES.jobs) - {"counts"} == set(JOBS), "«counts» is for groups, where nobody is asked for"


@pytest.mark.parametrize("form", FORMS)
async def test_a_form_begun_as_one_and_gone_on_with_as_another(office: Office, form: str) -> None:
    who, lines, goes = FORMS[form]

    def straight(walk: Walk) -> list[Change]:
        begin(walk, lines[0])
        _me, chat = seat(walk, who)
        walk.watch()
        for line in lines:
            walk.says(chat, line)
        return walk.changes()

    assert await taken_back(office, straight), f"{form}: whoever may fill it in comes to nothing"
    last = len(lines) - 1
    cuts = {last: BECOMES, 1: {name: BECOMES[name] for name in ("role officer", "moved", "inactive", "taken over")}}
    for cut, becomes in cuts.items():
        for name, become in becomes.items():
            others = (taken_up_again, edited) if cut == last and name in FEW else ()
            for way in (gone_on_with, *others):
                if not (cut == last and name in FEW and way is gone_on_with) and not _drawn(
                    3, form, name, way.__name__
                ):
                    continue
                bad = await taken_back(office, lambda walk: way(walk, who, lines, cut, become, goes))  # noqa: B023  # taken back before the next
                assert not bad, f"{form}, {name} before «{lines[cut]}», {way.__name__}: {bad}"


def _until(walk: Walk, who: str, lines: Sequence[str], cut: int, become: Become) -> tuple[int, Row | None]:
    begin(walk, lines[0])
    me, chat = seat(walk, who)
    for line in lines[:cut]:
        walk.says(chat, line)
    become(walk, me, chat)
    return chat, whose(walk, chat)


def _may(walk: Walk, who: str, now: Row | None, goes: Goes) -> bool:
    """Whether whoever speaks now may go on with what was begun."""
    return now is not None and bool(now["active"]) and now["name"] == who and goes(walk, now)


def gone_on_with(walk: Walk, who: str, lines: Sequence[str], cut: int, become: Become, goes: Goes) -> list[str]:
    """The next messages go into the open form."""
    chat, now = _until(walk, who, lines, cut, become)
    walk.watch()
    until = newest(walk)
    sheet = drafted(walk, until)
    for line in lines[cut:]:
        walk.says(chat, line)
    found = wrong(walk, now, walk.changes())
    if not _may(walk, who, now, goes) and drafted(walk, until) != sheet:
        found.append("an answer was taken")
    return found


def taken_up_again(walk: Walk, who: str, lines: Sequence[str], cut: int, become: Become, goes: Goes) -> list[str]:
    """The sheet was left; it is taken up again by its number."""
    chat, now = _until(walk, who, lines, cut, lambda *_: None)
    walk.says(chat, "/thoat")
    become(walk, seat(walk, who)[0], chat)
    now = whose(walk, chat)
    until = newest(walk)
    walk.watch()
    sheet = drafted(walk, until)
    for line in (f"/viec tiep {until}", *lines[cut:]):
        walk.says(chat, line)
    found = wrong(walk, now, walk.changes())
    if not _may(walk, who, now, goes) and drafted(walk, until) != sheet:
        found.append("an answer was taken")
    return found


def edited(walk: Walk, who: str, lines: Sequence[str], cut: int, become: Become, goes: Goes) -> list[str]:
    """An earlier message is edited, then the sheet is sent."""
    begin(walk, lines[0])
    me, chat = seat(walk, who)
    names = []
    for line in lines[:cut]:
        walk.says(chat, line)
        names.append(walk.last)
    become(walk, me, chat)
    now = whose(walk, chat)
    walk.watch()
    until = newest(walk)
    sheet = drafted(walk, until)
    for name, line in zip(names[1:], lines[1:cut], strict=True):
        walk.says(chat, f"{line} nữa", edits=name)
    found = wrong(walk, now, walk.changes())
    if not _may(walk, who, now, goes) and drafted(walk, until) != sheet:
        found.append("an answer was changed")
    walk.says(chat, "gửi")
    return found + wrong(walk, now, walk.changes())


# Commands and buttons -------------------------------------------------------------------------


def _drawn(n: int, *of: str) -> bool:
    """One of n of all, always the same; whoever walks far walks all."""
    return bool(FAR) or crc32(" ".join(of).encode()) % n == 0


def offered(walk: Walk, who: str) -> dict[str, list[str]]:
    """Every command with what may follow it, and every button met on the way: what each changes for this person."""
    _me, chat = seat(walk, who)
    payloads = [
        f"/{each.name} {said}".strip()
        for each in FEATURES.commands.values()
        for said in SAID
        if not said or _drawn(6, who, each.name, said)  # over all speakers each is walked once or twice
    ]
    found: dict[str, list[str]] = {}
    walk.watch()
    walk.tx.run("SAVEPOINT offered")
    for payload in payloads:
        if payload in found:
            continue
        walk.says(chat, payload)
        more = walk.buttons(chat)
        changes = walk.changes()
        found[payload] = [*wrong(walk, whose(walk, chat), changes)]
        if changes:
            found[payload].insert(0, "acts")
        walk.tx.run("ROLLBACK TO offered")
        payloads += [each for each in more if each not in found and len(payloads) < 300]
    return found


@pytest.mark.parametrize(
    "who", SPEAKERS, ids=("officer", "head", "deputy", "drafter", "desk", "chief", "admin", "leader", "elsewhere")
)
async def test_a_button_shown_to_one_and_tapped_as_another(office: Office, who: str) -> None:
    def harvest(walk: Walk) -> dict[str, list[str]]:
        begin(walk)
        return offered(walk, who)

    found = await taken_back(office, harvest)
    assert {payload.split()[0] for payload in found} >= {f"/{each.name}" for each in FEATURES.commands.values()}
    assert not {payload: what for payload, what in found.items() if what not in ([], ["acts"])}
    acting = [payload for payload, what in found.items() if what]
    some = (
        "role officer",
        "role leader",
        "role office",
        "moved",
        "moved as head",
        "inactive",
        "withdrawn",
        "taken over",
    )
    for name in some:
        drawn = [payload for payload in acting if _drawn(3, who, name, payload)]

        def tapped(walk: Walk, become: Become = BECOMES[name], drawn: Sequence[str] = drawn) -> dict[str, list[str]]:
            begin(walk)
            me, chat = seat(walk, who)
            become(walk, me, chat)
            now, bad = whose(walk, chat), {}
            walk.watch()
            walk.tx.run("SAVEPOINT tapped")
            for payload in drawn:
                walk.says(chat, payload)
                if found := wrong(walk, now, walk.changes()):
                    bad[payload] = found
                walk.tx.run("ROLLBACK TO tapped")
            return bad

        assert await taken_back(office, tapped) == {}, name


# Notices --------------------------------------------------------------------------------------


async def test_a_notice_is_said_to_whom_it_concerns_as_they_are_then(office: Office) -> None:
    becomes = {
        "": None,
        **{
            n: BECOMES[n]
            for n in ("role officer", "role head", "role office", "role leader", "moved", "moved as head", "inactive")
        },
    }

    def told(walk: Walk) -> tuple[list[str], set[str]]:
        begin(walk)
        ids = {row["name"]: row["id"] for row in walk.rows("SELECT id, name FROM person")}
        bad, heard = [], set()
        walk.watch()
        walk.tx.run("SAVEPOINT told")
        for who in SPEAKERS:
            for name, become in becomes.items():
                me, chat = seat(walk, who)
                if become is not None:
                    become(walk, me, chat)
                now = whose(walk, chat)
                for news, (sample, rule) in NOTICES.items():
                    about = {
                        key: ids[value]
                        if key in ("by", "person", "new")
                        else [ids[v] for v in value]
                        if key == "people"
                        else value
                        for key, value in sample.items()
                    }
                    if news == "new_device":
                        about["new"] = seat(walk, OFFICER)[1] if who == OFFICER or become is None else about["chat"]
                    if said(walk, chat, me, news, about):
                        heard.add(news)
                        if now is None or not now["active"] or not rule(walk, now):
                            bad.append(f"{news}: {who} {name}")
                walk.tx.run("ROLLBACK TO told")
        return bad, heard

    bad, heard = await taken_back(office, told)
    assert bad == []
    assert heard >= HEARD, "nothing was said"


def said(walk: Walk, chat: int, me: int, news: str, about: dict[str, Any]) -> bool:
    """Whether this notice would be said to this person now."""
    app = walk.office.app
    place = walk.tx.one(chats.BY_ID, id=chat)
    assert place is not None
    visit = Visit(walk.tx, app.office, place, walk.tx.one(roster.BY_ID, id=me), app.now())
    notice = app.office.features.notices[news]
    if not notice.serves.holds(visit, about):
        return False
    return news == FORWARDED or notice.say(visit, about) is not None
