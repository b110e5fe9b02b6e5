"""Ways into the chat for somebody invited: links to each messenger, and QR codes that open them."""

import io
from collections.abc import Iterator, Mapping, Sequence

from bot.channels import LOCAL, InviteLink, spoken
from bot.conversation import Visit
from bot.language import Part, _
from storage import chats, files


def links(visit: Visit, code: str, but: str = "") -> list[InviteLink]:
    """Return one link a messenger with room; of several bots the one with the fewest people, so that they share the load."""
    crowd = _crowds(visit)
    best: dict[str, InviteLink] = {}
    for link in sorted(visit.office.invite_links(code), key=lambda link: crowd.get(link.channel, 0)):
        if has_room(link, crowd) and spoken(link.channel) != spoken(but or LOCAL):
            best.setdefault(link.channel.partition(":")[0], link)
    return list(best.values())


def has_room(link: InviteLink, crowd: Mapping[str, int]) -> bool:
    """Whether one more person may come in here."""
    return link.most is None or crowd.get(link.channel, 0) < link.most


def full_lines(visit: Visit) -> list[Part]:
    """Name to whoever invites the messengers of which every bot is full."""
    crowd, room = _crowds(visit), dict[str, bool]()
    for link in visit.office.invite_links(""):
        name = link.channel.partition(":")[0]
        room[name] = room.get(name, False) or has_room(link, crowd)
    return [
        _("⚠️ {channel}: every bot is full; one more bot makes room.", channel=spoken(name))
        for name, any_room in room.items()
        if not any_room
    ]


def _crowds(visit: Visit) -> Mapping[str, int]:
    return {each.channel: each.people for each in visit.tx.all(chats.CROWDS)}


def link_lines(link: InviteLink) -> Iterator[Part]:
    """Yield the link as it stands in an invitation."""
    if link.knows_code:
        yield _("{channel}: {url}", channel=spoken(link.channel), url=link.url)
    else:
        yield _("{channel}: {url} (then type the code)", channel=spoken(link.channel), url=link.url)


def qr_codes(visit: Visit, those: Sequence[InviteLink]) -> list[int]:
    """Store a picture of each for the person's camera; return their ids."""
    return [
        files.keep(
            visit.tx,
            chat=visit.chat.id,
            person=visit.chat.person,
            kind="image/png",
            data=qr_code(link.url),
            name=f"QR-{link.channel.partition(':')[0].capitalize()}.png",
            now=visit.now,
        )
        for link in those
    ]


def qr_code(url: str) -> bytes:
    """Return a link as a picture."""
    import segno

    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()
