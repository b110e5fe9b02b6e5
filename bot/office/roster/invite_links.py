"""Ways into the chat for somebody invited: links to each messenger, and QR codes that open them."""

import io
from collections.abc import Iterator, Mapping, Sequence

from bot.channels import LOCAL, Door, spoken
from bot.conversation import Visit
from bot.language import Part, _
from storage import chats, files


def doors(visit: Visit, code: str, but: str = "") -> list[Door]:
    """One door a messenger with room; of several bots the one with the fewest people, so that they share the load."""
    crowd = _crowds(visit)
    best: dict[str, Door] = {}
    for door in sorted(visit.office.doors(code), key=lambda door: crowd.get(door.channel, 0)):
        if has_room(door, crowd) and spoken(door.channel) != spoken(but or LOCAL):
            best.setdefault(door.channel.partition(":")[0], door)
    return list(best.values())


def has_room(door: Door, crowd: Mapping[str, int]) -> bool:
    """Whether one more person may come in here."""
    return door.most is None or crowd.get(door.channel, 0) < door.most


def full_lines(visit: Visit) -> list[Part]:
    """For whoever invites: the messengers of which every bot is full."""
    crowd, room = _crowds(visit), dict[str, bool]()
    for door in visit.office.doors(""):
        name = door.channel.partition(":")[0]
        room[name] = room.get(name, False) or has_room(door, crowd)
    return [
        _("⚠️ {channel}: every bot is full; one more bot makes room.", channel=spoken(name))
        for name, any_room in room.items()
        if not any_room
    ]


def _crowds(visit: Visit) -> Mapping[str, int]:
    return {each.channel: each.people for each in visit.tx.all(chats.CROWDS)}


def door_lines(door: Door) -> Iterator[Part]:
    """How it stands in an invitation."""
    if door.knows_code:
        yield _("{channel}: {url}", channel=spoken(door.channel), url=door.url)
    else:
        yield _("{channel}: {url} (then type the code)", channel=spoken(door.channel), url=door.url)


def qr_codes(visit: Visit, those: Sequence[Door]) -> list[int]:
    """A picture for each, to be shown to the person's camera."""
    return [
        files.keep(
            visit.tx,
            chat=visit.chat.id,
            person=visit.chat.person,
            kind="image/png",
            data=qr_code(door.url),
            name=f"QR-{door.channel.partition(':')[0].capitalize()}.png",
            now=visit.now,
        )
        for door in those
    ]


def qr_code(url: str) -> bytes:
    """A link as a picture."""
    import segno

    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()
