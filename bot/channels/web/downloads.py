"""Files that the web chat's server gives out: the page's own, the font's, attachments of a chat. Reads the disk only."""

from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.channels.web.core import Found

HERE = Path(__file__).parent
PAGE = HERE / "page.html"
STATIC = frozenset({"chat.css", "chat.js", "phone.js", "line.js", "feed.js", "icon.svg"})
FONTS = frozenset({"BeVietnamPro-Regular.ttf", "BeVietnamPro-SemiBold.ttf"})
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


async def page(request: web.Request) -> web.StreamResponse:
    """Answer with the page."""
    return web.FileResponse(PAGE)


async def static(request: web.Request) -> web.StreamResponse:
    """Answer with a script, a style or the icon of the page."""
    name = request.match_info["name"]
    if name not in STATIC:
        raise web.HTTPNotFound(text="404")
    return web.FileResponse(HERE / name)


async def font(request: web.Request) -> web.StreamResponse:
    """Answer with a file of the font, from its package."""
    import fontpkg_be_vietnam_pro

    name = request.match_info["name"]
    path = next(Path(fontpkg_be_vietnam_pro.__file__).parent.rglob(name), None) if name in FONTS else None
    if path is None:
        raise web.HTTPNotFound(text="404")
    return web.FileResponse(path, headers={"Content-Type": "font/ttf"})


def attachment(found: Found) -> web.Response:
    """Answer with a file of a chat: a picture is shown, anything else is saved; with why it is not opened; 404 for None."""
    if found is None:
        raise web.HTTPNotFound(text="404")
    if isinstance(found, str):
        return web.Response(text=found, status=403)
    name, kind, data = found
    shown = kind in PICTURES
    response = web.Response(body=data, content_type=kind if shown else "application/octet-stream")
    disposition = "inline" if shown else "attachment"
    response.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(name, safe='')}"
    return response
