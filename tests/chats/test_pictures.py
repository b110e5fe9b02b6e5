"""«/bieudo»: the year as pictures, each with the same in words."""

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

CONVERSATIONS: dict[str, Conversation] = {
    "tables/pictures": [
        (
            "office",
            ["biểu đồ", ":tap Đơn vị và nhiệm vụ", "biểu đồ sáng kiến năm 2027", "bieu do cac nam", "biểu đồ 2031"],
        ),
        ("officer", ["/bieudo"]),
    ]
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_pictures_are_as_they_were_agreed(name: str, look: str, open_office: OpenOffice, record: bool) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, FOLDER / f"{name}.{look}.txt", record)
