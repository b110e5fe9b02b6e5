"""Ways into the chat for somebody invited: links to each messenger, and QR codes that open them."""

import io
from collections.abc import Iterator, Sequence

from bot.channel import LOCAL, Door, spoken
from bot.commands import Visit
from bot.i18n import Part, _
from storage import chats, files

PEOPLE = 50
"""How many people one Zalo bot serves in its free plan."""


def doors(visit: Visit, code: str, but: str = "") -> list[Door]:
    """One door a messenger; of several bots the one with the fewest people, so that they share the load."""
    crowd = {each.channel: each.people for each in visit.tx.all(chats.CROWDS)}
    best: dict[str, Door] = {}
    for door in sorted(visit.office.doors(code), key=lambda door: crowd.get(door.channel, 0)):
        if spoken(door.channel) != spoken(but or LOCAL):
            best.setdefault(door.channel.partition(":")[0], door)
    return list(best.values())


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
            visit.tx, chat=visit.chat.id, person=visit.chat.person, kind="image/png", data=qr_code(door.url),
            name=f"QR-{door.channel.partition(':')[0].capitalize()}.png", now=visit.now,
        )
        for door in those
    ]  # fmt: skip


def qr_code(url: str) -> bytes:
    """A link as a picture."""
    import segno

    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()
