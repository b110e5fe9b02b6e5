"""«/nguon»: every number of the summary leads to its unit, version, answer and files, the same in chat and workbook."""

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

CONVERSATIONS: dict[str, Conversation] = {
    "tables/sources": [
        (
            "office",
            [
                "số này ở đâu ra",
                "nguồn 5",
                "/nguon 5 2027 KCHT",
                "nguồn chỉ tiêu 4",
                "nguon 1 nam 2027 trang 2",
                "nguồn 5 năm 2026",
                "nguồn 9",
                "nguồn 5 phòng nào đó",
            ],
        ),
        ("head", ["nguồn số liệu", "nguồn 4"]),
        ("Tô Thị Thượng Lệ", ["/nguon 2"]),
        ("officer", ["/nguon 2"]),
    ]
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_sources_are_as_they_were_agreed(name: str, look: str, open_office: OpenOffice, record: bool) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, FOLDER / f"{name}.{look}.txt", record)
