"""Where many read: what is said to the assistant is answered where it was said, what is said to others is left alone."""

from bot.channels.zalo import updates as zalo
from tests.conftest import Office
from tests.fakes.telegram import FakeTelegram
from tests.phones import Phones

GROUP = -100_500


async def asked(phones: Phones, server: FakeTelegram, text: str, topic: int | None = None) -> list[str]:
    """What the group is shown after this."""
    office = await phones.chat("office")
    before = len(server.shown.get(str(GROUP), []))
    server.types(GROUP, text, "supergroup", office, topic)
    await phones.settled()
    return [each.text for each in server.shown.get(str(GROUP), [])[before:]]


async def test_an_answer_stands_in_the_topic_it_was_asked_in(phones: Phones, server: FakeTelegram) -> None:
    for topic in (41, 42):
        await asked(phones, server, "/tonghop 2027", topic)
        assert server.shown[str(GROUP)][-1].topic == topic
    await asked(phones, server, "/tonghop 2027")
    assert server.shown[str(GROUP)][-1].topic is None


async def test_a_tap_in_a_group_is_answered(phones: Phones, server: FakeTelegram) -> None:
    office = await phones.chat("office")
    before = server.calls.count("answerCallbackQuery")
    for by, kind in ((office, "supergroup"), (4321, "supergroup"), (office, "channel")):
        server.push_raw(
            {
                "callback_query": {
                    "id": f"q{by}{kind}",
                    "data": "/tonghop 2027",
                    "from": {"id": by, "is_bot": False, "first_name": "x"},
                    "message": {"message_id": 1, "date": 0, "chat": {"id": GROUP, "type": kind}},
                }
            }
        )
    await phones.settled()
    await phones.settled()
    assert server.calls.count("answerCallbackQuery") == before + 3, "no button turns on"
    assert len(server.shown[str(GROUP)]) == 1


async def test_what_is_said_to_another_bot_is_left_alone(phones: Phones, server: FakeTelegram) -> None:
    assert not await asked(phones, server, "/trogiup@other_bot")
    assert not await asked(phones, server, "@other_bot tổng hợp 2027")
    assert not await asked(phones, server, "tổng hợp 2027")
    assert await asked(phones, server, "/tonghop@THIDUA_bot 2027")
    assert await asked(phones, server, "@thidua_bot tổng hợp 2027")
    assert (
        await phones.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM inbox WHERE body LIKE '%other_bot%'")) == 0
    )


async def test_an_update_without_a_chat_is_put_aside_and_nobody_is_written_to(
    phones: Phones, server: FakeTelegram
) -> None:
    await phones.says("head", "việc")
    sends = server.calls.count("sendMessage")
    for id in (None, "x", True):
        server.push_raw(
            {"message": {"message_id": 9, "date": 0, "chat": {"id": id, "type": "private"}, "text": "việc"}}
        )
    await phones.settled()
    await phones.settled()
    assert server.calls.count("sendMessage") == sends
    assert await phones.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM chat WHERE address = 'None'")) == 0
    assert "Việc của đồng chí" in await phones.says("head", "việc"), "those behind it are answered"


def in_zalos_group(text: str) -> str:
    message = {"chat": {"id": "g", "chat_type": "GROUP"}, "message_id": "1", "from": {"id": "x"}, "text": text}
    heard = zalo.read({"message": message})
    assert isinstance(heard, zalo.ZaloUpdate)
    assert heard.group
    return heard.text


def test_in_zalos_group_every_mention_is_heard() -> None:
    assert in_zalos_group("@Bot Thi đua /tonghop 2027") == "/tonghop 2027"
    assert in_zalos_group("@Trợ lý tổng hợp 2027") == "@Trợ lý tổng hợp 2027"
    assert not in_zalos_group("@Trợ lý hạn nộp 09/11 không").startswith("/")
    assert not in_zalos_group("@Trợ lý 5/ việc").startswith("/")


async def test_words_behind_a_name_call_a_command_in_a_group(office: Office) -> None:
    """However many words the name has by which people call the assistant."""
    talk = await office.chat("office")
    said = {}
    for n, text in enumerate(("@Trợ lý tổng hợp 2027", "@Trợ lý việc", "@Trợ lý hạn nộp 09/11 không", "/")):
        await office.app.receive(talk._chat, f"g{n}", {"text": text, "group": True, "by": talk._chat.address})
        await office.app.drain()
        said[text] = await office.value("SELECT body FROM outbox ORDER BY id DESC LIMIT 1")
    assert "2027" in str(said["@Trợ lý tổng hợp 2027"])
    for text in ("@Trợ lý việc", "@Trợ lý hạn nộp 09/11 không", "/"):
        assert "trò chuyện riêng" in str(said[text]), text
