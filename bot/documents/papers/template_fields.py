"""Which fields a template has, as paths into the values: «subject», «items.groups[].title». Pure; runs in the worker process."""

import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from bot.language import Text, _

Scope = Mapping[str, str]
"""What a name of a loop stands for."""
_TAG = re.compile(r"<[^>]+>")
_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_FILLED = re.compile(r"word/(document|(header|footer)\d*)\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class BrokenField(Exception):
    """A field cannot be read; `why` says which, and where it stands."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.message)
        self.why = why


def of(template: bytes) -> set[str]:
    """Return the paths that a template uses; raise BrokenField."""
    for said in _paragraphs(template):
        _whole(said)
    return {path for text in _parts(template) for path in _used(text)}


def within(values: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of values."""
    match values:
        case Mapping():
            for name, each in values.items():
                inside = f"{path}.{name}" if path else str(name)
                yield inside
                yield from within(each, inside)
        case list() | tuple():
            yield f"{path}[]"
            for each in values:
                yield from within(each, f"{path}[]")


def nearest(path: str, known: set[str]) -> str | None:
    """Return the field that may have been meant."""
    return next(iter(difflib.get_close_matches(path, sorted(known), 1, 0.75)), None)


def _paragraphs(template: bytes) -> Iterator[str]:
    """Yield what stands in each paragraph, as it is read."""
    from docx.oxml import parse_xml

    with zipfile.ZipFile(io.BytesIO(template)) as parts:
        for name in parts.namelist():
            if _FILLED.fullmatch(name):
                tree = parse_xml(parts.read(name))
                for par in tree.iter(f"{_W}p"):
                    yield "".join(text.text or "" for text in par.iter(f"{_W}t"))


def _whole(said: str) -> None:
    """Raise BrokenField unless what begins in a paragraph ends in it: what fills it in would swallow all until the next end."""
    inside = ""
    for mark in _MARKS.findall(said):
        if (not inside and mark in _ENDS.values()) or (inside and mark != _ENDS[inside]):
            break
        inside = "" if inside else mark
    else:
        if not inside:
            return
    raise BrokenField(
        _(
            "A field is not whole: its marks are not closed in their paragraph. It stands in «{where}».",
            where=said[:120],
        )
    )


def _parts(template: bytes) -> Iterator[str]:
    """Yield the text of the document, its headers and footers, as they are filled in."""
    from docxtpl import DocxTemplate

    paper = DocxTemplate(io.BytesIO(template))
    paper.init_docx()
    yield paper.patch_xml(paper.get_xml())
    for kind in (paper.HEADER_URI, paper.FOOTER_URI):
        for _key, part in paper.get_headers_footers(kind):
            yield paper.patch_xml(paper.get_part_xml(part))


def _used(text: str) -> Iterator[str]:
    from jinja2 import TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True)
    text = re.sub(r"<w:p([ >])", r"\n<w:p\1", text)
    try:
        tree = environment.parse(text)
        environment.compile(text)  # knows filters and tests too
    except TemplateSyntaxError as error:
        lines = text.splitlines()
        near = [
            line
            for n in range(error.lineno - 1, max(-1, error.lineno - 4), -1)
            if (line := _TAG.sub("", lines[n]).strip())
        ]
        where = near[0][:120] if near else ""
        raise BrokenField(
            _("A field is not whole. It stands near «{where}» ({detail}).", where=where, detail=error.message or "")
        ) from None
    yield from _walk(tree, {})


def _walk(node: Any, scope: Scope) -> Iterator[str]:
    from jinja2 import nodes

    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        path = _path(node, scope)
        if path:
            yield path
            return
    if isinstance(node, nodes.For):
        yield from _walk(node.iter, scope)
        over = _path(node.iter, scope)
        names = (
            [each.name for each in node.target.find_all(nodes.Name)]
            if not isinstance(node.target, nodes.Name)
            else [node.target.name]
        )
        inside = {**scope, "loop": "", **{name: f"{over}[]" if over and len(names) == 1 else "" for name in names}}
        if over:
            yield f"{over}[]"
        for each in (*node.body, *([node.test] if node.test else [])):
            yield from _walk(each, inside)
        for each in node.else_:
            yield from _walk(each, scope)
        return
    scope = dict(scope)
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Assign):
            yield from _walk(child.node, scope)
            scope |= {each.name: "" for each in child.target.find_all(nodes.Name)}
            if isinstance(child.target, nodes.Name):
                scope[child.target.name] = _path(child.node, scope) or ""
        else:
            yield from _walk(child, scope)


def _path(node: Any, scope: Scope) -> str | None:
    """Return the path that an expression names; "" for what the template has made itself, None for what is no path."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        base = _path(node.node, scope)
        return f"{base}.{node.attr}" if base else base
    if isinstance(node, nodes.Getitem):
        base = _path(node.node, scope)
        name = node.arg.value if isinstance(node.arg, nodes.Const) else 0
        return (f"{base}.{name}" if isinstance(name, str) else f"{base}[]") if base else base
    return None
