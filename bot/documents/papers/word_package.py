"""What a Word file is as a package: whether it may be opened at all, and the small repairs that it needs. Pure; runs in the worker process."""

import io
import re
import zipfile
from collections.abc import Iterator

from bot.documents.broken_packages import BROKEN
from bot.language import Text, _

BIGGEST, UNFOLDED, PARTS = 10_000_000, 60_000_000, 2_000
"""Bytes of a template, bytes that it may unfold to, files in it."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a .doc begins, and a .docx that is locked with a password."""
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_HARMLESS = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_ACTIVE = re.compile(r"(?i)activeX|embeddings/|oleObject|afchunk|/customUI|\.(exe|js|vbs|ps1|bat|dll|html?|mht)$")
_TWICE = b"officedocument/2006/relationships/metadata/core-properties"
_ONCE = b"package/2006/relationships/metadata/core-properties"
"""LibreOffice calls the properties otherwise than Word does; they would stand in the paper twice."""


def wrong_with(data: bytes) -> Text | None:
    """Say why a file cannot be a template; None for one that can be opened."""
    if len(data) > BIGGEST:
        return _("The file has {n} MB; a template has 10 MB at most.", n=len(data) // 1_000_000)
    if data.startswith(_OLD):
        return _("This is a .doc, or a file with a password. Please save it as .docx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return next(_problems(parts), None)
    except BROKEN:
        return NO_WORD


NO_WORD = _("This is no Word file (.docx).")


def _problems(parts: zipfile.ZipFile) -> Iterator[Text]:
    """Yield what is wrong with a package, the sizes before anything is read."""
    files = parts.infolist()
    if len(files) > PARTS or sum(each.file_size for each in files) > UNFOLDED:
        yield _("The file unfolds to far more than it seems to have; it is not opened.")
        return
    names = [each.filename for each in files]
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        yield NO_WORD
        return
    if any(each.flag_bits & 1 for each in files):
        yield _("The file has a password. Please save it as .docx without one.")
        return
    if any("vbaproject" in name.casefold() or "vbadata" in name.casefold() for name in names):
        yield _("The file has macros. Please save it as .docx without macros.")
    if (active := next((name for name in names if _ACTIVE.search(name)), None)) is not None:
        yield _("The file has something embedded that a template may not have: {what}.", what=active)
    for name in names:
        if name.endswith((".xml", ".rels")):
            text = parts.read(name)
            head = text[:2000]
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
                yield _("The file was not written by Word: {what} has declarations that Word never writes.", what=name)
        if name.endswith(".rels"):
            for relation in _RELATION.findall(text):
                if _EXTERNAL.search(relation) and not _HARMLESS.search(relation):
                    yield _(
                        "The file takes something from outside when it is opened (a linked picture, template or object). Please put it in, or take the link out."
                    )


def repaired(data: bytes) -> bytes:
    """Return the file with its properties named as Word names them; the same file gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if _TWICE not in parts.read("_rels/.rels"):
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
            for each in parts.infolist():
                text = parts.read(each)
                out.writestr(each, text.replace(_TWICE, _ONCE) if each.filename == "_rels/.rels" else text)
    return made.getvalue()
