"""The glossary tells every word once."""

import re

from tests.house import ROOT

WORDS = [
    "inbox",
    "outbox",
    "turn",
    "draft",
    "form",
    "field",
    "notice",
    "duty",
    "obligation",
    "escalation",
    "rung",
    "digest",
    "channel",
    "adapter",
    "attachment",
    "park",
    "retry",
    "room",
    "face",
    "look",
    "desk",
    "head",
]


def test_every_word_is_told_once() -> None:
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    told = [
        word.strip()
        for line in re.findall(r"^\| (.+?) \|", text, re.MULTILINE)
        if line != "Word"
        for word in re.split(r", (?![^(]*\))", line)
    ]
    assert len(told) == len(set(told))
    assert {*WORDS, "delivery outcome", "in doubt"} <= set(told)
