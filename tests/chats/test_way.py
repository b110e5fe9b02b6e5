"""The way of one message in mid-form, from Telegram to «sent», is the one that CONTRIBUTING tells."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.channels.telegram.listener import TelegramListener
from bot.conversation import learnt
from tests.definitions import Definitions
from tests.house import CONTRIBUTING, ROOT, between, sources, subjects, write
from tests.phones import Phones
from tests.tracing import Hop, traced, turns

MOST_HOPS, MOST_TURNS = 37, 1
"""Only to go down."""
DECLARED = "handlers/register.py"
"""Where the form is declared that the message answers."""
MARK = "way"


def table(hops: Sequence[Hop]) -> str:
    """The way as CONTRIBUTING shows it."""
    said = subjects(sources(ROOT))
    lines = ["| | Thread | From | To | What it does |", "|---|---|---|---|---|"]
    for n, hop in enumerate(hops, 1):
        what = said.get(str(hop.place), "")
        lines.append(f"| {n} | {hop.on} | `{hop.caller}` | {'↑ ' * hop.turns}`{hop.place}` | {what} |")
    return "\n".join(lines)


@pytest.mark.slow
async def test_the_way_of_a_message_is_the_one_that_is_told(phones: Phones, record: bool) -> None:
    await phones.says("officer", "/dangky", "1")
    learnt(phones.app.office.plan)
    async with traced(phones.app.db, TelegramListener._take) as trace:
        shown = await phones.says("officer", "Quét tài liệu hàng loạt bằng máy photo của phòng")
    assert "Câu 2/3" in shown
    hops = trace.hops()
    assert str(hops[-1].caller).startswith("bot/delivery/"), "the way ends when the outcome is written down"
    if record:
        write(ROOT / CONTRIBUTING, MARK, table(hops))
    assert len(hops) <= MOST_HOPS, table(hops)
    assert len(turns(hops)) <= MOST_TURNS, turns(hops)
    _, told, _ = between((ROOT / CONTRIBUTING).read_text(encoding="utf-8"), MARK)
    assert told.strip() == table(hops), "record it: ./run test tests/chats/test_way.py --record"
    definitions = Definitions({DECLARED, *(place.path for hop in hops for place in (hop.caller, hop.place))})
    searched = [str(hop.place) for hop in hops if not definitions.reached(hop, trace.passed(hop))]
    assert not searched, "nobody is led there by «go to definition» (`tests/definitions.py`)"
    first, *others = hops
    assert not any(definitions.reached(replace(each, place=first.place), trace.passed(each)) for each in others)
