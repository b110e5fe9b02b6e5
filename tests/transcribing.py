"""Golden transcripts: what people are shown in a conversation, compared with what was agreed, or recorded anew."""

import json
import re
from collections.abc import AsyncIterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TextIO

import pytest

from tests.conftest import Office

FOLDER = Path(__file__).parent / "transcripts"
LOOKS = ("web", *(pytest.param(look, marks=pytest.mark.slow) for look in ("keyboard", "plain")))
CODE = re.compile(r"^([A-HJKMNP-Z2-9]{10})\n", re.MULTILINE)
"""A one-time code, alone on its line: the one thing that is never the same."""

Conversation = Sequence[tuple[str, list[str]]]
"""Who, and what they type; ":" lines are those of `thidua talk`."""


async def transcribe(office: Office, conversation: Conversation, look: str, golden: Path, record: bool) -> None:
    """Compare what is shown with the file; with `record` write the file."""
    shown = []
    for who, _lines in conversation:
        await office.chat(who, look)
    for who, lines in conversation:
        talk = await office.chat(who, look)
        talk.opens_all = False
        shown.append(f"=== {who}\n")
        code = CODE.search("".join(shown))
        await talk.run(_told(talk.out, [line.replace("CODE", code[1] if code else "") for line in lines]))
        shown.append(talk.out.getvalue())
    text = hidden("".join(shown).replace(str(office.folder), "files"))
    assert "chưa trả lời được" not in text, "a handler raised"
    if record:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    agreed = golden.read_text(encoding="utf-8")
    assert text == agreed, "\n".join(
        unified_diff(agreed.split("\n"), text.split("\n"), "agreed", "shown", n=2, lineterm="")
    )
    if look == "keyboard" and not conversation[0][0].startswith("stranger:"):
        await every_button_is_a_command(office)


async def every_button_is_a_command(office: Office) -> None:
    """Within Telegram's limit: 1 to 64 bytes, https://core.telegram.org/bots/api#inlinekeyboardbutton."""
    says = [
        button[1]
        for (body,) in await office.rows("SELECT body FROM outbox WHERE body IS NOT NULL")
        for button in json.loads(body)["buttons"]
    ]
    assert says
    assert all(each.startswith("/") and 1 <= len(each.encode()) <= 64 for each in says), says


def hidden(text: str) -> str:
    """Without the one-time codes, which are never the same."""
    return re.sub(r"/batdau [A-Z2-9]{10}\b", "/batdau CODE", CODE.sub("CODE\n", text))


async def _told(out: TextIO, lines: list[str]) -> AsyncIterator[str]:
    for line in lines:
        print(f"> {line}", file=out)
        yield line
