"""Whatever example is said, with facts of the office: it is answered, and nothing is recorded before it was shown."""

import re
from collections import defaultdict

import pytest

from bot.language import fold
from bot.language.phrasebook import PHRASES, rows
from tests.conftest import FAR, Office

SAID = {
    "code": "SK-2027-002",
    "unit": "phòng Quản lý xây dựng",
    "area": "II.3",
    "person": "Nông Văn Mẫu",
    "number": "2",
    "year": "2027",
    "date": "05/11/2027",
    "text": "phần mềm chưa có bản quyền",
}
WHO = ("office", "head", "officer")


def examples(who: str) -> dict[str, list[str]]:
    """Examples of each label, their facts filled in: one of the first three for each person, or all where all is walked."""
    found = defaultdict[str, list[str]](list)
    for label, sentence in rows(PHRASES):
        found[label].append(re.sub(r"\{(\w+)\}", lambda each: SAID[each[1]], sentence))
    mine = WHO.index(who)
    return {label: said if FAR else said[mine : mine + 1] for label, said in found.items()}


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
async def test_nothing_is_recorded_by_what_was_only_recognised(office: Office, who: str) -> None:
    recorded = []
    for label, sentences in examples(who).items():
        for sentence in sentences:
            before = await office.value("SELECT COUNT(*) FROM audit")
            heard = await office.says(who, sentence)
            after = await office.value("SELECT COUNT(*) FROM audit")
            if after != before:
                kinds = await office.value(
                    "SELECT group_concat(what, ' ') FROM (SELECT what FROM audit ORDER BY id DESC LIMIT 3)"
                )
                recorded.append((label, sentence, kinds, heard[-300:]))
            assert "Traceback" not in heard
            assert fold(heard), (label, sentence)
            await office.says(who, "/thoat")
    assert recorded == []
